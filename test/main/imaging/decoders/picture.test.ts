import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createPicture, shrinkFactor } from '../../../../main/imaging/decoders/picture.ts';
import { UnpackError } from '../../../../main/imaging/decoders/types.ts';

async function pixelsOf(file: Buffer): Promise<{ size: number[]; data: number[] }> {
  const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
  return { size: [info.width, info.height, info.channels], data: [...data] };
}

describe('a picture that is collected row by row', () => {
  it('leaves enough pixels for the last step of scaling', () => {
    expect(shrinkFactor(4032, 3024, 512)).toBe(4);
    expect(shrinkFactor(3024, 4032, 2048)).toBe(1);
    expect(shrinkFactor(6000, 4000, 512)).toBe(6);
    expect(shrinkFactor(400, 300, 512)).toBe(1);
  });

  it('keeps the pixels where it is not to be smaller', async () => {
    const picture = createPicture({ width: 2, height: 2, kind: 'rgb', icc: null, side: 512 });
    picture.addRow(0, Uint8Array.of(9, 1, 2, 3, 4, 5, 6), 1);
    picture.addRow(1, Uint8Array.of(7, 8, 9, 10, 11, 12), 0);
    const { size, data } = await pixelsOf(picture.finish());
    expect(size).toEqual([2, 2, 3]);
    expect(data).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it('takes means of squares, also of those that hang over, from either end', async () => {
    const rows = [
      Uint8Array.of(10, 20, 30, 40, 50),
      Uint8Array.of(20, 30, 40, 50, 60),
      Uint8Array.of(100, 102, 104, 106, 200),
    ];
    const small = async (order: readonly number[]): Promise<number[]> => {
      const options = { width: 5, height: 3, kind: 'grey', icc: null, side: 1 } as const;
      const picture = createPicture(options);
      for (const y of order) picture.addRow(y, rows[y] ?? new Uint8Array(5), 0);
      const { size, data } = await pixelsOf(picture.finish());
      expect(size.slice(0, 2)).toEqual([3, 2]);
      return data.filter((_, at) => at % (size[2] ?? 1) === 0);
    };
    expect(await small([0, 1, 2])).toEqual([20, 40, 55, 101, 105, 200]);
    expect(await small([2, 1, 0])).toEqual([20, 40, 55, 101, 105, 200]);
  });

  it('shows what was not added as white, and lies on white where it is transparent', async () => {
    const options = { width: 2, height: 2, kind: 'rgb', hasAlpha: true, icc: null } as const;
    const picture = createPicture({ ...options, side: 512 });
    picture.addRow(0, Uint8Array.of(10, 20, 30, 255, 10, 20, 30, 0), 0);
    const { data } = await pixelsOf(picture.finish());
    expect(data).toEqual([10, 20, 30, 255, 255, 255, 255, 255, 255, 255, 255, 255]);
  });

  it('is made of several strips where it is large', async () => {
    const [width, height] = [1200, 900];
    const picture = createPicture({ width, height, kind: 'rgb', icc: null, side: 4096 });
    const row = new Uint8Array(width * 3);
    for (let y = 0; y < height; y += 1) picture.addRow(y, row.fill(y & 255), 0);
    const { data } = await pixelsOf(picture.finish());
    const firsts = Array.from({ length: height }, (_, y) => data[y * width * 3]);
    expect(firsts).toEqual(Array.from({ length: height }, (_, y) => y & 255));
  });

  it('refuses sizes that are none or too large', () => {
    const make = (width: number, height: number) => () =>
      createPicture({ width, height, kind: 'rgb', icc: null, side: 512 });
    expect(make(0, 10)).toThrow(UnpackError);
    expect(make(60_000, 60_000)).toThrow(/60000 × 60000/);
  });
});
