import { type MonthRuns, yearOfMonth } from './dayRuns.ts';
import { runOfPhoto } from './places.ts';

/**
 * The photo that a key leads to on the scroll bar of a dated result: the first of the month or year above
 * or below; past the last month the number of photos, for the very end. Null when the key does not move.
 */
export function photoAfterKey(key: string, months: MonthRuns, photo: number): number | null {
  const now = runOfPhoto(months.starts, photo);
  const count = months.starts.at(-1) ?? 0;
  const firstOf = (at: number): number => (at < 0 ? 0 : (months.starts[at] ?? count));
  switch (key) {
    case 'ArrowUp':
    case 'ArrowLeft':
      return firstOf(now - 1);
    case 'ArrowDown':
    case 'ArrowRight':
      return firstOf(now + 1);
    case 'PageUp':
      return firstOf(yearBegins(months, yearBegins(months, now) - 1));
    case 'PageDown':
      return firstOf(yearEnds(months, now));
    case 'Home':
      return 0;
    case 'End':
      return count;
    default:
      return null;
  }
}

/** The first month of the year that a month is of. */
function yearBegins({ months }: MonthRuns, at: number): number {
  let first = at;
  while (first > 0 && sameYear(months, first - 1, at)) first -= 1;
  return first;
}

/** The first month after that year. */
function yearEnds({ months }: MonthRuns, at: number): number {
  let next = at + 1;
  while (next < months.length && sameYear(months, next, at)) next += 1;
  return next;
}

function sameYear(months: Int32Array, left: number, right: number): boolean {
  return yearOfMonth(months[left] ?? 0) === yearOfMonth(months[right] ?? 0);
}
