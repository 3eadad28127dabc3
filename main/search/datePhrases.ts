/** What a half-typed text could mean as a date, in both languages, whichever is on screen. */
import type { Calendar } from './calendar.ts';
import type { Period } from './tree.ts';
import { daysInMonth } from './values.ts';

/** A period of one year, or what comes again every year. */
export type DateMeaning =
  | { readonly kind: 'period'; readonly period: Period; readonly word: RelativeWord | null }
  | { readonly kind: 'month'; readonly month: number }
  | { readonly kind: 'day'; readonly month: number; readonly day: number };

/** What is said of a date as seen from today. */
export type RelativeWord = { readonly en: string; readonly zh: string };

const MONTHS =
  'january february march april may june july august september october november december'.split(
    ' ',
  );
const CHINESE_MONTHS = '一 二 三 四 五 六 七 八 九 十 十一 十二'.split(' ');
const MONTH_NUMBERS = MONTHS.map((_, index) => index + 1);
const DAY_NUMBERS = Array.from({ length: 31 }, (_, index) => index + 1);
const LEAP_YEAR = 2000;
/** Fewer letters could be anything. */
const LEAST_LETTERS = 3;

type Relative = RelativeWord & {
  /** Other ways to say it. */
  readonly others?: readonly string[];
  readonly of: (today: Date) => Period;
};

const dayBefore = (today: Date, days: number): Period => {
  const date = new Date(today.getFullYear(), today.getMonth(), today.getDate() - days);
  return { year: date.getFullYear(), month: date.getMonth() + 1, day: date.getDate() };
};
const monthBefore = (today: Date, months: number): Period => {
  const date = new Date(today.getFullYear(), today.getMonth() - months, 1);
  return { year: date.getFullYear(), month: date.getMonth() + 1, day: null };
};
const yearBefore = (today: Date, years: number): Period => {
  return { year: today.getFullYear() - years, month: null, day: null };
};

const RELATIVE: readonly Relative[] = [
  { en: 'today', zh: '今天', of: (today) => dayBefore(today, 0) },
  { en: 'yesterday', zh: '昨天', of: (today) => dayBefore(today, 1) },
  { en: 'this month', zh: '本月', others: ['这个月'], of: (today) => monthBefore(today, 0) },
  { en: 'last month', zh: '上个月', others: ['上月'], of: (today) => monthBefore(today, 1) },
  { en: 'this year', zh: '今年', of: (today) => yearBefore(today, 0) },
  { en: 'last year', zh: '去年', of: (today) => yearBefore(today, 1) },
  { en: 'year before last', zh: '前年', of: (today) => yearBefore(today, 2) },
];

/** Meanings of a folded text, the likeliest first; some may be without photos. `now`: this computer's day. */
export function dateMeanings(text: string, calendar: Calendar, now: number): DateMeaning[] {
  const phrase = text.replace(/[,，]/gu, ' ').replace(/\s+/gu, ' ').trim();
  if (phrase === '') return [];
  return [...relative(phrase, now), ...digits(phrase, calendar), ...named(phrase, calendar)];
}

function relative(phrase: string, now: number): DateMeaning[] {
  const today = new Date(now);
  return RELATIVE.filter(({ en, zh, others = [] }) => {
    if (phrase.length >= LEAST_LETTERS && en.startsWith(phrase)) return true;
    return [zh, ...others].some((name) => name.startsWith(phrase));
  }).map((word) => ({ kind: 'period', period: word.of(today), word }));
}

/** `20`, `2019`, `2019-0`, `2019/7`, `2019-07-1`, `2019年7月14日`. */
function digits(phrase: string, calendar: Calendar): DateMeaning[] {
  const years = /^\d{2,3}$/u.test(phrase) ? calendar.years : [];
  if (years.length > 0) return years.filter((year) => isBegun(year, phrase, 4)).map(ofYear);
  const match =
    /^(\d{4}) ?(?:[-/.年] ?(?:(\d{1,2}) ?(?:([-/.月]) ?(?:(\d{1,2}) ?日?)?)?)?)?$/u.exec(phrase);
  if (!match) return [];
  const [, year = '', month = '', ended, day = ''] = match;
  if (ended === undefined && month.length < 2) {
    const months = MONTH_NUMBERS.filter((number) => isBegun(number, month, 2)).map((number) =>
      ofMonth(Number(year), number),
    );
    return /^\d{4}年?$/u.test(phrase) ? [ofYear(Number(year)), ...months] : months;
  }
  const days = daysOf(Number(month), day, Number(year)).map((number) =>
    ofDay(Number(year), Number(month), number),
  );
  const isMonth = Number(month) >= 1 && Number(month) <= MONTHS.length;
  return day === '' && isMonth ? [ofMonth(Number(year), Number(month)), ...days] : days;
}

/** `7月`, `7月14日`, `jul`, `july 2019`, `2019 july`, `14 july`, `july 14 2019`. */
function named(phrase: string, calendar: Calendar): DateMeaning[] {
  const chinese = /^(\d{1,2}|[一二三四五六七八九十]{1,2})月(?:(\d{0,2})日?)?$/u.exec(phrase);
  if (chinese) {
    const [, name = '', day = ''] = chinese;
    const month = /\d/u.test(name) ? Number(name) : CHINESE_MONTHS.indexOf(name) + 1;
    return day === '' ? everyYear([month], [], calendar) : ofDays(month, day);
  }
  const words = phrase.split(' ');
  const names = words.filter((word) => !/^\d+$/u.test(word));
  const [name = ''] = names;
  if (names.length !== 1 || words.length > 3 || name.length < LEAST_LETTERS) return [];
  const months = MONTH_NUMBERS.filter((month) => (MONTHS[month - 1] ?? '').startsWith(name));
  return everyYear(
    months,
    words.filter((word) => word !== name),
    calendar,
  );
}

/** Months by name, with a day, a year that may be half typed, or both. */
function everyYear(
  months: readonly number[],
  numbers: readonly string[],
  calendar: Calendar,
): DateMeaning[] {
  return months.flatMap((month): DateMeaning[] => {
    if (month < 1 || month > MONTHS.length) return [];
    const [first = '', second] = numbers;
    if (second !== undefined) {
      const [day, year] = first.length > 2 ? [second, first] : [first, second];
      return yearsOf(year, calendar).flatMap((known) =>
        daysOf(month, day, known).includes(Number(day)) ? [ofDay(known, month, Number(day))] : [],
      );
    }
    const ofYears = yearsOf(first, calendar).map((year) => ofMonth(year, month));
    if (first === '') return [{ kind: 'month', month }, ...ofYears];
    return [...ofYears, ...(first.length > 2 ? [] : ofDays(month, first))];
  });
}

function yearsOf(begun: string, calendar: Calendar): readonly number[] {
  return calendar.years.filter((year) => String(year).padStart(4, '0').startsWith(begun));
}

/** A day of any year. */
function ofDays(month: number, begun: string): DateMeaning[] {
  return daysOf(month, begun, LEAP_YEAR).map((day) => ({ kind: 'day', month, day }));
}

/** Days of a month whose number begins like that. */
function daysOf(month: number, begun: string, year: number): readonly number[] {
  if (month < 1 || month > MONTHS.length) return [];
  const last = daysInMonth(year, month);
  return DAY_NUMBERS.filter((day) => day <= last && isBegun(day, begun, 2));
}

/** `7` and `0` begin 7, `1` begins 1 and 12. */
function isBegun(number: number, begun: string, length: number): boolean {
  return String(number).startsWith(begun) || String(number).padStart(length, '0').startsWith(begun);
}

function ofYear(year: number): DateMeaning {
  return { kind: 'period', period: { year, month: null, day: null }, word: null };
}

function ofMonth(year: number, month: number): DateMeaning {
  return { kind: 'period', period: { year, month, day: null }, word: null };
}

function ofDay(year: number, month: number, day: number): DateMeaning {
  return { kind: 'period', period: { year, month, day }, word: null };
}
