/** Small pictures made of the thumbnail's pixels: for the placeholder and for the on-device tagger. */
import { rgbaToThumbHash } from 'thumbhash';
import type { TaggerInput } from '../tagging/onDevice/types.ts';

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

/**
 * Averages squares of whole pixels so that the long side is at most `side`; three bytes a pixel. Of large
 * squares every second row is a fair sample at half the cost.
 */
export function shrink(pixels: Pixels, side: number): TaggerInput['raster'] {
  const { data, channels } = pixels;
  const step = Math.max(1, Math.ceil(Math.max(pixels.width, pixels.height) / side));
  const width = Math.ceil(pixels.width / step);
  const height = Math.ceil(pixels.height / step);
  const green = channels >= 3 ? 1 : 0;
  const blue = channels >= 3 ? 2 : 0;
  const out = new Uint8Array(width * height * 3);
  const sums = new Uint32Array(width * 3);
  const rowStep = step >= 4 ? 2 : 1;
  for (let y = 0; y < height; y += 1) {
    const rows = Math.min(step, pixels.height - y * step);
    sums.fill(0);
    for (let row = 0; row < rows; row += rowStep) {
      let at = (y * step + row) * pixels.width * channels;
      for (let x = 0; x < width; x += 1) {
        const columns = Math.min(step, pixels.width - x * step);
        let r = 0;
        let g = 0;
        let b = 0;
        for (let column = 0; column < columns; column += 1) {
          r += data[at] as number;
          g += data[at + green] as number;
          b += data[at + blue] as number;
          at += channels;
        }
        const sum = x * 3;
        (sums[sum] as number) += r;
        (sums[sum + 1] as number) += g;
        (sums[sum + 2] as number) += b;
      }
    }
    const line = y * width * 3;
    for (let x = 0; x < width; x += 1) {
      const count = Math.ceil(rows / rowStep) * Math.min(step, pixels.width - x * step);
      for (let channel = 0; channel < 3; channel += 1) {
        out[line + x * 3 + channel] = ((sums[x * 3 + channel] as number) + (count >> 1)) / count;
      }
    }
  }
  return { data: out, width, height };
}

/** The raster that the tagger looks at. */
export function makeRaster(pixels: Pixels): TaggerInput['raster'] {
  return shrink(pixels, RASTER_SIDE);
}

/** The middle of the picture in grey, not scaled. */
export function makeCrop(pixels: Pixels): TaggerInput['crop'] {
  const { data, channels } = pixels;
  const width = Math.min(CROP_SIDE, pixels.width);
  const height = Math.min(CROP_SIDE, pixels.height);
  const left = (pixels.width - width) >> 1;
  const top = (pixels.height - height) >> 1;
  const green = channels >= 3 ? 1 : 0;
  const blue = channels >= 3 ? 2 : 0;
  const out = new Uint8Array(width * height);
  let to = 0;
  for (let y = 0; y < height; y += 1) {
    let at = ((top + y) * pixels.width + left) * channels;
    for (let x = 0; x < width; x += 1) {
      const red = data[at] as number;
      // Rec. 709 luma in 256ths.
      out[to] =
        (54 * red + 183 * (data[at + green] as number) + 19 * (data[at + blue] as number)) >> 8;
      at += channels;
      to += 1;
    }
  }
  return { data: out, width, height };
}

/** The ThumbHash of a raster: about 20 bytes. */
export function makeThumbHash(raster: TaggerInput['raster']): Uint8Array {
  const small = shrink({ ...raster, channels: 3 }, PLACEHOLDER_SIDE);
  const rgba = new Uint8Array(small.width * small.height * 4).fill(255);
  let from = 0;
  for (let to = 0; to < rgba.length; to += 4) {
    rgba[to] = small.data[from] as number;
    rgba[to + 1] = small.data[from + 1] as number;
    rgba[to + 2] = small.data[from + 2] as number;
    from += 3;
  }
  return rgbaToThumbHash(small.width, small.height, rgba);
}
