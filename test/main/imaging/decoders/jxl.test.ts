import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { inspectBytes, scene } from '../pictures.ts';
import { decodeBytes, expectPicture } from './looking.ts';
import { JXL, TURNED_JXL, WIDE_JXL } from './samples.ts';
import { withBox } from './writers.ts';

describe('JPEG XL', () => {
  it('is decoded', async () => {
    await expectPicture(JXL, 'a.jxl', [48, 32], undefined, { tolerance: 20 });
  });

  it('is turned once, as it says itself', async () => {
    const { width, height, orientation } = inspectBytes(TURNED_JXL, 'a.jxl');
    expect([width, height, orientation]).toEqual([32, 48, 1]);
    const corners = [
      [220, 30, 200],
      [220, 220, 30],
      [30, 30, 30],
      [30, 220, 200],
    ];
    await expectPicture(TURNED_JXL, 'a.jxl', [32, 48], corners, { tolerance: 25 });
  });

  it('is brought to sRGB', () => expectPicture(WIDE_JXL, 'a.jxl', [64, 64]));

  it('says who took it', async () => {
    const jpeg = await scene(8, 8)
      .withExif({ IFD0: { Make: 'Canon' } })
      .jpeg()
      .toBuffer();
    const { exif = Buffer.alloc(0) } = await sharp(jpeg).metadata();
    const file = withBox(TURNED_JXL, 'Exif', Buffer.alloc(4), exif.subarray(6));
    expect(inspectBytes(file, 'a.jxl').exif.make).toBe('Canon');
    expect((await decodeBytes(file, 'a.jxl')).pixels?.width).toBe(32);
  });

  it('is damaged where it was cut off, and refused where it is enormous', async () => {
    const cut = await decodeBytes(JXL.subarray(0, 100), 'a.jxl');
    expect(cut.pixels).toBeNull();
    expect(cut.damage).not.toBeNull();
    const bomb = Buffer.from(JXL);
    // A large size header: 30 bits for the height, then the same for the width.
    bomb.writeBigUInt64LE(0x00ff_ff00_7fff_fff6n, 2);
    const { width, height } = inspectBytes(bomb, 'a.jxl');
    expect((width ?? 0) * (height ?? 0)).toBeGreaterThan(270e6);
    expect((await decodeBytes(bomb, 'a.jxl')).isTooLarge).toBe(true);
  });
});
