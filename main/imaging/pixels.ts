/** Small pictures made of the thumbnail's pixels: for the placeholder and for the on-device tagger. */
import { endianness } from 'node:os';
import type { TaggerInput } from '../tagging/onDevice/types.ts';
import { encodeThumbHash } from './thumbHash.ts';

/** Row by row, 1 (grey), 3 (sRGB) or 4 bytes a pixel. */
export type Pixels = {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
};

/** Longest side of the raster that the tagger sees. */
const RASTER_SIDE = 160;
/** Longest side of what the placeholder is made of: it holds no more detail. */
const PLACEHOLDER_SIDE = 24;
/** The tagger measures sharpness on this much of the middle. */
const CROP_SIDE = 256;
const IS_LITTLE_ENDIAN = endianness() === 'LE';

/**
 * Averages squares of whole pixels so that the long side is at most `side`; three bytes a pixel. Of large
 * squares every second row is a fair sample at half the cost.
 */
export function shrink(pixels: Pixels, side: number): TaggerInput['raster'] {
  const step = Math.max(1, Math.ceil(Math.max(pixels.width, pixels.height) / side));
  const width = Math.ceil(pixels.width / step);
  const height = Math.ceil(pixels.height / step);
  const out = new Uint8Array(width * height * 3);
  if (step === 4 && canReadWords(pixels)) {
    shrinkByFour(pixels, out);
    return { data: out, width, height };
  }
  for (let y = 0; y < height; y += 1) shrinkRow(pixels, step, y, out, y * width * 3);
  return { data: out, width, height };
}

/**
 * One row of squares. A function of a row is compiled once, a loop over all rows is compiled anew while it
 * runs: for the few photos of a worker's first seconds that is dearer than the work itself.
 */
function shrinkRow(
  { data, channels, ...size }: Pixels,
  step: number,
  y: number,
  out: Uint8Array,
  start: number,
): void {
  const green = channels >= 3 ? 1 : 0;
  const blue = channels >= 3 ? 2 : 0;
  const rowStep = step >= 4 ? 2 : 1;
  const cellBytes = step * channels;
  const sampleBytes = rowStep * size.width * channels;
  const rows = Math.ceil(Math.min(step, size.height - y * step) / rowStep);
  const first = y * step * size.width * channels;
  const end = first + size.width * channels;
  let to = start;
  for (let left = first; left < end; left += cellBytes) {
    const bytes = Math.min(cellBytes, end - left);
    let r = 0;
    let g = 0;
    let b = 0;
    let from = left;
    for (let row = 0; row < rows; row += 1) {
      const stop = from + bytes;
      for (let at = from; at < stop; at += channels) {
        r += data[at] as number;
        g += data[at + green] as number;
        b += data[at + blue] as number;
      }
      from += sampleBytes;
    }
    const count = (rows * bytes) / channels;
    const half = count >> 1;
    out[to] = (r + half) / count;
    out[to + 1] = (g + half) / count;
    out[to + 2] = (b + half) / count;
    to += 3;
  }
}

/** Whether the pixels of every row can be read four bytes at a time. */
function canReadWords({ data, width, channels }: Pixels): boolean {
  return IS_LITTLE_ENDIAN && channels === 3 && width % 4 === 0 && data.byteOffset % 4 === 0;
}

/**
 * What `shrink` does for most thumbnails, to the same bytes in a third of the time: four pixels are three
 * words, and one addition takes care of two bytes that lie 16 bits apart.
 */
function shrinkByFour({ data, width, height }: Pixels, out: Uint8Array): void {
  const words = new Int32Array(data.buffer, data.byteOffset, data.length >> 2);
  const line = (width * 3) >> 2;
  const rowBytes = (width >> 2) * 3;
  for (let y = 0; y < height; y += 4) {
    shrinkRowByFour(words, y * line, line, height - y > 2 ? 2 : 1, out, (y >> 2) * rowBytes);
  }
}

function shrinkRowByFour(
  words: Int32Array,
  first: number,
  line: number,
  rows: number,
  out: Uint8Array,
  start: number,
): void {
  const count = rows * 4;
  const half = count >> 1;
  let to = start;
  for (let cell = first; cell < first + line; cell += 3) {
    // Red and blue of the first pixel, green of it and red of the second, and so on.
    let [r0b0, g0r1, g1r2, b1g2, b2g3, r3b3] = [0, 0, 0, 0, 0, 0];
    for (let row = 0; row < rows; row += 1) {
      const at = cell + row * 2 * line;
      const one = words[at] as number;
      const two = words[at + 1] as number;
      const three = words[at + 2] as number;
      r0b0 += one & 0xff00ff;
      g0r1 += (one >>> 8) & 0xff00ff;
      g1r2 += two & 0xff00ff;
      b1g2 += (two >>> 8) & 0xff00ff;
      b2g3 += three & 0xff00ff;
      r3b3 += (three >>> 8) & 0xff00ff;
    }
    const red = (r0b0 & 0xffff) + (g0r1 >> 16) + (g1r2 >> 16) + (r3b3 & 0xffff);
    const green = (g0r1 & 0xffff) + (g1r2 & 0xffff) + (b1g2 >> 16) + (b2g3 >> 16);
    const blue = (r0b0 >> 16) + (b1g2 & 0xffff) + (b2g3 & 0xffff) + (r3b3 >> 16);
    out[to] = (red + half) / count;
    out[to + 1] = (green + half) / count;
    out[to + 2] = (blue + half) / count;
    to += 3;
  }
}

/**
 * Gives the memory of a picture that nobody needs any more back at once. Left to the garbage collector, a
 * few of them look like memory running out: it would go over the whole heap every ten photos. `bytes` is
 * empty afterwards.
 */
export function releaseBytes(bytes: Uint8Array): void {
  const { buffer } = bytes;
  // A part of something larger is somebody else's too.
  if (buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength) buffer.transfer(0);
}

/** The raster that the tagger looks at. */
export function makeRaster(pixels: Pixels): TaggerInput['raster'] {
  return shrink(pixels, RASTER_SIDE);
}

/** The middle of the picture in grey, not scaled. */
export function makeCrop(pixels: Pixels): TaggerInput['crop'] {
  const width = Math.min(CROP_SIDE, pixels.width);
  const height = Math.min(CROP_SIDE, pixels.height);
  const left = (pixels.width - width) >> 1;
  const top = (pixels.height - height) >> 1;
  const out = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    greyRow(pixels, ((top + y) * pixels.width + left) * pixels.channels, width, out, y * width);
  }
  return { data: out, width, height };
}

function greyRow(
  { data, channels }: Pixels,
  start: number,
  width: number,
  out: Uint8Array,
  first: number,
): void {
  const green = channels >= 3 ? 1 : 0;
  const blue = channels >= 3 ? 2 : 0;
  let at = start;
  for (let to = first; to < first + width; to += 1) {
    const red = data[at] as number;
    // Rec. 709 luma in 256ths.
    out[to] =
      (54 * red + 183 * (data[at + green] as number) + 19 * (data[at + blue] as number)) >> 8;
    at += channels;
  }
}

/** The ThumbHash of a raster: about 20 bytes. */
export function makeThumbHash(raster: TaggerInput['raster']): Uint8Array {
  return encodeThumbHash(shrink({ ...raster, channels: 3 }, PLACEHOLDER_SIDE));
}
