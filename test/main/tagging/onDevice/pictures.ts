import type { Metadata } from '../../../../main/imaging/types.ts';
import type { TaggerInput } from '../../../../main/tagging/onDevice/types.ts';
import { NO_METADATA } from '../../../helpers/images.ts';

/** Metadata of a file that says nothing. */
export const SILENT: Metadata = NO_METADATA;

export type Pixels = { readonly data: Uint8Array; readonly width: number; readonly height: number };

type Rgb = readonly [number, number, number];

/** Draws an RGB raster pixel by pixel. */
export function drawRaster(
  width: number,
  height: number,
  colour: (x: number, y: number) => Rgb,
): Pixels {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) data.set(colour(x, y), (y * width + x) * 3);
  }
  return { data, width, height };
}

/** Draws a grey crop pixel by pixel. */
export function drawCrop(
  width: number,
  height: number,
  luma: (x: number, y: number) => number,
): Pixels {
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) data[y * width + x] = luma(x, y);
  }
  return { data, width, height };
}

export function uniform(colour: Rgb): Pixels {
  return drawRaster(160, 120, () => colour);
}

export function uniformGrey(luma: number): Pixels {
  return uniform([luma, luma, luma]);
}

/** Even numbers from 0 to under 1 that depend on the seed only. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Rectangles of random size, place and grey over each other: clean steps in all places. */
export function blocks(seed: number): Pixels {
  const random = randomNumbers(seed);
  const data = new Uint8Array(256 * 256).fill(128);
  for (let block = 0; block < 120; block += 1) {
    const [left, top] = [random() * 240, random() * 240];
    const [right, bottom] = [left + 8 + random() * 60, top + 8 + random() * 60];
    const luma = Math.floor(random() * 256);
    for (let y = Math.floor(top); y < Math.min(256, bottom); y += 1) {
      data.fill(luma, y * 256 + Math.floor(left), y * 256 + Math.floor(Math.min(256, right)));
    }
  }
  return { data, width: 256, height: 256 };
}

/** Mean over a box of this many pixels; one pixel in a direction leaves that direction as it is. */
export function boxBlur({ data, width, height }: Pixels, across: number, down: number): Pixels {
  return drawCrop(width, height, (x, y) => {
    let sum = 0;
    let count = 0;
    for (let dy = -(down >> 1); dy <= down >> 1; dy += 1) {
      for (let dx = -(across >> 1); dx <= across >> 1; dx += 1) {
        const [column, row] = [x + dx, y + dy];
        if (column < 0 || row < 0 || column >= width || row >= height) continue;
        sum += data[row * width + column] ?? 0;
        count += 1;
      }
    }
    return Math.round(sum / count);
  });
}

/** A page: lines of thin dark strokes in words, with gaps between the lines. Returned as a grey crop. */
export function writtenPage(paper = 250, ink = 40): Pixels {
  const random = randomNumbers(7);
  const data = new Uint8Array(256 * 256).fill(paper);
  for (let top = 6; top < 246; top += 12) {
    for (let x = 10; x < 246; ) {
      const letters = 2 + Math.floor(random() * 7);
      for (let letter = 0; letter < letters && x < 246; letter += 1, x += 4) {
        for (let y = top; y < top + 6; y += 1) data[y * 256 + x] = ink;
        if (random() < 0.5) data.fill(ink, (top + 3) * 256 + x, (top + 3) * 256 + x + 3);
      }
      x += 5;
    }
  }
  return { data, width: 256, height: 256 };
}

/** A grey crop as an RGB raster. */
export function asRaster({ data, width, height }: Pixels): Pixels {
  return drawRaster(width, height, (x, y) => {
    const luma = data[y * width + x] ?? 0;
    return [luma, luma, luma];
  });
}

/** A picture that gives no tag but by what is changed in it: mid grey, upright 3 : 4 and silent. */
export function pictureWith(change: Partial<TaggerInput>): TaggerInput {
  return {
    raster: uniformGrey(118),
    crop: blocks(1),
    width: 3000,
    height: 4000,
    format: 'jpeg',
    name: 'IMG_0001.jpg',
    metadata: SILENT,
    ...change,
  };
}
