/** Results and layouts of the tests of dates, from days as people write them. */
import { type GridLayout, layoutGrid } from '../../../../renderer/grid/layout.ts';
import { UNDATED } from '../../../../shared/resultCodec.ts';

/** Days since 1970-01-01 of `YYYY-MM-DD`; the empty text is a photo without a date. */
export function dayOf(date: string): number {
  return date === '' ? UNDATED : Date.parse(`${date}T00:00:00Z`) / 86_400_000;
}

/** The same date so many times. */
export function times(count: number, date: string): readonly string[] {
  return Array.from({ length: count }, () => date);
}

/** A layout with a section for each day, as wide as three photos. */
export function layoutOf(dates: readonly string[]): {
  readonly layout: GridLayout;
  readonly days: Int32Array;
} {
  const days = Int32Array.from(dates, dayOf);
  const layout = layoutGrid({
    aspects: new Uint16Array(days.length),
    days,
    widthPixels: 900,
    rowHeightPixels: 200,
    gapPixels: 4,
    headerPixels: 44,
  });
  return { layout, days };
}
