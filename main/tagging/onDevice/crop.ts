import { binAt } from './histogram.ts';

/** What the rules know of fine detail, measured on the full-scale grey crop. Luma is 0..255 here. */
export type CropStatistics = {
  /** Luma 0..1 between the darkest and the brightest 2 %. */
  readonly lumaSpan: number;
  /** Along rows. */
  readonly across: DetailStatistics;
  /** Along columns. */
  readonly down: DetailStatistics;
  readonly text: TextStatistics;
};

/** Detail in one direction. */
export type DetailStatistics = {
  /** Root mean square of the difference of pixels two apart, in levels. */
  readonly gradient: number;
  /**
   * Energy of the second derivative over that of the first: contrast cancels out and what stays is how
   * sudden changes are. Sharp pictures have 0.4 to 1.3, a blur of 1.2 pixels leaves about 0.1.
   */
  readonly suddenness: number;
};

/** How far the crop looks like lines of dark strokes on a bright, even page. */
export type TextStatistics = {
  /** The most frequent luma of the bright half. */
  readonly pageLuma: number;
  /** Share of pixels within 20 levels of it. */
  readonly pageShare: number;
  /** Share of pixels that are thin and much darker than their surroundings. */
  readonly darkStrokes: number;
  /** Share of pixels that are thin and much brighter than their surroundings. */
  readonly brightStrokes: number;
  /** Shares of lines with next to no dark stroke and with many, in the direction in which text runs. */
  readonly emptyLines: number;
  readonly writtenLines: number;
};

/** The crop is measured in its middle up to this many pixels a side: more costs time and tells no more. */
const LARGEST_SIDE = 256;
/** Below this many pixels a side nothing can be told. */
const LEAST_SIDE = 48;
/** A stroke is this many levels away from what lies this many pixels to both sides. */
const STROKE_DEPTH = 36;
const STROKE_REACH = 3;
const PAGE_TOLERANCE = 20;
/** Every second row is a fair sample of the crop at half the cost. */
const ROW_STEP = 2;

/** Null where the crop is too small, or holds fewer bytes than its size asks for. */
export function measureCrop(crop: {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}): CropStatistics | null {
  const { data, width: stride } = crop;
  if (!Number.isInteger(stride * crop.height) || data.length < stride * crop.height) return null;
  const width = Math.min(stride, LARGEST_SIDE);
  const height = Math.min(crop.height, LARGEST_SIDE);
  if (width < LEAST_SIDE || height < LEAST_SIDE) return null;
  const start = ((crop.height - height) >> 1) * stride + ((stride - width) >> 1);

  const reach = STROKE_REACH;
  const rowStrokes = new Uint16Array(height);
  const tally: Tally = {
    lumas: new Uint32Array(256),
    columnStrokes: new Uint16Array(width),
    sums: new Float64Array(5),
  };
  for (let y = reach; y < height - reach; y += ROW_STEP) {
    rowStrokes[y] = measureRow(tally, data, start + y * stride, width, stride);
  }

  const { lumas, columnStrokes, sums } = tally;
  const darkStrokes = rowStrokes.reduce((total, strokes) => total + strokes, 0);
  const sumOf = (sum: number): number => sums[sum] ?? 0;
  const sampledRows = Math.ceil((height - 2 * reach) / ROW_STEP);
  const seen = (width - 2 * reach) * sampledRows;
  const rows = linesOf(rowStrokes, width, ROW_STEP);
  const columns = linesOf(columnStrokes, sampledRows, 1);
  const lines = rows.empty >= columns.empty ? rows : columns;
  return {
    lumaSpan: (binAt(lumas, seen, 0.98) - binAt(lumas, seen, 0.02)) / 255,
    across: detailOf(sumOf(SLOPES_ACROSS), sumOf(BENDS_ACROSS), seen),
    down: detailOf(sumOf(SLOPES_DOWN), sumOf(BENDS_DOWN), seen),
    text: {
      ...findPage(lumas, seen),
      darkStrokes: darkStrokes / seen,
      brightStrokes: sumOf(BRIGHT_STROKES) / seen,
      emptyLines: lines.empty,
      writtenLines: lines.written,
    },
  };
}

/** What the rows add to. `sums` is indexed by the constants below. */
type Tally = {
  readonly lumas: Uint32Array;
  readonly columnStrokes: Uint16Array;
  readonly sums: Float64Array;
};

const SLOPES_ACROSS = 0;
const SLOPES_DOWN = 1;
const BENDS_ACROSS = 2;
const BENDS_DOWN = 3;
const BRIGHT_STROKES = 4;

/**
 * Adds the row that begins at `start`; its dark strokes. A function of a row is compiled once and for good; a
 * loop over all rows is compiled anew while it runs, and again whenever a sum outgrows the processor's whole
 * numbers, which costs as much as measuring a hundred crops.
 */
function measureRow(
  { lumas, columnStrokes, sums }: Tally,
  data: Uint8Array,
  start: number,
  width: number,
  stride: number,
): number {
  const reach = STROKE_REACH;
  const far = reach * stride;
  let at = start + reach;
  let [slopesAcross, slopesDown, bendsAcross, bendsDown] = [0, 0, 0, 0];
  let [darkStrokes, brightStrokes] = [0, 0];
  for (let x = reach; x < width - reach; x += 1, at += 1) {
    const luma = data[at] as number;
    (lumas[luma] as number) += 1;
    const before = data[at - 1] as number;
    const after = data[at + 1] as number;
    const over = data[at - stride] as number;
    const under = data[at + stride] as number;
    const slopeAcross = after - before;
    const slopeDown = under - over;
    const bendAcross = 2 * luma - before - after;
    const bendDown = 2 * luma - over - under;
    slopesAcross += slopeAcross * slopeAcross;
    slopesDown += slopeDown * slopeDown;
    bendsAcross += bendAcross * bendAcross;
    bendsDown += bendDown * bendDown;

    const left = data[at - reach] as number;
    const right = data[at + reach] as number;
    const above = data[at - far] as number;
    const below = data[at + far] as number;
    const dark = luma + STROKE_DEPTH;
    const bright = luma - STROKE_DEPTH;
    // Negative where both sides are lighter, or darker: one jump to guess for the processor, not eight.
    if ((((dark - left) & (dark - right)) | ((dark - above) & (dark - below))) < 0) {
      darkStrokes += 1;
      (columnStrokes[x] as number) += 1;
    } else if ((((left - bright) & (right - bright)) | ((above - bright) & (below - bright))) < 0) {
      brightStrokes += 1;
    }
  }
  (sums[SLOPES_ACROSS] as number) += slopesAcross;
  (sums[SLOPES_DOWN] as number) += slopesDown;
  (sums[BENDS_ACROSS] as number) += bendsAcross;
  (sums[BENDS_DOWN] as number) += bendsDown;
  (sums[BRIGHT_STROKES] as number) += brightStrokes;
  return darkStrokes;
}

function detailOf(slopes: number, bends: number, seen: number): DetailStatistics {
  return { gradient: Math.sqrt(slopes / seen), suddenness: slopes === 0 ? 0 : bends / slopes };
}

function findPage(lumas: Uint32Array, seen: number): { pageLuma: number; pageShare: number } {
  let pageLuma = 128;
  for (let luma = 128; luma < 256; luma += 1) {
    if ((lumas[luma] ?? 0) > (lumas[pageLuma] ?? 0)) pageLuma = luma;
  }
  let page = 0;
  const last = Math.min(255, pageLuma + PAGE_TOLERANCE);
  for (let luma = pageLuma - PAGE_TOLERANCE; luma <= last; luma += 1) page += lumas[luma] as number;
  return { pageLuma, pageShare: page / seen };
}

type LineShares = { readonly empty: number; readonly written: number };

/** A line with strokes in 1 % of it at most is a gap between lines of text; with 5 % it is written. */
function linesOf(strokes: Uint16Array, length: number, step: number): LineShares {
  let lines = 0;
  let empty = 0;
  let written = 0;
  for (let line = STROKE_REACH; line < strokes.length - STROKE_REACH; line += step) {
    const count = strokes[line] ?? 0;
    lines += 1;
    if (count <= length * 0.01) empty += 1;
    if (count >= length * 0.05) written += 1;
  }
  return { empty: empty / lines, written: written / lines };
}
