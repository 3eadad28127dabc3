import { mkdtempSync, rmSync } from 'node:fs';
import { appendFile, link, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFolderManager, type FolderManager } from '../../../main/folders/manager.ts';
import type { LibraryChanges } from '../../../main/library/changes.ts';
import { openReadable, type ReadableDB } from '../../../main/library/database.ts';
import { openWriter, type Writer } from '../../../main/library/writer.ts';
import { silentLogger } from '../../../main/log.ts';
import type { Notice } from '../../../shared/events.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings.ts';
import { putFile } from '../../helpers/folderBench.ts';

let base: string;
let writer: Writer;
let db: ReadableDB;
let manager: FolderManager;
let notices: Notice[];
let changes: LibraryChanges[];

beforeEach(async () => {
  base = mkdtempSync(join(tmpdir(), 'tagroll-manager-'));
  notices = [];
  changes = [];
  await mkdir(join(base, 'library'));
  const databasePath = join(base, 'library', 'library.db');
  writer = await openWriter({ databasePath, onChanges: (change) => changes.push(change) });
  db = openReadable(databasePath);
});

afterEach(async () => {
  await manager.close();
  db.close();
  await writer.close();
  rmSync(base, { recursive: true, force: true });
});

function createManager(live: boolean): FolderManager {
  manager = createFolderManager({
    db,
    writer,
    logger: silentLogger,
    now: Date.now,
    libraryPath: join(base, 'library'),
    settings: () => DEFAULT_SETTINGS,
    live,
    onNotice: (notice) => notices.push(notice),
    onState: () => undefined,
    onPhotosFound: () => undefined,
  });
  return manager;
}

const at = (path: string): string => join(base, path);

/** Paths of photos, `?` behind missing and offline ones. */
function photos(): string[] {
  type Row = { root: string; folder: string; name: string; away: number };
  const rows = db
    .prepare(
      `SELECT root.path_text AS root, folder.path_text AS folder, photo.name_text AS name,
              root.offline OR folder.offline OR photo.missing_since IS NOT NULL AS away
         FROM photo JOIN folder ON folder.id = photo.folder_id JOIN root ON root.id = folder.root_id
        WHERE NOT root.removed`,
    )
    .all() as Row[];
  return rows
    .map(
      (row) =>
        `${join(row.root, row.folder, row.name).slice(base.length + 1)}${row.away ? '?' : ''}`,
    )
    .sort();
}

function idOf(path: string): number | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return db.prepare('SELECT id FROM photo WHERE name_text = ?').pluck().get(name) as
    | number
    | undefined;
}

async function until(check: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + 15_000;
  while (!check()) {
    if (performance.now() > deadline) throw new Error(`${what}: ${JSON.stringify(photos())}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const untilPhotos = (expected: string[]): Promise<void> =>
  until(() => JSON.stringify(photos()) === JSON.stringify(expected), `wanted ${expected}`);

describe('roots', () => {
  it('are added, listed and scanned on demand', async () => {
    await putFile(at('a/one.jpg'));
    await putFile(at('a/notes.txt'));
    const [root] = await createManager(false).add([at('a')]);
    expect(root).toMatchObject({ path: at('a'), state: 'online', photos: 0, watch: 'off' });
    expect(photos()).toEqual([]);
    expect(await manager.rescan(null)).toEqual({
      found: 1,
      added: 1,
      changed: 0,
      moved: 0,
      missing: 0,
      unchanged: 0,
      skipped: 1,
      unreadable: [],
      offline: [],
    });
    expect(manager.roots()).toEqual([
      expect.objectContaining({ photos: 1, state: 'online', lastScanAtMs: expect.any(Number) }),
    ]);
    changes.length = 0;
    expect(await manager.rescan([root?.id ?? 0])).toMatchObject({ unchanged: 1, added: 0 });
    expect(changes).toEqual([]);
  });

  it('are refused with the reason', async () => {
    await mkdir(at('a/inner'), { recursive: true });
    await mkdir(at('c'));
    await writeFile(at('file'), '');
    await symlink(at('a'), at('link'));
    createManager(false);
    await manager.add([at('a')]);
    for (const [path, code] of [
      ['gone', 'folder_missing'],
      ['file', 'folder_not_a_directory'],
      ['a/inner', 'folder_nested'],
      ['library', 'folder_is_library'],
      ['', 'folder_nested'],
    ]) {
      await expect(manager.add([at(path ?? '')])).rejects.toMatchObject({ code });
    }
    await expect(manager.add([at('c'), at('link/inner')])).rejects.toMatchObject({
      code: 'folder_nested',
    });
    expect(manager.roots().map((root) => root.path)).toEqual([at('a')]);
    const known = await manager.add([at('a/'), at('link')]);
    expect(new Set(known.map((root) => root.id)).size).toBe(1);
  });

  it('around the library never show its pictures', async () => {
    await putFile(at('library/thumbnails/ab/x.jpg'));
    await putFile(at('one.jpg'));
    await createManager(false).add([base]);
    await manager.rescan(null);
    expect(photos()).toEqual(['one.jpg']);
  });

  it('come back with everything after they were removed', async () => {
    await putFile(at('a/one.jpg'));
    const [root] = await createManager(false).add([at('a')]);
    await manager.rescan(null);
    const id = idOf('one.jpg');
    expect(await manager.remove(root?.id ?? 0, false)).toEqual({ photos: 1 });
    expect(manager.roots()).toEqual([]);
    await expect(manager.remove(root?.id ?? 0, false)).rejects.toMatchObject({ code: 'not_found' });
    await manager.add([at('a')]);
    expect(await manager.rescan(null)).toMatchObject({ found: 1, unchanged: 1 });
    expect(idOf('one.jpg')).toBe(id);
    const [again] = manager.roots();
    expect(await manager.remove(again?.id ?? 0, true)).toEqual({ photos: 1 });
    expect(
      db
        .prepare('SELECT (SELECT COUNT(*) FROM photo) + (SELECT COUNT(*) FROM folder)')
        .pluck()
        .get(),
    ).toBe(0);
  });

  it('are not scanned while they are paused', async () => {
    await putFile(at('a/one.jpg'));
    const [root] = await createManager(false).add([at('a')]);
    await manager.setPaused(root?.id ?? 0, true);
    expect(manager.roots()[0]?.state).toBe('paused');
    expect(await manager.rescan(null)).toMatchObject({ found: 0 });
    await manager.setPaused(root?.id ?? 0, false);
    expect(await manager.rescan(null)).toMatchObject({ found: 1 });
  });

  it('are given another path when it holds the same photos', async () => {
    for (let index = 0; index < 30; index++) await putFile(at(`a/d${index % 3}/${index}.jpg`));
    await mkdir(at('other'));
    const [root] = await createManager(false).add([at('a')]);
    const rootId = root?.id ?? 0;
    await manager.rescan(null);
    const ids = db.prepare('SELECT id FROM photo ORDER BY id').pluck().all();
    await rename(at('a'), at('b'));
    expect(await manager.rescan(null)).toMatchObject({ found: 0, offline: [at('a')] });
    await expect(manager.relocate(rootId, at('other'))).rejects.toMatchObject({
      code: 'relocate_mismatch',
    });
    expect(manager.roots()[0]?.state).toBe('offline');
    expect(await manager.relocate(rootId, at('b'))).toMatchObject({
      id: rootId,
      path: at('b'),
      state: 'online',
    });
    expect(await manager.rescan(null)).toMatchObject({ found: 30, unchanged: 30 });
    expect(db.prepare('SELECT id FROM photo ORDER BY id').pluck().all()).toEqual(ids);
  });

  it('count a photo that moved between them once, whichever is scanned last', async () => {
    await putFile(at('a/one.jpg'));
    await putFile(at('a/two.jpg'));
    await putFile(at('b/three.jpg'));
    await createManager(false).add([at('a'), at('b')]);
    await manager.rescan(null);
    const id = idOf('one.jpg');
    await rename(at('a/one.jpg'), at('b/one.jpg'));
    expect(await manager.rescan(null)).toMatchObject({
      found: 3,
      added: 0,
      moved: 1,
      missing: 0,
      unchanged: 2,
    });
    expect(idOf('one.jpg')).toBe(id);
    expect(photos()).toEqual(['a/two.jpg', 'b/one.jpg', 'b/three.jpg']);
    await rename(at('a/two.jpg'), at('b/two.jpg'));
    expect(await manager.rescan(null)).toMatchObject({ found: 3, moved: 1, offline: [] });
    expect(manager.roots().map((root) => root.state)).toEqual(['online', 'online']);
  });
});

describe('a watched root', () => {
  beforeEach(async () => {
    await putFile(at('a/one.jpg'));
    await putFile(at('a/sub/two.jpg'));
    await createManager(true).add([at('a')]);
    await untilPhotos(['a/one.jpg', 'a/sub/two.jpg']);
    await until(() => manager.roots()[0]?.watch === 'watching', 'watching');
    await until(() => !manager.scanning, 'idle');
  });

  it('shows what is created, changed, moved and deleted', async () => {
    await writeFile(at('a/new.jpg'), 'fresh');
    await untilPhotos(['a/new.jpg', 'a/one.jpg', 'a/sub/two.jpg']);
    const id = idOf('new.jpg');
    await appendFile(at('a/new.jpg'), ' and more');
    await until(
      () => db.prepare('SELECT size_bytes FROM photo WHERE id = ?').pluck().get(id) === 14,
      'changed',
    );
    await rename(at('a/new.jpg'), at('a/sub/renamed.jpg'));
    await untilPhotos(['a/one.jpg', 'a/sub/renamed.jpg', 'a/sub/two.jpg']);
    expect(idOf('renamed.jpg')).toBe(id);
    await rm(at('a/sub/renamed.jpg'));
    await untilPhotos(['a/one.jpg', 'a/sub/renamed.jpg?', 'a/sub/two.jpg']);
  });

  it('sees into new nested folders, and into what is put there later', async () => {
    await mkdir(at('a/x/y/z'), { recursive: true });
    await writeFile(at('a/x/y/z/deep.jpg'), 'deep');
    const known = ['a/one.jpg', 'a/sub/two.jpg'];
    await untilPhotos([...known, 'a/x/y/z/deep.jpg']);
    await writeFile(at('a/x/y/later.jpg'), 'later');
    await untilPhotos([...known, 'a/x/y/later.jpg', 'a/x/y/z/deep.jpg']);
  });

  it('follows a renamed folder, and what happens in it afterwards', async () => {
    const id = idOf('two.jpg');
    await rename(at('a/sub'), at('a/renamed'));
    await untilPhotos(['a/one.jpg', 'a/renamed/two.jpg']);
    expect(idOf('two.jpg')).toBe(id);
    await writeFile(at('a/renamed/three.jpg'), 'three');
    await untilPhotos(['a/one.jpg', 'a/renamed/three.jpg', 'a/renamed/two.jpg']);
    await mkdir(at('a/sub'));
    await writeFile(at('a/sub/four.jpg'), 'four');
    await untilPhotos(['a/one.jpg', 'a/renamed/three.jpg', 'a/renamed/two.jpg', 'a/sub/four.jpg']);
  });

  it('hears of folders whose names are no UTF-8', async () => {
    const folder = Buffer.concat([Buffer.from(at('a/')), Buffer.from([0xe9, 0xff])]);
    await mkdir(folder);
    await writeFile(Buffer.concat([folder, Buffer.from('/in.jpg')]), 'in');
    await until(() => photos().length === 3, 'first');
    await writeFile(Buffer.concat([folder, Buffer.from('/later.jpg')]), 'later');
    await until(() => photos().length === 4, 'later');
    expect(photos().filter((path) => path.includes('\ufffd\ufffd/'))).toHaveLength(2);
  });

  it('waits for a file until it stops growing', async () => {
    let size = 0;
    const growing = (async () => {
      for (let index = 0; index < 50; index++) {
        await appendFile(at('a/slow.jpg'), 'x'.repeat(1000));
        size += 1000;
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    })();
    let sawSmaller = false;
    await until(() => {
      const seen = db
        .prepare(`SELECT size_bytes FROM photo WHERE name_text = 'slow.jpg'`)
        .pluck()
        .get() as number | undefined;
      if (seen !== undefined && seen < 50_000) sawSmaller = true;
      return seen === 50_000;
    }, 'slow file');
    await growing;
    expect(size).toBe(50_000);
    expect(sawSmaller).toBe(false);
  });

  it('goes offline when it is taken away, and says so once', async () => {
    await rename(at('a'), at('unplugged'));
    await until(() => manager.roots()[0]?.state === 'offline', 'offline');
    expect(photos()).toEqual(['a/one.jpg?', 'a/sub/two.jpg?']);
    // The database tells before the watcher of the scan that found out is closed.
    await until(() => manager.roots()[0]?.watch === 'off', 'watch off');
    await rename(at('unplugged'), at('a'));
    await manager.rescan(null);
    await untilPhotos(['a/one.jpg', 'a/sub/two.jpg']);
    await until(() => manager.roots()[0]?.watch === 'watching', 'watching again');
    await writeFile(at('a/new.jpg'), 'fresh');
    await untilPhotos(['a/new.jpg', 'a/one.jpg', 'a/sub/two.jpg']);
    expect(notices.map((notice) => notice.code)).toEqual(['root_offline', 'root_online']);
  });

  it('is looked at where a photo vanished while it was to be read', async () => {
    const id = idOf('two.jpg');
    manager.photoVanished(id ?? 0);
    expect(manager.settling([manager.roots()[0]?.id ?? 0])).toBe(true);
    await until(() => !manager.scanning, 'idle');
    expect(photos()).toEqual(['a/one.jpg', 'a/sub/two.jpg']);
  });

  it('keeps up with hundreds of files that arrive at once', async () => {
    await mkdir(at('a/many'));
    await Promise.all(
      Array.from({ length: 400 }, (_, index) => writeFile(at(`a/many/${index}.jpg`), `${index}`)),
    );
    await until(() => photos().length === 402, 'many');
    await link(at('a/many/0.jpg'), at('a/many/again.jpg'));
    await until(() => photos().length === 403, 'link');
  });
});
