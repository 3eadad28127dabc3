import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Format } from '../../../main/imaging/types.ts';
import { belongingFiles } from '../../../main/library/belongings.ts';
import type { LibraryChanges } from '../../../main/library/changes.ts';
import { all } from '../../../main/library/database.ts';
import { saveHeads, saveImages } from '../../../main/library/indexing.ts';
import { photoDetail, photoTiles } from '../../../main/library/photos.ts';
import { forgetMissing } from '../../../main/library/problems.ts';
import { folderTree, listRoots } from '../../../main/library/roots.ts';
import { createFolderBench, type FolderBench, write } from '../../helpers/folderBench.ts';
import { headFacts, imageResult } from '../../helpers/images.ts';

let bench: FolderBench;
let root = 0;
beforeEach(() => {
  bench = createFolderBench();
});
afterEach(() => bench.close());

const RAW = ['cr2', 'nef', 'dng'];

/** What a file of this name holds, unless a test says otherwise. */
function formatOf(path: string): Format {
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  return RAW.includes(extension) ? 'raw' : extension === 'heic' ? 'heic' : 'jpeg';
}

/** The first pass over every photo that waits for it. */
function readHeads(formats: Record<string, Format> = {}): LibraryChanges | null {
  const waiting = bench.photos().filter((photo) => photo.stage === 0 && photo.state === 'ok');
  const outcomes = waiting.map(({ id, path }) => ({
    photoId: id,
    outcome: { facts: headFacts({}, { format: formats[path] ?? formatOf(path) }) },
  }));
  return write(bench.db, saveHeads, outcomes).changes;
}

async function scan(): Promise<void> {
  if (root === 0 || all(bench.db, 'SELECT 1 FROM root').length === 0) root = bench.addRoot('a');
  await bench.scan(root);
  readHeads();
}

/** `behind < front` for every photo that stands behind another. */
const stacks = (): string[] => {
  const paths = new Map(bench.photos().map((photo) => [photo.id, photo.path.slice(2)]));
  type Row = { id: number; frontId: number };
  return all<Row>(
    bench.db,
    'SELECT id, stack_front_id AS frontId FROM photo WHERE stack_front_id IS NOT NULL',
  )
    .map(({ id, frontId }) => `${paths.get(id)} < ${paths.get(frontId)}`)
    .sort();
};

describe('RAW and JPEG of one shot', () => {
  it('are one stack: same folder, same name in any case', async () => {
    for (const name of [
      'IMG_1.CR2',
      'img_1.JPG',
      'IMG_2.nef',
      'IMG_3.jpg',
      'IMG_4.dng',
      'IMG_4.heic',
    ]) {
      await bench.put(`a/${name}`);
    }
    await bench.put('a/sub/IMG_2.jpg');
    await scan();
    expect(stacks()).toEqual(['IMG_1.CR2 < img_1.JPG', 'IMG_4.dng < IMG_4.heic']);
    const front = bench.idOf('a/img_1.JPG');
    const raw = bench.idOf('a/IMG_1.CR2');
    const tiles = photoTiles(bench.db, [front, raw]);
    expect(tiles.map((tile) => tile.stackedFiles)).toEqual([1, 0]);
    expect(photoDetail(bench.db, front)?.stack).toMatchObject([
      { id: raw, name: 'IMG_1.CR2', format: 'raw', isFront: false, sizeBytes: 7 },
    ]);
    expect(photoDetail(bench.db, raw)?.stack).toMatchObject([{ id: front, isFront: true }]);
    expect(photoDetail(bench.db, bench.idOf('a/IMG_3.jpg'))?.stack).toEqual([]);
    expect(listRoots(bench.db)[0]?.photos).toBe(5);
    expect(folderTree(bench.db).map((folder) => folder.photos)).toEqual([5, 1]);
  });

  it('are told apart by content: two JPEGs are no stack, whatever their names', async () => {
    await bench.put('a/1.nef');
    await bench.put('a/1.jpg');
    root = bench.addRoot('a');
    await bench.scan(root);
    readHeads({ 'a/1.nef': 'jpeg' });
    expect(stacks()).toEqual([]);
    const { changes } = write(bench.db, saveImages, {
      results: [{ photoId: bench.idOf('a/1.nef'), result: imageResult('raw', { format: 'raw' }) }],
      now: bench.now,
    });
    expect(stacks()).toEqual(['1.nef < 1.jpg']);
    expect(changes?.photoIds).toContain(bench.idOf('a/1.jpg'));
  });

  it('prefer the JPEG, and several RAW files stand behind one', async () => {
    for (const name of ['1.heic', '1.jpg', '1.dng', '1.nef']) await bench.put(`a/${name}`);
    await scan();
    expect(stacks()).toEqual(['1.dng < 1.jpg', '1.nef < 1.jpg']);
    const detail = photoDetail(bench.db, bench.idOf('a/1.dng'));
    expect(detail?.stack.map((file) => file.name)).toEqual(['1.jpg', '1.nef']);
  });

  it('come apart when the JPEG is gone, and together when it is back', async () => {
    await bench.put('a/1.nef');
    await bench.put('a/1.jpg');
    await bench.put('a/2.jpg');
    await scan();
    const raw = bench.idOf('a/1.nef');
    await rename(join(bench.base, 'a/1.jpg'), join(bench.base, 'kept.jpg'));
    const gone = await bench.scan(root);
    expect(stacks()).toEqual([]);
    expect(gone.changes?.photoIds).toContain(raw);
    await rename(join(bench.base, 'kept.jpg'), join(bench.base, 'a/1.jpg'));
    const back = await bench.scan(root);
    expect(stacks()).toEqual(['1.nef < 1.jpg']);
    expect(back.changes?.photoIds).toContain(raw);
    await rm(join(bench.base, 'a/1.jpg'));
    await bench.scan(root);
    write(bench.db, forgetMissing, null);
    expect(bench.photos().map((photo) => photo.path)).toEqual(['a/1.nef', 'a/2.jpg']);
    expect(stacks()).toEqual([]);
  });

  it('stay together when both are moved, and come apart when one is', async () => {
    await bench.put('a/1.nef');
    await bench.put('a/1.jpg');
    await bench.put('a/2.jpg');
    await scan();
    const ids = [bench.idOf('a/1.nef'), bench.idOf('a/1.jpg')];
    await mkdir(join(bench.base, 'a/sub'));
    for (const name of ['1.nef', '1.jpg']) {
      await rename(join(bench.base, 'a', name), join(bench.base, 'a/sub', name));
    }
    await scan();
    expect([bench.idOf('a/sub/1.nef'), bench.idOf('a/sub/1.jpg')]).toEqual(ids);
    expect(stacks()).toEqual(['sub/1.nef < sub/1.jpg']);
    await rename(join(bench.base, 'a/sub/1.jpg'), join(bench.base, 'a/other.jpg'));
    await scan();
    expect(stacks()).toEqual([]);
  });

  it('stay together when both are found again by their content', async () => {
    await bench.put('a/1.nef', 'raw');
    await bench.put('a/1.jpg', 'jpeg');
    await bench.put('a/2.jpg', 'other');
    await scan();
    const read = (): void => {
      const results = bench
        .photos()
        .filter((photo) => photo.state === 'ok' && photo.stage === 1)
        .map(({ id, path }) => ({
          photoId: id,
          result: imageResult(path.slice(path.lastIndexOf('/') + 1), { format: formatOf(path) }),
        }));
      write(bench.db, saveImages, { results, now: bench.now });
    };
    read();
    const ids = [bench.idOf('a/1.nef'), bench.idOf('a/1.jpg')];
    // Copied and deleted: another inode and another time, so that only the content tells.
    for (const name of ['1.nef', '1.jpg']) await rm(join(bench.base, 'a', name));
    await bench.scan(root);
    await bench.put('a/sub/1.nef', 'raw');
    await bench.put('a/sub/1.jpg', 'jpeg');
    await scan();
    read();
    expect([bench.idOf('a/sub/1.nef'), bench.idOf('a/sub/1.jpg')]).toEqual(ids);
    expect(stacks()).toEqual(['sub/1.nef < sub/1.jpg']);
  });

  it('go together: the RAW file and the sidecars of both, but not the JPEG with its RAW file', async () => {
    for (const name of ['1.nef', '1.jpg', '1.nef.xmp', '1.xmp', '1.mov'])
      await bench.put(`a/${name}`);
    await scan();
    const names = (path: string): string[] =>
      belongingFiles(bench.db, bench.idOf(path)).map((file) =>
        file.toString().slice(bench.base.length + 3),
      );
    expect(names('a/1.jpg')).toEqual(['1.nef', '1.mov', '1.nef.xmp', '1.xmp']);
    expect(names('a/1.nef')).toEqual(['1.nef.xmp']);
    const detail = photoDetail(bench.db, bench.idOf('a/1.jpg'));
    expect(detail?.companions.map((file) => file.name)).toEqual(['1.mov', '1.nef.xmp', '1.xmp']);
  });

  it('keep what is shown in place of a RAW file', async () => {
    await bench.put('a/1.nef');
    await scan();
    const photoId = bench.idOf('a/1.nef');
    const shown = { width: 160, height: 120 };
    const result = imageResult('small', { format: 'raw', shown });
    write(bench.db, saveImages, { results: [{ photoId, result }], now: bench.now });
    expect(photoDetail(bench.db, photoId)?.shown).toEqual(shown);
    const other = imageResult('other', { format: 'jpeg' });
    write(bench.db, saveImages, { results: [{ photoId, result: other }], now: bench.now });
    expect(photoDetail(bench.db, photoId)?.shown).toBeNull();
  });
});
