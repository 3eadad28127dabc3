import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { inspectBytes, scene } from '../pictures.ts';
import { cornersOf, decodeBytes, expectPicture } from './looking.ts';
import { GREY_JP2, J2K, JP2 } from './samples.ts';
import { withBox } from './writers.ts';

const EXIF_UUID = Buffer.from('4a706754696666457869662d3e4a5032', 'hex');

describe('JPEG 2000', () => {
  it('is decoded, in a container and bare', async () => {
    await expectPicture(JP2, 'a.jp2', [48, 32]);
    await expectPicture(J2K, 'a.j2k', [48, 32]);
  });

  it('is decoded at a lower resolution where that is enough', async () => {
    await expectPicture(JP2, 'a.jp2', [12, 8], undefined, { side: 12, tolerance: 16 });
  });

  it('is decoded in grey', async () => {
    const { pixels } = await decodeBytes(GREY_JP2, 'a.jp2');
    if (!pixels) throw new Error('There is no picture.');
    const [[red = 0, green = 0, blue = 0] = []] = await cornersOf(pixels);
    expect([green - red, blue - red]).toEqual([0, 0]);
    expect(red).toBeGreaterThan(190);
  });

  it('says who took it and how it is to be turned', async () => {
    const jpeg = await scene(8, 8)
      .withExif({ IFD0: { Make: 'Canon' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const { exif = Buffer.alloc(0) } = await sharp(jpeg).metadata();
    const file = withBox(JP2, 'uuid', EXIF_UUID, exif.subarray(6));
    const inspection = inspectBytes(file, 'a.jp2');
    expect([inspection.exif.make, inspection.orientation]).toEqual(['Canon', 6]);
    expect((await decodeBytes(file, 'a.jp2')).pixels?.width).toBe(32);
  });

  it('names the kinds that the decoder gets wrong', async () => {
    const start = JP2.indexOf(Buffer.from('ff4fff51', 'hex'));
    const deep = Buffer.from(JP2);
    deep[start + 42] = 15;
    expect((await decodeBytes(deep, 'a.jp2')).unsupported).toBe('JPEG 2000 with 16 bits a channel');
    const two = Buffer.from(JP2);
    two.writeUInt16BE(2, start + 40);
    expect((await decodeBytes(two, 'a.jp2')).unsupported).toMatch(/transparency/);
    const part = Buffer.from(JP2);
    part.writeUInt32BE(8, start + 16);
    expect((await decodeBytes(part, 'a.jp2')).unsupported).toMatch(/part of a larger/);
  });

  it('is a result wherever it was cut off', async () => {
    for (let bytes = 20; bytes < JP2.length; bytes += 53) {
      const { pixels, damage } = await decodeBytes(JP2.subarray(0, bytes), 'a.jp2');
      expect([pixels, damage === null], `${bytes} bytes`).toEqual([null, false]);
    }
    const bomb = Buffer.from(J2K);
    bomb.writeUInt32BE(60_000, 8);
    bomb.writeUInt32BE(60_000, 12);
    const { pixels, isTooLarge } = await decodeBytes(bomb, 'a.j2k');
    expect([pixels, isTooLarge]).toEqual([null, true]);
  });
});
