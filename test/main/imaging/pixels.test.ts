import { thumbHashToAverageRGBA } from 'thumbhash';
import { describe, expect, it } from 'vitest';
import { makeCrop, makeRaster, makeThumbHash, shrink } from '../../../main/imaging/pixels.ts';

function flat(width: number, height: number, ...pixel: number[]) {
  const data = new Uint8Array(width * height * pixel.length);
  for (let at = 0; at < data.length; at += 1) data[at] = pixel[at % pixel.length] ?? 0;
  return { data, width, height, channels: pixel.length };
}

describe('small pictures', () => {
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
