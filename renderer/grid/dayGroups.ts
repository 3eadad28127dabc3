import { UNDATED } from '../../shared/resultCodec.ts';
import { clampedAspect } from './layout.ts';
import { dateOfDay } from './timeline.ts';

export type DayGroupsInput = {
  readonly days: Int32Array;
  /** Width ÷ height × `ASPECT_UNIT` of each photo; 0 when unknown. */
  readonly aspects: Uint16Array;
  readonly widthPixels: number;
  readonly rowHeightPixels: number;
  readonly gapPixels: number;
};

/** A day that takes no more of a row than this is short; a longer one stands alone. */
const SHORT_DAY_ROWS = 0.75;
/** Days that share rows take no more than so many, so that their dates stay near to each photo. */
const MOST_ROWS = 3;

/**
 * Lets short days share rows: those of one year that follow one another become a group. Answers for each
 * photo the first day of its group, which `layoutGrid` takes as its day. Undated photos are a group of
 * their own.
 */
export function groupDays(input: DayGroupsInput): Int32Array {
  const { days, aspects, widthPixels, rowHeightPixels, gapPixels } = input;
  const groups = new Int32Array(days.length);
  let groupDay = UNDATED;
  let groupYear: number | null = null;
  let groupPixels = Number.POSITIVE_INFINITY;
  let start = 0;
  while (start < days.length) {
    const day = days[start] ?? UNDATED;
    let end = start;
    let pixels = 0;
    for (; end < days.length && days[end] === day; end += 1) {
      pixels += clampedAspect(aspects[end] ?? 0) * rowHeightPixels + gapPixels;
    }
    const isShort = pixels - gapPixels <= widthPixels * SHORT_DAY_ROWS;
    const fits = isShort && groupPixels + pixels <= widthPixels * MOST_ROWS;
    if (fits && groupYear !== null && yearOf(day) === groupYear) {
      groupPixels += pixels;
    } else {
      groupDay = day;
      groupPixels = pixels;
      groupYear = isShort ? yearOf(day) : null;
    }
    groups.fill(groupDay, start, end);
    start = end;
  }
  return groups;
}

function yearOf(day: number): number | null {
  return dateOfDay(day)?.getUTCFullYear() ?? null;
}
