/** Values of query keys as text: numbers, ranges, dates, ages. Each answers null for what it is not. */
import { ANY_RANGE, type Comparison, type Period, type Range } from './tree.ts';

/** Source of a regular expression for a number. */
export const NUMBER = '-?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:e[+-]?\\d+)?';
const OPERATOR = /^(>=|<=|>|<|=)?(.*)$/su;

/** Multipliers of what may follow a number. */
export type Units = Readonly<Record<string, number>>;

export const SIZE_UNITS: Units = { b: 1, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12 };
/** Hours. A month is 30 days, a year 365. */
export const AGE_UNITS: Units = { h: 1, d: 24, w: 168, mo: 720, y: 8760 };

/** Splits `>=80` into the comparison and the rest. `=` when there is none. */
export function splitComparison(text: string): { comparison: Comparison; rest: string } {
  const [, comparison = '=', rest = ''] = OPERATOR.exec(text) ?? [];
  return { comparison: comparison as Comparison, rest };
}

/** The range of a comparison with one number. */
export function comparisonRange(comparison: Comparison, value: number): Range {
  switch (comparison) {
    case '=':
      return { ...ANY_RANGE, min: value, max: value };
    case '>':
      return { ...ANY_RANGE, min: value, minOpen: true };
    case '>=':
      return { ...ANY_RANGE, min: value };
    case '<':
      return { ...ANY_RANGE, max: value, maxOpen: true };
    case '<=':
      return { ...ANY_RANGE, max: value };
  }
}

/**
 * `80`, `=80`, `>80`, `24-70`, `10mb`, `1-5mb` (both megabytes). Both ends of `a-b` are in; whether
 * they are in order is the caller's question. Without `units` none may follow.
 */
export function parseRange(text: string, units: Units = {}): Range | null {
  const { comparison, rest } = splitComparison(text.toLowerCase());
  const single = parseNumber(rest, units);
  if (single !== null) return comparisonRange(comparison, single);
  if (comparison !== '=') return null;
  const pair = new RegExp(`^(${NUMBER})([a-z]*)-(${NUMBER}[a-z]*)$`, 'u').exec(rest);
  if (!pair) return null;
  const [, low = '', lowUnit = '', high = ''] = pair;
  const max = parseNumber(high, units);
  const min = parseNumber(low + (lowUnit || (/[a-z]+$/u.exec(high)?.[0] ?? '')), units);
  return min === null || max === null ? null : { ...ANY_RANGE, min, max };
}

/** A number with one of the units. Finite, and exact to the whole for whole units. */
export function parseNumber(text: string, units: Units): number | null {
  const match = new RegExp(`^(${NUMBER})([a-z]*)$`, 'u').exec(text);
  if (!match) return null;
  const [, digits = '', unit = ''] = match;
  const factor = unit === '' ? 1 : units[unit];
  if (factor === undefined) return null;
  const value = factor === 1 ? Number(digits) : Math.round(Number(digits) * factor);
  // Zero without a sign, so that a printed query is the same again.
  return Number.isFinite(value) ? value || 0 : null;
}

/** `2019`, `2019-06`, `2019-06-30`. Null for other text, undefined for a date that does not exist. */
export function parsePeriod(text: string): Period | null | undefined {
  const match = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/u.exec(text);
  if (!match) return null;
  const [, year, month, day] = match;
  const period = {
    year: Number(year),
    month: month === undefined ? null : Number(month),
    day: day === undefined ? null : Number(day),
  };
  if (period.month !== null && (period.month < 1 || period.month > 12)) return undefined;
  if (period.day === null || period.month === null) return period;
  const exists = period.day >= 1 && period.day <= daysInMonth(period.year, period.month);
  return exists ? period : undefined;
}

/** `2018-2020`, `2019-06..2019-08`: two periods, or one with null. Undefined: one does not exist. */
export function parsePeriods(text: string): [Period, Period | null] | null | undefined {
  const single = parsePeriod(text);
  if (single) return [single, null];
  let answer: null | undefined = single;
  for (const cut of text.matchAll(/\.\.|-/gu)) {
    const first = parsePeriod(text.slice(0, cut.index));
    const last = parsePeriod(text.slice(cut.index + cut[0].length));
    if (first && last) return [first, last];
    if (first !== null && last !== null) answer = undefined;
  }
  return answer;
}

/** Leap years as everywhere. Month 1..12. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days since 1970-01-01 in the Gregorian calendar. Month 1..12; day 0 and beyond the end count on. */
export function dayNumber(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The reverse of `dayNumber`. */
export function calendarOf(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

/** First day of a period, and the first one after it, as year, month, day. */
export function periodEnds(period: Period): readonly [CalendarDay, CalendarDay] {
  const { year, month, day } = period;
  if (month === null) return [calendarDay(year, 1, 1), calendarDay(year + 1, 1, 1)];
  const next = month === 12 ? calendarDay(year + 1, 1, 1) : calendarDay(year, month + 1, 1);
  if (day === null) return [calendarDay(year, month, 1), next];
  const after = day === daysInMonth(year, month) ? next : calendarDay(year, month, day + 1);
  return [calendarDay(year, month, day), after];
}

export type CalendarDay = { readonly year: number; readonly month: number; readonly day: number };

function calendarDay(year: number, month: number, day: number): CalendarDay {
  return { year, month, day };
}
