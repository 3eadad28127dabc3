/** Dates and parts of dates that have photos, for a half-typed text. */
import type { Language, Suggestion } from '../../shared/model.ts';
import type { Calendar } from './calendar.ts';
import { type DateMeaning, dateMeanings } from './datePhrases.ts';
import { pad, printPeriod } from './print.ts';
import type { Period } from './tree.ts';

export type DateContext = {
  /** Of all photos of the library's views. */
  readonly calendar: Calendar;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  readonly language: Language;
};

/** A date in the words of a language. */
type Written = Readonly<
  Record<'month' | 'monthOfYear' | 'day' | 'dayOfYear', (ms: number) => string>
>;

/** As the window writes dates. */
const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', zh: 'zh-CN' };
/** Parts of a day, as ranges of hours. */
const DAY_PARTS = [
  [6, 11],
  [12, 17],
  [18, 21],
  [22, 5],
] as const;
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1);
const LEAP_YEAR = 2000;
const ON = /^(\d{1,2})(?:-(\d{0,2}))?$/u;

/** Dates that a folded text without a key could mean. */
export function datesFor(context: DateContext, text: string): Suggestion[] {
  return suggestions(context, dateMeanings(text, context.calendar, context.now), 'date');
}

/** Periods for `date:`, `from:` and `to:`; all years when nothing is typed yet. */
export function periodsFor(
  context: DateContext,
  key: 'date' | 'from' | 'to',
  value: string,
): Suggestion[] {
  const [, comparison = '', text = ''] = /^(>=|<=|>|<|)(.*)$/su.exec(value) ?? [];
  if (comparison !== '' && key !== 'date') return [];
  const { years } = context.calendar;
  const meanings: DateMeaning[] =
    text === ''
      ? years.map((year) => ({
          kind: 'period',
          period: { year, month: null, day: null },
          word: null,
        }))
      : dateMeanings(text, context.calendar, context.now);
  const periods = meanings.filter((meaning) => meaning.kind === 'period');
  return suggestions(context, periods, key, comparison);
}

/** Months that have photos of any year, for `month:`. */
export function monthsFor(context: DateContext, value: string): Suggestion[] {
  const wanted = MONTHS.filter((month) => {
    const names = (['en', 'zh'] as const).map((language) =>
      writtenIn(language).month(at(LEAP_YEAR, month)),
    );
    return [String(month), ...names].some((name) => name.toLowerCase().startsWith(value));
  });
  return suggestions(
    context,
    wanted.map((month) => ({ kind: 'month', month })),
    'date',
  );
}

/** Days that have photos of any year, for `on:`; today's when nothing is typed yet. */
export function daysFor(context: DateContext, value: string): Suggestion[] {
  const today = new Date(context.now);
  const [, month = '', day = ''] = ON.exec(value) ?? [];
  if (value !== '' && month === '') return [];
  const days: DateMeaning[] = [];
  for (let number = 0; number < 366; number += 1) {
    const date = new Date(Date.UTC(LEAP_YEAR, 0, 1 + number));
    const known = { month: date.getUTCMonth() + 1, day: date.getUTCDate() };
    const fits =
      value === ''
        ? known.month === today.getMonth() + 1 && known.day === today.getDate()
        : isBegun(known.month, month, value.includes('-')) && isBegun(known.day, day, false);
    if (fits) days.push({ kind: 'day', ...known });
  }
  return suggestions(context, days, 'date');
}

/** Hours that have photos, for `hour:`; parts of the day when nothing is typed yet. */
export function hoursFor({ calendar }: DateContext, value: string): Suggestion[] {
  const single = HOURS.filter((hour) => value !== '' && isBegun(hour, value, false));
  const parts = DAY_PARTS.filter(([first, last]) => `${first}-${last}`.startsWith(value));
  return [...single.map((hour) => [hour, hour] as const), ...parts].flatMap(([first, last]) => {
    const count = calendar.hours(first, last);
    const text = `hour:${first === last ? first : `${first}-${last}`}`;
    return count === 0 ? [] : [{ kind: 'date', text, detail: null, insert: text, count }];
  });
}

function suggestions(
  { calendar, language }: DateContext,
  meanings: readonly DateMeaning[],
  key: 'date' | 'from' | 'to',
  comparison = '',
): Suggestion[] {
  const written = writtenIn(language);
  const known = new Set<string>();
  return meanings.flatMap((meaning) => {
    const { text, detail, value, count } = tell(meaning, calendar, written, language);
    const period = meaning.kind === 'period' ? meaning.period : null;
    const insert = period ? `${key}:${comparison}${value}` : value;
    if (count === 0 || known.has(insert)) return [];
    known.add(insert);
    return [
      {
        kind: 'date',
        text: comparison + text,
        detail,
        insert,
        count: period ? countOf(calendar, period, key, comparison) : count,
      },
    ];
  });
}

function tell(
  meaning: DateMeaning,
  calendar: Calendar,
  written: Written,
  language: Language,
): { text: string; detail: string | null; value: string; count: number } {
  switch (meaning.kind) {
    case 'month': {
      const { month } = meaning;
      const value = `month:${month}`;
      const text = written.month(at(LEAP_YEAR, month));
      return { text, detail: value, value, count: calendar.everyYear(month, null) };
    }
    case 'day': {
      const { month, day } = meaning;
      const value = `on:${pad(month, 2)}-${pad(day, 2)}`;
      const text = written.day(at(LEAP_YEAR, month, day));
      return { text, detail: value, value, count: calendar.everyYear(month, day) };
    }
    case 'period': {
      const { period, word } = meaning;
      const value = printPeriod(period);
      const date = writtenPeriod(period, written, language);
      const text = word?.[language] ?? date;
      const detail = word ? date : period.month === null ? null : value;
      return { text, detail, value, count: calendar.within(period) };
    }
  }
}

/** Null where it would have to be counted first. */
function countOf(
  calendar: Calendar,
  period: Period,
  key: 'date' | 'from' | 'to',
  comparison: string,
): number | null {
  if (comparison !== '') return null;
  if (key === 'from') return calendar.from(period);
  return key === 'to' ? calendar.to(period) : calendar.within(period);
}

function writtenPeriod({ year, month, day }: Period, written: Written, language: Language): string {
  if (month === null) return language === 'zh' ? `${year}年` : String(year);
  return day === null
    ? written.monthOfYear(at(year, month))
    : written.dayOfYear(at(year, month, day));
}

/** Wall clocks have no zone: they are handed over as if they were UTC. */
function at(year: number, month: number, day = 1): number {
  return Date.UTC(year, month - 1, day);
}

const writings = new Map<Language, Written>();

function writtenIn(language: Language): Written {
  const known = writings.get(language);
  if (known) return known;
  const format = (options: Intl.DateTimeFormatOptions): ((ms: number) => string) => {
    const made = new Intl.DateTimeFormat(LOCALES[language], { ...options, timeZone: 'UTC' });
    return (ms) => made.format(ms);
  };
  const written = {
    month: format({ month: 'long' }),
    monthOfYear: format({ year: 'numeric', month: 'long' }),
    day: format({ month: 'long', day: 'numeric' }),
    dayOfYear: format({ year: 'numeric', month: 'long', day: 'numeric' }),
  };
  writings.set(language, written);
  return written;
}

/** `7` and `0` begin 7; `whole`: `1` is only 1. */
function isBegun(number: number, begun: string, whole: boolean): boolean {
  if (whole) return number === Number(begun);
  return String(number).startsWith(begun) || pad(number, 2).startsWith(begun);
}
