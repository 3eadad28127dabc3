import {
  cpSync,
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
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openWritable } from '../../../../main/library/database.ts';
import { openPages } from '../../../../main/library/salvage/pageFile.ts';
import { readNewer } from '../../../../main/library/salvage/readNewer.ts';
import { openTables, type Row } from '../../../../main/library/salvage/tables.ts';
import { buildLibrary, PHOTOS, sizeOf } from './damagedLibrary.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let path: string;
beforeAll(() => {
  path = mkdtempSync(join(tmpdir(), 'tagroll-pages-'));
  buildLibrary(path);
});
afterAll(() => rmSync(path, { recursive: true, force: true }));

const file = (): string => join(path, 'library.db');

const TABLES = [
  'root',
  'folder',
  'picture',
  'photo',
  'tag',
  'tag_name',
  'tag_link',
  'label',
  'run',
  'photo_tag',
  'picture_tag',
  'rejection',
  'reply',
  'upload',
  'setting',
  'saved_search',
  'undo',
  'job',
] as const;

describe('reading pages', () => {
  it.each(TABLES)('finds every row of %s as SQLite does, and no other', (table) => {
    const db = new BetterSqlite3(file(), { readonly: true });
    const pages = openPages(file());
    try {
      const text = (row: object): string =>
        JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
      const rows: Row[] = [];
      const tables = openTables(pages);
      tables.read(table, { isSound: () => true, row: (row) => rows.push(row) });
      const expected = db.prepare(`SELECT * FROM ${table}`).all() as object[];
      expect(rows.map(text).sort()).toEqual(expected.map(text).sort());
      expect(expected.length).toBeGreaterThan(0);
      expect(tables.badPages.size).toBe(0);
    } finally {
      pages.close();
      db.close();
    }
  });

  it('finds what is only in the log, up to its last whole commit', () => {
    const db = openWritable(file());
    db.pragma('wal_autocheckpoint = 0');
    const add = db.prepare(`INSERT INTO undo (at, body) VALUES (?, 'in the log')`);
    for (let at = 1; at <= 20; at += 1) add.run(at);
    const copy = join(path, 'copy.db');
    for (const suffix of ['', '-wal']) cpSync(file() + suffix, copy + suffix);
    db.prepare(`DELETE FROM undo WHERE body = 'in the log'`).run();
    db.close();
    const logged = (): number[] => {
      const pages = openPages(copy);
      const found: number[] = [];
      openTables(pages).read('undo', {
        isSound: () => true,
        row: ({ at, body }) => body === 'in the log' && found.push(Number(at)),
      });
      pages.close();
      return found;
    };
    expect(logged()).toHaveLength(20);
    // The last frame is cut off: its commit never happened.
    truncateSync(`${copy}-wal`, sizeOf(`${copy}-wal`) - 100);
    expect(logged()).toEqual(Array.from({ length: 19 }, (_, index) => index + 1));
    truncateSync(`${copy}-wal`, 10);
    expect(logged()).toEqual([]);
  });
});

describe('any damage', () => {
  it('is read without a failure, and never tells what nobody did', () => {
    const name = readdirSync(join(path, 'backups'))[0] ?? '';
    const basePath = join(path, 'backups', name);
    const base = new BetterSqlite3(basePath, { readonly: true });
    const rows = base.prepare('SELECT name, seq FROM sqlite_sequence').raw().all();
    const newest = Object.fromEntries(rows as [string, number][]);
    base.close();
    const original = readFileSync(file());
    const spoiled = join(path, 'spoiled.db');
    const words = new Set(['before', 'after', '之后', 'taken away', 'beach', 'sea', 'dog']);
    const random = randomOf(7);
    for (let round = 0; round < 60; round += 1) {
      const damaged = Buffer.from(original);
      // Sectors of a disk: what is written half, or lies in the wrong place.
      for (let sectors = random(6); sectors >= 0; sectors -= 1) {
        const at = random(damaged.length / 512) * 512;
        const from = random(damaged.length / 512) * 512;
        if (random(2) === 0) original.copy(damaged, at, from, from + 512);
        else for (let byte = at; byte < at + 512; byte += 1) damaged[byte] = random(256);
      }
      writeFileSync(spoiled, damaged);
      for (const part of readNewer({ damagedPath: spoiled, basePath, newest })) {
        if (part.kind !== 'photos') continue;
        for (const { photoId, mine, rejected } of part.photos) {
          expect(photoId ?? 0).toBeLessThanOrEqual(PHOTOS);
          const unknown = [...mine, ...rejected].filter(({ raw }) => !words.has(raw));
          expect([round, unknown]).toEqual([round, []]);
        }
      }
    }
  });
});

/** Whole numbers below a bound, the same for the same seed. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
