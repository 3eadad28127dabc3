import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { suspectLibrary } from '../../../../main/library/backups/suspicion.ts';
import { ChangeLog } from '../../../../main/library/changes.ts';
import { openWritable } from '../../../../main/library/database.ts';
import { type Library, openLibrary } from '../../../../main/library/open.ts';
import { runOperation } from '../../../../main/library/operations.ts';
import { openPages } from '../../../../main/library/salvage/pageFile.ts';
import { listPending } from '../../../../main/library/salvage/pending.ts';
import {
  type SalvageCounts,
  takeOver,
  takeWaiting,
} from '../../../../main/library/salvage/salvage.ts';
import { rowsOfPage } from '../../../../main/library/salvage/trees.ts';
import { savedSearches } from '../../../../main/library/searches.ts';
import { readSettings } from '../../../../main/library/settings.ts';
import { silentLogger } from '../../../../main/log.ts';
import { NOW } from '../../../helpers/library.ts';
import {
  buildLibrary,
  bytesOf,
  insertNewPhotos,
  type Kept,
  keptIn,
  minus,
  NEW_PHOTOS,
  PHOTOS,
  pagesOf,
  sizeOf,
  spoil,
  spoilPage,
} from './damagedLibrary.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let built: string;
let sound: Kept;
let path: string;
let library: Library | null = null;
beforeAll(() => {
  built = mkdtempSync(join(tmpdir(), 'tagroll-salvage-'));
  buildLibrary(built);
  sound = keptOf(join(built, 'library.db'));
});
afterAll(() => rmSync(built, { recursive: true, force: true }));
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'tagroll-salvaged-'));
  cpSync(built, path, { recursive: true });
});
afterEach(async () => {
  await library?.close();
  library = null;
  rmSync(path, { recursive: true, force: true });
});

const file = (): string => join(path, 'library.db');

function keptOf(databasePath: string): Kept {
  const db = new BetterSqlite3(databasePath, { readonly: true });
  try {
    return keptIn(db);
  } finally {
    db.close();
  }
}

async function open(): Promise<Library> {
  const opened = await openLibrary({ path, now: Date.now, onChanges: () => undefined });
  library = opened;
  return opened;
}

const addedRoots: string[] = [];

function optionsOf({ db, writer }: Library, signal = new AbortController().signal) {
  return {
    libraryPath: path,
    db,
    writer,
    logger: silentLogger,
    now: Date.now,
    addRoot: async (root: Uint8Array) => addedRoots.push(Buffer.from(root).toString()),
    moveRoot: async () => undefined,
    signal,
    onPaidKept: () => undefined,
  };
}

/** Opens the damaged library, takes over what can be read, and answers what is there after the next scan. */
async function recover(): Promise<{ kept: Kept; counts: SalvageCounts }> {
  suspectLibrary(path);
  const opened = await open();
  expect(opened.recovered).toMatchObject({ kind: 'recovered', salvages: true });
  const [pending] = listPending(path);
  if (!pending) throw new Error('Nothing is to be taken over');
  const folder = join(path, pending.pending.aside);
  const files = readdirSync(folder).map((name) => join(folder, name));
  const before = bytesOf(files);
  const { counts, waiting } = await takeOver(pending, optionsOf(opened));
  const found = openWritable(file());
  insertNewPhotos(found, 1);
  found.close();
  const left = await takeWaiting(pending, waiting, waiting, optionsOf(opened));
  expect(left.photos).toEqual([]);
  expect(bytesOf(files)).toEqual(before);
  expect(readdirSync(folder)).toHaveLength(files.length);
  expect(await opened.writer.run('checkDatabase', null)).toEqual([]);
  return { kept: keptIn(opened.db), counts };
}

/** Nothing is there that neither side had, and nothing is gone that the backup has. */
function expectNothingElse(kept: Kept): void {
  const backup = keptOf(join(built, 'backups', readdirSync(join(built, 'backups'))[0] ?? ''));
  for (const part of ['mine', 'favorites', 'replies', 'tags'] as const) {
    const lost = part === 'tags' ? [] : minus(backup[part], kept[part]);
    expect(lost).toEqual([]);
    const known = new Set([...backup[part], ...sound[part]]);
    expect(minus(kept[part], known)).toEqual([]);
  }
}

function expectAll(
  kept: Kept,
  except: Partial<Record<keyof Kept, ReadonlySet<string>>> = {},
): void {
  for (const part of ['mine', 'rejected', 'favorites', 'replies', 'tags', 'uploads'] as const) {
    const missing = minus(sound[part], kept[part]).filter((each) => !except[part]?.has(each));
    expect([part, missing]).toEqual([part, []]);
  }
  expectNothingElse(kept);
}

describe('what is newer than the backup', () => {
  it('is there after a page of the corrections is lost, but for that page', async () => {
    const page = pagesOf(file(), 'rejection').find(({ type }) => type === 'leaf')?.page ?? 0;
    const pages = openPages(file());
    const on = new Set(rowsOfPage(pages, page, 'key')?.map(({ values }) => `p${values[0]}.jpg`));
    pages.close();
    expect(on.size).toBeGreaterThan(5);
    spoilPage(file(), page);
    const { kept, counts } = await recover();
    const lost = new Set([...sound.rejected].filter((each) => on.has(each.split(' ')[0] ?? '')));
    expectAll(kept, { rejected: lost });
    expect(counts.badPages).toBe(1);
    expect(counts.changes).toBeGreaterThan(1000);
  });

  it('is there after a page of the paid replies is lost, but for that page', async () => {
    const pages = pagesOf(file(), 'reply').filter(({ type }) => type === 'leaf');
    const page = pages.at(-2)?.page ?? 0;
    spoilPage(file(), page);
    const { kept, counts } = await recover();
    const lost = minus(sound.replies, kept.replies);
    expect(lost.length).toBeGreaterThan(0);
    expect(lost.length).toBeLessThan(60);
    const pictures = new Set(lost.map((reply) => reply.slice(0, 64)));
    const ofLost = new Set([...sound.tags].filter((tag) => pictures.has(tag.slice(0, 64))));
    expectAll(kept, { replies: new Set(lost), tags: ofLost });
    expect(counts.replies + lost.length).toBe(100);
  });

  const leafOf = (name: string, index: number) => (): number =>
    pagesOf(file(), name)
      .filter(({ type }) => type === 'leaf')
      .at(index)?.page ?? 0;
  const inner = (name: string) => (): number =>
    pagesOf(file(), name).find(({ type }) => type === 'internal')?.page ?? 0;

  it.each([
    ['a page of the tags, which an index has as well', leafOf('photo_tag', 2)],
    ['a page of that index', leafOf('photo_tag_label', 1)],
    ['the root of the tags', inner('photo_tag')],
    ['the root of the replies', inner('reply')],
    ['the root of the photos', inner('photo')],
    ['the first page', () => 1],
    ['a page of the list of tables', leafOf('sqlite_schema', 0)],
    ['another page of the list of tables', leafOf('sqlite_schema', 1)],
    ['a page of pictures', leafOf('picture', 0)],
  ])('is there as a whole after the loss of %s', async (_, page) => {
    expect(page()).toBeGreaterThan(0);
    spoilPage(file(), page());
    const { kept } = await recover();
    expectAll(kept);
    if (!library) throw new Error('It is closed');
    expect(readSettings(library.db).lens).toBe(77);
    expect(savedSearches(library.db)).toMatchObject([{ name: 'After', query: 'tag:after' }]);
  });

  it('is there as a whole after the loss of the header', async () => {
    spoil(file(), 0, 100);
    const { kept, counts } = await recover();
    expectAll(kept);
    expect(counts.replies).toBe(100);
    expect(counts.waiting).toBe(NEW_PHOTOS);
  });

  it('is there as far as a file goes that was cut off', async () => {
    truncateSync(file(), Math.floor(sizeOf(file()) * 0.7));
    const { kept } = await recover();
    expectNothingElse(kept);
    expect(kept.mine.size).toBeGreaterThan(415);
  });

  it('is there up to where a log goes that was cut off', async () => {
    const db = openWritable(file());
    db.pragma('wal_autocheckpoint = 0');
    for (let photoId = 1; photoId <= 10; photoId += 1) {
      runOperation(
        db,
        'applyLabel',
        { action: 'add', tag: 'logged', language: 'en', photoIds: [photoId], now: NOW },
        new ChangeLog(),
      );
    }
    // As a killed process leaves them.
    const killed = ['', '-wal'].map((suffix) => [suffix, readFileSync(file() + suffix)] as const);
    db.close();
    for (const [suffix, bytes] of killed) writeFileSync(file() + suffix, bytes);
    truncateSync(`${file()}-wal`, sizeOf(`${file()}-wal`) - 1000);
    spoilPage(file(), pagesOf(join(built, 'library.db'), 'undo').at(3)?.page ?? 0);
    const { kept } = await recover();
    const logged = [...kept.mine].filter((each) => each.endsWith(' logged'));
    expect(logged).toEqual(Array.from({ length: 9 }, (_, index) => `p${index + 1}.jpg logged`));
    expect(minus(sound.mine, kept.mine)).toEqual([]);
    expect(minus(sound.replies, kept.replies)).toEqual([]);
  });

  it('is not taken from a file that holds nothing, which changes nothing', async () => {
    spoil(file(), 0, sizeOf(file()));
    suspectLibrary(path);
    const opened = await open();
    const before = keptIn(opened.db);
    const [pending] = listPending(path);
    if (!pending) throw new Error('Nothing is to be taken over');
    const { counts } = await takeOver(pending, optionsOf(opened));
    expect(counts).toMatchObject({ changes: 0, replies: 0, waiting: 0 });
    expect(keptIn(opened.db)).toEqual(before);
  });

  it('includes decisions about names, folders that are never uploaded, and the sums of the ledger', async () => {
    spoilPage(file(), pagesOf(file(), 'photo_tag_label').at(-1)?.page ?? 0);
    const { counts } = await recover();
    const { db } = library as Library;
    const one = (sql: string): unknown => db.prepare(sql).pluck().get();
    expect(one(`SELECT COUNT(*) FROM tag_link WHERE decided_by = 'person'`)).toBe(2);
    const tagOf = (name: string): unknown =>
      one(`SELECT tag_id FROM tag_name WHERE name = '${name}'`);
    expect(tagOf('之后')).toBe(tagOf('after'));
    expect(one('SELECT SUM(calls) FROM spending')).toBe(sound.uploads.size);
    expect(one('SELECT COUNT(*) FROM photo_tag WHERE run_id IS NOT NULL')).toBe(0);
    expect(counts.badPages).toBe(0);
    expect(
      one(`SELECT COUNT(*) FROM rejection JOIN tag_name USING (tag_id) WHERE name = 'before'`),
    ).toBe(0);
  });
});

describe('a backup of another line', () => {
  it('does not give what was done to one photo to another with its id', async () => {
    const name = readdirSync(join(path, 'backups'))[0] ?? '';
    const backup = new BetterSqlite3(join(path, 'backups', name));
    // The same photos under other ids: a state was put back meanwhile, and scanned again.
    backup.exec(`UPDATE photo SET name = CAST('x' || id AS BLOB);
      UPDATE photo SET name_text = 'p' || (${PHOTOS + 1} - id) || '.jpg', added_at = added_at + 60000,
        picture_id = ${PHOTOS + 1} - id;
      UPDATE photo SET name = CAST(name_text AS BLOB), name_key = name_text;
      DELETE FROM photo_tag; DELETE FROM rejection; DELETE FROM job`);
    backup.close();
    spoilPage(file(), 1);
    const { kept } = await recover();
    for (const part of ['mine', 'rejected', 'favorites', 'replies'] as const) {
      expect([part, minus(kept[part], sound[part])]).toEqual([part, []]);
      expect([part, minus(sound[part], kept[part])]).toEqual([part, []]);
    }
  });
});

describe('an interruption', () => {
  it('anywhere is taken up by the next start, and doubles nothing', async () => {
    spoilPage(file(), 1);
    suspectLibrary(path);
    for (const after of [1, 3, 5]) {
      const opened = await open();
      const [pending] = listPending(path);
      if (!pending) throw new Error('Nothing is to be taken over');
      const stop = new AbortController();
      let runs = 0;
      const writer: Library['writer'] = {
        ...opened.writer,
        run: (name, input) => {
          runs += 1;
          if (runs > after) stop.abort(new Error('killed'));
          return opened.writer.run(name, input);
        },
      };
      await expect(
        takeOver(pending, { ...optionsOf(opened, stop.signal), writer }),
      ).rejects.toThrow();
      await opened.close();
      library = null;
    }
    const opened = await open();
    const [pending] = listPending(path);
    if (!pending) throw new Error('Nothing is to be taken over');
    await takeOver(pending, optionsOf(opened));
    const kept = keptIn(opened.db);
    expect(minus(sound.replies, kept.replies)).toEqual([]);
    expect(minus(sound.uploads, kept.uploads)).toEqual([]);
    expect(kept.replies.size).toBe(sound.replies.size);
    expect(await opened.writer.run('checkDatabase', null)).toEqual([]);
  });

  it('of the recovery itself finds the damaged file where it was moved', async () => {
    spoilPage(file(), 1);
    suspectLibrary(path);
    await (await open()).close();
    const aside = listPending(path)[0]?.pending.aside ?? '';
    // The damaged file was moved, and then the power went.
    rmSync(file());
    const opened = await open();
    expect(opened.recovered).toMatchObject({ salvages: true, aside: join(path, aside) });
    expect(listPending(path)).toHaveLength(1);
    expect(existsSync(join(path, aside, 'library.db'))).toBe(true);
  });
});
