import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPreviews, trim } from '../../../main/imaging/previews.ts';
import type { ImagingPool } from '../../../main/imaging/types.ts';
import type { PhotoFile } from '../../../main/library/photos.ts';
import { silentLogger } from '../../../main/log.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tagroll-previews-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(imageHash: string | null): PhotoFile {
  return {
    id: 1,
    path: Buffer.from('/a.jpg'),
    rootPath: Buffer.from('/'),
    sizeBytes: 1,
    mtimeUs: 1,
    isChanged: false,
    format: 'jpeg',
    imageHash,
    orientation: 1,
    embedded: null,
  };
}

/** A pool that counts what it was asked for and writes a few bytes. */
function countingPool(): ImagingPool & { made: string[] } {
  const made: string[] = [];
  return {
    made,
    workers: 1,
    index: () => Promise.reject(new Error('not asked for')),
    standIn: () => Promise.reject(new Error('not asked for')),
    upload: () => Promise.reject(new Error('not asked for')),
    async preview(_job, target) {
      made.push(target);
      writeFileSync(target, 'preview');
      return null;
    },
    close: () => Promise.resolve(),
  };
}

const neverAborted = new AbortController().signal;

describe('createPreviews', () => {
  it('keeps none of a file that was edited and not read again yet', async () => {
    const pool = countingPool();
    const previews = createPreviews({ folder, pool, logger: silentLogger, limitBytes: () => 1e9 });
    const path = join(folder, 'edited.jpg');
    writeFileSync(path, 'edited');
    const edited = { ...file('abcd'), path: Buffer.from(path) };
    const { mtimeMs, size } = statSync(path);
    const read = { sizeBytes: size, mtimeUs: Math.round(mtimeMs * 1000) };
    for (const photo of [edited, { ...edited, ...read, isChanged: true }]) {
      expect(await previews.get(photo, neverAborted)).toMatchObject({ failure: {} });
    }
    expect(pool.made).toEqual([]);
    expect(await previews.get({ ...edited, ...read }, neverAborted)).toHaveProperty('path');
  });

  it('makes a preview once, however many ask at the same time', async () => {
    const pool = countingPool();
    const previews = createPreviews({ folder, pool, logger: silentLogger, limitBytes: () => 1e9 });
    const asked = await Promise.all([1, 2, 3].map(() => previews.get(file('abcd'), neverAborted)));
    await previews.get(file('abcd'), neverAborted);
    expect(pool.made).toEqual([join(folder, 'ab', 'abcd.jpg')]);
    expect(new Set(asked.map((answer) => 'path' in answer && answer.path)).size).toBe(1);
  });

  it('answers with the reason when there is no picture', async () => {
    const previews = createPreviews({
      folder,
      pool: countingPool(),
      logger: silentLogger,
      limitBytes: () => 1e9,
    });
    expect(await previews.get(file(null), neverAborted)).toMatchObject({
      failure: { code: 'not_an_image' },
    });
  });
});

describe('trim', () => {
  it('deletes the least recently used until the rest fits', async () => {
    mkdirSync(join(folder, 'ab'));
    for (const [index, name] of ['old', 'middle', 'new'].entries()) {
      const path = join(folder, 'ab', name);
      writeFileSync(path, Buffer.alloc(100));
      utimesSync(path, 1000 + index, 1000 + index);
    }
    await trim(folder, 250);
    expect(['old', 'middle', 'new'].map((name) => existsSync(join(folder, 'ab', name)))).toEqual([
      false,
      true,
      true,
    ]);
  });
});
