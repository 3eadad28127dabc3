import { rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFolderBench, type FolderBench } from '../../helpers/folderBench.ts';

let bench: FolderBench;
beforeEach(() => {
  bench = createFolderBench();
});
afterEach(() => bench.close());

const states = (): string[] => bench.photos().map((photo) => `${photo.path} ${photo.state}`);

describe('a scan', () => {
  it('lists candidates in every folder, counts the rest as skipped, and makes the folders above', async () => {
    await bench.put('a/one.jpg');
    await bench.put('a/2019/summer/two.JPG');
    await bench.put('a/2019/notes.txt');
    await bench.put('a/.hidden/three.jpg');
    await bench.put('a/@eaDir/four.jpg');
    await bench.put('a/._one.jpg');
    const root = bench.addRoot('a');
    const scan = await bench.scan(root);
    expect(scan.counts).toEqual({
      found: 2,
      added: 2,
      changed: 0,
      moved: 0,
      missing: 0,
      unchanged: 0,
    });
    expect(scan.outcome.skipped).toBe(2);
    expect(scan.work).toBe(true);
    expect(states()).toEqual(['a/2019/summer/two.JPG ok', 'a/one.jpg ok']);
    const folders = bench.db
      .prepare('SELECT path_text AS path FROM folder ORDER BY path')
      .pluck()
      .all();
    expect(folders).toEqual(['', '2019', '2019/summer']);
  });

  it('touches nothing when nothing changed', async () => {
    await bench.put('a/one.jpg');
    await bench.put('a/sub/two.jpg');
    const root = bench.addRoot('a');
    await bench.scan(root);
    const again = await bench.scan(root);
    expect(again.changes).toBeNull();
    expect(again.counts).toMatchObject({ found: 2, unchanged: 2 });
    expect(again.work).toBe(false);
  });

  it('has a changed photo read again and keeps its id and hash', async () => {
    await bench.put('a/one.jpg');
    const root = bench.addRoot('a');
    await bench.scan(root);
    const id = bench.idOf('a/one.jpg');
    bench.db
      .prepare(
        `UPDATE photo SET stage = 2, attempts = 3, failure_code = 'damaged', file_hash = x'01'`,
      )
      .run();
    await bench.put('a/one.jpg', 'longer than before');
    const scan = await bench.scan(root);
    expect(scan.counts).toMatchObject({ found: 1, changed: 1, unchanged: 0 });
    expect(scan.changes?.photoIds).toEqual([id]);
    expect(
      bench.db
        .prepare('SELECT id, stage, attempts, failure_code, hex(file_hash) AS hash FROM photo')
        .get(),
    ).toEqual({ id, stage: 0, attempts: 0, failure_code: null, hash: '01' });
  });

  it('takes another inode alone for no change, and remembers it', async () => {
    await bench.put('a/one.jpg');
    const root = bench.addRoot('a');
    await bench.scan(root);
    bench.db.prepare('UPDATE photo SET inode = inode + 1').run();
    const scan = await bench.scan(root);
    expect(scan.counts).toMatchObject({ unchanged: 1, changed: 0 });
    expect(scan.changes).toBeNull();
    expect((await bench.scan(root)).changes).toBeNull();
  });

  it('reads a photo again that had vanished when it was to be read', async () => {
    await bench.put('a/one.jpg');
    const root = bench.addRoot('a');
    await bench.scan(root);
    bench.db.prepare(`UPDATE photo SET stage = 2, failure_code = 'vanished'`).run();
    const scan = await bench.scan(root);
    expect(scan.work).toBe(true);
    expect(bench.db.prepare('SELECT stage, failure_code FROM photo').get()).toEqual({
      stage: 0,
      failure_code: null,
    });
  });

  it('reads it again also when only its folder is looked at, but not for ever', async () => {
    await bench.put('a/one.jpg');
    const root = bench.addRoot('a');
    await bench.scan(root);
    const folder = [{ path: Buffer.from(''), recursive: false }];
    const stages: unknown[] = [];
    for (let times = 1; times <= 4; times += 1) {
      bench.db
        .prepare(
          `UPDATE photo SET stage = 2, attempts = attempts + 1, failure_code = 'vanished' WHERE stage < 2`,
        )
        .run();
      await bench.scan(root, folder);
      stages.push(bench.db.prepare('SELECT stage FROM photo').pluck().get());
    }
    expect(stages).toEqual([0, 0, 2, 2]);
    expect((await bench.scan(root)).work).toBe(true);
  });

  it('leaves nothing behind when it is abandoned or its root was removed meanwhile', async () => {
    await bench.put('a/one.jpg');
    const root = bench.addRoot('a');
    await bench.scan(root);
    bench.db.prepare('UPDATE root SET removed = 1').run();
    await bench.put('a/two.jpg');
    const scan = await bench.scan(root);
    expect(scan.result).toBe('offline');
    expect(scan.changes).toBeNull();
    for (const table of ['scan', 'scan_folder', 'scan_file', 'scan_diff', 'scan_gone']) {
      expect(bench.db.prepare(`SELECT COUNT(*) FROM ${table}`).pluck().get()).toBe(0);
    }
  });
});

describe('missing photos', () => {
  it('go missing when their file is gone, and come back with it', async () => {
    await bench.put('a/one.jpg');
    await bench.put('a/two.jpg');
    const root = bench.addRoot('a');
    await bench.scan(root);
    const id = bench.idOf('a/one.jpg');
    await rename(join(bench.base, 'a/one.jpg'), join(bench.base, 'kept.jpg'));
    const gone = await bench.scan(root);
    expect(gone.counts).toMatchObject({ found: 1, missing: 1, unchanged: 1 });
    expect(states()).toEqual(['a/one.jpg missing', 'a/two.jpg ok']);
    expect((await bench.scan(root)).changes).toBeNull();
    await rename(join(bench.base, 'kept.jpg'), join(bench.base, 'a/one.jpg'));
    const back = await bench.scan(root);
    expect(back.counts).toMatchObject({ found: 2, missing: 0, unchanged: 2 });
    expect(back.changes?.photoIds).toEqual([id]);
    expect(states()).toEqual(['a/one.jpg ok', 'a/two.jpg ok']);
  });

  it('are told of one by one when a folder loses its only photo', async () => {
    await bench.put('a/one.jpg');
    await bench.put('a/sub/two.jpg');
    const root = bench.addRoot('a');
    await bench.scan(root);
    await rm(join(bench.base, 'a/sub/two.jpg'));
    expect((await bench.scan(root)).counts.missing).toBe(1);
    expect(states()).toEqual(['a/one.jpg ok', 'a/sub/two.jpg missing']);
  });
});

describe('offline', () => {
  it('is a root that is not there, and it returns with everything', async () => {
    await bench.put('a/one.jpg');
    await bench.put('a/sub/two.jpg');
    const root = bench.addRoot('a');
    await bench.scan(root);
    const before = bench.photos();
    await rename(join(bench.base, 'a'), join(bench.base, 'unplugged'));
    const gone = await bench.scan(root);
    expect(gone).toMatchObject({ result: 'offline', wentOffline: true });
    expect(gone.changes?.folders).toBe(true);
    expect(states()).toEqual(['a/one.jpg offline', 'a/sub/two.jpg offline']);
    const still = await bench.scan(root);
    expect(still).toMatchObject({ result: 'offline', wentOffline: false, changes: null });
    await rename(join(bench.base, 'unplugged'), join(bench.base, 'a'));
    const back = await bench.scan(root);
    expect(back).toMatchObject({ result: 'scanned', cameOnline: true });
    expect(back.counts).toMatchObject({ found: 2, unchanged: 2 });
    expect(bench.photos()).toEqual(before);
  });

  it('is an emptied root, by a whole scan and by a hint alike', async () => {
    await bench.put('a/one.jpg');
    const root = bench.addRoot('a');
    await bench.scan(root);
    await rm(join(bench.base, 'a/one.jpg'));
    const hinted = await bench.scan(root, [{ path: Buffer.from(''), recursive: false }]);
    expect(hinted).toMatchObject({ result: 'offline', wentOffline: true });
    expect(states()).toEqual(['a/one.jpg offline']);
    expect((await bench.scan(root)).changes).toBeNull();
    await bench.put('a/one.jpg', 'another');
    expect(await bench.scan(root)).toMatchObject({ cameOnline: true });
    expect(states()).toEqual(['a/one.jpg ok']);
  });

  it('is not a new root without photos', async () => {
    await bench.put('a/notes.txt');
    const root = bench.addRoot('a');
    expect(await bench.scan(root)).toMatchObject({ result: 'scanned', wentOffline: false });
  });

  it('is a folder that lost all its files at once, emptied or removed', async () => {
    for (const name of ['one', 'two', 'three']) {
      await bench.put(`a/emptied/${name}.jpg`);
      await bench.put(`a/removed/deep/${name}.jpg`);
      await bench.put(`a/${name}.jpg`);
    }
    const root = bench.addRoot('a');
    await bench.scan(root);
    for (const name of ['one', 'two', 'three']) {
      await rm(join(bench.base, `a/emptied/${name}.jpg`));
    }
    await rename(join(bench.base, 'a/removed'), join(bench.base, 'kept'));
    const scan = await bench.scan(root);
    expect(scan.counts).toMatchObject({ found: 3, missing: 0 });
    expect(states().filter((state) => state.endsWith('offline'))).toHaveLength(6);
    expect(states().filter((state) => state.endsWith('missing'))).toHaveLength(0);
    expect((await bench.scan(root)).changes).toBeNull();

    await rename(join(bench.base, 'kept'), join(bench.base, 'a/removed'));
    await rm(join(bench.base, 'a/removed/deep/two.jpg'));
    const back = await bench.scan(root);
    expect(back.counts).toMatchObject({ found: 5, missing: 1 });
    expect(states()).toContain('a/removed/deep/one.jpg ok');
    expect(states()).toContain('a/removed/deep/two.jpg missing');
    expect(states()).toContain('a/emptied/one.jpg offline');
  });

  it('takes a whole unplugged tree along, folders with one photo too', async () => {
    await bench.put('a/keep.jpg');
    await bench.put('a/drive/x/one.jpg');
    await bench.put('a/drive/y/two.jpg');
    const root = bench.addRoot('a');
    await bench.scan(root);
    await rm(join(bench.base, 'a/drive'), { recursive: true });
    expect((await bench.scan(root)).counts.missing).toBe(0);
    expect(states()).toEqual([
      'a/drive/x/one.jpg offline',
      'a/drive/y/two.jpg offline',
      'a/keep.jpg ok',
    ]);
  });

  it('is a root on another device with other files; the same files are accepted there', async () => {
    await bench.put('a/one.jpg');
    await bench.put('a/two.jpg');
    const root = bench.addRoot('a');
    await bench.scan(root);
    bench.db.prepare('UPDATE root SET device = 1').run();
    const part = await bench.scan(root, [{ path: Buffer.from(''), recursive: false }]);
    expect(part).toMatchObject({ result: 'rescan', changes: null });
    expect(await bench.scan(root)).toMatchObject({ result: 'scanned', changes: null });

    bench.db.prepare('UPDATE root SET device = 1').run();
    await rename(join(bench.base, 'a'), join(bench.base, 'drive'));
    await bench.put('a/other.jpg');
    expect(await bench.scan(root)).toMatchObject({ result: 'offline', wentOffline: true });
    expect(states()).toEqual(['a/one.jpg offline', 'a/two.jpg offline']);
  });

  it('is no folder that cannot be listed: its photos keep their state', async () => {
    await bench.put('a/one.jpg');
    await bench.put('a/sub/two.jpg');
    const root = bench.addRoot('a');
    await bench.scan(root);
    // A path that is too long to be opened stands for whatever keeps a folder from being read.
    bench.db
      .prepare(`UPDATE folder SET path = ?, path_text = 'long' WHERE path_text = 'sub'`)
      .run(Buffer.alloc(300, 'x'));
    const scan = await bench.scan(root, [{ path: Buffer.alloc(300, 'x'), recursive: false }]);
    expect(scan.outcome.unreadable).toHaveLength(1);
    expect(scan.outcome.unreadable[0]?.code).toBe('ENAMETOOLONG');
    expect(scan.changes).toBeNull();
  });
});

describe('a part of a root', () => {
  it('is looked at alone', async () => {
    await bench.put('a/one.jpg');
    await bench.put('a/sub/two.jpg');
    const root = bench.addRoot('a');
    await bench.scan(root);
    await bench.put('a/sub/three.jpg');
    await rm(join(bench.base, 'a/one.jpg'));
    const scan = await bench.scan(root, [{ path: Buffer.from('sub'), recursive: false }]);
    expect(scan.counts).toMatchObject({ found: 2, added: 1, missing: 0 });
    expect(states()).toEqual(['a/one.jpg ok', 'a/sub/three.jpg ok', 'a/sub/two.jpg ok']);
  });

  it('tells of folders below that are gone, and looks into the named new ones', async () => {
    await bench.put('a/one.jpg');
    await bench.put('a/old/deep/two.jpg');
    await bench.put('a/old/three.jpg');
    const root = bench.addRoot('a');
    await bench.scan(root);
    const before = new Set(bench.photos().map((photo) => photo.id));
    await rename(join(bench.base, 'a/old'), join(bench.base, 'a/new'));
    const scan = await bench.scan(root, [
      { path: Buffer.from(''), recursive: false, names: [Buffer.from('old'), Buffer.from('new')] },
      { path: Buffer.from('new'), recursive: true },
      { path: Buffer.from('old'), recursive: false },
    ]);
    expect(scan.counts).toMatchObject({ found: 3, moved: 2, missing: 0, unchanged: 1 });
    expect(states()).toEqual(['a/new/deep/two.jpg ok', 'a/new/three.jpg ok', 'a/one.jpg ok']);
    expect(new Set(bench.photos().map((photo) => photo.id))).toEqual(before);
  });

  it('finds a folder that moved in two steps, the old place first', async () => {
    await bench.put('a/one.jpg');
    await bench.put('a/old/two.jpg');
    await bench.put('a/old/three.jpg');
    const root = bench.addRoot('a');
    await bench.scan(root);
    const id = bench.idOf('a/old/two.jpg');
    await rename(join(bench.base, 'a/old'), join(bench.base, 'a/new'));
    await bench.scan(root, [{ path: Buffer.from('old'), recursive: false }]);
    expect(states()).toContain('a/old/two.jpg offline');
    await bench.scan(root, [{ path: Buffer.from('new'), recursive: true }]);
    expect(bench.idOf('a/new/two.jpg')).toBe(id);
    expect(bench.photos()).toHaveLength(3);
  });
});

describe('growing files', () => {
  it('are taken when two looks agree', async () => {
    await bench.put('a/old.jpg');
    await writeFile(join(bench.base, 'a/fresh.jpg'), 'just written');
    const root = bench.addRoot('a');
    const scan = await bench.scan(root);
    expect(scan.counts.added).toBe(2);
    expect(scan.outcome.growing).toEqual([]);
  });

  it('are left alone while they change, new ones and known ones', async () => {
    await bench.put('a/known.jpg');
    const root = bench.addRoot('a');
    await bench.scan(root);
    const known = join(bench.base, 'a/known.jpg');
    const fresh = join(bench.base, 'a/fresh.jpg');
    let size = 10;
    const grow = async (): Promise<void> => {
      size += 10;
      await writeFile(known, 'k'.repeat(size));
      await writeFile(fresh, 'f'.repeat(size));
    };
    await grow();
    let growing = true;
    const writing = (async () => {
      while (growing) {
        await grow();
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    })();
    const scan = await bench.scan(root);
    growing = false;
    await writing;
    expect(scan.outcome.growing.map((path) => Buffer.from(path).toString())).toEqual(['']);
    expect(scan.counts).toMatchObject({ found: 1, added: 0, changed: 0, missing: 0, unchanged: 1 });
    expect(states()).toEqual(['a/known.jpg ok']);
    await utimes(known, 1_700_000_000, 1_700_000_000);
    await utimes(fresh, 1_700_000_000, 1_700_000_000);
    expect((await bench.scan(root)).counts).toMatchObject({ added: 1, changed: 1 });
  });
});
