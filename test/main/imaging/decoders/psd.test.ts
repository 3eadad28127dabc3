import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { inspectBytes, scene } from '../pictures.ts';
import { cornersOf, decodeBytes, expectPicture, SCENE } from './looking.ts';
import { colourAt, HEIGHT, planes, psd, sceneBytes, WIDTH } from './writers.ts';

const SIZE = [WIDTH, HEIGHT] as const;
const GREY = 1;
const INDEXED = 2;
const RGB = 3;
const CMYK = 4;
const LAB = 9;

describe('PSD', () => {
  it.each([
    { name: 'as it is', isPacked: false, isLarge: false },
    { name: 'packed', isPacked: true, isLarge: false },
    { name: 'packed, in a large document', isPacked: true, isLarge: true },
  ])('is decoded: $name', async ({ isPacked, isLarge }) => {
    const channels = planes(await sceneBytes(), 3);
    const file = psd({ mode: RGB, depth: 8, channels, isPacked, isLarge });
    await expectPicture(file, 'a.psd', SIZE);
    await expectPicture(file, 'a.psd', [12, 8], undefined, { side: 12 });
  });

  it('leaves masks out', async () => {
    const channels = [...planes(await sceneBytes(), 3), Buffer.alloc(WIDTH * HEIGHT)];
    await expectPicture(psd({ mode: RGB, depth: 8, channels }), 'a.psd', SIZE);
  });

  it('is decoded with 16 bits and with floating point', async () => {
    const channels = planes(await sceneBytes(), 3);
    const wide = channels.map((channel) => {
      const out = Buffer.alloc(channel.length * 2);
      for (const [at, value] of channel.entries()) out.writeUInt16BE(value * 257, at * 2);
      return out;
    });
    await expectPicture(psd({ mode: RGB, depth: 16, channels: wide }), 'a.psd', SIZE);
    const floating = channels.map((channel) => {
      const out = Buffer.alloc(channel.length * 4);
      for (const [at, value] of channel.entries()) {
        out.writeFloatBE(((value / 255 + 0.055) / 1.055) ** 2.4, at * 4);
      }
      return out;
    });
    await expectPicture(psd({ mode: RGB, depth: 32, channels: floating }), 'a.psd', SIZE);
  });

  it('is decoded in grey and with a palette', async () => {
    const grey = await scene(WIDTH, HEIGHT).greyscale().raw().toBuffer();
    const corners = [0.25, 0.75].flatMap((y) =>
      [0.25, 0.75].map((x) => {
        const value = grey[Math.floor(y * HEIGHT) * WIDTH + Math.floor(x * WIDTH)] ?? 0;
        return [value, value, value];
      }),
    );
    await expectPicture(psd({ mode: GREY, depth: 8, channels: [grey] }), 'a.psd', SIZE, corners);
    const palette = Buffer.alloc(768);
    SCENE.forEach((colour, index) => {
      colour.forEach((value, channel) => {
        palette[channel * 256 + index] = value;
      });
    });
    const indices = Buffer.alloc(WIDTH * HEIGHT);
    for (let at = 0; at < indices.length; at += 1) {
      indices[at] = colourAt(at % WIDTH, Math.floor(at / WIDTH));
    }
    const file = psd({ mode: INDEXED, depth: 8, palette, channels: [indices] });
    await expectPicture(file, 'a.psd', SIZE);
  });

  it('is decoded in CMYK and Lab', async () => {
    const cmyk = await scene(WIDTH, HEIGHT).toColourspace('cmyk').raw().toBuffer();
    // Zero is full ink in these documents.
    const inks = planes(cmyk, 4).map((ink) => Buffer.from(ink.map((value) => 255 - value)));
    // The same as libvips makes of the same inks in a file that it reads itself.
    const tiff = await scene(WIDTH, HEIGHT).toColourspace('cmyk').tiff().toBuffer();
    const { pixels } = await decodeBytes(tiff, 'a.tif');
    if (!pixels) throw new Error('There is no picture.');
    const corners = await cornersOf(pixels);
    await expectPicture(psd({ mode: CMYK, depth: 8, channels: inks }), 'a.psd', SIZE, corners);
    const lab = [160, 128, 128].map((value) => Buffer.alloc(WIDTH * HEIGHT, value));
    const grey = [149, 149, 149];
    const greys = [grey, grey, grey, grey];
    await expectPicture(psd({ mode: LAB, depth: 8, channels: lab }), 'a.psd', SIZE, greys);
    // The red of sRGB.
    const redLab = [138, 209, 198].map((value) => Buffer.alloc(WIDTH * HEIGHT, value));
    const red = [255, 0, 0];
    const file = psd({ mode: LAB, depth: 8, channels: redLab });
    await expectPicture(file, 'a.psd', SIZE, [red, red, red, red], { tolerance: 20 });
  });

  it('is shown by its preview where it has no flattened picture', async () => {
    const channels = planes(await sceneBytes(), 3).map((one) => Buffer.alloc(one.length, 255));
    const version = { id: 1057, data: Buffer.from([0, 0, 0, 1, 0]) };
    const bare = psd({ mode: RGB, depth: 8, channels, resources: [version] });
    expect((await decodeBytes(bare, 'a.psd')).unsupported).toMatch(/Maximize Compatibility/);
    const jpeg = await scene(24, 16).jpeg({ quality: 95 }).toBuffer();
    const head = Buffer.alloc(28);
    head.writeUInt32BE(1);
    const preview = { id: 1036, data: Buffer.concat([head, jpeg]) };
    const file = psd({ mode: RGB, depth: 8, channels, resources: [version, preview] });
    await expectPicture(file, 'a.psd', [24, 16]);
    const { embedded } = inspectBytes(file, 'a.psd');
    expect(embedded?.bytes).toBe(jpeg.length);
    expect(file.readUInt16BE(embedded?.offset)).toBe(0xffd8);
  });

  it('says who took it and when', async () => {
    const jpeg = await scene(8, 8)
      .withExif({ IFD0: { Make: 'Canon' }, IFD2: { DateTimeOriginal: '2019:07:14 18:30:00' } })
      .jpeg()
      .toBuffer();
    const { exif = Buffer.alloc(0) } = await sharp(jpeg).metadata();
    const channels = planes(await sceneBytes(), 3);
    const resources = [{ id: 1058, data: exif.subarray(6) }];
    const inspection = inspectBytes(psd({ mode: RGB, depth: 8, channels, resources }), 'a.psd');
    expect(inspection.exif.make).toBe('Canon');
    expect(inspection.exif.dateTimeOriginal).toBe('2019:07:14 18:30:00');
  });

  it('shows what is there of a file that was cut off, wherever', async () => {
    const channels = planes(await sceneBytes(), 3);
    const file = psd({ mode: RGB, depth: 8, channels, isPacked: true });
    for (let bytes = 30; bytes < file.length; bytes += 41) {
      const { pixels, damage } = await decodeBytes(file.subarray(0, bytes), 'a.psd');
      expect(damage === null && pixels === null, `${bytes} bytes`).toBe(false);
    }
    const size = { width: 60_000, height: 60_000 };
    const bomb = await decodeBytes(psd({ ...size, mode: RGB, depth: 8, channels }), 'a.psd');
    expect([bomb.pixels, bomb.isTooLarge]).toEqual([null, true]);
  });
});
