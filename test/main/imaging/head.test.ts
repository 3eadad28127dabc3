import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readHead, readHeadSafely } from '../../../main/imaging/head.ts';
import { createHeadReader } from '../../../main/imaging/headReader.ts';
import {
  exifBytes,
  exifSegment,
  nameOf,
  put,
  scene,
  segment,
  temporaryFolder,
  withSegments,
} from './pictures.ts';

const folder = temporaryFolder();

function stampOf(path: Buffer): { sizeBytes: number; mtimeUs: number } {
  const stats = statSync(path);
  return { sizeBytes: stats.size, mtimeUs: Math.round(stats.mtimeMs * 1000) };
}

const camera = exifSegment(
  exifBytes([
    [0x010f, 'Canon'],
    [0x0112, 6],
  ]),
);

describe('the head of a file', () => {
  it('gives format, size, metadata and a wrong extension', async () => {
    const path = put(folder, 'photo.png', withSegments(await scene().jpeg().toBuffer(), camera));
    expect(readHead(path, nameOf(path), stampOf(path))).toMatchObject({
      format: 'jpeg',
      wrongExtension: true,
      width: 80,
      height: 120,
      metadata: { cameraMake: 'Canon', orientation: 6, takenAtSource: 'mtime' },
      embedded: null,
    });
  });

  it('finds what lies far behind other segments', async () => {
    const filler = Array.from({ length: 12 }, () => segment(0xe2, Buffer.alloc(65_000)));
    const bytes = withSegments(await scene().jpeg().toBuffer(), ...filler, camera);
    const path = put(folder, 'far.jpg', bytes);
    expect(readHead(path, nameOf(path), stampOf(path))).toMatchObject({
      width: 80,
      height: 120,
      metadata: { cameraMake: 'Canon' },
    });
  });

  it('has no format for what is no picture', () => {
    const path = put(folder, 'text.jpg', Buffer.from('This is not a photo.'));
    expect(readHead(path, nameOf(path), stampOf(path)).format).toBeNull();
    const empty = put(folder, 'empty.jpg', Buffer.alloc(0));
    expect(readHead(empty, nameOf(empty), stampOf(empty)).format).toBeNull();
  });

  it('has the cause where the file is gone', () => {
    const path = Buffer.from(`${folder}/gone.jpg`);
    expect(() => readHead(path, nameOf(path), { sizeBytes: 1, mtimeUs: 1 })).toThrow('ENOENT');
    expect(readHeadSafely(path, nameOf(path), { sizeBytes: 1, mtimeUs: 1 })).toEqual({
      failure: { code: 'vanished', message: expect.stringContaining('gone.jpg') },
    });
  });
});

describe('the head reader', () => {
  it('reads batches in a thread of its own', async () => {
    const good = put(folder, 'good.jpg', await scene().jpeg().toBuffer());
    const gone = Buffer.from(`${folder}/not-there.jpg`);
    const reader = createHeadReader();
    const answers = await reader.read([
      { photoId: 7, path: good, name: nameOf(good), ...stampOf(good) },
      { photoId: 8, path: gone, name: nameOf(gone), sizeBytes: 5, mtimeUs: 5 },
    ]);
    expect(answers.map((answer) => answer.photoId)).toEqual([7, 8]);
    expect(answers[0]?.outcome).toMatchObject({ facts: { format: 'jpeg', width: 120 } });
    expect(answers[1]?.outcome).toMatchObject({ failure: { code: 'vanished' } });
    expect(await reader.read([])).toEqual([]);
    await reader.close();
    await expect(reader.read([])).rejects.toThrow('closed');
  });

  it('can be closed before its first batch', async () => {
    const reader = createHeadReader();
    await expect(reader.close()).resolves.toBeUndefined();
  });
});
