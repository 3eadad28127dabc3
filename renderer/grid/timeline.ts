import { UNDATED } from '../../shared/resultCodec.ts';
import type { GridLayout } from './layout.ts';

const DAY_MS = 86_400_000;

/** Where a year begins in the content. */
export type YearTick = { readonly year: number; readonly topPixels: number };

/** A day of a result as a date whose UTC fields are the wall clock's; null when undated. */
export function dateOfDay(day: number): Date | null {
  return day === UNDATED ? null : new Date(day * DAY_MS);
}

/** The first place of each year in a layout whose sections are days. Undated photos have no tick. */
export function yearTicks(layout: GridLayout): YearTick[] {
  const ticks: YearTick[] = [];
  let before: number | null = null;
  layout.sectionDays.forEach((day, section) => {
    const year = dateOfDay(day)?.getUTCFullYear() ?? null;
    if (year !== null && year !== before) {
      ticks.push({ year, topPixels: layout.sectionTops[section] ?? 0 });
    }
    before = year;
  });
  return ticks;
}

export type PlacedTick = YearTick & {
  /** Pixels from the top of the track. */
  readonly y: number;
};

/** Puts years on a track, without those whose number would touch the one before or leave the track. */
export function placeTicks(
  ticks: readonly YearTick[],
  contentPixels: number,
  trackPixels: number,
  labelPixels = 28,
): PlacedTick[] {
  if (contentPixels <= 0 || trackPixels <= 0) return [];
  const placed: PlacedTick[] = [];
  let last = -Infinity;
  for (const tick of ticks) {
    const y = (tick.topPixels / contentPixels) * trackPixels;
    if (y - last < labelPixels || y > trackPixels - labelPixels / 2) continue;
    last = y;
    placed.push({ ...tick, y });
  }
  return placed;
}
