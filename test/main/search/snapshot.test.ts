import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LibraryChanges } from '../../../main/library/changes.ts';
import { openInMemory, run, type WritableDB } from '../../../main/library/database.ts';
import { readLibraryState, recordChange } from '../../../main/library/libraryState.ts';
import { migrate } from '../../../main/library/migrate.ts';
import { createSearchIndex } from '../../../main/search/index.ts';
import { readSnapshot } from '../../../main/search/snapshot.ts';
import {
  checksumOf,
  PREAMBLE_BYTES,
  SNAPSHOT_VERSION,
} from '../../../main/search/snapshotFormat.ts';
import type { SearchIndex } from '../../../main/search/types.ts';
import { Oracle } from './oracle.ts';
import {
  addOwnTags,
  changePhoto,
  fillLibrary,
  type LibraryIds,
  NOW,
  type Random,
  randomFrom,
  randomQuery,
} from './randomLibrary.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tagroll-snapshot-'));
  path = join(folder, 'search.snapshot');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const NOTHING = { photoIds: [], removedPhotoIds: [], tags: false, folders: false, settings: false };

function library(
  seed: number,
  photos: number,
): { db: WritableDB; ids: LibraryIds; random: Random } {
  const db = openInMemory();
  migrate(db);
  const random = randomFrom(seed);
  return { db, ids: fillLibrary(db, random, photos), random };
}

function open(db: WritableDB): SearchIndex {
  return createSearchIndex({ db, now: () => NOW, snapshot: { path, leastPhotos: 10 } });
}

/** A committed write, told as the writer does. */
function commit(db: WritableDB, index: SearchIndex | null, changes: LibraryChanges): void {
  const state = recordChange(db, changes);
  index?.apply({ ...changes, state });
}

async function keep(db: WritableDB): Promise<SearchIndex> {
  const index = open(db);
  await index.ready;
  await index.close();
  return index;
}

/** A whole file with something else in its line of JSON. */
function withHead(file: Buffer, changes: Record<string, unknown>): Buffer {
  const end = PREAMBLE_BYTES + file.readUInt32LE(8);
  const head = JSON.parse(file.toString('utf8', PREAMBLE_BYTES, end)) as object;
  const line = Buffer.from(JSON.stringify({ ...head, ...changes }));
  const preamble = Buffer.from(file.subarray(0, PREAMBLE_BYTES));
  preamble.writeUInt32LE(line.length, 8);
  preamble.writeUInt32LE(checksumOf(line), 12);
  return Buffer.concat([preamble, line, file.subarray(end)]);
}

async function expectRight(db: WritableDB, index: SearchIndex, random: Random): Promise<void> {
  await index.ready;
  expect(await index.verify()).toEqual([]);
  const oracle = new Oracle(db, NOW);
  for (let count = 0; count < 60; count += 1) {
    const query = randomQuery(random);
    const sort = random.pick(['taken', 'added', 'name', 'confidence'] as const);
    const request = { query, threshold: 40, sort, ascending: random.chance(0.5) };
    expect([...index.result(request).ids], query).toEqual(
      oracle.search(query, 40, sort, request.ascending),
    );
  }
}

describe('the snapshot', () => {
  it('answers as the index that wrote it, at once', async () => {
    const { db, random } = library(11, 300);
    const before = await keep(db);
    expect(readSnapshot(path, db)?.changed).toEqual([]);
    const index = open(db);
    // Without waiting: tags are there already.
    const request = { query: 'tag:dog', threshold: 0, sort: 'taken', ascending: false } as const;
    expect([...index.result(request).ids]).toEqual([...before.result(request).ids]);
    expect(index.facets('', 30)).toEqual(before.facets('', 30));
    await expectRight(db, index, random);
    db.close();
  });

  it('follows what changed since, and what changes afterwards', async () => {
    const { db, ids, random } = library(12, 300);
    await keep(db);
    const changed = ids.photos.slice(0, 40);
    for (const id of changed) {
      changePhoto(db, random, id, 1 + random.int(30));
      addOwnTags(db, random, ids, id);
    }
    const gone = ids.photos.slice(40, 50);
    for (const id of gone) run(db, 'DELETE FROM photo WHERE id = ?', id);
    commit(db, null, { ...NOTHING, photoIds: changed });
    commit(db, null, { ...NOTHING, removedPhotoIds: gone });
    run(db, 'UPDATE root SET offline = 1 - offline');
    commit(db, null, { ...NOTHING, folders: true });
    expect(readSnapshot(path, db)?.changed).toHaveLength(50);
    const index = open(db);
    await expectRight(db, index, random);
    for (const id of ids.photos.slice(60, 120)) changePhoto(db, random, id, 3);
    commit(db, index, { ...NOTHING, photoIds: ids.photos.slice(60, 120) });
    await expectRight(db, index, random);
    db.close();
  });

  it('holds what came late, so that it is right when read again', async () => {
    const { db, ids, random } = library(13, 200);
    const index = open(db);
    await index.ready;
    for (let round = 0; round < 12; round += 1) {
      for (const id of ids.photos.slice(0, 50)) {
        changePhoto(db, random, id, 1 + random.int(30));
        addOwnTags(db, random, ids, id);
      }
      commit(db, index, { ...NOTHING, photoIds: ids.photos.slice(0, 50) });
    }
    await index.close();
    expect(readSnapshot(path, db)?.changed).toEqual([]);
    await expectRight(db, open(db), random);
    db.close();
  });

  it('is left alone when it is of another state of the library', async () => {
    const { db, random } = library(14, 100);
    await keep(db);
    // An old copy of the library was put back, and changed since.
    run(db, 'UPDATE library_state SET token = randomblob(8)');
    expect(readSnapshot(path, db)).toBeNull();
    await expectRight(db, open(db), random);
    const other = library(15, 100);
    expect(readSnapshot(path, other.db)).toBeNull();
    db.close();
    other.db.close();
  });

  it('is left alone after a change that is not remembered', async () => {
    const { db, random } = library(16, 100);
    await keep(db);
    commit(db, null, { ...NOTHING, photoIds: null });
    expect(readSnapshot(path, db)).toBeNull();
    await expectRight(db, open(db), random);
    db.close();
  });

  it('is left alone when a tag of rejected photos became another one', async () => {
    const { db, ids } = library(17, 100);
    await keep(db);
    const [dog = 0, other = 0] = ids.tags;
    run(db, 'INSERT OR IGNORE INTO rejection VALUES (?, ?, 0)', ids.photos[0], dog);
    run(db, 'UPDATE label SET tag_id = ? WHERE tag_id = ?', dog, other);
    commit(db, null, { ...NOTHING, tags: true });
    expect(readSnapshot(path, db)).toBeNull();
    db.close();
  });

  it('is made anew without a word when it is damaged anywhere', { timeout: 60_000 }, async () => {
    const { db, random } = library(18, 60);
    await keep(db);
    const whole = readFileSync(path);
    const places = [0, 5, 9, 13, 20, whole.length - 1];
    for (let count = 0; count < 60; count += 1) places.push(random.int(whole.length));
    for (const place of places) {
      const damaged = Buffer.from(whole);
      damaged[place] = (damaged[place] ?? 0) ^ (1 << random.int(8));
      writeFileSync(path, damaged);
      expect(readSnapshot(path, db), `byte ${place}`).toBeNull();
    }
    const sizes = [0, 3, 15, 16, 100, whole.length - 1];
    for (let count = 0; count < 30; count += 1) sizes.push(random.int(whole.length));
    for (const size of sizes) {
      writeFileSync(path, whole);
      truncateSync(path, size);
      expect(readSnapshot(path, db), `${size} bytes`).toBeNull();
    }
    writeFileSync(path, Buffer.concat([whole, Buffer.from('x')]));
    expect(readSnapshot(path, db)).toBeNull();
    const index = open(db);
    await expectRight(db, index, random);
    await index.close();
    expect(readSnapshot(path, db)).not.toBeNull();
    db.close();
  });

  it('is left alone when another Tagroll wrote it', async () => {
    const { db, random } = library(23, 60);
    await keep(db);
    const whole = readFileSync(path);
    const others: Record<string, unknown>[] = [
      { version: SNAPSHOT_VERSION + 1 },
      { version: SNAPSHOT_VERSION - 1 },
      { version: null },
      { columns: [] },
      { blocks: [] },
      { labels: [[1, 1e9, 1, 0, 0, 0]] },
      { slots: 1e9 },
      { slots: -1 },
      { groups: null },
    ];
    for (const other of others) {
      writeFileSync(path, withHead(whole, other));
      expect(readSnapshot(path, db), JSON.stringify(other)).toBeNull();
    }
    writeFileSync(path, withHead(whole, {}));
    expect(readSnapshot(path, db)).not.toBeNull();
    writeFileSync(path, withHead(whole, { version: SNAPSHOT_VERSION + 1 }));
    await expectRight(db, open(db), random);
    db.close();
  });

  it('is a folder, or cannot be written: the index works all the same', async () => {
    const { db, random } = library(19, 50);
    const problems: unknown[] = [];
    const index = createSearchIndex({
      db,
      now: () => NOW,
      snapshot: {
        path: join(folder, 'not', 'there'),
        leastPhotos: 10,
        onProblem: (error) => problems.push(error),
      },
    });
    await index.ready;
    await index.close();
    expect(problems).toHaveLength(1);
    await expectRight(db, index, random);
    expect(readSnapshot(folder, db)).toBeNull();
    db.close();
  });

  it('is not written for a small library, nor for a few changes', async () => {
    const { db, ids, random } = library(20, 100);
    const small = createSearchIndex({ db, now: () => NOW, snapshot: { path } });
    await small.ready;
    await small.close();
    expect(existsSync(path)).toBe(false);
    await keep(db);
    const { mtimeMs } = statSync(path);
    const index = open(db);
    await index.ready;
    changePhoto(db, random, ids.photos[0] ?? 0, 1);
    commit(db, index, { ...NOTHING, photoIds: [ids.photos[0] ?? 0] });
    await index.close();
    expect(statSync(path).mtimeMs).toBe(mtimeMs);
    await expectRight(db, open(db), random);
    db.close();
  });

  it('is written by itself once nothing changes any more', async () => {
    const { db } = library(21, 50);
    const options = { path, leastPhotos: 10, quietMs: 10 };
    const index = createSearchIndex({ db, now: () => NOW, snapshot: options });
    await index.ready;
    await expect.poll(() => readSnapshot(path, db) !== null).toBe(true);
    expect(readLibraryState(db).number).toBe(0);
    await index.close();
    db.close();
  });

  it('is thrown away when `check` finds that the index is wrong', async () => {
    const { db, ids, random } = library(22, 100);
    await keep(db);
    // A write that told nobody.
    changePhoto(db, random, ids.photos[3] ?? 0, 1);
    const index = open(db);
    await index.ready;
    expect((await index.verify()).join()).toContain(`Photo ${ids.photos[3]}`);
    expect(existsSync(path)).toBe(false);
    db.close();
  });
});
