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

/**
 * Lets short days share a row: days of one year that follow one another become a group as long as all of
 * its photos fit beside each other. Answers for each photo the first day of its group, which
 * `layoutGrid` takes as its day. Undated photos are a group of their own.
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
    const fits = groupPixels + pixels - gapPixels <= widthPixels;
    if (fits && yearOf(day) === groupYear && groupYear !== null) {
      groupPixels += pixels;
    } else {
      groupDay = day;
      groupPixels = pixels;
      // A day that fills a row takes no other: its year need not be known.
      groupYear = pixels < widthPixels ? yearOf(day) : null;
    }
    groups.fill(groupDay, start, end);
    start = end;
  }
  return groups;
}

function yearOf(day: number): number | null {
  return dateOfDay(day)?.getUTCFullYear() ?? null;
}
