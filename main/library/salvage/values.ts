/** What a sound value of a column looks like: a damaged page may hold anything. */
import type { Value } from './record.ts';

export const isWhole = (value: Value | undefined): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value);
export const isId = (value: Value | undefined): value is number => isWhole(value) && value > 0;
export const isIdOrNone = (value: Value | undefined): value is number | null =>
  value === null || isId(value);
export const isText = (value: Value | undefined): value is string => typeof value === 'string';
export const isTextOrNone = (value: Value | undefined): value is string | null =>
  value === null || isText(value);
export const isBytes = (value: Value | undefined): value is Buffer => Buffer.isBuffer(value);
export const isFlag = (value: Value | undefined): value is 0 | 1 => value === 0 || value === 1;
export const isHash = (value: Value | undefined): value is Buffer =>
  isBytes(value) && value.length === 32;
export const isScore = (value: Value | undefined): value is number =>
  typeof value === 'number' && value >= 0 && value <= 100;
/** Milliseconds between the years 2000 and 2200. */
export const isTime = (value: Value | undefined): value is number =>
  isWhole(value) && value > 9.46e11 && value < 7.26e12;
