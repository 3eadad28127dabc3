/** Collects a picture's rows, scaled down as they come: never is there more than one whole picture. */
import { reserve } from './memory.ts';
import { channelsOf, createTiff, type PixelKind } from './tiffFile.ts';
import { checkSize } from './types.ts';

export type PictureOptions = {
  readonly width: number;
  readonly height: number;
  readonly kind: PixelKind;
  /** Each pixel is followed by a byte of opacity; the picture is put on white. Only for grey and RGB. */
  readonly hasAlpha?: boolean;
  /** The profile that the pixels are meant in; null: sRGB, or what is usual for the kind. */
  readonly icc: Buffer | null;
  /** Pixels that the long side is wanted in. */
  readonly side: number;
};

export type Picture = {
  /** Takes row `y`, which starts at `start`. Rows come from the top or from the bottom, without going back. */
  addRow(y: number, bytes: Uint8Array, start: number): void;
  /** The TIFF of what was added; what was not is white. */
  finish(): Buffer;
};

/** libvips scales the rest better than boxes do: it is left at least this many times the wanted side. */
const LEFT_OVER = 1.8;

/** How many pixels in a row may become one for a picture that is wanted in `side` pixels; 1 or even. */
export function shrinkFactor(width: number, height: number, side: number): number {
  const factor = Math.floor(Math.max(width, height) / (side * LEFT_OVER));
  return factor < 2 ? 1 : factor & ~1;
}

/** Rejects with `UnpackError` where the size is none, `OutOfMemory` where the picture would not fit. */
export function createPicture(options: PictureOptions): Picture {
  const { width, height, kind, icc, side } = options;
  const hasAlpha = options.hasAlpha === true;
  checkSize(width, height);
  const factor = shrinkFactor(width, height, side);
  const channels = channelsOf(kind);
  const step = channels + (hasAlpha ? 1 : 0);
  const outWidth = Math.ceil(width / factor);
  const outHeight = Math.ceil(height / factor);
  const rowBytes = outWidth * channels;
  reserve(rowBytes * outHeight);
  const { file, pixels } = createTiff(outWidth, outHeight, kind, icc);
  const whole = new Uint8Array(hasAlpha ? width * channels : 0);
  const sums = new Uint32Array(factor === 1 ? 0 : rowBytes);
  let current = -1;
  let rows = 0;

  const flush = (): void => {
    if (rows > 0) writeMeans(sums, rows, factor, width, channels, pixels, current * rowBytes);
    sums.fill(0);
    rows = 0;
  };

  return {
    addRow(y, bytes, start) {
      if (y < 0 || y >= height) return;
      let row = bytes;
      let from = start;
      if (hasAlpha) {
        flatten(bytes, start, step, whole, channels);
        row = whole;
        from = 0;
      }
      if (factor === 1) {
        pixels.set(row.subarray(from, from + rowBytes), y * rowBytes);
        return;
      }
      const out = Math.floor(y / factor);
      if (out !== current) flush();
      current = out;
      addToSums(row, from, width, channels, factor, sums);
      rows += 1;
    },
    finish() {
      if (factor > 1) flush();
      return file;
    },
  };
}

/** Puts a row of pixels with opacity on white. */
function flatten(
  from: Uint8Array,
  start: number,
  step: number,
  to: Uint8Array,
  channels: number,
): void {
  let at = start;
  for (let out = 0; out < to.length; out += channels) {
    const alpha = from[at + channels] as number;
    const white = 255 - alpha;
    for (let channel = 0; channel < channels; channel += 1) {
      to[out + channel] = Math.round(((from[at + channel] as number) * alpha) / 255) + white;
    }
    at += step;
  }
}

function addToSums(
  row: Uint8Array,
  start: number,
  width: number,
  channels: number,
  factor: number,
  sums: Uint32Array,
): void {
  const cellBytes = factor * channels;
  const end = start + width * channels;
  let to = 0;
  for (let cell = start; cell < end; cell += cellBytes) {
    const stop = Math.min(cell + cellBytes, end);
    if (channels === 3) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let at = cell; at < stop; at += 3) {
        red += row[at] as number;
        green += row[at + 1] as number;
        blue += row[at + 2] as number;
      }
      sums[to] = (sums[to] as number) + red;
      sums[to + 1] = (sums[to + 1] as number) + green;
      sums[to + 2] = (sums[to + 2] as number) + blue;
    } else {
      for (let at = cell; at < stop; at += channels) {
        for (let channel = 0; channel < channels; channel += 1) {
          sums[to + channel] = (sums[to + channel] as number) + (row[at + channel] as number);
        }
      }
    }
    to += channels;
  }
}

function writeMeans(
  sums: Uint32Array,
  rows: number,
  factor: number,
  width: number,
  channels: number,
  pixels: Uint8Array,
  start: number,
): void {
  const cells = sums.length / channels;
  for (let cell = 0; cell < cells; cell += 1) {
    const count = rows * Math.min(factor, width - cell * factor);
    const half = count >> 1;
    const first = cell * channels;
    for (let channel = 0; channel < channels; channel += 1) {
      pixels[start + first + channel] = ((sums[first + channel] as number) + half) / count;
    }
  }
}
