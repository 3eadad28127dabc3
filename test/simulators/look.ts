/** How a picture looks, roughly: what the invented tags are derived from. */
import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { Raster } from './bitmap.ts';

/** 0..1 of the picture. */
export type Area = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

export type Look = {
  /** The same for pictures that look alike, whatever their size and compression. */
  readonly key: number;
  /** Mean colour, 0..255 each. */
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  /** What differs from the picture's border; null when nothing does. */
  readonly area: Area | null;
};

/** The picture is looked at in this many columns and rows. */
const GRID = 32;

/** The look of decoded pixels. */
export async function lookAt({ rgb, width, height }: Raster): Promise<Look> {
  const small = await sharp(rgb, { raw: { width, height, channels: 3 }, limitInputPixels: false })
    .resize(GRID, GRID, { fit: 'fill' })
    .raw()
    .toBuffer();
  const [red, green, blue] = meanOf(small, () => true);
  return { key: keyOf(small, red, green, blue), red, green, blue, area: areaOf(small) };
}

/** A look for bytes that nobody decoded. */
export function lookOfBytes(bytes: Buffer): Look {
  const key = createHash('sha256').update(bytes).digest().readUInt32BE(0);
  return { key, red: 128, green: 128, blue: 128, area: null };
}

type Colour = readonly [number, number, number];

function meanOf(grid: Buffer, isWanted: (x: number, y: number) => boolean): Colour {
  const sums = [0, 0, 0];
  let count = 0;
  for (let cell = 0; cell < GRID * GRID; cell += 1) {
    if (!isWanted(cell % GRID, Math.floor(cell / GRID))) continue;
    count += 1;
    for (let channel = 0; channel < 3; channel += 1)
      sums[channel] = (sums[channel] ?? 0) + (grid[cell * 3 + channel] ?? 0);
  }
  const [red = 0, green = 0, blue = 0] = sums.map((sum) => sum / Math.max(1, count));
  return [red, green, blue];
}

function keyOf(grid: Buffer, red: number, green: number, blue: number): number {
  const high = Math.max(red, green, blue);
  const low = Math.min(red, green, blue);
  const isGrey = high - low < 0.12 * Math.max(high, 1);
  const hue = isGrey ? 12 : Math.floor(hueOf(red, green, blue) / 30);
  const light = Math.floor((red + green + blue) / 3 / 52);
  const contrast = Math.min(3, Math.floor(spread(grid) / 24));
  return createHash('sha256').update(`${hue}/${light}/${contrast}`).digest().readUInt32BE(0);
}

/** 0..360. */
function hueOf(red: number, green: number, blue: number): number {
  const angle = Math.atan2(Math.sqrt(3) * (green - blue), 2 * red - green - blue);
  return ((angle * 180) / Math.PI + 360) % 360;
}

/** Standard deviation of the brightness, 0..127. */
function spread(grid: Buffer): number {
  const values = Array.from(
    { length: GRID * GRID },
    (_, cell) =>
      ((grid[cell * 3] ?? 0) + (grid[cell * 3 + 1] ?? 0) + (grid[cell * 3 + 2] ?? 0)) / 3,
  );
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / values.length);
}

/** Cells that differ from the border by more than half of what the most different one does. */
function areaOf(grid: Buffer): Area | null {
  const last = GRID - 1;
  const border = meanOf(grid, (x, y) => x === 0 || y === 0 || x === last || y === last);
  const distance = (cell: number): number =>
    Math.max(...border.map((value, channel) => Math.abs((grid[cell * 3 + channel] ?? 0) - value)));
  const distances = Array.from({ length: GRID * GRID }, (_, cell) => distance(cell));
  const most = Math.max(...distances);
  if (most < 24) return null;
  const cells = distances.flatMap((value, cell) => (value > most / 2 ? [cell] : []));
  const xs = cells.map((cell) => cell % GRID);
  const ys = cells.map((cell) => Math.floor(cell / GRID));
  const left = Math.min(...xs);
  const top = Math.min(...ys);
  return {
    x: left / GRID,
    y: top / GRID,
    width: (Math.max(...xs) + 1 - left) / GRID,
    height: (Math.max(...ys) + 1 - top) / GRID,
  };
}
