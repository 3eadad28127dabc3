import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../../main/library/database.ts';
import { folderTree, listRoots, relocateRoot, removeRoot } from '../../../main/library/roots.ts';
import { createFolderBench, type FolderBench, write } from '../../helpers/folderBench.ts';
import { insertPhoto } from '../../helpers/library.ts';

let bench: FolderBench;
beforeEach(() => {
  bench = createFolderBench();
});
afterEach(() => bench.close());

describe('folderTree', () => {
  it('counts photos below, leaves empty folders out, and puts parents first', async () => {
    await bench.put('a/2019/trip 10/one.jpg');
    await bench.put('a/2019/trip 9/two.jpg');
    await bench.put('a/2019/trip 9/three.jpg');
    await bench.put('a/gone/four.jpg');
    await bench.put('b/five.jpg');
    const root = bench.addRoot('a');
    const other = bench.addRoot('b');
    await bench.scan(root);
    await bench.scan(other);
    run(bench.db, `UPDATE photo SET missing_since = 1 WHERE name_text = 'four.jpg'`);
    run(bench.db, 'UPDATE root SET offline = 1 WHERE id = ?', other);
    const tree = folderTree(bench.db);
    expect(tree.map((node) => [node.name, node.photos, node.offline])).toEqual([
      ['a', 3, false],
      ['2019', 3, false],
      ['trip 9', 2, false],
      ['trip 10', 1, false],
      ['b', 1, true],
    ]);
    expect(tree[2]?.path).toBe(`${bench.base}/a/2019/trip 9`);
    expect(tree[2]?.parentId).toBe(tree[1]?.id);
    expect(listRoots(bench.db).map((each) => each.photos)).toEqual([3, 1]);
  });

  it('shows a folder as offline when everything in it is', async () => {
    await bench.put('a/drive/x/one.jpg');
    await bench.put('a/keep.jpg');
    const root = bench.addRoot('a');
    await bench.scan(root);
    run(bench.db, `UPDATE folder SET offline = 1 WHERE path_text = 'drive/x'`);
    expect(folderTree(bench.db).map((node) => [node.name, node.offline])).toEqual([
      ['a', false],
      ['drive', true],
      ['x', true],
    ]);
  });
});

describe('roots', () => {
  it('are forgotten with their photos, or kept out of sight', async () => {
    await bench.put('a/deep/er/one.jpg');
    const root = bench.addRoot('a');
    await bench.scan(root);
    const id = bench.idOf('a/deep/er/one.jpg');
    const kept = write(bench.db, removeRoot, { rootId: root, forget: false });
    expect(kept.changes).toMatchObject({ photoIds: [id], removedPhotoIds: [], folders: true });
    expect(listRoots(bench.db)).toEqual([]);
    expect(folderTree(bench.db)).toEqual([]);
    expect(bench.addRoot('a')).toBe(root);
    const forgotten = write(bench.db, removeRoot, { rootId: root, forget: true });
    expect(forgotten.changes?.removedPhotoIds).toEqual([id]);
    expect(bench.db.prepare('SELECT COUNT(*) FROM folder').pluck().get()).toBe(0);
  });

  it('can take the path of one that was removed', async () => {
    await bench.put('a/one.jpg');
    await bench.put('b/two.jpg');
    const a = bench.addRoot('a');
    const b = bench.addRoot('b');
    await bench.scan(a);
    await bench.scan(b);
    write(bench.db, removeRoot, { rootId: b, forget: false });
    const path = Buffer.from(`${bench.base}/b`);
    write(bench.db, relocateRoot, {
      rootId: a,
      root: { path, realPath: path, device: null, volume: null },
      realPaths: [],
    });
    expect(listRoots(bench.db).map((each) => [each.id, each.path])).toEqual([[a, path.toString()]]);
  });

  it('count no missing photos', async () => {
    const root = bench.addRoot('a');
    const folder = bench.db
      .prepare('SELECT id FROM folder WHERE root_id = ?')
      .pluck()
      .get(root) as number;
    insertPhoto(bench.db, folder, 'x.jpg', { missing_since: 5 });
    expect(listRoots(bench.db)[0]?.photos).toBe(0);
  });
});
