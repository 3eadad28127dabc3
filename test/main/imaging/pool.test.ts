import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import sharp from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';
import {
  createImagingPool,
  type DecodePool,
  type ImagingPoolOptions,
} from '../../../main/imaging/pool.ts';
import { thumbnailPath, unfinishedFolder } from '../../../main/imaging/thumbnail.ts';
import { silentLogger } from '../../../main/log.ts';
import { asThumbnail, grid, heifFile, tile } from '../../helpers/heif.ts';
import { put, scene, temporaryFolder } from './pictures.ts';

const folder = temporaryFolder();
const thumbnailFolder = join(folder, 'thumbnails');
const pools: DecodePool[] = [];

function open(options: Partial<ImagingPoolOptions> = {}): DecodePool {
  const pool = createImagingPool({ workers: 1, thumbnailFolder, logger: silentLogger, ...options });
  pools.push(pool);
  return pool;
}

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

const small = async (name: string, side = 60): Promise<{ photoId: number; path: Buffer }> => ({
  photoId: 1,
  path: put(folder, name, await scene(side, 40).jpeg().toBuffer()),
});

/** A small file whose decoding takes most of a second. */
const slowPicture = await sharp({
  create: { width: 10_000, height: 10_000, channels: 3, background: '#336699' },
})
  .png({ compressionLevel: 1 })
  .toBuffer();

const slow = (name: string): { photoId: number; path: Buffer } => ({
  photoId: 2,
  path: put(folder, name, slowPicture),
});

/** A picture of four tiles, and a fifth as its thumbnail. */
function heicWithThumbnail(): Buffer {
  const items = grid(2, 2);
  return heifFile([...items, asThumbnail(tile(), items.length)], items.length);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('the pool', () => {
  it('indexes in its workers, two at once, and thumbnails are there when it says so', async () => {
    const pool = open({ workers: 2 });
    expect(pool.workers).toBe(2);
    const jobs = await Promise.all([1, 2, 3, 4, 5].map((n) => small(`many-${n}.jpg`, 60 + n)));
    const results = await Promise.all(
      jobs.map(async (job) => {
        const result = await pool.index(job);
        const hash = Buffer.from(result.facts.imageHash ?? []).toString('hex');
        expect(existsSync(thumbnailPath(thumbnailFolder, hash))).toBe(true);
        return result;
      }),
    );
    expect(results.map((result) => result.facts.width)).toEqual([61, 62, 63, 64, 65]);
    expect(results.every((result) => result.failure === null)).toBe(true);
    expect(pool.pids()).toHaveLength(2);
  });

  it('makes previews', async () => {
    const target = join(folder, 'made-preview.jpg');
    expect(await open().preview(await small('for-preview.jpg'), target)).toBeNull();
    expect(existsSync(target)).toBe(true);
  });

  it('makes stand-ins before everything that waits, and not those that nobody wants', async () => {
    const pool = open();
    const [small1, small2] = await Promise.all([small('first.jpg', 80), small('last.jpg', 81)]);
    const heic = { photoId: 3, path: put(folder, 'a.heic', heicWithThumbnail()) };
    const order: string[] = [];
    const note =
      (name: string) =>
      <Result>(result: Result): Result => {
        order.push(name);
        return result;
      };
    const stop = new AbortController();
    const atWork = pool.index(small1).then(note('at work'));
    const waiting = pool.index(small2).then(note('waiting'));
    const given = pool.standIn(heic, new AbortController().signal).then(note('stand-in'));
    const unwanted = pool.standIn(heic, stop.signal);
    stop.abort();
    expect(await unwanted).toBeNull();
    expect(order).toEqual([]);
    await Promise.all([atWork, waiting]);
    expect(order).toEqual(['at work', 'stand-in', 'waiting']);
    const jpeg = await given;
    expect(await sharp(jpeg ?? Buffer.alloc(0)).metadata()).toMatchObject({
      width: 64,
      height: 64,
    });
    expect(await pool.standIn(heic, stop.signal)).toBeNull();
  });

  it('has no stand-in of a file that costs a worker, and does not try it again', async () => {
    const pool = open({ memoryLimitBytes: 1, aloneMemoryLimitBytes: 4e9 });
    const heic = { photoId: 3, path: put(folder, 'b.heic', heicWithThumbnail()) };
    expect(await pool.standIn(heic, new AbortController().signal)).toBeNull();
    expect((await pool.index(await small('after.jpg', 82))).failure).toBeNull();
  });

  it('blames a crash on the one file at work, keeps its facts, and goes on', async () => {
    const pool = open();
    await pool.index(await small('before.jpg', 70));
    const [pid = 0] = pool.pids();
    const crashing = pool.index(slow('crash.png'));
    const waiting = pool.index(await small('behind.jpg', 71));
    await wait(50);
    process.kill(pid, 'SIGSEGV');
    const crashed = await crashing;
    expect(crashed.failure).toMatchObject({
      code: 'decoder_crashed',
      message: expect.stringContaining('crash.png'),
    });
    expect(crashed.facts).toMatchObject({ width: 10_000, height: 10_000, thumbHash: null });
    expect(crashed.facts.fileHash).toHaveLength(32);
    expect((await waiting).failure).toBeNull();
    expect(pool.pids()).not.toContain(pid);
  });

  it('replaces a worker that dies while idle', async () => {
    const pool = open();
    await pool.index(await small('idle-1.jpg', 72));
    const [pid = 0] = pool.pids();
    process.kill(pid, 'SIGKILL');
    while (pool.pids().includes(pid)) await wait(5);
    expect((await pool.index(await small('idle-2.jpg', 73))).failure).toBeNull();
  });

  it('stops a photo that takes too long', async () => {
    const pool = open({ timeoutMs: 200 });
    const result = await pool.index(slow('slow.png'));
    expect(result.failure?.code).toBe('timed_out');
    expect(result.failure?.message).toContain('slow.png');
  });

  it('gives a photo that needs much memory a second try alone', async () => {
    const pool = open({ workers: 2, memoryLimitBytes: 1, aloneMemoryLimitBytes: 4e9 });
    const [large, other] = await Promise.all([
      pool.index(slow('large.png')),
      pool.index(slow('large-too.png')),
    ]);
    expect(large).toMatchObject({ failure: null, facts: { width: 10_000 } });
    expect(other.failure).toBeNull();
  });

  it('gives up on a photo that needs too much memory even alone', async () => {
    const pool = open({ memoryLimitBytes: 1, aloneMemoryLimitBytes: 1 });
    const result = await pool.index(slow('too-much.png'));
    expect(result.failure).toMatchObject({
      code: 'out_of_memory',
      message: expect.stringContaining('too-much.png'),
    });
    const after = await pool.preview(slow('too-much-preview.png'), join(folder, 'p.jpg'));
    expect(after?.code).toBe('out_of_memory');
  });

  it('rejects when thumbnails cannot be written, which is no fault of the photo', async () => {
    writeFileSync(join(folder, 'not-a-folder'), '');
    const pool = open({ thumbnailFolder: join(folder, 'not-a-folder') });
    await expect(pool.index(await small('rejected.jpg', 75))).rejects.toMatchObject({
      name: 'TagrollError',
      message: expect.stringContaining('not-a-folder'),
    });
  });

  it('removes what killed workers left unfinished', () => {
    const unfinished = unfinishedFolder(thumbnailFolder);
    mkdirSync(unfinished, { recursive: true });
    writeFileSync(join(unfinished, 'half.jpg'), 'half');
    open({ isSecond: true });
    expect(existsSync(unfinished)).toBe(true);
    open();
    expect(existsSync(unfinished)).toBe(false);
  });

  it('rejects what waits when it is closed, and leaves no process behind', async () => {
    const pool = open();
    await pool.index(await small('closing.jpg', 76));
    const pids = pool.pids();
    const atWork = expect(pool.index(slow('closing.png'))).rejects.toThrow('stopped');
    const waiting = expect(pool.index(await small('never.jpg', 77))).rejects.toThrow('stopped');
    await pool.close();
    await Promise.all([atWork, waiting]);
    expect(pids.filter(isAlive)).toEqual([]);
    await expect(pool.index(await small('late.jpg', 78))).rejects.toThrow('stopped');
  });
});
