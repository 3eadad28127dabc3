import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../../main/imaging/byteSource.ts';
import { standInFrom, standInOf } from '../../../main/imaging/standIn.ts';
import {
  asThumbnail,
  exifItem,
  grid,
  type HeifItem,
  heifFile,
  jpegItem,
  middle,
  mirror,
  primaries,
  profile,
  rotation,
  sizeProperty,
  tile,
} from '../../helpers/heif.ts';
import { cornersOf, expectNear, SCENE } from './decoders/looking.ts';
import { exifWithThumbnail, inspectBytes, put, scene, temporaryFolder } from './pictures.ts';

const folder = temporaryFolder();
const [yellow = [], turquoise = [], magenta = [], dark = []] = SCENE;
/** The corners after three quarter turns against the clock, which is one with it. */
const TURNED = [magenta, yellow, dark, turquoise];
/** #dcdc1e and so on of Display P3, in sRGB. */
const WIDE = [
  [220, 220, 0],
  [0, 223, 199],
  [241, 0, 205],
  [30, 30, 30],
];

/** A picture of 128 × 64 pixels made of two tiles, with more items, which may refer to it. */
function pictureWith(turns: readonly Buffer[], ...more: ((of: number) => HeifItem)[]): Buffer {
  const items = grid(2, 1, turns);
  const primary = items.length;
  return heifFile([...items, ...more.map((make) => make(primary))], primary);
}

/** A tile cut to half its height, or to a size of one's own. */
const hevc =
  (turns: readonly Buffer[] = [], size: readonly [number, number] = [64, 32]) =>
  (of: number): HeifItem =>
    asThumbnail(tile([middle(...size), ...turns]), of);

const exif =
  (jpeg: Buffer, orientation = 1) =>
  (of: number): HeifItem =>
    exifItem(exifWithThumbnail(jpeg, orientation), of);

const smallJpeg = (width: number, height: number): Promise<Buffer> =>
  scene(width, height).jpeg({ quality: 95 }).toBuffer();

async function expectStandIn(
  file: Buffer,
  size: readonly [number, number],
  corners: readonly (readonly number[])[] = SCENE,
): Promise<void> {
  // The first pass says that there is one, and that a browser cannot be given it as it is.
  const { embedded } = inspectBytes(file, 'a.heic');
  expect(file.toString('latin1', (embedded?.offset ?? 0) + 4, (embedded?.offset ?? 0) + 8)).toBe(
    'meta',
  );
  const jpeg = await standInFrom(memorySource(file));
  if (!jpeg) throw new Error('There is no stand-in.');
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  expect([info.width, info.height]).toEqual(size);
  expectNear(await cornersOf({ data, ...info }), corners, 16);
  const { orientation, icc } = await sharp(jpeg).metadata();
  expect([orientation, icc]).toEqual([undefined, undefined]);
}

async function expectNone(file: Buffer): Promise<void> {
  expect(await standInFrom(memorySource(file))).toBeNull();
}

async function p3(): Promise<Buffer> {
  const png = await scene(8, 8).withIccProfile('p3').png().toBuffer();
  const { icc } = await sharp(png).metadata();
  if (!icc) throw new Error('sharp wrote no profile.');
  return icc;
}

describe('a stand-in made of the HEVC thumbnail of a HEIC', () => {
  it('is that picture', () => expectStandIn(pictureWith([], hevc()), [64, 32]));

  it('is turned once, whether the thumbnail says so or only the picture', async () => {
    await expectStandIn(pictureWith([rotation(3)], hevc([rotation(3)])), [32, 64], TURNED);
    await expectStandIn(pictureWith([rotation(3)], hevc()), [32, 64], TURNED);
    const turns = [rotation(1), mirror(1)];
    const corners = [dark, turquoise, magenta, yellow];
    await expectStandIn(pictureWith(turns, hevc(turns)), [32, 64], corners);
    await expectStandIn(pictureWith(turns, hevc()), [32, 64], corners);
  });

  it('is not turned where it is upright already', () =>
    expectStandIn(pictureWith([rotation(3)], hevc([], [32, 64])), [32, 64]));

  it('is left alone where nobody can tell how it lies', async () => {
    await expectNone(pictureWith([rotation(2)], hevc()));
    await expectNone(pictureWith([mirror(1)], hevc()));
    await expectNone(pictureWith([], hevc([rotation(2)])));
  });

  it('is brought to sRGB, by its own profile or by that of the picture or its tiles', async () => {
    const colours = profile(await p3());
    await expectStandIn(pictureWith([], hevc([colours])), [64, 32], WIDE);
    await expectStandIn(pictureWith([], hevc([primaries(12)])), [64, 32], WIDE);
    await expectStandIn(pictureWith([colours], hevc()), [64, 32], WIDE);
    const [first, second, whole] = grid(2, 1);
    if (!first || !second || !whole) throw new Error('There is no grid.');
    const wideTiles = [tile([colours], true), tile([colours], true), whole];
    await expectStandIn(heifFile([...wideTiles, hevc()(3)], 3), [64, 32], WIDE);
  });

  it('is the smallest that is large enough for a grid of photos, else the largest', async () => {
    // 32 × 16 and 64 × 32: neither is large enough.
    const file = pictureWith([], hevc([], [32, 16]), hevc(), hevc([], [16, 8]));
    await expectStandIn(file, [64, 32]);
  });

  it('is found in a file on the disk, which may be gone or a folder', async () => {
    const file = pictureWith([], hevc());
    const jpeg = await standInOf(put(folder, 'a.heic', file));
    expect(jpeg).toEqual(await standInFrom(memorySource(file)));
    expect(await standInOf(Buffer.from(`${folder}/gone.heic`))).toBeNull();
    expect(await standInOf(Buffer.from(folder))).toBeNull();
    expect(await standInOf(put(folder, 'b.heic', await smallJpeg(64, 32)))).toBeNull();
  });
});

describe('a stand-in made of a JPEG inside a HEIC', () => {
  it('is turned like the picture', async () => {
    const jpeg = await smallJpeg(80, 40);
    // Cameras write the turn into EXIF as well: it counts once.
    await expectStandIn(pictureWith([rotation(3)], exif(jpeg, 6)), [40, 80], TURNED);
    const item = (turns: Buffer[]) => (of: number) =>
      asThumbnail(jpegItem(jpeg, { width: 80, height: 40 }, turns), of);
    await expectStandIn(pictureWith([rotation(3)], item([rotation(3)])), [40, 80], TURNED);
  });

  it('is turned as the decoder of HEVC does it, whatever the turns come to', async () => {
    const jpeg = await smallJpeg(80, 40);
    for (const turns of [
      [rotation(2)],
      [mirror(0)],
      [mirror(1)],
      [rotation(1), mirror(0)],
      [rotation(1), mirror(1)],
      [mirror(0), rotation(1)],
      [mirror(1), rotation(3), mirror(1)],
    ]) {
      const decoded = await standInFrom(memorySource(pictureWith(turns, hevc(turns))));
      if (!decoded) throw new Error('There is no stand-in.');
      const { data, info } = await sharp(decoded).raw().toBuffer({ resolveWithObject: true });
      const item = (of: number): HeifItem =>
        asThumbnail(jpegItem(jpeg, { width: 80, height: 40 }, turns), of);
      const size = info.width > info.height ? ([80, 40] as const) : ([40, 80] as const);
      await expectStandIn(pictureWith(turns, item), size, await cornersOf({ data, ...info }));
    }
  });

  it('has the colours that its item says', async () => {
    const jpeg = await smallJpeg(80, 40);
    for (const colours of [profile(await p3()), primaries(12)]) {
      const item = (of: number): HeifItem =>
        asThumbnail(jpegItem(jpeg, { width: 80, height: 40 }, [colours]), of);
      await expectStandIn(pictureWith([], item), [80, 40], WIDE);
    }
  });

  it('is served as it is where nothing has to be done to it', async () => {
    const jpeg = await smallJpeg(80, 40);
    for (const file of [
      pictureWith([], exif(jpeg)),
      pictureWith([], hevc(), exif(jpeg)),
      pictureWith([], (of) => asThumbnail(jpegItem(jpeg, { width: 80, height: 40 }), of)),
    ]) {
      const { offset = 0, bytes = 0 } = inspectBytes(file, 'a.heic').embedded ?? {};
      expect(file.subarray(offset, offset + bytes).equals(jpeg)).toBe(true);
    }
    const upright = await smallJpeg(40, 80);
    const turned = pictureWith([rotation(3)], exif(upright, 6));
    expect(inspectBytes(turned, 'a.heic').embedded?.bytes).toBe(upright.length);
  });

  it('gives way to another one where it has bars, or lies nobody knows how', async () => {
    const barred = await smallJpeg(80, 60);
    await expectStandIn(pictureWith([], exif(barred), hevc()), [64, 32]);
    expect(inspectBytes(pictureWith([], exif(barred)), 'a.heic').embedded).toBeNull();
    const jpeg = await smallJpeg(80, 40);
    await expectStandIn(pictureWith([], exif(jpeg, 3), hevc()), [64, 32]);
    expect(inspectBytes(pictureWith([rotation(2)], exif(jpeg)), 'a.heic').embedded).toBeNull();
  });
});

describe('a hostile thumbnail', () => {
  const claims = (width: number, height: number) => (of: number) => {
    const { properties = [], ...item } = tile();
    const [configuration = Buffer.alloc(0)] = properties;
    return asThumbnail({ ...item, properties: [configuration, sizeProperty(width, height)] }, of);
  };

  it.each([
    { name: 'claims to be enormous', make: claims(60_000, 30_000) },
    { name: 'claims a size that it does not have', make: claims(128, 64) },
    { name: 'claims no size', make: claims(0, 0) },
    { name: 'has no data', make: (of: number) => ({ ...hevc()(of), data: Buffer.alloc(0) }) },
    {
      name: 'is not what it says',
      make: (of: number) => ({ ...hevc()(of), data: Buffer.alloc(500, 0xa5) }),
    },
    { name: 'is of itself', make: (of: number) => hevc()(of + 1) },
    { name: 'is of an item that is not there', make: () => hevc()(999) },
    { name: 'is a grid', make: (of: number) => ({ ...hevc()(of), type: 'grid' }) },
    {
      name: 'is no JPEG',
      make: (of: number) =>
        asThumbnail(jpegItem(Buffer.alloc(500), { width: 80, height: 40 }, [mirror(1)]), of),
    },
  ])('that $name is ignored', ({ make }) => expectNone(pictureWith([], make)));

  it('that is a JPEG bomb is ignored', async () => {
    const jpeg = Buffer.from(await smallJpeg(80, 40));
    const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
    jpeg.writeUInt16BE(32_000, frame + 5);
    jpeg.writeUInt16BE(64_000, frame + 7);
    await expectNone(pictureWith([rotation(3)], exif(jpeg, 6)));
    expect(inspectBytes(pictureWith([], exif(jpeg)), 'a.heic').embedded).toBeNull();
    const item = (of: number): HeifItem =>
      asThumbnail(jpegItem(jpeg, { width: 80, height: 40 }, [primaries(12)]), of);
    await expectNone(pictureWith([], item));
  });

  it('is nothing or a picture wherever the file was cut off or changed', async () => {
    const file = pictureWith([rotation(3)], hevc([rotation(3)]));
    for (let bytes = 20; bytes < file.length; bytes += 41) {
      const jpeg = await standInFrom(memorySource(file.subarray(0, bytes)));
      expect(jpeg === null || jpeg.length > 100).toBe(true);
    }
    for (let at = 24; at < file.length; at += 61) {
      const broken = Buffer.from(file);
      broken.writeUInt8((broken[at] ?? 0) ^ 0xff, at);
      const jpeg = await standInFrom(memorySource(broken));
      expect(jpeg === null || jpeg.length > 100).toBe(true);
    }
  });
});
