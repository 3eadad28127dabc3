import { ASPECT_UNIT } from '../../shared/resultCodec.ts';
import { createRows, createSections, finishRows, pushRow } from './layoutRows.ts';
import { endOfRun } from './runs.ts';

/** Width ÷ height that stands in until a photo's size is known. */
const UNKNOWN_UNITS = 1.5 * ASPECT_UNIT;
/** Slimmer and wider photos are cropped in the grid: a 1:50 strip would be a line, or a row of its own. */
const MIN_UNITS = ASPECT_UNIT / 3;
const MAX_UNITS = 5 * ASPECT_UNIT;
/** A row is never stretched further than this; it takes one photo more instead and gets lower. */
const MAX_STRETCH = 1.5;
/** A section's last row that fills this much of the width is stretched to fill it all. */
const NEARLY_FULL = 0.8;

export type LayoutInput = {
  /** Width ÷ height × `ASPECT_UNIT` of each photo; 0 when unknown. */
  readonly aspects: Uint16Array;
  /** The day of each photo: each run of one day becomes a section with a header. Null: no headers. */
  readonly days: Int32Array | null;
  readonly widthPixels: number;
  /** The height that rows aim at. */
  readonly rowHeightPixels: number;
  readonly gapPixels: number;
  readonly headerPixels: number;
};

/**
 * Where everything lies: rows of photos in sections. All values in pixels from the top of the content.
 * Cells of a row are computed when they are needed (`cellsOfRow`).
 */
export type GridLayout = {
  readonly aspects: Uint16Array;
  readonly count: number;
  readonly widthPixels: number;
  readonly heightPixels: number;
  readonly gapPixels: number;
  readonly headerPixels: number;
  readonly rowTops: Float64Array;
  readonly rowHeights: Uint16Array;
  /** First photo of each row, and `count` at the end. */
  readonly rowStarts: Uint32Array;
  /** 1 where a row fills the width; the last row of a section may not. */
  readonly rowFilled: Uint8Array;
  /** Top of each section, its header included. */
  readonly sectionTops: Float64Array;
  /** First photo of each section, and `count` at the end. */
  readonly sectionStarts: Uint32Array;
  readonly sectionDays: Int32Array;
};

export type Cell = {
  readonly index: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
};

/** Width ÷ height of a photo in the grid, within what a row can show. */
export function clampedAspect(packed: number): number {
  return aspectUnits(packed) / ASPECT_UNIT;
}

/** The same × `ASPECT_UNIT`. */
function aspectUnits(packed: number): number {
  if (packed === 0) return UNKNOWN_UNITS;
  if (packed < MIN_UNITS) return MIN_UNITS;
  return packed > MAX_UNITS ? MAX_UNITS : packed;
}

/**
 * Lays out justified rows: each row fills the width, at a height as near to `rowHeightPixels` as its
 * photos allow. The last row of a section keeps the height, unless it is nearly full.
 */
export function layoutGrid(input: LayoutInput): GridLayout {
  const { aspects, days, rowHeightPixels: target, gapPixels: gap } = input;
  const count = aspects.length;
  const width = Math.max(1, Math.floor(input.widthPixels));
  const header = days ? input.headerPixels : 0;
  const rows = createRows(count);
  const sections = createSections();
  // Sums are kept in the unit of the packed aspects, and so is the room of a row: a million photos are
  // looked at one by one, and nothing may be computed for each that can be computed once.
  const unitsPerPixel = ASPECT_UNIT / target;
  const widthUnits = width * unitsPerPixel;
  const gapUnits = gap * unitsPerPixel;
  let top = 0;

  const addRow = (first: number, heightExact: number, filled: boolean): void => {
    const height = Math.max(1, Math.floor(heightExact + 0.5));
    pushRow(rows, top, height, first, filled ? 1 : 0);
    top += height + gap;
  };

  let start = 0;
  while (start < count) {
    const end = days ? endOfRun(days, start) : count;
    sections.add(top, start, days?.[start] ?? 0);
    top += header;

    let first = start;
    let sum = 0;
    let room = widthUnits;
    for (let index = start; index < end; index += 1) {
      const aspect = aspectUnits(aspects[index] as number);
      if (sum + aspect < room) {
        sum += aspect;
        room -= gapUnits;
        continue;
      }
      // Without this photo the row has one gap less, and gets higher than it should be; with it, lower.
      const roomWithout = room + gapUnits;
      const endsBefore =
        roomWithout <= sum * MAX_STRETCH && roomWithout * room < sum * (sum + aspect);
      if (!endsBefore) {
        addRow(first, (room / (sum + aspect)) * target, true);
        first = index + 1;
        sum = 0;
        room = widthUnits;
        continue;
      }
      addRow(first, (roomWithout / sum) * target, true);
      // A photo wider than the row fills it alone.
      const isAlone = aspect >= widthUnits;
      if (isAlone) addRow(index, (widthUnits / aspect) * target, true);
      first = isAlone ? index + 1 : index;
      sum = isAlone ? 0 : aspect;
      room = isAlone ? widthUnits : widthUnits - gapUnits;
    }
    if (first < end) {
      const lastRoom = room + gapUnits;
      const nearlyFull = sum >= lastRoom * NEARLY_FULL;
      addRow(first, nearlyFull ? (lastRoom / sum) * target : target, nearlyFull);
    }
    start = end;
  }

  return {
    aspects,
    count,
    widthPixels: width,
    heightPixels: count === 0 ? 0 : top - gap,
    gapPixels: gap,
    headerPixels: header,
    ...finishRows(rows, count),
    ...sections.finish(count),
  };
}

/** The layout of the first photos of many, as high as all of them will be, more or less. */
export function asPartOf(layout: GridLayout, total: number): GridLayout {
  if (layout.count === 0 || layout.count >= total) return layout;
  const heightPixels = Math.round((layout.heightPixels * total) / layout.count);
  return { ...layout, heightPixels };
}

/** The last position of `values` (ascending) that is at most `value`; 0 when there is none. */
export function lastAtMost(
  values: Float64Array | Uint32Array,
  value: number,
  length: number,
): number {
  let low = 0;
  let high = length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((values[middle] ?? Infinity) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The row at a height, or the last one that begins above it. */
export function rowAt(layout: GridLayout, y: number): number {
  return lastAtMost(layout.rowTops, y, layout.rowTops.length);
}

export function rowOfIndex(layout: GridLayout, index: number): number {
  return lastAtMost(layout.rowStarts, index, layout.rowTops.length);
}

export function sectionAt(layout: GridLayout, y: number): number {
  return lastAtMost(layout.sectionTops, y, layout.sectionTops.length);
}

export function sectionOfIndex(layout: GridLayout, index: number): number {
  return lastAtMost(layout.sectionStarts, index, layout.sectionTops.length);
}

/** The cells of one row from left to right; a filled row's end exactly at the width. */
export function cellsOfRow(layout: GridLayout, row: number): Cell[] {
  const first = layout.rowStarts[row] ?? 0;
  const end = layout.rowStarts[row + 1] ?? first;
  const top = layout.rowTops[row] ?? 0;
  const height = layout.rowHeights[row] ?? 0;
  const filled = layout.rowFilled[row] === 1;
  let sum = 0;
  for (let index = first; index < end; index += 1) sum += clampedAspect(layout.aspects[index] ?? 0);
  const room = layout.widthPixels - (end - first - 1) * layout.gapPixels;
  // Edges are rounded from the running sum, so that rounding errors do not add up along the row.
  const pixelsPerAspect = filled ? room / sum : height;
  const cells: Cell[] = [];
  let before = 0;
  for (let index = first; index < end; index += 1) {
    const after = before + clampedAspect(layout.aspects[index] ?? 0);
    const left = Math.round(before * pixelsPerAspect);
    const right = Math.round(after * pixelsPerAspect);
    const shift = (index - first) * layout.gapPixels;
    cells.push({ index, left: left + shift, top, width: Math.max(1, right - left), height });
    before = after;
  }
  return cells;
}

/** Where one photo lies; null when there is no such index. */
export function cellOf(layout: GridLayout, index: number): Cell | null {
  if (index < 0 || index >= layout.count) return null;
  const row = rowOfIndex(layout, index);
  return cellsOfRow(layout, row)[index - (layout.rowStarts[row] ?? 0)] ?? null;
}

/** Rows that touch the band from `top` to `bottom`; `end` is one past the last. */
export function rowsBetween(
  layout: GridLayout,
  top: number,
  bottom: number,
): { readonly start: number; readonly end: number } {
  const rows = layout.rowTops.length;
  if (rows === 0) return { start: 0, end: 0 };
  return { start: rowAt(layout, top), end: Math.min(rows, rowAt(layout, bottom) + 1) };
}

/** The photo above (-1) or below (+1) whose middle is nearest; the same index at the edge. */
export function indexVertically(layout: GridLayout, index: number, rowsDown: number): number {
  const from = cellOf(layout, index);
  if (!from) return index;
  const row = rowOfIndex(layout, index);
  const last = layout.rowTops.length - 1;
  const target = Math.min(last, Math.max(0, row + rowsDown));
  if (target === row) return index;
  return nearestInRow(layout, target, from.left + from.width / 2);
}

/** The photo about `distance` pixels further down (negative: up), for Page Up and Page Down. */
export function indexByDistance(layout: GridLayout, index: number, distance: number): number {
  const from = cellOf(layout, index);
  if (!from) return index;
  const row = rowOfIndex(layout, index);
  const found = rowAt(layout, from.top + distance);
  // A page shorter than a row still moves.
  const target = found === row ? row + Math.sign(distance) : found;
  return indexVertically(layout, index, target - row);
}

function nearestInRow(layout: GridLayout, row: number, x: number): number {
  let best = layout.rowStarts[row] ?? 0;
  let bestDistance = Infinity;
  for (const cell of cellsOfRow(layout, row)) {
    const distance = Math.abs(cell.left + cell.width / 2 - x);
    if (distance < bestDistance) {
      best = cell.index;
      bestDistance = distance;
    }
  }
  return best;
}
