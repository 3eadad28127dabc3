/** Reads a date as people type it, in English and Chinese, whichever language the window speaks. */
import type { Language } from '../../../shared/model.ts';
import { DAY_WORDS, MONTH_WORDS, monthOfWord, YEAR_WORDS } from './dateWords.ts';

const DAY_MS = 86_400_000;
/** Nothing that is a date is longer. */
const MOST_LETTERS = 40;
const FIRST_YEAR = 1000;

/** One way to understand a text. Months are counted from 1, days are days since 1970-01-01. */
export type DateReading =
  | { readonly kind: 'day'; readonly day: number }
  | { readonly kind: 'month'; readonly year: number; readonly month: number }
  | { readonly kind: 'year'; readonly year: number }
  /** A day of whichever year; it exists in a leap year at least. */
  | { readonly kind: 'day-of-year'; readonly month: number; readonly dayOfMonth: number }
  | { readonly kind: 'month-of-year'; readonly month: number };

export type ParsedDate =
  /** One or two ways to understand it, the more likely one first. */
  | { readonly kind: 'date'; readonly readings: readonly DateReading[] }
  | { readonly kind: 'empty' }
  | { readonly kind: 'not-a-date' }
  /** A date such as 30 February. */
  | { readonly kind: 'no-such-date' };

/** What a text may mean: dates that do not exist are left out afterwards. */
type Guess = DateReading | 'no-such-date';

/** Today by the clock on the wall, in days since 1970-01-01. */
export function todayOf(now: Date): number {
  return Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / DAY_MS;
}

/**
 * `2019`, `2019-07`, `7/2019`, `2019-07-14`, `July 2019`, `14 July 2019`, `jul 19`, `14/7`, `yesterday`,
 * `last year`, `2019年7月14日`, `7月14日`, `去年7月`, `昨天`. The language decides only which of two numbers
 * is the day: the first in English, the second in Chinese.
 */
export function parseDateText(text: string, language: Language, today: number): ParsedDate {
  const typed = text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/(?<=[\p{Script=Han}\d]) (?=\p{Script=Han})|(?<=\p{Script=Han}) (?=\d)/gu, '');
  if (typed === '') return { kind: 'empty' };
  if (typed.length > MOST_LETTERS) return { kind: 'not-a-date' };
  const guesses =
    fromWord(typed, today) ??
    fromNumbers(withYear(typed, today), language) ??
    fromNames(typed, today);
  if (!guesses) return { kind: 'not-a-date' };
  const readings = guesses.filter((guess) => guess !== 'no-such-date');
  if (readings.length > 0) return { kind: 'date', readings };
  // `2019-0` is not wrong yet: a 7 may follow.
  return { kind: /(?<!\d)0$/.test(typed) ? 'not-a-date' : 'no-such-date' };
}

function fromWord(typed: string, today: number): readonly Guess[] | null {
  const days = DAY_WORDS.get(typed);
  if (days !== undefined) return [{ kind: 'day', day: today + days }];
  const { year, month } = monthOf(today);
  const months = MONTH_WORDS.get(typed);
  if (months !== undefined) {
    const at = year * 12 + month - 1 + months;
    return [{ kind: 'month', year: Math.floor(at / 12), month: (at % 12) + 1 }];
  }
  const years = YEAR_WORDS.get(typed);
  return years === undefined ? null : [{ kind: 'year', year: year + years }];
}

/** `去年7月` with the year as a number. */
function withYear(typed: string, today: number): string {
  const years = YEAR_WORDS.get(typed.slice(0, 2));
  return years === undefined ? typed : `${monthOf(today).year + years}年${typed.slice(2)}`;
}

/** Dates of numbers alone, with signs or 年月日 between them. */
function fromNumbers(typed: string, language: Language): readonly Guess[] | null {
  const yearFirst =
    /^(\d{4})(?:年|(?: ?[-/.年] ?(\d{1,2})(?:月|(?: ?[-/.月] ?(\d{1,2}) ?[日号]?))?))?$/.exec(
      typed,
    );
  if (yearFirst) {
    return [dateOf(numberOf(yearFirst[1]), numberOf(yearFirst[2]), numberOf(yearFirst[3]))];
  }
  const monthFirst = /^(\d{1,2})月(?:(\d{1,2})[日号]?)?$/.exec(typed);
  if (monthFirst) {
    return [dateOf(undefined, numberOf(monthFirst[1]), numberOf(monthFirst[2]))];
  }
  const monthAndYear = /^(\d{1,2}) ?[-/.] ?(\d{4})$/.exec(typed);
  if (monthAndYear) return [dateOf(Number(monthAndYear[2]), Number(monthAndYear[1]))];
  const two = /^(\d{1,2}) ?([-/.]) ?(\d{1,2})(?: ?\2 ?(\d{4}))?$/.exec(typed);
  if (!two) return null;
  const year = numberOf(two[4]);
  const dayFirst = dateOf(year, Number(two[3]), Number(two[1]));
  const dayLast = dateOf(year, Number(two[1]), Number(two[3]));
  if (two[1] === two[3]) return [dayFirst];
  return language === 'en' ? [dayFirst, dayLast] : [dayLast, dayFirst];
}

function numberOf(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}

/** Dates with the name of a month among the numbers. */
function fromNames(typed: string, today: number): readonly Guess[] | null {
  const plain = typed
    .replaceAll(/(?<=\d)(?:st|nd|rd|th)\b/g, '')
    .replaceAll(/\b(?:the|of)\b/g, ' ');
  if (!/^[\p{L}\d ,./'’-]+$/u.test(plain)) return null;
  const tokens: readonly string[] = plain.match(/['’]?\d+|\p{L}+/gu) ?? [];
  const names = tokens.filter((token) => /\p{L}/u.test(token));
  const month = names.length === 1 ? monthOfWord(names[0] ?? '') : null;
  if (month === null) return null;
  const at = tokens.indexOf(names[0] ?? '');
  const before = tokens.slice(0, at);
  const after = tokens.slice(at + 1);
  if ([...before, ...after].some((token) => !/^['’]?(?:\d{1,2}|\d{4})$/.test(token))) return null;
  const [first, second] = [...before, ...after];
  if (first === undefined) return [dateOf(undefined, month)];
  if (second === undefined) return withOneNumber(first, before.length === 1, month, today);
  if (before.length + after.length > 2) return null;
  // `14 July 2019`, `July 14, 2019`, `2019 July 14`; the year is the one that cannot be a day.
  const yearLeads = yearOf(first, today) !== null && isYear(first);
  const year = yearOf(yearLeads ? first : second, today);
  const day = yearLeads ? second : first;
  if (year === null || isYear(day)) return null;
  return [dateOf(year, month, Number(day))];
}

/** `July 2019`, `14 July`, and `jul 19`, which may be both. */
function withOneNumber(
  number: string,
  leads: boolean,
  month: number,
  today: number,
): readonly Guess[] | null {
  const year = yearOf(number, today);
  if (isYear(number)) return year === null ? null : [dateOf(year, month)];
  const day = dateOf(undefined, month, Number(number));
  if (leads || year === null) return [day];
  return [dateOf(year, month), day];
}

/** Four digits, or two behind an apostrophe, can only be a year. */
function isYear(token: string): boolean {
  return /^(?:\d{4}|['’]\d\d)$/.test(token);
}

/** The year of four digits, or the one that ends with two: at most a year from today. */
function yearOf(token: string, today: number): number | null {
  const digits = token.replace(/\D/g, '');
  if (digits.length === 4) return Number(digits);
  if (digits.length !== 2) return null;
  const latest = monthOf(today).year + 1;
  const year = latest - (latest % 100) + Number(digits);
  return year > latest ? year - 100 : year;
}

/** A year, a month or a day, with or without its year, if there is such a date. */
function dateOf(year?: number, month?: number, dayOfMonth?: number): Guess {
  if (year !== undefined && year < FIRST_YEAR) return 'no-such-date';
  if (month === undefined) return year === undefined ? 'no-such-date' : { kind: 'year', year };
  if (month < 1 || month > 12) return 'no-such-date';
  if (dayOfMonth === undefined) {
    return year === undefined ? { kind: 'month-of-year', month } : { kind: 'month', year, month };
  }
  const timeMs = Date.UTC(year ?? 2000, month - 1, dayOfMonth);
  if (dayOfMonth < 1 || new Date(timeMs).getUTCMonth() !== month - 1) return 'no-such-date';
  if (year === undefined) return { kind: 'day-of-year', month, dayOfMonth };
  return { kind: 'day', day: timeMs / DAY_MS };
}

function monthOf(day: number): { readonly year: number; readonly month: number } {
  const date = new Date(day * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1 };
}
