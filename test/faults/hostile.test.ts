/** Files that are made to hurt: each ends in a result of its own, and the photo beside it is read. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createImagingPool, type DecodePool } from '../../main/imaging/pool.ts';
import type { ImageResult } from '../../main/imaging/types.ts';
import { silentLogger } from '../../main/log.ts';
import { put, scene, temporaryFolder } from '../main/imaging/pictures.ts';
import {
  announcedFramesPng,
  endlessTiff,
  entityJpeg,
  entityPng,
  entitySvg,
  manyFramesGif,
  manyPagesTiff,
  packedPng,
  stretchedJpeg,
  stuffedJpeg,
  stuffedPng,
  stuffedWebp,
  vastGif,
  vastPng,
  vastTiff,
} from './bombs.ts';

const folder = temporaryFolder();
const pools: DecodePool[] = [];
const SIDE = 60_000;
const MB = 1_000_000;

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

function open(options: Partial<Parameters<typeof createImagingPool>[0]> = {}): DecodePool {
  const pool = createImagingPool({
    workers: 2,
    thumbnailFolder: join(folder, 'thumbnails'),
    logger: silentLogger,
    ...options,
  });
  pools.push(pool);
  return pool;
}

/** What becomes of a file, while sound photos are read beside, before and behind it. */
async function besideOthers(pool: DecodePool, name: string, bytes: Buffer): Promise<ImageResult> {
  const sound = await scene(90, 60).jpeg().toBuffer();
  const index = (path: Buffer) => pool.index({ photoId: 1, path });
  const around = [1, 2, 3].map((number) => put(folder, `sound-${number}-${name}.jpg`, sound));
  const [before, beside, behind] = around.map((path) => () => index(path));
  const [first, result, second, third] = await Promise.all([
    before?.(),
    index(put(folder, name, bytes)),
    beside?.(),
    behind?.(),
  ]);
  for (const other of [first, second, third]) {
    expect(other?.failure).toBeNull();
    expect(other?.facts.thumbHash).not.toBeNull();
  }
  if (!result) throw new Error('There is no result.');
  return result;
}

/** The largest resident memory that the living workers ever had; 0 where the system does not tell. */
function peakBytes(pool: DecodePool): number {
  if (process.platform !== 'linux') return 0;
  const peaks = pool.pids().map((pid) => {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmHWM:\s*(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
  });
  return Math.max(0, ...peaks);
}

describe('a picture that says it is vast', () => {
  it.each([
    ['png', vastPng(SIDE)],
    ['gif', vastGif(SIDE)],
    ['tif', vastTiff(SIDE)],
  ])(
    'of 60,000 × 60,000 pixels in a kilobyte of %s is refused by name',
    async (extension, bytes) => {
      expect(bytes.length).toBeLessThan(1500);
      const pool = open();
      const result = await besideOthers(pool, `vast.${extension}`, bytes);
      expect(result.failure?.code).toBe('too_large');
      expect(result.failure?.message).toContain(`vast.${extension}`);
      expect(result.facts).toMatchObject({ width: SIDE, height: SIDE, thumbHash: null });
      expect(peakBytes(pool)).toBeLessThan(300 * MB);
    },
  );

  it('just within the limit is decoded alone with more memory, or named with what it needs', async () => {
    const small = await scene(64, 64).jpeg({ progressive: true, chromaSubsampling: '4:4:4' });
    // Progressive pictures are held whole: 268 megapixels of three components are 1.6 GB.
    const bytes = stretchedJpeg(await small.toBuffer(), 16_384);
    expect(bytes.length).toBeLessThan(2000);
    const pool = open();
    const result = await besideOthers(pool, 'progressive.jpg', bytes);
    expect(result.failure).toMatchObject({
      code: 'out_of_memory',
      message: expect.stringMatching(/progressive\.jpg needs more than 1500 MB/),
    });
    expect(result.facts).toMatchObject({ width: 16_384, height: 16_384 });
    expect(result.facts.imageHash).toHaveLength(32);
  });
});

describe('frames and pages without end', () => {
  it.each([
    ['a billion announced ones', 'announced.png', announcedFramesPng(1_000_000_000)],
    ['a directory that follows itself', 'endless.tif', endlessTiff()],
    ['200,000 frames', 'frames.gif', manyFramesGif(200_000)],
    ['60,000 pages', 'pages.tif', manyPagesTiff(60_000)],
  ])('%s cost no more than the first', async (_what, name, bytes) => {
    const pool = open();
    const result = await besideOthers(pool, name, bytes);
    expect(result.facts.fileHash).toHaveLength(32);
    expect([null, 'damaged']).toContain(result.failure?.code ?? null);
    expect(peakBytes(pool)).toBeLessThan(512 * MB);
  });
});

describe('100 MB of metadata', () => {
  it('in a JPEG, a PNG or a WebP is passed over', async () => {
    const pool = open();
    const jpeg = stuffedJpeg(await scene().jpeg().toBuffer(), 100 * MB);
    const png = stuffedPng(await scene().png().toBuffer(), 100 * MB);
    const webp = stuffedWebp(await scene(64, 64).webp().toBuffer(), 64, 100 * MB);
    for (const [name, bytes] of [
      ['stuffed.jpg', jpeg],
      ['stuffed.png', png],
      ['stuffed.webp', webp],
    ] as const) {
      const result = await besideOthers(pool, name, bytes);
      expect(result.failure, name).toBeNull();
      expect(result.facts.thumbHash, name).not.toBeNull();
    }
  });

  it('that a few kilobytes unpack to is not unpacked', async () => {
    const pool = open();
    const bytes = packedPng(await scene().png().toBuffer(), 100 * MB);
    expect(bytes.length).toBeLessThan(500_000);
    const result = await besideOthers(pool, 'packed.png', bytes);
    expect(result.facts.thumbHash).not.toBeNull();
    expect(peakBytes(pool)).toBeLessThan(512 * MB);
  });
});

describe('texts that grow', () => {
  it('are not grown, and nothing they name is opened', async () => {
    const pool = open();
    for (const [name, bytes] of [
      ['entities.jpg', entityJpeg(await scene().jpeg().toBuffer())],
      ['entities.png', entityPng(await scene().png().toBuffer())],
    ] as const) {
      const result = await besideOthers(pool, name, bytes);
      expect(result.failure, name).toBeNull();
      expect(result.facts.metadata, name).toMatchObject({ takenAtSource: 'mtime', orientation: 1 });
    }
    const svg = await besideOthers(pool, 'entities.svg', entitySvg());
    expect(svg.facts.thumbHash).toBeNull();
    expect(['unsupported', 'not_an_image']).toContain(svg.failure?.code);
    expect(peakBytes(pool)).toBeLessThan(300 * MB);
  });
});

describe('a picture that takes too long', () => {
  it.skipIf(process.platform === 'win32')(
    'is stopped, and the photos behind it are read',
    async () => {
      const pool = open({ workers: 1, timeoutMs: 4000 });
      const sound = await scene(80, 50).jpeg().toBuffer();
      await pool.index({ photoId: 1, path: put(folder, 'first.jpg', sound) });
      const [pid = 0] = pool.pids();
      const slow = vastPng(12_000);
      const stuck = pool.index({ photoId: 2, path: put(folder, 'stuck.png', slow) });
      const behind = pool.index({ photoId: 3, path: put(folder, 'behind.jpg', sound) });
      // As a decoder in an endless loop, or a disk that does not answer.
      process.kill(pid, 'SIGSTOP');
      expect((await stuck).failure).toMatchObject({
        code: 'timed_out',
        message: expect.stringContaining('stuck.png took more than 4 s'),
      });
      expect((await stuck).facts).toMatchObject({ width: 12_000, height: 12_000 });
      expect((await behind).failure).toBeNull();
      expect(pool.pids()).not.toContain(pid);
    },
  );
});
