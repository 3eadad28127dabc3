/** Keys that take dates and ages. */
import { type Place, queryError } from './queryError.ts';
import type { Comparison, Period, Term } from './tree.ts';
import {
  AGE_UNITS,
  dayNumber,
  daysInMonth,
  parsePeriods,
  parseRange,
  periodEnds,
  splitComparison,
} from './values.ts';

type ValuePlace = Place & { readonly text: string };

/** Throws `query_invalid` for what is no date, or does not exist. */
export function dateTerm(
  key: 'from' | 'to' | 'date' | 'added',
  value: ValuePlace,
  expected: string,
): Term {
  const plain = key === 'from' || key === 'to';
  const split = splitComparison(value.text);
  const periods = parsePeriods(split.rest);
  if (periods === undefined) {
    throw queryError(
      'no_such_date',
      value,
      `The date "${value.text}" does not exist. Write ${expected}.`,
      { expected },
    );
  }
  const [first, last] = periods ?? [];
  const ranged = last !== null;
  if (
    !first ||
    (ranged && split.comparison !== '=') ||
    (plain && (ranged || split.rest !== value.text))
  ) {
    throw notPossible(value, expected);
  }
  if (last && startDay(last) < startDay(first)) {
    throw queryError(
      'reversed_range',
      value,
      `The range "${value.text}" ends before it begins. Write the earlier date first.`,
      { expected },
    );
  }
  const comparison: Comparison = key === 'from' ? '>=' : key === 'to' ? '<=' : split.comparison;
  return { kind: 'date', key, comparison, first, last: last ?? null };
}

/** `<7d`, `>1y`, `1w-4w`; a bare `7d` is "at most". Null for what is no age. Throws a reversed range. */
export function ageTerm(value: ValuePlace, expected: string): Term | null {
  if (!/[a-z]$/iu.test(value.text)) return null;
  const bare = /^[\d.]/u.test(value.text) && !value.text.includes('-');
  const range = parseRange(bare ? `<=${value.text}` : value.text, AGE_UNITS);
  if (!range) throw notPossible(value, expected);
  if (range.min > range.max) {
    throw queryError('reversed_range', value, `The range "${value.text}" ends before it begins.`, {
      expected,
    });
  }
  return { kind: 'age', range };
}

/** `07-14`: that day of any year. */
export function onTerm(value: ValuePlace, expected: string): Term {
  const match = /^(\d{1,2})-(\d{1,2})$/u.exec(value.text);
  if (!match) throw notPossible(value, expected);
  const month = Number(match[1]);
  const day = Number(match[2]);
  // A leap year: 29 February exists in some.
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(2000, month)) {
    throw queryError(
      'no_such_date',
      value,
      `The date "${value.text}" does not exist. Write ${expected}.`,
      { expected },
    );
  }
  return { kind: 'on', month, day };
}

function startDay(period: Period): number {
  const [start] = periodEnds(period);
  return dayNumber(start.year, start.month, start.day);
}

function notPossible(value: ValuePlace, expected: string): Error {
  return queryError(
    'bad_value',
    value,
    `"${value.text}" is not possible here. Write ${expected}.`,
    {
      expected,
    },
  );
}
