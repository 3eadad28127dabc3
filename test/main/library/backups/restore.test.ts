import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { examineDatabase } from '../../../../main/library/backups/databaseFile.ts';
import { makeBackup, makeBackupAt } from '../../../../main/library/backups/makeBackup.ts';
import { prepareRestore } from '../../../../main/library/backups/restore.ts';
import { suspectLibrary } from '../../../../main/library/backups/suspicion.ts';
import { openWritable } from '../../../../main/library/database.ts';
import { migrate, SCHEMA_VERSION } from '../../../../main/library/migrate.ts';
import { type Library, openLibrary } from '../../../../main/library/open.ts';
import { readSettings } from '../../../../main/library/settings.ts';

const NOW = Date.UTC(2026, 10, 21, 15, 0, 0);

let path: string;
let library: Library | null = null;
let clock = NOW;
const now = (): number => {
  clock += 1000;
  return clock;
};
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'tagroll-restore-'));
  clock = NOW;
});
afterEach(async () => {
  await library?.close();
  library = null;
  rmSync(path, { recursive: true, force: true });
});

async function open(): Promise<Library> {
  library = await openLibrary({ path, now, onChanges: () => undefined });
  return library;
}

async function close(): Promise<void> {
  await library?.close();
  library = null;
}

async function setLens(value: number): Promise<void> {
  await library?.writer.run('setSetting', { key: 'lens', value });
}

const lens = (): number | undefined => library?.db && readSettings(library.db).lens;

/** Enough rows that the file has many pages. */
function fill(file: string, rows: number): void {
  const db = new BetterSqlite3(file);
  db.exec(`INSERT INTO setting (key, value) WITH RECURSIVE n(i) AS
    (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
    SELECT 'test.' || i, json_quote(hex(randomblob(60))) FROM n`);
  db.close();
}

/** Overwrites everything from a place on with bytes that mean nothing. */
function damage(file: string, from: number): void {
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, Buffer.alloc(statSync(file).size - from, 0xa5), 0, undefined, from);
  closeSync(descriptor);
}

const databasePath = (): string => join(path, 'library.db');

async function backedUp(): Promise<string> {
  const { backupFolder } = await open();
  await setLens(61);
  const made = await makeBackup({
    databasePath: databasePath(),
    folder: backupFolder,
    reason: 'hourly',
    now,
  });
  return made.file;
}

describe('a backup', () => {
  it('is one moment of a library that goes on being written', async () => {
    const { backupFolder, writer } = await open();
    fill(databasePath(), 20_000);
    const making = makeBackup({
      databasePath: databasePath(),
      folder: backupFolder,
      reason: 'hourly',
      now,
    });
    for (let value = 0; value <= 100; value += 1) {
      await writer.run('setSetting', { key: 'lens', value });
    }
    const made = await making;
    expect(examineDatabase(made.file)).toEqual({
      state: 'good',
      version: SCHEMA_VERSION,
      photos: 0,
    });
    expect(made.bytes).toBe(statSync(made.file).size);
    expect(readdirSync(backupFolder)).toEqual([made.file.slice(backupFolder.length + 1)]);
  });

  it('of a damaged library is refused, and the ones before stay', async () => {
    const file = await backedUp();
    const { backupFolder } = library as Library;
    fill(databasePath(), 20_000);
    await close();
    damage(databasePath(), 40_000);
    await expect(
      makeBackup({ databasePath: databasePath(), folder: backupFolder, reason: 'hourly', now }),
    ).rejects.toMatchObject({ code: 'library_damaged' });
    expect(readdirSync(backupFolder)).toEqual([file.slice(backupFolder.length + 1)]);
  });

  it('at a place of the person’s choice replaces what is there only when it is good', async () => {
    await open();
    const file = join(path, 'mine.db');
    writeFileSync(file, 'the one before');
    await expect(makeBackupAt(join(path, 'no.db'), file)).rejects.toThrow();
    expect(readFileSync(file, 'utf8')).toBe('the one before');
    const made = await makeBackupAt(databasePath(), file);
    expect(made).toMatchObject({ file, reason: 'manual', photos: 0 });
    expect(examineDatabase(file).state).toBe('good');
  });

  it('is made before a library of an earlier version is changed', async () => {
    const old = openWritable(databasePath());
    migrate(old, 2);
    old.close();
    const { backupFolder } = await open();
    const [name, ...others] = readdirSync(backupFolder);
    expect(others).toEqual([]);
    expect(name).toMatch(/-migration-0\.db$/);
    expect(examineDatabase(join(backupFolder, name ?? ''))).toMatchObject({ version: 2 });
  });

  it('that cannot be made keeps a library of an earlier version as it is', async () => {
    const old = openWritable(databasePath());
    migrate(old, 2);
    old.close();
    // Neither a folder nor a place for one.
    writeFileSync(join(path, 'backups'), '');
    await expect(open()).rejects.toMatchObject({ code: 'library_read_only' });
    expect(examineDatabase(databasePath())).toMatchObject({ state: 'good', version: 2 });
  });
});

describe('a restore', () => {
  it('puts the earlier state back, and can itself be taken back', async () => {
    const file = await backedUp();
    await setLens(90);
    const prepared = await prepareRestore(path, file);
    expect(prepared).toMatchObject({ photos: 0 });
    expect(lens()).toBe(90);
    await close();
    const { recovered } = await open();
    expect(lens()).toBe(61);
    expect(recovered).toMatchObject({ kind: 'restored' });
    const replaced = recovered?.kind === 'restored' ? (recovered.replaced ?? '') : '';
    expect(replaced).toMatch(/-replaced-0\.db$/);
    await prepareRestore(path, replaced);
    await close();
    await open();
    expect(lens()).toBe(90);
  });

  it('keeps what a killed process left in its write-ahead log', async () => {
    const file = await backedUp();
    await setLens(90);
    await prepareRestore(path, file);
    const kept = BESIDE.map((suffix) => [suffix, readFileSync(databasePath() + suffix)] as const);
    await close();
    for (const [suffix, bytes] of kept) writeFileSync(databasePath() + suffix, bytes);
    const { recovered } = await open();
    expect(lens()).toBe(61);
    const replaced = recovered?.kind === 'restored' ? (recovered.replaced ?? '') : '';
    const db = new BetterSqlite3(replaced, { readonly: true });
    expect(db.prepare(`SELECT value FROM setting WHERE key = 'lens'`).pluck().get()).toBe('90');
    db.close();
  });

  it('is taken up again where it was interrupted', async () => {
    const file = await backedUp();
    await prepareRestore(path, file);
    await setLens(90);
    await close();
    // The library was put aside, and then the power went.
    renameSync(databasePath(), join(path, 'backups', '2026-11-21T15-30-00-000Z-replaced-0.db'));
    expect((await open()).recovered).toMatchObject({ kind: 'restored', replaced: null });
    expect(lens()).toBe(61);
  });

  it.each([
    ['is not there', null],
    ['is no database', 'a letter'],
    ['is empty', ''],
  ])('of a file that %s is refused and changes nothing', async (_, content) => {
    await open();
    await setLens(33);
    const file = join(path, 'x.db');
    if (content !== null) writeFileSync(file, content);
    await expect(prepareRestore(path, file)).rejects.toMatchObject({ code: 'backup_unusable' });
    await close();
    expect((await open()).recovered).toBeNull();
    expect(lens()).toBe(33);
  });

  it('of a later Tagroll’s backup is refused', async () => {
    const file = await backedUp();
    const db = new BetterSqlite3(file);
    db.pragma(`user_version = ${SCHEMA_VERSION + 1}`);
    db.close();
    await expect(prepareRestore(path, file)).rejects.toMatchObject({ code: 'library_newer' });
  });
});

describe('a library', () => {
  it('whose file is gone comes back from its newest backup', async () => {
    await backedUp();
    await close();
    rmSync(databasePath());
    expect((await open()).recovered).toMatchObject({ kind: 'recovered', aside: null });
    expect(lens()).toBe(61);
  });

  it('that is no database any more is moved aside, with all that lies beside it', async () => {
    await backedUp();
    await close();
    writeFileSync(databasePath(), 'x'.repeat(5000));
    writeFileSync(`${databasePath()}-wal`, 'y');
    const { recovered } = await open();
    const aside = recovered?.kind === 'recovered' ? (recovered.aside ?? '') : '';
    expect(readdirSync(aside).sort()).toEqual(['library.db', 'library.db-wal']);
    expect(readFileSync(join(aside, 'library.db'), 'utf8')).toBe('x'.repeat(5000));
    expect(lens()).toBe(61);
  });

  it('with damaged pages is looked through once it is suspected', async () => {
    await backedUp();
    fill(databasePath(), 20_000);
    await close();
    damage(databasePath(), statSync(databasePath()).size - 200_000);
    suspectLibrary(path);
    expect((await open()).recovered).toMatchObject({ kind: 'recovered' });
    expect(lens()).toBe(61);
    await close();
    expect((await open()).recovered).toBeNull();
  });

  it('that was suspected without reason stays as it is', async () => {
    await backedUp();
    await setLens(90);
    await close();
    suspectLibrary(path);
    expect((await open()).recovered).toBeNull();
    expect(lens()).toBe(90);
    expect(existsSync(join(path, 'suspect'))).toBe(false);
  });

  it('passes over backups that are damaged themselves', async () => {
    await backedUp();
    fill(databasePath(), 20_000);
    await setLens(77);
    const { backupFolder: folder } = library as Library;
    const newest = await makeBackup({
      databasePath: databasePath(),
      folder,
      reason: 'hourly',
      now,
    });
    damage(newest.file, 100_000);
    await close();
    rmSync(databasePath());
    await open();
    expect(lens()).toBe(61);
  });

  it('without any sound backup is left as it is, with a sentence', async () => {
    await open();
    await close();
    truncateSync(databasePath(), 3000);
    await expect(open()).rejects.toMatchObject({ code: 'library_damaged' });
    expect(statSync(databasePath()).size).toBe(3000);
  });

  it('loses nothing that was written when its write-ahead log is cut off', async () => {
    await backedUp();
    const before = BESIDE.map((suffix) => [suffix, readFileSync(databasePath() + suffix)] as const);
    await setLens(90);
    const log = readFileSync(`${databasePath()}-wal`);
    await close();
    for (const [suffix, bytes] of before) writeFileSync(databasePath() + suffix, bytes);
    // The last commit is half there: it never happened, and all before it did.
    writeFileSync(`${databasePath()}-wal`, log.subarray(0, log.length - 1000));
    expect((await open()).recovered).toBeNull();
    expect(lens()).toBe(61);
  });
});

const BESIDE = ['', '-wal', '-shm'] as const;
