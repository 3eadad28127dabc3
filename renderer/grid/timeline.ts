import { UNDATED } from '../../shared/resultCodec.ts';
import { type MonthRuns, yearOfMonth } from './dates/dayRuns.ts';
import { placeOfPhoto } from './dates/places.ts';
import type { GridLayout } from './layout.ts';

const DAY_MS = 86_400_000;
/** Room that a year needs below the one before. */
const YEAR_PIXELS = 28;
/** Room that the name of a month needs on either side. */
const MONTH_PIXELS = 22;

/** A year that takes this many times the room of the one it would touch is named in its place. */
const FAR_LONGER = 2;

/** A day of a result as a date whose UTC fields are the wall clock's; null when undated. */
export function dateOfDay(day: number): Date | null {
  return day === UNDATED ? null : new Date(day * DAY_MS);
}

/** A year or a month at the place on the track where its photos begin. */
export type Mark = {
  readonly kind: 'year' | 'month';
  readonly year: number;
  /** Counted from 0. */
  readonly month: number;
  /** Pixels from the top of the track. */
  readonly y: number;
};

/**
 * The years that have room on a track which shows the whole content, then the months that have room
 * between them. A month stands only below its own year. Undated photos have no mark.
 */
export function timelineMarks(
  layout: GridLayout,
  { months, starts }: MonthRuns,
  trackPixels: number,
): Mark[] {
  if (layout.heightPixels <= 0 || trackPixels <= 0) return [];
  const candidates: Mark[] = [];
  let yearBefore: number | null = null;
  months.forEach((month, at) => {
    const year = yearOfMonth(month);
    if (year !== null) {
      const y = (placeOfPhoto(layout, starts[at] ?? 0) / layout.heightPixels) * trackPixels;
      const kind = year === yearBefore ? 'month' : 'year';
      candidates.push({ kind, year, month: month - year * 12, y });
    }
    yearBefore = year;
  });
  const lowest = trackPixels - YEAR_PIXELS / 2;
  const years = placeYears(
    candidates.filter(({ kind, y }) => kind === 'year' && y <= lowest),
    trackPixels,
  );
  const marks = [...years];
  let last = -Infinity;
  let at = -1;
  for (const mark of candidates) {
    while ((years[at + 1]?.y ?? Infinity) <= mark.y) at += 1;
    if (mark.kind !== 'month' || years[at]?.year !== mark.year) continue;
    const above = Math.max(last, years[at]?.y ?? -Infinity);
    const below = years[at + 1]?.y ?? lowest + MONTH_PIXELS;
    if (mark.y - above < MONTH_PIXELS || below - mark.y < MONTH_PIXELS) continue;
    marks.push(mark);
    last = mark.y;
  }
  return marks;
}

/** Years from top to bottom, without those that would touch the one before, unless they are far longer. */
function placeYears(years: readonly Mark[], trackPixels: number): Mark[] {
  const placed: { readonly mark: Mark; readonly pixels: number }[] = [];
  for (const [at, mark] of years.entries()) {
    const pixels = (years[at + 1]?.y ?? trackPixels) - mark.y;
    const before = placed.at(-1);
    const touches = before !== undefined && mark.y - before.mark.y < YEAR_PIXELS;
    if (touches && pixels < before.pixels * FAR_LONGER) continue;
    if (touches) placed.pop();
    placed.push({ mark, pixels });
  }
  return placed.map(({ mark }) => mark);
}
