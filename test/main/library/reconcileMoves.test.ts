import { copyFile, link, mkdir, rename, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../../main/library/database.ts';
import { adoptMovedByHash } from '../../../main/library/moves.ts';
import { removeRoot } from '../../../main/library/roots.ts';
import { createFolderBench, type FolderBench, setHash, write } from '../../helpers/folderBench.ts';

let bench: FolderBench;
beforeEach(() => {
  bench = createFolderBench();
});
afterEach(() => bench.close());

const at = (path: string): string => join(bench.base, path);
const states = (): string[] => bench.photos().map((photo) => `${photo.path} ${photo.state}`);

/** Copies content, size and time to another inode, and removes the old one: a move between disks. */
async function moveAcross(from: string, to: string, seconds = 1_650_000_000): Promise<void> {
  await copyFile(at(from), at(to));
  await utimes(at(to), seconds, seconds);
  await rm(at(from));
}

/** A person's marks, to see that they stay. */
function mark(photoId: number): void {
  run(bench.db, 'UPDATE photo SET favorite = 1 WHERE id = ?', photoId);
}

function stageOf(photoId: number): unknown {
  return bench.db.prepare('SELECT stage FROM photo WHERE id = ?').pluck().get(photoId);
}

function adopt(path: string, word: string): boolean {
  const id = bench.idOf(path);
  setHash(bench.db, id, word);
  return write(bench.db, (db, input: number, changes) => adoptMovedByHash(db, input, changes), id)
    .output;
}

/** A photo that was read, and moved to another root that was scanned first. */
async function movedToAnotherRoot(): Promise<{ a: number; b: number; old: number }> {
  await bench.put('a/one.jpg');
  await bench.put('a/keep.jpg');
  await bench.put('b/other.jpg');
  const [a, b] = [bench.addRoot('a'), bench.addRoot('b')];
  await bench.scan(a);
  await bench.scan(b);
  const old = bench.idOf('a/one.jpg');
  setHash(bench.db, old, 'h');
  await moveAcross('a/one.jpg', 'b/one.jpg');
  await bench.scan(b);
  return { a, b, old };
}

describe('a photo keeps its row', () => {
  it('when it is renamed', async () => {
    await bench.put('a/one.jpg');
    await bench.put('a/two.jpg');
    const root = bench.addRoot('a');
    await bench.scan(root);
    const id = bench.idOf('a/one.jpg');
    await rename(at('a/one.jpg'), at('a/uno.jpg'));
    const scan = await bench.scan(root);
    expect(scan.counts).toEqual({
      found: 2,
      added: 0,
      changed: 0,
      moved: 1,
      missing: 0,
      unchanged: 1,
    });
    expect(scan.changes?.photoIds).toEqual([id]);
    expect(bench.idOf('a/uno.jpg')).toBe(id);
  });

  it('when it moves to another folder, a new one too', async () => {
    await bench.put('a/one.jpg');
    await bench.put('a/two.jpg');
    const root = bench.addRoot('a');
    await bench.scan(root);
    const id = bench.idOf('a/one.jpg');
    await mkdir(at('a/x/y'), { recursive: true });
    await rename(at('a/one.jpg'), at('a/x/y/one.jpg'));
    expect((await bench.scan(root)).counts).toMatchObject({ moved: 1, added: 0, missing: 0 });
    expect(bench.idOf('a/x/y/one.jpg')).toBe(id);
  });

  it('when its folder is renamed, and all its neighbours with it', async () => {
    for (let index = 0; index < 50; index++) await bench.put(`a/trip/${index}.jpg`, `${index}`);
    await bench.put('a/one.jpg');
    const root = bench.addRoot('a');
    await bench.scan(root);
    const ids = bench.photos().map((photo) => photo.id);
    await rename(at('a/trip'), at('a/Rome 2019'));
    expect((await bench.scan(root)).counts).toMatchObject({ moved: 50, added: 0, missing: 0 });
    expect(
      bench
        .photos()
        .map((photo) => photo.id)
        .sort(),
    ).toEqual(ids.sort());
    expect(states().every((state) => state.endsWith('ok'))).toBe(true);
  });

  it('when it moves to another root, whichever is scanned first', async () => {
    for (const first of ['a', 'b']) {
      await bench.put(`a/from-${first}.jpg`, first);
      await bench.put('a/stays.jpg');
      await bench.put('b/other.jpg');
    }
    const a = bench.addRoot('a');
    const b = bench.addRoot('b');
    await bench.scan(a);
    await bench.scan(b);
    for (const order of [
      { name: 'from-a', scans: [a, b] },
      { name: 'from-b', scans: [b, a] },
    ]) {
      const id = bench.idOf(`a/${order.name}.jpg`);
      mark(id);
      await rename(at(`a/${order.name}.jpg`), at(`b/${order.name}.jpg`));
      for (const root of order.scans) await bench.scan(root);
      expect(bench.idOf(`b/${order.name}.jpg`)).toBe(id);
    }
    expect(bench.photos()).toHaveLength(4);
    expect(states().every((state) => state.endsWith('ok'))).toBe(true);
  });

  it('when it was the last one of its root', async () => {
    await bench.put('a/only.jpg');
    await bench.put('b/other.jpg');
    const a = bench.addRoot('a');
    const b = bench.addRoot('b');
    await bench.scan(a);
    await bench.scan(b);
    const id = bench.idOf('a/only.jpg');
    await rename(at('a/only.jpg'), at('b/only.jpg'));
    expect((await bench.scan(a)).result).toBe('offline');
    await bench.scan(b);
    expect(bench.idOf('b/only.jpg')).toBe(id);
    expect(await bench.scan(a)).toMatchObject({ result: 'scanned', cameOnline: true });
  });

  it('when only the case or the Unicode form of its name changes', async () => {
    await bench.put('a/CASE.jpg', 'one');
    await bench.put('a/caf\u00e9.jpg', 'two');
    const root = bench.addRoot('a');
    await bench.scan(root);
    const upper = bench.idOf('a/CASE.jpg');
    const composed = bench.idOf('a/caf\u00e9.jpg');
    // Another inode: some file systems number anew.
    run(bench.db, 'UPDATE photo SET inode = inode + 1000000');
    await rename(at('a/CASE.jpg'), at('a/case.jpg'));
    await rename(at('a/caf\u00e9.jpg'), at('a/cafe\u0301.jpg'));
    expect((await bench.scan(root)).counts).toMatchObject({ moved: 2, added: 0, missing: 0 });
    expect(bench.idOf('a/case.jpg')).toBe(upper);
    expect(bench.idOf('a/cafe\u0301.jpg')).toBe(composed);
  });

  it('when its root is removed and a folder around it is added', async () => {
    await bench.put('a/inner/one.jpg');
    await bench.put('a/two.jpg');
    const inner = bench.addRoot('a/inner');
    await bench.scan(inner);
    const id = bench.idOf('a/inner/one.jpg');
    mark(id);
    write(bench.db, removeRoot, { rootId: inner, forget: false });
    const outer = bench.addRoot('a');
    expect((await bench.scan(outer)).counts).toMatchObject({ found: 2, moved: 1, added: 1 });
    expect(bench.idOf('a/inner/one.jpg')).toBe(id);
  });
});

describe('two photos stay two', () => {
  it('as duplicates, while the old path is there', async () => {
    await bench.put('a/one.jpg');
    const root = bench.addRoot('a');
    await bench.scan(root);
    await link(at('a/one.jpg'), at('a/hard.jpg'));
    await copyFile(at('a/one.jpg'), at('a/copy.jpg'));
    await utimes(at('a/copy.jpg'), 1_650_000_000, 1_650_000_000);
    expect((await bench.scan(root)).counts).toMatchObject({ found: 3, added: 2, moved: 0 });
  });

  it('when their names differ in case only, where the disk says so', async () => {
    await bench.put('a/CASE.jpg');
    await bench.put('a/case.jpg');
    const root = bench.addRoot('a');
    await bench.scan(root);
    expect(bench.photos()).toHaveLength(2);
  });

  it('with several candidates: nothing is moved', async () => {
    await bench.put('a/one.jpg');
    await bench.put('a/keep.jpg');
    const root = bench.addRoot('a');
    await bench.scan(root);
    const id = bench.idOf('a/one.jpg');
    await link(at('a/one.jpg'), at('a/x.jpg'));
    await link(at('a/one.jpg'), at('a/y.jpg'));
    await rm(at('a/one.jpg'));
    expect((await bench.scan(root)).counts).toMatchObject({ moved: 0, added: 2, missing: 1 });
    expect(bench.idOf('a/one.jpg')).toBe(id);
  });

  it('when a file takes the place of another that is still known', async () => {
    await bench.put('a/one.jpg', 'one');
    await bench.put('a/two.jpg', 'second');
    const root = bench.addRoot('a');
    await bench.scan(root);
    const two = bench.idOf('a/two.jpg');
    await rename(at('a/one.jpg'), at('a/two.jpg'));
    expect((await bench.scan(root)).counts).toMatchObject({ changed: 1, missing: 1, moved: 0 });
    expect(bench.idOf('a/two.jpg')).toBe(two);
  });
});

describe('a moved photo known by its content', () => {
  it('takes the new row’s place, with what a person did at both', async () => {
    await bench.put('a/one.jpg');
    await bench.put('a/keep.jpg');
    const root = bench.addRoot('a');
    await bench.scan(root);
    const old = bench.idOf('a/one.jpg');
    setHash(bench.db, old, 'h');
    await moveAcross('a/one.jpg', 'a/elsewhere.jpg');
    expect((await bench.scan(root)).counts).toMatchObject({ added: 1, missing: 1 });
    const fresh = bench.idOf('a/elsewhere.jpg');
    mark(fresh);
    setHash(bench.db, fresh, 'h');
    const { output, changes } = write(
      bench.db,
      (db, id: number, log) => adoptMovedByHash(db, id, log),
      fresh,
    );
    expect(output).toBe(true);
    expect(changes).toMatchObject({ photoIds: [old], removedPhotoIds: [fresh] });
    expect(bench.idOf('a/elsewhere.jpg')).toBe(old);
    expect(bench.db.prepare('SELECT favorite, stage FROM photo WHERE id = ?').get(old)).toEqual({
      favorite: 1,
      stage: 2,
    });
    expect((await bench.scan(root)).changes).toBeNull();
  });

  it('is found beside a duplicate that was there before', async () => {
    await bench.put('a/one.jpg');
    await bench.put('a/duplicate.jpg');
    const root = bench.addRoot('a');
    await bench.scan(root);
    const old = bench.idOf('a/one.jpg');
    setHash(bench.db, old, 'h');
    setHash(bench.db, bench.idOf('a/duplicate.jpg'), 'h');
    await moveAcross('a/one.jpg', 'a/elsewhere.jpg');
    await bench.scan(root);
    expect(adopt('a/elsewhere.jpg', 'h')).toBe(true);
    expect(bench.idOf('a/elsewhere.jpg')).toBe(old);
    expect(bench.photos()).toHaveLength(2);
  });

  it('stays missing with two new files of its content, whichever is read first', async () => {
    await bench.put('a/one.jpg');
    await bench.put('a/keep.jpg', 'other content');
    const root = bench.addRoot('a');
    await bench.scan(root);
    setHash(bench.db, bench.idOf('a/one.jpg'), 'h');
    await copyFile(at('a/one.jpg'), at('a/x.jpg'));
    await moveAcross('a/one.jpg', 'a/y.jpg');
    await bench.scan(root);
    expect(adopt('a/x.jpg', 'h')).toBe(false);
    expect(adopt('a/y.jpg', 'h')).toBe(false);
    expect(states()).toContain('a/one.jpg missing');
    expect(bench.photos()).toHaveLength(4);
  });

  it('is decided when the last new file of its size was read', async () => {
    await bench.put('a/one.jpg', 'same size 1');
    await bench.put('a/keep.jpg');
    const root = bench.addRoot('a');
    await bench.scan(root);
    const old = bench.idOf('a/one.jpg');
    setHash(bench.db, old, 'h');
    await moveAcross('a/one.jpg', 'a/elsewhere.jpg');
    await bench.put('a/unrelated.jpg', 'same size 2');
    await bench.scan(root);
    expect(adopt('a/elsewhere.jpg', 'h')).toBe(false);
    expect(adopt('a/unrelated.jpg', 'i')).toBe(true);
    expect(bench.idOf('a/elsewhere.jpg')).toBe(old);
  });

  it('is found when its new place was scanned and read before the old one', async () => {
    const { a, old } = await movedToAnotherRoot();
    const fresh = bench.idOf('b/one.jpg');
    expect(adopt('b/one.jpg', 'h')).toBe(false);
    const scan = await bench.scan(a);
    expect(scan).toMatchObject({ merged: 1, counts: { missing: 0 } });
    expect(scan.changes?.removedPhotoIds).toEqual([fresh]);
    expect(bench.idOf('b/one.jpg')).toBe(old);
  });

  it('is read again when its new place changed since it was read', async () => {
    const { a, b, old } = await movedToAnotherRoot();
    setHash(bench.db, bench.idOf('b/one.jpg'), 'h');
    await bench.put('b/one.jpg', 'edited by another program');
    await bench.scan(b);
    expect(await bench.scan(a)).toMatchObject({ merged: 1, work: true });
    expect(bench.idOf('b/one.jpg')).toBe(old);
    expect(stageOf(old)).toBe(0);
  });

  it('is read again when another new photo of its size gave the word', async () => {
    await bench.put('a/one.jpg', 'same size 1');
    await bench.put('a/keep.jpg');
    const root = bench.addRoot('a');
    await bench.scan(root);
    const old = bench.idOf('a/one.jpg');
    setHash(bench.db, old, 'h');
    await moveAcross('a/one.jpg', 'a/elsewhere.jpg');
    await bench.put('a/unrelated.jpg', 'same size 2');
    await bench.scan(root);
    expect(adopt('a/elsewhere.jpg', 'h')).toBe(false);
    await bench.put('a/elsewhere.jpg', 'same size 3');
    await bench.scan(root);
    expect(adopt('a/unrelated.jpg', 'i')).toBe(true);
    expect(bench.idOf('a/elsewhere.jpg')).toBe(old);
    expect(stageOf(old)).toBe(0);
  });

  it('is found when its whole folder moved to another disk', async () => {
    await bench.put('a/trip/one.jpg', '1');
    await bench.put('a/trip/two.jpg', '22');
    await bench.put('a/keep.jpg');
    const root = bench.addRoot('a');
    await bench.scan(root);
    const ids = ['one', 'two'].map((name) => bench.idOf(`a/trip/${name}.jpg`));
    ids.forEach((id, index) => {
      setHash(bench.db, id, `h${index}`);
    });
    await mkdir(at('a/moved'));
    await moveAcross('a/trip/one.jpg', 'a/moved/one.jpg');
    await moveAcross('a/trip/two.jpg', 'a/moved/two.jpg');
    await bench.scan(root);
    expect(states()).toContain('a/trip/one.jpg offline');
    expect(adopt('a/moved/one.jpg', 'h0')).toBe(true);
    expect(adopt('a/moved/two.jpg', 'h1')).toBe(true);
    expect(['one', 'two'].map((name) => bench.idOf(`a/moved/${name}.jpg`))).toEqual(ids);
    expect(states()).toEqual(['a/keep.jpg ok', 'a/moved/one.jpg ok', 'a/moved/two.jpg ok']);
  });

  it('is not looked for in an unplugged root: the file may still be there', async () => {
    await bench.put('a/one.jpg');
    await bench.put('b/other.jpg');
    const a = bench.addRoot('a');
    const b = bench.addRoot('b');
    await bench.scan(a);
    await bench.scan(b);
    setHash(bench.db, bench.idOf('a/one.jpg'), 'h');
    await copyFile(at('a/one.jpg'), at('b/copy.jpg'));
    await rename(at('a'), at('unplugged'));
    await bench.scan(a);
    await bench.scan(b);
    expect(adopt('b/copy.jpg', 'h')).toBe(false);
    expect(states()).toContain('a/one.jpg offline');
  });
});
