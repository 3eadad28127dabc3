/** Every format that a decoder of our own reads, through all that is made of a photo. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { indexFile, previewFile } from '../../../main/imaging/indexFile.ts';
import { createImagingPool } from '../../../main/imaging/pool.ts';
import { thumbnailPath } from '../../../main/imaging/thumbnail.ts';
import type { ImageResult } from '../../../main/imaging/types.ts';
import { uploadFile } from '../../../main/imaging/upload.ts';
import { grid, heifFile, rotation, tile } from '../../helpers/heif.ts';
import { cornersOf, expectNear, SCENE } from './decoders/looking.ts';
import { JP2, JXL } from './decoders/samples.ts';
import { bitmap, icon, planes, psd, rowsUp, sceneBytes, writeBgr } from './decoders/writers.ts';
import { put, scene, temporaryFolder } from './pictures.ts';

const folder = temporaryFolder();
const thumbnailFolder = join(folder, 'thumbnails');

const FORMATS: readonly {
  readonly format: string;
  readonly extension: string;
  readonly make: () => Promise<Buffer>;
}[] = [
  { format: 'heic', extension: 'HEIC', make: async () => heifFile([tile()], 1) },
  { format: 'jxl', extension: 'jxl', make: async () => JXL },
  { format: 'jp2', extension: 'jp2', make: async () => JP2 },
  {
    format: 'bmp',
    extension: 'bmp',
    make: async () => bitmap({ bits: 24, pixels: await rowsUp(3, writeBgr) }),
  },
  {
    format: 'ico',
    extension: 'ico',
    make: async () => icon([{ side: 64, bits: 32, data: await scene(64, 64).png().toBuffer() }]),
  },
  {
    format: 'psd',
    extension: 'psd',
    make: async () => psd({ mode: 3, depth: 8, channels: planes(await sceneBytes(), 3) }),
  },
];

function index(path: Buffer): Promise<ImageResult> {
  return indexFile(path, { thumbnailFolder, decode: true });
}

async function expectScene(jpeg: string | Uint8Array): Promise<void> {
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  expectNear(await cornersOf({ data, ...info }), SCENE, 30);
}

describe.each(FORMATS)('$format', ({ format, extension, make }) => {
  it('has a thumbnail, a placeholder, tags, a preview and a picture for services', async () => {
    const path = put(folder, `photo.${extension}`, await make());
    const { facts, failure } = await index(path);
    expect(failure).toBeNull();
    expect([facts.format, facts.wrongExtension]).toEqual([format, false]);
    expect(facts.thumbHash?.length).toBeGreaterThan(4);
    expect(facts.tags.length).toBeGreaterThan(0);
    const hash = facts.imageHash ?? new Uint8Array();
    await expectScene(thumbnailPath(thumbnailFolder, Buffer.from(hash).toString('hex')));

    const target = join(folder, `preview-${format}.jpg`);
    expect(await previewFile(path, target)).toBeNull();
    await expectScene(readFileSync(target));

    const limits = { maxSidePixels: null, minSidePixels: 15, maxJpegBytes: 100_000 };
    const request = { imageHash: hash, longSidePixels: 1024, ...limits };
    const uploaded = await uploadFile(path, request);
    if (!('picture' in uploaded)) throw new Error(uploaded.failure.message);
    await expectScene(uploaded.picture.jpeg);
    expect((await sharp(uploaded.picture.jpeg).metadata()).exif).toBeUndefined();
  });

  it('is told by its content, and a wrong extension is noted', async () => {
    const { facts, failure } = await index(put(folder, `${format}.jpg`, await make()));
    expect(failure).toBeNull();
    expect([facts.format, facts.wrongExtension]).toEqual([format, true]);
  });

  it('names itself where it is damaged', async () => {
    const whole = await make();
    const path = put(folder, `cut.${extension}`, whole.subarray(0, 40));
    const { failure } = await index(path);
    expect(['damaged', 'not_an_image']).toContain(failure?.code);
    expect(failure?.message).toContain(path.toString());
  });
});

describe('what is not decoded', () => {
  it('is refused by name: JPEGs of more than 8 bits or without loss', async () => {
    const jpeg = await scene().jpeg().toBuffer();
    const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
    const deep = Buffer.from(jpeg);
    deep[frame + 4] = 12;
    const lossless = Buffer.from(jpeg);
    lossless[frame + 1] = 0xc3;
    const ofDeep = await index(put(folder, 'deep.jpg', deep));
    const ofLossless = await index(put(folder, 'lossless.jpg', lossless));
    expect([ofDeep.failure?.code, ofLossless.failure?.code]).toEqual([
      'unsupported',
      'unsupported',
    ]);
    expect(ofDeep.failure?.message).toContain('a 12-bit JPEG');
    expect(ofLossless.failure?.message).toContain('a lossless JPEG');
    expect(ofDeep.facts).toMatchObject({ width: 120, height: 80 });
  });

  it('is listed with the reason: SVG', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>');
    const { facts, failure } = await index(put(folder, 'drawing.svg', svg));
    expect([facts.format, failure?.code]).toEqual(['svg', 'unsupported']);
    expect(failure?.message).toMatch(/listed but not drawn/);
  });
});

describe('a HEIC in the workers', () => {
  it('is tried alone with more memory, then it is out of memory', async () => {
    const items = grid(30, 25, [rotation(1)]);
    const path = put(folder, 'large.heic', heifFile(items, items.length));
    const logger = { info: () => {}, warn: () => {}, error: () => {} };
    const options = { workers: 1, thumbnailFolder, logger };
    const starved = createImagingPool({
      ...options,
      memoryLimitBytes: 60_000_000,
      aloneMemoryLimitBytes: 70_000_000,
    });
    const small = await starved.index({ photoId: 1, path }).finally(() => starved.close());
    expect(small.failure?.code).toBe('out_of_memory');
    expect(small.facts).toMatchObject({ width: 1600, height: 1920 });
    const patient = createImagingPool({ ...options, memoryLimitBytes: 60_000_000 });
    const large = await patient.index({ photoId: 1, path }).finally(() => patient.close());
    expect(large.failure).toBeNull();
  }, 60_000);
});
