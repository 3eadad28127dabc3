/** Planes of brightness and colour, as video codecs keep them, scaled down and turned into RGB in one go. */
import type { Picture } from './picture.ts';

/** Eight bits a value. */
export type Plane = {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly stride: number;
  readonly width: number;
  readonly height: number;
};

/** How RGB became brightness and colour: ISO/IEC 23091-2. */
export type YcbcrKind = { readonly matrix: number; readonly isFullRange: boolean };

/** Shares of red and blue in the brightness, by the matrix's number; others are as BT.601. */
const SHARES: Readonly<Record<number, readonly [red: number, blue: number]>> = {
  1: [0.2126, 0.0722],
  9: [0.2627, 0.0593],
  10: [0.2627, 0.0593],
};
const BT601 = [0.299, 0.114] as const;

/** Means of squares of `factor` pixels in a row of cells, one byte a cell. */
export function shrinkPlane(plane: Plane, factorX: number, factorY: number): Plane {
  const width = Math.ceil(plane.width / factorX);
  const height = Math.ceil(plane.height / factorY);
  if (factorX === 1 && factorY === 1) return plane;
  const bytes = new Uint8Array(width * height);
  const sums = new Uint32Array(width);
  for (let y = 0; y < height; y += 1) {
    const rows = Math.min(factorY, plane.height - y * factorY);
    sums.fill(0);
    for (let row = 0; row < rows; row += 1) {
      addRow(plane, plane.start + (y * factorY + row) * plane.stride, factorX, sums);
    }
    writeMeans(sums, rows, factorX, plane.width, bytes, y * width);
  }
  return { bytes, start: 0, stride: width, width, height };
}

function addRow({ bytes, width }: Plane, start: number, factor: number, sums: Uint32Array): void {
  const whole = Math.floor(width / factor);
  let at = start;
  if (factor === 2) {
    for (let cell = 0; cell < whole; cell += 1) {
      sums[cell] = (sums[cell] as number) + (bytes[at] as number) + (bytes[at + 1] as number);
      at += 2;
    }
  } else if (factor === 4) {
    for (let cell = 0; cell < whole; cell += 1) {
      sums[cell] =
        (sums[cell] as number) +
        (bytes[at] as number) +
        (bytes[at + 1] as number) +
        (bytes[at + 2] as number) +
        (bytes[at + 3] as number);
      at += 4;
    }
  } else {
    for (let cell = 0; cell < whole; cell += 1) {
      let sum = 0;
      for (const stop = at + factor; at < stop; at += 1) sum += bytes[at] as number;
      sums[cell] = (sums[cell] as number) + sum;
    }
  }
  let rest = 0;
  for (const stop = start + width; at < stop; at += 1) rest += bytes[at] as number;
  if (whole < sums.length) sums[whole] = (sums[whole] as number) + rest;
}

function writeMeans(
  sums: Uint32Array,
  rows: number,
  factor: number,
  width: number,
  to: Uint8Array,
  start: number,
): void {
  for (let cell = 0; cell < sums.length; cell += 1) {
    const count = rows * Math.min(factor, width - cell * factor);
    to[start + cell] = ((sums[cell] as number) + (count >> 1)) / count;
  }
}

/** Adds the picture that three planes of the same size make. */
export function addYcbcr(
  picture: Picture,
  planes: readonly [y: Plane, cb: Plane, cr: Plane],
  kind: YcbcrKind,
): void {
  const [luma, blueness, redness] = planes;
  const [red, blue] = SHARES[kind.matrix] ?? BT601;
  const green = 1 - red - blue;
  const lumaScale = kind.isFullRange ? 1 : 255 / 219;
  const chromaScale = kind.isFullRange ? 1 : 255 / 224;
  const black = kind.isFullRange ? 0 : 16;
  const toRed = 2 * (1 - red) * chromaScale;
  const toBlue = 2 * (1 - blue) * chromaScale;
  const greenOfRed = (toRed * red) / green;
  const greenOfBlue = (toBlue * blue) / green;
  // Rounds by itself, and keeps to 0..255.
  const row = new Uint8ClampedArray(luma.width * 3);
  const rowBytes = new Uint8Array(row.buffer);
  for (let y = 0; y < luma.height; y += 1) {
    let atY = luma.start + y * luma.stride;
    let atB = blueness.start + y * blueness.stride;
    let atR = redness.start + y * redness.stride;
    for (let to = 0; to < row.length; to += 3) {
      const light = ((luma.bytes[atY] as number) - black) * lumaScale;
      const cb = (blueness.bytes[atB] as number) - 128;
      const cr = (redness.bytes[atR] as number) - 128;
      row[to] = light + toRed * cr;
      row[to + 1] = light - greenOfRed * cr - greenOfBlue * cb;
      row[to + 2] = light + toBlue * cb;
      atY += 1;
      atB += 1;
      atR += 1;
    }
    picture.addRow(y, rowBytes, 0);
  }
}
