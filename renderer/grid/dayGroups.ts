import { UNDATED } from '../../shared/resultCodec.ts';
import { clampedAspect } from './layout.ts';
import { endOfRun } from './runs.ts';
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
  const { days, widthPixels } = input;
  const groups = new Int32Array(days.length);
  let groupDay = UNDATED;
  let groupYear: number | null = null;
  let groupPixels = Number.POSITIVE_INFINITY;
  let start = 0;
  while (start < days.length) {
    const day = days[start] ?? UNDATED;
    const end = endOfRun(days, start);
    const pixels = shortPixels(input, start, end);
    const year = pixels === null ? null : yearOf(day);
    const fits = pixels !== null && groupPixels + pixels <= widthPixels * MOST_ROWS;
    if (fits && groupYear !== null && year === groupYear) {
      groupPixels += pixels;
    } else {
      groupDay = day;
      groupPixels = pixels ?? Number.POSITIVE_INFINITY;
      groupYear = year;
    }
    groups.fill(groupDay, start, end);
    start = end;
  }
  return groups;
}

/** The width that the photos of a short day take, gaps included; null for a longer day. */
function shortPixels(input: DayGroupsInput, start: number, end: number): number | null {
  const { aspects, widthPixels, rowHeightPixels, gapPixels } = input;
  const most = widthPixels * SHORT_DAY_ROWS + gapPixels;
  let pixels = 0;
  // Most days of a large library are long: their first photos tell.
  for (let index = start; index < end && pixels <= most; index += 1) {
    pixels += clampedAspect(aspects[index] ?? 0) * rowHeightPixels + gapPixels;
  }
  return pixels <= most ? pixels : null;
}

function yearOf(day: number): number | null {
  return dateOfDay(day)?.getUTCFullYear() ?? null;
}
