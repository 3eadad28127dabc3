import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type DateReading,
  parseDateText,
  todayOf,
} from '../../../../renderer/grid/dates/parseDateText.ts';
import { dayText, monthText, yearText } from '../../../../renderer/grid/dateText.ts';
import type { Language } from '../../../../shared/model.ts';
import { dayOf } from './results.ts';

const TODAY = dayOf('2024-03-05');
const LANGUAGES: readonly Language[] = ['en', 'zh'];

const day = (date: string): DateReading => ({ kind: 'day', day: dayOf(date) });
const month = (year: number, number: number): DateReading => ({
  kind: 'month',
  year,
  month: number,
});
const year = (number: number): DateReading => ({ kind: 'year', year: number });
const dayOfYear = (number: number, dayOfMonth: number): DateReading => ({
  kind: 'day-of-year',
  month: number,
  dayOfMonth,
});
const monthOfYear = (number: number): DateReading => ({ kind: 'month-of-year', month: number });

function readings(text: string, language: Language = 'en'): readonly DateReading[] | string {
  const parsed = parseDateText(text, language, TODAY);
  return parsed.kind === 'date' ? parsed.readings : parsed.kind;
}

/** Each text is understood in one way only, in either language. */
function expectOne(texts: readonly string[], reading: DateReading | string): void {
  for (const text of texts) {
    for (const language of LANGUAGES) {
      const expected = typeof reading === 'string' ? reading : [reading];
      expect(readings(text, language), `${text} in ${language}`).toEqual(expected);
    }
  }
}

describe('parseDateText', () => {
  it('reads years', () => {
    expectOne(['2019', ' 2019 ', '2019年', '２０１９', '2019 年'], year(2019));
    expectOne(['last year', 'Last  Year', '去年'], year(2023));
    expectOne(['前年'], year(2022));
    expectOne(['this year', '今年'], year(2024));
  });

  it('reads months', () => {
    expectOne(
      ['2019-07', '2019-7', '2019/07', '2019.7', '7/2019', '07-2019', '2019年7月', '2019 年 7 月'],
      month(2019, 7),
    );
    expectOne(
      ['July 2019', 'jul 2019', 'JULY 2019', 'July, 2019', '2019 July', "jul '19", 'jul ’19'],
      month(2019, 7),
    );
    expectOne(['去年7月', '去年 7 月'], month(2023, 7));
    expectOne(['this month', '本月', '这个月'], month(2024, 3));
    expectOne(['last month', '上个月', '上月'], month(2024, 2));
    expectOne(['July', 'jul', '7月', '07月'], monthOfYear(7));
    expectOne(['sept', 'september'], monthOfYear(9));
  });

  it('reads days', () => {
    expectOne(
      ['2019-07-14', '2019-7-14', '2019/07/14', '2019.7.14', '2019年7月14日', '2019年7月14号'],
      day('2019-07-14'),
    );
    expectOne(
      ['14 July 2019', '14 jul 2019', 'July 14, 2019', '14th of July 2019', '14-Jul-2019'],
      day('2019-07-14'),
    );
    expectOne(['14 July 19', '2019 July 14', "14 July '19"], day('2019-07-14'));
    expectOne(['14 July', '14 jul', '14th July', '7月14日', '7月14号'], dayOfYear(7, 14));
    expectOne(['去年7月14日'], day('2023-07-14'));
    expectOne(['29 Feb', '2月29日'], dayOfYear(2, 29));
    expectOne(['today', '今天'], day('2024-03-05'));
    expectOne(['yesterday', 'Yesterday', '昨天'], day('2024-03-04'));
    expectOne(['前天'], day('2024-03-03'));
  });

  it('takes yesterday over the ends of months and years', () => {
    const yesterday = (today: string) => parseDateText('昨天', 'zh', dayOf(today));
    expect(yesterday('2024-03-01')).toEqual({ kind: 'date', readings: [day('2024-02-29')] });
    expect(yesterday('2024-01-01')).toEqual({ kind: 'date', readings: [day('2023-12-31')] });
    expect(parseDateText('last month', 'en', dayOf('2024-01-31'))).toEqual({
      kind: 'date',
      readings: [month(2023, 12)],
    });
  });

  it('offers both where a number may be the year or the day', () => {
    expect(readings('jul 19')).toEqual([month(2019, 7), dayOfYear(7, 19)]);
    expect(readings('July 14', 'zh')).toEqual([month(2014, 7), dayOfYear(7, 14)]);
    expect(readings('jul 98')).toEqual([month(1998, 7)]);
    expect(readings('jul 5')).toEqual([dayOfYear(7, 5)]);
    expect(readings('feb 30')).toEqual([month(1930, 2)]);
  });

  it('takes the day from where the language puts it', () => {
    expect(readings('3/7/2019', 'en')).toEqual([day('2019-07-03'), day('2019-03-07')]);
    expect(readings('3/7/2019', 'zh')).toEqual([day('2019-03-07'), day('2019-07-03')]);
    expect(readings('3/7', 'en')).toEqual([dayOfYear(7, 3), dayOfYear(3, 7)]);
    expectOne(['14/7', '7/14', '14.7', '7-14'], dayOfYear(7, 14));
    expectOne(['14/7/2019', '7/14/2019'], day('2019-07-14'));
    expectOne(['7/7/2019'], day('2019-07-07'));
  });

  it('knows dates that do not exist', () => {
    expectOne(
      ['2019-02-29', '30 February 2019', '2019-13', '13/2019', '2019年2月30日', '31 Apr', '32/32'],
      'no-such-date',
    );
    expectOne(['0000', '0019', '2019-07-32', '4月31日', '2019-00'], 'no-such-date');
  });

  it('leaves what is no date alone, and what may still become one', () => {
    expectOne(
      ['beach', 'ju', '14 ju', '7', '14', '2019-', '2019-0', '2019-07-', '201'],
      'not-a-date',
    );
    expectOne(['july july', 'july 14 2019 3', 'jul 20190', '14 july 201', '海边'], 'not-a-date');
    expectOne(['9'.repeat(10_000), 'july '.repeat(2000), '2019'.repeat(5000)], 'not-a-date');
    expectOne(['', '   ', '\u3000'], 'empty');
  });

  const anyDay = fc.integer({ min: dayOf('1826-01-01'), max: dayOf('2107-12-31') });

  it('reads every date as the window writes it', () => {
    fc.assert(
      fc.property(anyDay, fc.constantFrom(...LANGUAGES), (at, language) => {
        const date = new Date(at * 86_400_000);
        const [years, months] = [date.getUTCFullYear(), date.getUTCMonth() + 1];
        const iso = date.toISOString();
        expect(readings(dayText(at, language) ?? '', language)).toEqual([{ kind: 'day', day: at }]);
        expect(readings(iso.slice(0, 10), language)).toEqual([{ kind: 'day', day: at }]);
        expect(readings(monthText(at, language) ?? '', language)).toEqual([month(years, months)]);
        expect(readings(iso.slice(0, 7), language)).toEqual([month(years, months)]);
        expect(readings(`${months}/${years}`, language)).toEqual([month(years, months)]);
        expect(readings(yearText(years, language), language)).toEqual([year(years)]);
        const withoutYear = `${months}月${date.getUTCDate()}日`;
        expect(readings(withoutYear, language)).toEqual([dayOfYear(months, date.getUTCDate())]);
      }),
    );
  });

  it('answers any text, with dates that exist', () => {
    const bits = fc.constantFrom(
      '2019',
      '7',
      '14',
      '-',
      '/',
      ' ',
      'jul',
      '年',
      '月',
      '日',
      '去年',
      '’',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(bits, { maxLength: 8 }).map((list) => list.join('')),
    );
    fc.assert(
      fc.property(text, fc.constantFrom(...LANGUAGES), (typed, language) => {
        const parsed = parseDateText(typed, language, TODAY);
        if (parsed.kind !== 'date') return;
        expect(parsed.readings.length).toBeGreaterThan(0);
        for (const reading of parsed.readings) {
          if ('day' in reading) expect(Number.isInteger(reading.day)).toBe(true);
          if ('month' in reading) expect(reading.month).toBeLessThanOrEqual(12);
          if ('month' in reading) expect(reading.month).toBeGreaterThanOrEqual(1);
          if ('year' in reading) expect(reading.year).toBeGreaterThanOrEqual(1000);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('todayOf', () => {
  it('is the day on the wall', () => {
    expect(todayOf(new Date(2019, 6, 14, 0, 0, 1))).toBe(dayOf('2019-07-14'));
    expect(todayOf(new Date(2019, 6, 14, 23, 59, 59))).toBe(dayOf('2019-07-14'));
  });
});
