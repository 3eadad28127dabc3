import { thumbHashToAverageRGBA } from 'thumbhash';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../app/sample/random.ts';
import {
  makeCrop,
  makeRaster,
  makeThumbHash,
  type Pixels,
  releaseBytes,
  shrink,
} from '../../../main/imaging/pixels.ts';

function flat(width: number, height: number, ...pixel: number[]) {
  const data = new Uint8Array(width * height * pixel.length);
  for (let at = 0; at < data.length; at += 1) data[at] = pixel[at % pixel.length] ?? 0;
  return { data, width, height, channels: pixel.length };
}

function noise(width: number, height: number, channels: number): Pixels {
  const random = createRandom(width * 1000 + height);
  const data = Uint8Array.from({ length: width * height * channels }, () =>
    Math.floor(random.between(0, 256)),
  );
  return { data, width, height, channels };
}

/** What a shrunk picture should be, a cell and a channel at a time. */
function shrinkPlainly({ data, width, height, channels }: Pixels, side: number): number[] {
  const step = Math.ceil(Math.max(width, height) / side);
  const rowStep = step >= 4 ? 2 : 1;
  const out: number[] = [];
  for (let top = 0; top < height; top += step) {
    for (let left = 0; left < width; left += step) {
      for (let channel = 0; channel < 3; channel += 1) {
        let sum = 0;
        let count = 0;
        for (let y = top; y < Math.min(top + step, height); y += rowStep) {
          for (let x = left; x < Math.min(left + step, width); x += 1) {
            sum += data[(y * width + x) * channels + (channels < 3 ? 0 : channel)] ?? 0;
            count += 1;
          }
        }
        out.push(Math.floor((sum + Math.floor(count / 2)) / count));
      }
    }
  }
  return out;
}

describe('small pictures', () => {
  it('average every cell, whatever the size and however the bytes lie in memory', () => {
    const pictures = [
      noise(512, 384, 3),
      noise(384, 512, 3),
      noise(512, 341, 3),
      noise(512, 342, 3),
      noise(341, 512, 3),
      noise(512, 13, 4),
      noise(500, 77, 1),
      noise(30, 41, 3),
    ];
    for (const pixels of pictures) {
      const moved = new Uint8Array(pixels.data.length + 1);
      moved.set(pixels.data, 1);
      for (const side of [160, 24]) {
        const expected = shrinkPlainly(pixels, side);
        expect([...shrink(pixels, side).data]).toEqual(expected);
        expect([...shrink({ ...pixels, data: moved.subarray(1) }, side).data]).toEqual(expected);
      }
    }
  });

  it('give their memory back, but never somebody else’s', () => {
    const own = new Uint8Array(1000);
    releaseBytes(own);
    expect(own).toHaveLength(0);
    const whole = new Uint8Array(1000).fill(7);
    const part = whole.subarray(0, 500);
    releaseBytes(part);
    expect([part.length, whole[0], whole.length]).toEqual([500, 7, 1000]);
  });

  it('keep colours whatever the channels and odd sizes', () => {
    for (const pixels of [flat(511, 383, 200, 100, 50), flat(511, 383, 200, 100, 50, 255)]) {
      const raster = makeRaster(pixels);
      expect([raster.width, raster.height]).toEqual([128, 96]);
      expect(raster.data).toHaveLength(128 * 96 * 3);
      expect([...raster.data.subarray(0, 3)]).toEqual([200, 100, 50]);
      expect([...raster.data.subarray(-3)]).toEqual([200, 100, 50]);
    }
    expect([...makeRaster(flat(3, 2, 77)).data]).toEqual(new Array(18).fill(77));
  });

  it('average', () => {
    const data = new Uint8Array([0, 0, 0, 100, 100, 100, 50, 50, 50, 250, 250, 250]);
    const small = shrink({ data, width: 2, height: 2, channels: 3 }, 1);
    expect([...small.data]).toEqual([100, 100, 100]);
  });

  it('crop the middle in grey', () => {
    const crop = makeCrop(flat(512, 300, 255, 255, 255));
    expect([crop.width, crop.height]).toEqual([256, 256]);
    expect(crop.data.every((value) => value === 255)).toBe(true);
    expect(makeCrop(flat(10, 4, 9)).data).toHaveLength(40);
  });

  it('make a placeholder of about 20 bytes with the right colour', () => {
    const hash = makeThumbHash(makeRaster(flat(512, 384, 255, 0, 0)));
    expect(hash.length).toBeLessThan(30);
    const average = thumbHashToAverageRGBA(hash);
    expect(average.r).toBeGreaterThan(0.9);
    expect(average.g).toBeLessThan(0.1);
  });
});
