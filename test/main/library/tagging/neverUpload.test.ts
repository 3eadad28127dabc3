import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { get } from '../../../../main/library/database.ts';
import { folderTree } from '../../../../main/library/roots.ts';
import {
  neverUploadFolders,
  setNeverUpload,
} from '../../../../main/library/tagging/neverUpload.ts';
import { createFolderBench, type FolderBench, write } from '../../../helpers/folderBench.ts';

let bench: FolderBench;
beforeEach(() => {
  bench = createFolderBench();
});
afterEach(() => bench.close());

const at = (path: string): string => join(bench.base, path);

function mark(name: string): void {
  const folderId = folderTree(bench.db).find((folder) => folder.name === name)?.id ?? 0;
  write(bench.db, setNeverUpload, { folderId, never: true });
}

/** Whether nothing of a photo's folder is uploaded. */
function isPrivate(path: string): boolean {
  const row = get<{ id: number }>(
    bench.db,
    'SELECT folder_id AS id FROM photo WHERE id = ?',
    bench.idOf(path),
  );
  return neverUploadFolders(bench.db).has(row?.id ?? 0);
}

describe('a folder that is never uploaded', () => {
  it('says so in the tree, of itself only', async () => {
    await bench.put('a/private/deep/one.jpg');
    await bench.scan(bench.addRoot('a'));
    mark('private');
    expect(folderTree(bench.db).map((folder) => [folder.name, folder.neverUpload])).toEqual([
      ['a', false],
      ['private', true],
      ['deep', false],
    ]);
    expect(isPrivate('a/private/deep/one.jpg')).toBe(true);
  });

  it('stays one when it is renamed, with all below it', async () => {
    await bench.put('a/private/one.jpg');
    await bench.put('a/private/deep/two.jpg');
    await bench.put('a/open.jpg');
    const root = bench.addRoot('a');
    await bench.scan(root);
    mark('private');
    await rename(at('a/private'), at('a/renamed'));
    const scan = await bench.scan(root);
    expect(scan.counts.moved).toBe(2);
    expect(scan.changes?.folders).toBe(true);
    expect(isPrivate('a/renamed/one.jpg')).toBe(true);
    expect(isPrivate('a/renamed/deep/two.jpg')).toBe(true);
    expect(isPrivate('a/open.jpg')).toBe(false);
  });

  it('lets a photo go that is put elsewhere', async () => {
    await bench.put('a/private/one.jpg');
    await bench.put('a/private/two.jpg');
    await bench.put('a/open/three.jpg');
    const root = bench.addRoot('a');
    await bench.scan(root);
    mark('private');
    await rename(at('a/private/one.jpg'), at('a/open/one.jpg'));
    await rename(at('a/private/two.jpg'), at('a/open/two.jpg'));
    await bench.scan(root);
    expect(isPrivate('a/open/one.jpg')).toBe(false);
    expect(isPrivate('a/open/three.jpg')).toBe(false);
  });
});

describe('a moved photo', () => {
  it('takes its lines of the ledger and its jobs with it', async () => {
    await bench.put('a/one.jpg', 'same');
    const a = bench.addRoot('a');
    await bench.put('b/other.jpg');
    const b = bench.addRoot('b');
    await bench.scan(a);
    await bench.scan(b);
    const old = bench.idOf('a/one.jpg');
    await rename(at('a/one.jpg'), at('b/one.jpg'));
    await bench.scan(b);
    const fresh = bench.idOf('b/one.jpg');
    bench.db
      .prepare(
        `INSERT INTO upload (at, service_id, photo_id, bytes, width, height, state, month, currency)
         VALUES (0, 'tencent-tag', ?, 1, 1, 1, 'answered', '2026-01', 'CNY')`,
      )
      .run(fresh);
    bench.db
      .prepare(
        `INSERT INTO job (photo_id, service_id, state, created_at)
         VALUES (?, 'tencent-tag', 'waiting', 0)`,
      )
      .run(fresh);
    await bench.put('a/stays.jpg');
    expect((await bench.scan(a)).merged).toBe(1);
    expect(fresh).not.toBe(old);
    expect(bench.idOf('b/one.jpg')).toBe(old);
    expect(
      get(bench.db, 'SELECT upload.photo_id AS upload, job.photo_id AS job FROM upload, job'),
    ).toEqual({
      upload: old,
      job: old,
    });
  });
});
