/** Keys that take numbers. */
import { NUMBER_KEYS } from './keys.ts';
import { type Place, queryError } from './queryError.ts';
import type { NumberKey, Range, Term } from './tree.ts';
import { parseRange, SIZE_UNITS, type Units } from './values.ts';

type ValuePlace = Place & { readonly text: string };

/** What numbers a value may hold. */
type Limits = {
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
  readonly units?: Units;
  /** `22-3` goes round the end. */
  readonly cyclic?: boolean;
};

export const WHOLE_CONFIDENCE: Limits = { min: 0, max: 100, whole: true };
export const SHARE: Limits = { min: 0, max: 1, whole: false };

const ANY: Limits = { min: -Infinity, max: Infinity, whole: false };

const LIMITS: Readonly<Record<NumberKey, Limits>> = {
  iso: ANY,
  f: ANY,
  focal: { ...ANY, units: { mm: 1 } },
  width: { ...ANY, units: { px: 1 } },
  height: { ...ANY, units: { px: 1 } },
  size: { ...ANY, units: SIZE_UNITS },
  month: { min: 1, max: 12, whole: true, cyclic: true },
  hour: { min: 0, max: 23, whole: true, cyclic: true },
};

export function isNumberKey(key: string): key is NumberKey {
  return NUMBER_KEYS.some((known) => known === key);
}

export function numberTerm(key: NumberKey, value: ValuePlace, expected: string): Term {
  return { kind: 'number', key, range: rangeOf(LIMITS[key], value.text, value, expected) };
}

/** The range that `text`, a part of `value`, stands for. Throws `query_invalid` outside the limits. */
export function rangeOf(limits: Limits, text: string, value: ValuePlace, expected: string): Range {
  const range = parseRange(text, limits.units);
  const allowed = (end: number): boolean =>
    !Number.isFinite(end) ||
    (end >= limits.min && end <= limits.max && (!limits.whole || Number.isInteger(end)));
  if (!range || !allowed(range.min) || !allowed(range.max)) {
    throw queryError(
      'bad_value',
      value,
      `"${value.text}" is not possible here. Write ${expected}.`,
      {
        expected,
      },
    );
  }
  if (range.min > range.max && !limits.cyclic) {
    throw queryError(
      'reversed_range',
      value,
      `The range "${text}" ends before it begins. Write the smaller number first.`,
      { expected },
    );
  }
  return range;
}
