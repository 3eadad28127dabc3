import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayRuns } from '../../../../renderer/grid/dates/dayRuns.ts';
import { findDate } from '../../../../renderer/grid/dates/findDate.ts';
import type { DateReading } from '../../../../renderer/grid/dates/parseDateText.ts';
import { dayOf, times } from './results.ts';

const TODAY = dayOf('2024-03-05');
const NEWEST = [
  ...times(2, '2023-07-14'),
  ...times(3, '2019-07-20'),
  ...times(4, '2019-07-14'),
  ...times(1, '2019-03-01'),
  ...times(5, '2016-02-29'),
];
const OLDEST = NEWEST.toReversed();

const onDay = (date: string): DateReading => ({ kind: 'day', day: dayOf(date) });

function found(reading: DateReading, dates: readonly string[]) {
  const runs = dayRuns(Int32Array.from(dates, dayOf));
  const answer = findDate(reading, runs, TODAY);
  return answer && { count: answer.count, index: answer.index, day: answer.day };
}

describe('findDate', () => {
  it('leads to the first photo of a day in either order', () => {
    const day = dayOf('2019-07-14');
    expect(found(onDay('2019-07-14'), NEWEST)).toEqual({ count: 4, index: 5, day });
    expect(found(onDay('2019-07-14'), OLDEST)).toEqual({ count: 4, index: 6, day });
  });

  it('leads to the first photo of a month or year in the order of the result', () => {
    const july: DateReading = { kind: 'month', year: 2019, month: 7 };
    expect(found(july, NEWEST)).toEqual({ count: 7, index: 2, day: dayOf('2019-07-20') });
    expect(found(july, OLDEST)).toEqual({ count: 7, index: 6, day: dayOf('2019-07-14') });
    const year: DateReading = { kind: 'year', year: 2019 };
    expect(found(year, NEWEST)).toEqual({ count: 8, index: 2, day: dayOf('2019-07-20') });
    expect(found(year, OLDEST)).toEqual({ count: 8, index: 5, day: dayOf('2019-03-01') });
  });

  it('takes the nearest day where there is no photo, the later one in the order of two', () => {
    expect(found(onDay('2019-07-15'), NEWEST)?.day).toBe(dayOf('2019-07-14'));
    expect(found(onDay('2019-07-19'), NEWEST)?.day).toBe(dayOf('2019-07-20'));
    expect(found(onDay('2019-07-17'), NEWEST)).toEqual({
      count: 0,
      index: 5,
      day: dayOf('2019-07-14'),
    });
    expect(found(onDay('2019-07-17'), OLDEST)).toEqual({
      count: 0,
      index: 10,
      day: dayOf('2019-07-20'),
    });
    expect(found({ kind: 'year', year: 1990 }, NEWEST)?.day).toBe(dayOf('2016-02-29'));
    expect(found({ kind: 'month', year: 2019, month: 8 }, NEWEST)?.day).toBe(dayOf('2019-07-20'));
    expect(found(onDay('2100-01-01'), OLDEST)?.index).toBe(13);
  });

  it('takes this year, or the nearest one that has photos, where none is said', () => {
    const july: DateReading = { kind: 'day-of-year', month: 7, dayOfMonth: 14 };
    expect(found(july, NEWEST)?.day).toBe(dayOf('2023-07-14'));
    const thisYear = ['2024-07-14', ...NEWEST];
    expect(found(july, thisYear)?.day).toBe(dayOf('2024-07-14'));
    expect(found(july, ['2025-07-14', ...NEWEST])?.day).toBe(dayOf('2023-07-14'));
    expect(found(july, ['2025-07-14', '2019-07-14'])?.day).toBe(dayOf('2025-07-14'));
    const march: DateReading = { kind: 'month-of-year', month: 3 };
    expect(found(march, NEWEST)).toEqual({ count: 1, index: 9, day: dayOf('2019-03-01') });
    const january: DateReading = { kind: 'month-of-year', month: 1 };
    expect(found(january, NEWEST)).toEqual({ count: 0, index: 0, day: dayOf('2023-07-14') });
  });

  it('finds 29 February, and says so where no year has photos of it', () => {
    const leap: DateReading = { kind: 'day-of-year', month: 2, dayOfMonth: 29 };
    expect(found(leap, NEWEST)?.day).toBe(dayOf('2016-02-29'));
    const runs = dayRuns(Int32Array.from(['2019-07-14'], dayOf));
    const answer = findDate(leap, runs, dayOf('2023-03-05'));
    expect(answer).toMatchObject({ count: 0, firstDay: dayOf('2020-02-29') });
  });

  it('passes over undated photos, and has no answer without a date', () => {
    const dates = [...NEWEST, '', ''];
    expect(found(onDay('1900-01-01'), dates)?.day).toBe(dayOf('2016-02-29'));
    expect(found(onDay('2019-07-14'), ['', ''])).toBeNull();
    expect(found(onDay('2019-07-14'), [])).toBeNull();
  });

  it('agrees with a look at every photo', () => {
    const day = fc.integer({ min: 17_000, max: 17_100 });
    fc.assert(
      fc.property(
        fc.array(day, { minLength: 1, maxLength: 40 }),
        day,
        fc.boolean(),
        (list, asked, ascending) => {
          const days = Int32Array.from(list).sort();
          if (!ascending) days.reverse();
          const answer = findDate({ kind: 'day', day: asked }, dayRuns(days), TODAY);
          const far = (other: number): number => Math.abs(other - asked);
          const least = Math.min(...[...days].map(far));
          expect(far(answer?.day ?? 0)).toBe(least);
          expect(answer?.index).toBe(days.indexOf(answer?.day ?? 0));
          expect(answer?.count).toBe(days.filter((other) => other === asked).length);
        },
      ),
    );
  });
});
