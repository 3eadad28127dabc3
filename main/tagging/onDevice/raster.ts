import { COLOUR_NAMES, nameColour, toOklch } from './colourNames.ts';
import { binAt, momentsOf } from './histogram.ts';

/** Cells a side of the coarse grid that tells where light is. */
export const GRID_SIDE = 8;

/** What the rules know of a picture's pixels, measured once. Luma is 0..1, as gamma-coded as sRGB is. */
export type RasterStatistics = {
  readonly meanLuma: number;
  readonly lumaDeviation: number;
  /** Luma below which the given share 0..1 of the pixels lies. */
  readonly lumaAt: (share: number) => number;
  /** Share of pixels that have each of the twelve names, in the order of `COLOUR_NAMES`. */
  readonly colourShares: Float64Array;
  /** Mean Oklab chroma. */
  readonly meanChroma: number;
  /** Oklab chroma below which the given share 0..1 of the pixels lies. */
  readonly chromaAt: (share: number) => number;
  /** Mean luma of the grid's cells, row by row. */
  readonly grid: Float64Array;
  readonly tone: ToneStatistics;
};

/** How far the colours are one tint laid over a grey picture. Channel differences are 0..255. */
export type ToneStatistics = {
  /** Spread of red − green and green − blue that the pixel's luma does not explain. */
  readonly residual: number;
  /** Means over all pixels. */
  readonly redMinusGreen: number;
  readonly greenMinusBlue: number;
};

const CHROMA_STEPS_PER_UNIT = 700;
const LUMA_BINS = 256;
const TONE_BINS = 16;

/** Colour name and chroma of every colour with five bits a channel, taken at the middle of its cell. */
function makeTables(): { readonly names: Uint8Array; readonly chromas: Uint8Array } {
  const names = new Uint8Array(32768);
  const chromas = new Uint8Array(32768);
  for (let cell = 0; cell < 32768; cell += 1) {
    const colour = toOklch(
      ((cell >> 10) * 255) / 31,
      (((cell >> 5) & 31) * 255) / 31,
      ((cell & 31) * 255) / 31,
    );
    names[cell] = COLOUR_NAMES.indexOf(nameColour(colour));
    chromas[cell] = Math.min(255, Math.round(colour.chroma * CHROMA_STEPS_PER_UNIT));
  }
  return { names, chromas };
}

const TABLES = makeTables();

/**
 * Measures an sRGB raster (3 bytes a pixel) in one pass. Null where there are no pixels or fewer bytes
 * than the size asks for.
 */
export function measureRaster(raster: {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}): RasterStatistics | null {
  const { data, width, height } = raster;
  const pixels = width * height;
  if (!Number.isInteger(pixels) || pixels < 1 || data.length < pixels * 3) return null;
  const columns = new Uint8Array(width);
  for (let x = 0; x < width; x += 1) columns[x] = Math.floor((x * GRID_SIDE) / width);
  const tally: Tally = {
    lumas: new Uint32Array(LUMA_BINS),
    chromaBins: new Uint32Array(256),
    nameCounts: new Uint32Array(COLOUR_NAMES.length),
    cellSums: new Float64Array(GRID_SIDE * GRID_SIDE),
    cellCounts: new Float64Array(GRID_SIDE * GRID_SIDE),
    tones: new Float64Array(TONE_BINS * 4),
  };
  for (let y = 0; y < height; y += 1) {
    const gridRow = Math.floor((y * GRID_SIDE) / height) * GRID_SIDE;
    measureRow(tally, data, y * width * 3, columns, gridRow);
  }

  const { lumas, chromaBins, nameCounts, cellSums, cellCounts, tones } = tally;
  const { mean, deviation } = momentsOf(lumas, pixels);
  return {
    meanLuma: mean / 255,
    lumaDeviation: deviation / 255,
    lumaAt: (share) => binAt(lumas, pixels, share) / 255,
    colourShares: Float64Array.from(nameCounts, (count) => count / pixels),
    meanChroma: momentsOf(chromaBins, pixels).mean / CHROMA_STEPS_PER_UNIT,
    chromaAt: (share) => binAt(chromaBins, pixels, share) / CHROMA_STEPS_PER_UNIT,
    grid: cellSums.map((sum, place) => {
      const count = cellCounts[place] ?? 0;
      return count === 0 ? mean / 255 : sum / count / 255;
    }),
    tone: toneOf(lumas, tones, pixels),
  };
}

/** What the rows add to. */
type Tally = {
  readonly lumas: Uint32Array;
  readonly chromaBins: Uint32Array;
  readonly nameCounts: Uint32Array;
  readonly cellSums: Float64Array;
  readonly cellCounts: Float64Array;
  /** Four sums a bin: both channel differences and their squares. */
  readonly tones: Float64Array;
};

/** Adds the row that begins at `start`. By rows for the reason that crop.ts gives. */
function measureRow(
  { lumas, chromaBins, nameCounts, cellSums, cellCounts, tones }: Tally,
  data: Uint8Array,
  start: number,
  columns: Uint8Array,
  gridRow: number,
): void {
  const { names, chromas } = TABLES;
  let at = start;
  for (let x = 0; x < columns.length; x += 1) {
    const red = data[at] as number;
    const green = data[at + 1] as number;
    const blue = data[at + 2] as number;
    at += 3;
    const luma = (54 * red + 183 * green + 19 * blue) >> 8;
    (lumas[luma] as number) += 1;
    const cell = ((red >> 3) << 10) | ((green >> 3) << 5) | (blue >> 3);
    (nameCounts[names[cell] as number] as number) += 1;
    (chromaBins[chromas[cell] as number] as number) += 1;
    const place = gridRow + (columns[x] as number);
    (cellSums[place] as number) += luma;
    (cellCounts[place] as number) += 1;
    const redMinusGreen = red - green;
    const greenMinusBlue = green - blue;
    const tone = (luma >> 4) << 2;
    (tones[tone] as number) += redMinusGreen;
    (tones[tone + 1] as number) += redMinusGreen * redMinusGreen;
    (tones[tone + 2] as number) += greenMinusBlue;
    (tones[tone + 3] as number) += greenMinusBlue * greenMinusBlue;
  }
}

function toneOf(lumas: Uint32Array, tones: Float64Array, pixels: number): ToneStatistics {
  let unexplained = 0;
  let redMinusGreen = 0;
  let greenMinusBlue = 0;
  const perBin = LUMA_BINS / TONE_BINS;
  for (let bin = 0; bin < TONE_BINS; bin += 1) {
    let count = 0;
    for (let luma = bin * perBin; luma < (bin + 1) * perBin; luma += 1) count += lumas[luma] ?? 0;
    if (count === 0) continue;
    const first = tones[bin * 4] ?? 0;
    const firstSquares = tones[bin * 4 + 1] ?? 0;
    const second = tones[bin * 4 + 2] ?? 0;
    const secondSquares = tones[bin * 4 + 3] ?? 0;
    redMinusGreen += first;
    greenMinusBlue += second;
    unexplained +=
      firstSquares - (first * first) / count + secondSquares - (second * second) / count;
  }
  return {
    residual: Math.sqrt(Math.max(0, unexplained / pixels / 2)),
    redMinusGreen: redMinusGreen / pixels,
    greenMinusBlue: greenMinusBlue / pixels,
  };
}
