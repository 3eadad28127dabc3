/** Words of dates in both languages: months, and days and years counted from today. */

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
] as const;

/** `July`, `jul` and whatever is between: fewer letters name no month. */
const LEAST_LETTERS = 3;

/** The month, counted from 1, that a word in lower case names or begins to name; null when it is none. */
export function monthOfWord(word: string): number | null {
  if (word.length < LEAST_LETTERS) return null;
  const at = MONTHS.findIndex((name) => name.startsWith(word));
  return at < 0 ? null : at + 1;
}

/** Days from today. */
export const DAY_WORDS: ReadonlyMap<string, number> = new Map([
  ['today', 0],
  ['yesterday', -1],
  ['今天', 0],
  ['昨天', -1],
  ['前天', -2],
]);

/** Months from the present one. */
export const MONTH_WORDS: ReadonlyMap<string, number> = new Map([
  ['this month', 0],
  ['last month', -1],
  ['本月', 0],
  ['这个月', 0],
  ['上月', -1],
  ['上个月', -1],
]);

/** Years from the present one. In Chinese a month and a day may follow. */
export const YEAR_WORDS: ReadonlyMap<string, number> = new Map([
  ['this year', 0],
  ['last year', -1],
  ['今年', 0],
  ['去年', -1],
  ['前年', -2],
]);
