import { UNDATED } from '../../../shared/resultCodec.ts';
import type { GridLayout } from '../layout.ts';
import type { DayRuns } from './dayRuns.ts';
import { photoAtPlace, runOfPhoto } from './places.ts';

/** Days with more photos than nearly all others may be this many times over them before they are cut off. */
const MOST_OVER_BUSY = 4;
const BUSY_SHARE = 0.98;
/** The shortest bar, so that a quiet year is not taken for an empty one. */
const MIN_BAR_PIXELS = 1;

/**
 * Photos per day in each band of one pixel of a track that shows the whole content. Days without a photo
 * between two photos of a band count; undated photos have no density.
 */
export function densityBands(layout: GridLayout, runs: DayRuns, trackPixels: number): Float64Array {
  const bands = new Float64Array(Math.max(0, Math.floor(trackPixels)));
  const [from, to] = datedPhotos(runs);
  if (from === to) return bands;
  let start = photoAtPlace(layout, 0);
  for (let band = 0; band < bands.length; band += 1) {
    const end = photoAtPlace(layout, ((band + 1) / bands.length) * layout.heightPixels);
    const first = Math.max(from, start);
    const last = Math.min(to, end);
    if (last > first) bands[band] = (last - first) / daysBetween(runs, first, last);
    start = end;
  }
  return bands;
}

/** The photos that have a date: from one up to, and without, another. */
function datedPhotos({ days, starts }: DayRuns): readonly [number, number] {
  const count = days.length;
  const from = days[0] === UNDATED ? (starts[1] ?? 0) : 0;
  const to = days[count - 1] === UNDATED ? (starts[count - 1] ?? 0) : (starts[count] ?? 0);
  return [from, Math.max(from, to)];
}

/** Days that pass from one photo to a later one; the photos of a day are spread evenly over it. */
function daysBetween(runs: DayRuns, first: number, last: number): number {
  const firstRun = runOfPhoto(runs.starts, first);
  let lastRun = runOfPhoto(runs.starts, last);
  // A band that ends where a day ends knows nothing of the days until the next one.
  if (lastRun > firstRun && runs.starts[lastRun] === last) lastRun -= 1;
  const whole = Math.abs((runs.days[lastRun] ?? 0) - (runs.days[firstRun] ?? 0));
  return whole + partOfRun(runs.starts, lastRun, last) - partOfRun(runs.starts, firstRun, first);
}

function partOfRun(starts: Uint32Array, run: number, photo: number): number {
  const start = starts[run] ?? 0;
  const count = (starts[run + 1] ?? start) - start;
  return count === 0 ? 0 : (photo - start) / count;
}

/** What a full bar stands for, in photos per day: the busiest band, unless it dwarfs all the busy days. */
export function fullDensity(bands: Float64Array, runs: DayRuns): number {
  const busiest = bands.reduce((most, density) => Math.max(most, density), 0);
  const counts = new Float64Array(runs.days.length);
  let dated = 0;
  runs.days.forEach((day, run) => {
    if (day === UNDATED) return;
    counts[dated] = (runs.starts[run + 1] ?? 0) - (runs.starts[run] ?? 0);
    dated += 1;
  });
  if (dated === 0) return busiest;
  const sorted = counts.subarray(0, dated).sort();
  const busy = sorted[Math.floor((dated - 1) * BUSY_SHARE)] ?? busiest;
  return Math.min(busiest, busy * MOST_OVER_BUSY);
}

/**
 * The bars as one outline for an SVG path: each one pixel high, from the right edge to the left, as long
 * as the square root of its density, the longest `widthPixels`. Empty when there is nothing to draw.
 */
export function densityOutline(bands: Float64Array, full: number, widthPixels: number): string {
  if (full <= 0 || widthPixels <= 0) return '';
  const parts = [`M${widthPixels} 0`];
  let before = -1;
  bands.forEach((density, band) => {
    const exact = Math.sqrt(Math.min(1, density / full)) * widthPixels;
    // Half pixels are whole ones on a fine screen.
    const length = density > 0 ? Math.max(MIN_BAR_PIXELS, Math.round(exact * 2) / 2) : 0;
    if (length === before) return;
    parts.push(`V${band}H${widthPixels - length}`);
    before = length;
  });
  parts.push(`V${bands.length}H${widthPixels}Z`);
  return parts.join('');
}
