import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../../../main/imaging/byteSource.ts';
import { decodeHeic } from '../../../../main/imaging/decoders/heic.ts';
import {
  exifItem,
  grid,
  heifFile,
  mirror,
  primaries,
  profile,
  rotation,
  sizeProperty,
  TEN_BIT_HEIC,
  TRANSPARENT_HEIC,
  tile,
} from '../../../helpers/heif.ts';
import { inspectBytes } from '../pictures.ts';
import { decodeBytes, expectPicture, SCENE } from './looking.ts';

const [yellow = [], turquoise = [], magenta = [], dark = []] = SCENE;

/** EXIF with nothing but an orientation. */
function exifOrientation(value: number): Buffer {
  const tiff = Buffer.from(`4d4d002a00000008${'0001'}0112000300000001${'00000000'}00000000`, 'hex');
  tiff.writeUInt16BE(value, 18);
  return tiff;
}

describe('HEIC', () => {
  it('is decoded', () => expectPicture(heifFile([tile()], 1), 'a.heic', [64, 64]));

  it.each([
    { name: 'a quarter turn', turns: [rotation(1)], corners: [turquoise, dark, yellow, magenta] },
    { name: 'a half turn', turns: [rotation(2)], corners: [dark, magenta, turquoise, yellow] },
    { name: 'three quarters', turns: [rotation(3)], corners: [magenta, yellow, dark, turquoise] },
    { name: 'a mirror image', turns: [mirror(1)], corners: [turquoise, yellow, dark, magenta] },
    { name: 'upside down', turns: [mirror(0)], corners: [magenta, dark, yellow, turquoise] },
    {
      name: 'a turn and a mirror image',
      turns: [rotation(1), mirror(1)],
      corners: [dark, turquoise, magenta, yellow],
    },
  ])('is turned as the file says, once: $name', async ({ turns, corners }) => {
    const file = heifFile([tile(turns), exifItem(exifOrientation(6), 1)], 1);
    await expectPicture(file, 'a.heic', [64, 64], corners);
    expect(inspectBytes(file, 'a.heic').orientation).toBe(1);
  });

  it('is put together from tiles, cut to its size and turned', async () => {
    const size = { width: 100, height: 64 };
    const items = grid(2, 1, [rotation(3)], size);
    const file = heifFile(items, items.length);
    const { width, height } = inspectBytes(file, 'a.heic');
    expect([width, height]).toEqual([64, 100]);
    const { pixels } = await decodeBytes(file, 'a.heic');
    expect([pixels?.width, pixels?.height]).toEqual([64, 100]);
  });

  it('keeps its look when it is scaled down on the way', async () => {
    const items = grid(2, 2);
    const file = heifFile(items, items.length);
    const whole = await decodeBytes(file, 'a.heic', 128);
    const small = await decodeBytes(file, 'a.heic', 32);
    if (!whole.pixels || !small.pixels) throw new Error('There is no picture.');
    const { data, width, height } = whole.pixels;
    const scaled = await sharp(data, { raw: { width, height, channels: 3 } })
      .resize(32, 32)
      .raw()
      .toBuffer();
    expect([small.pixels.width, small.pixels.height]).toEqual([32, 32]);
    const differences = scaled.map((value, at) => Math.abs(value - (small.pixels?.data[at] ?? 0)));
    const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length;
    expect(mean).toBeLessThan(4);
  });

  it('is brought from its own colours to sRGB', async () => {
    const png = await sharp({
      create: { width: 8, height: 8, channels: 3, background: '#fff' },
    })
      .withIccProfile('p3')
      .png()
      .toBuffer();
    const { icc } = await sharp(png).metadata();
    if (!icc) throw new Error('sharp wrote no profile.');
    // What #dcdc1e and so on of Display P3 are in sRGB.
    const wanted = [
      [220, 220, 0],
      [0, 223, 199],
      [241, 0, 205],
      [30, 30, 30],
    ];
    await expectPicture(heifFile([tile([profile(icc)])], 1), 'a.heic', [64, 64], wanted, {
      tolerance: 12,
    });
    // The same colours, named by their number.
    await expectPicture(heifFile([tile([primaries(12)])], 1), 'a.heic', [64, 64], wanted, {
      tolerance: 12,
    });
    await expectPicture(heifFile([tile([primaries(1)])], 1), 'a.heic', [64, 64]);
  });

  it('is shown with ten bits a channel, and on white where it is transparent', async () => {
    await expectPicture(TEN_BIT_HEIC, 'a.hif', [64, 64]);
    const onWhite = SCENE.map((colour) => colour.map((value) => (value + 255) / 2));
    await expectPicture(TRANSPARENT_HEIC, 'a.heic', [64, 64], onWhite);
  });
});

describe('a thumbnail inside a HEIC', () => {
  /** A grid of four pictures, so that it looks other than its thumbnail. */
  async function shown(
    side: number,
    gridTurns: Buffer[],
    thumbnailTurns: Buffer[],
  ): Promise<number> {
    const items = grid(2, 2, gridTurns);
    const thumbnail = {
      ...tile(thumbnailTurns, true),
      references: { type: 'thmb', to: [items.length] },
    };
    const file = heifFile([...items, thumbnail], items.length);
    const unpacked = await decodeHeic(memorySource(file), side);
    return (await sharp(unpacked.file).metadata()).width;
  }

  it('is taken where it is large enough', async () => {
    expect(await shown(64, [], [])).toBe(64);
    expect(await shown(64, [rotation(1)], [rotation(1)])).toBe(64);
  });

  it('is not taken where it is too small', async () => {
    expect(await shown(65, [], [])).toBe(128);
  });

  it('is not taken where it is turned in another way', async () => {
    expect(await shown(64, [rotation(1)], [])).toBe(128);
    expect(await shown(64, [], [mirror(1)])).toBe(128);
  });
});

describe('a broken HEIC', () => {
  it('is a result wherever it was cut off', async () => {
    const items = grid(2, 1);
    const file = heifFile(items, items.length);
    for (let bytes = 20; bytes < file.length; bytes += 37) {
      const { pixels, damage } = await decodeBytes(file.subarray(0, bytes), 'a.heic');
      expect(pixels === null || damage === null, `${bytes} bytes`).toBe(true);
    }
  });

  it('leaves the decoder in order for the next one', async () => {
    const file = heifFile([tile()], 1);
    const broken = Buffer.from(file);
    broken.fill(0xa5, file.length - 50);
    await decodeBytes(broken, 'a.heic');
    await expectPicture(file, 'a.heic', [64, 64]);
  });

  it('is refused before it is decoded where it claims to be enormous', async () => {
    const { data, type, properties = [] } = tile();
    const [configuration = Buffer.alloc(0)] = properties;
    const claimed = { type, data, properties: [configuration, sizeProperty(60_000, 60_000)] };
    const { pixels, isTooLarge } = await decodeBytes(heifFile([claimed], 1), 'a.heic');
    expect([pixels, isTooLarge]).toEqual([null, true]);
  });

  it('is damaged where a grid has too few tiles', async () => {
    const items = grid(1, 1, [], { width: 640, height: 640 });
    const { pixels, damage } = await decodeBytes(heifFile(items, items.length), 'a.heic');
    expect(pixels).toBeNull();
    expect(damage).not.toBeNull();
  });
});
