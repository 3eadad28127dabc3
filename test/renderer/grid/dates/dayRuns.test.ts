import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dayRuns,
  firstDayOfMonth,
  monthRuns,
  yearOfMonth,
} from '../../../../renderer/grid/dates/dayRuns.ts';
import { UNDATED } from '../../../../shared/resultCodec.ts';
import { dayOf } from './results.ts';

const runsOf = (dates: readonly string[]) => dayRuns(Int32Array.from(dates, dayOf));

describe('dayRuns', () => {
  it('gathers the photos of each day', () => {
    const runs = runsOf(['2019-07-14', '2019-07-14', '2019-07-13', '', '']);
    expect([...runs.days]).toEqual([dayOf('2019-07-14'), dayOf('2019-07-13'), UNDATED]);
    expect([...runs.starts]).toEqual([0, 2, 3, 5]);
    expect([...runsOf([]).starts]).toEqual([0]);
  });
});

describe('monthRuns', () => {
  it('gathers the days of each month in either order, before 1970 as well', () => {
    const dates = ['1969-12-31', '1970-01-01', '1970-01-31', '1970-02-01', ''];
    const months = monthRuns(runsOf(dates));
    expect([...months.starts]).toEqual([0, 1, 3, 4, 5]);
    expect([...months.months].map(yearOfMonth)).toEqual([1969, 1970, 1970, null]);
    expect([...months.months].map(firstDayOfMonth)).toEqual(
      ['1969-12-01', '1970-01-01', '1970-02-01', ''].map(dayOf),
    );
    const turned = monthRuns(runsOf(dates.slice(0, 4).toReversed()));
    expect([...turned.starts]).toEqual([0, 1, 3, 4]);
    expect([...monthRuns(runsOf([])).starts]).toEqual([0]);
  });

  it('agrees with the calendar on any days', () => {
    const day = fc.integer({ min: dayOf('1826-01-01'), max: dayOf('2107-12-31') });
    fc.assert(
      fc.property(fc.array(day, { maxLength: 200 }), fc.boolean(), (list, ascending) => {
        const days = Int32Array.from(list).sort();
        if (!ascending) days.reverse();
        const { months, starts } = monthRuns(dayRuns(days));
        const text = (at: number): string => new Date(at * 86_400_000).toISOString().slice(0, 7);
        const expected = [...new Set([...days].map(text))];
        expect([...months].map((month) => text(firstDayOfMonth(month)))).toEqual(expected);
        for (const [at, month] of expected.entries()) {
          const photos = days.subarray(starts[at], starts[at + 1]);
          expect(photos.length).toBe(days.filter((other) => text(other) === month).length);
          expect([...photos].every((other) => text(other) === month)).toBe(true);
        }
      }),
    );
  });
});
