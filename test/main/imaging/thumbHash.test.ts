import { rgbaToThumbHash } from 'thumbhash';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../app/sample/random.ts';
import { encodeThumbHash } from '../../../main/imaging/thumbHash.ts';

const SIZES: readonly [number, number][] = [
  [1, 1],
  [24, 18],
  [18, 24],
  [24, 1],
  [1, 24],
  [24, 24],
  [23, 7],
  [100, 75],
];

function encodeAsPackage(data: Uint8Array, width: number, height: number): Uint8Array {
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    rgba.set(data.subarray(pixel * 3, pixel * 3 + 3), pixel * 4);
  }
  return rgbaToThumbHash(width, height, rgba);
}

describe('the placeholder', () => {
  it('is the same bytes that the package makes', () => {
    const random = createRandom(1);
    for (const [width, height] of SIZES) {
      for (let round = 0; round < 20; round += 1) {
        const data = Uint8Array.from({ length: width * height * 3 }, () =>
          Math.floor(random.between(0, 256)),
        );
        const hash = encodeThumbHash({ data, width, height });
        expect([...hash]).toEqual([...encodeAsPackage(data, width, height)]);
      }
    }
  });

  it('is the same for a picture of one colour and for a slope', () => {
    const flat = new Uint8Array(24 * 18 * 3).fill(128);
    const slope = Uint8Array.from({ length: 24 * 18 * 3 }, (_, at) => at % 256);
    for (const data of [flat, slope]) {
      const hash = encodeThumbHash({ data, width: 24, height: 18 });
      expect([...hash]).toEqual([...encodeAsPackage(data, 24, 18)]);
    }
  });
});
