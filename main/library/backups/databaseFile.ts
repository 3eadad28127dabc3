/** Whole database files: copied so that the copy is one moment of the library, and looked through. */
import { closeSync, fsyncSync, openSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { SCHEMA_VERSION } from '../migrate.ts';

/** What a look through a database file found. */
export type Examined =
  | { readonly state: 'good'; readonly version: number; readonly photos: number }
  /** Written by a later Tagroll. */
  | { readonly state: 'newer'; readonly version: number }
  /** `cause`: what SQLite says. */
  | { readonly state: 'damaged'; readonly cause: string }
  /** No database of Tagroll. */
  | { readonly state: 'foreign' }
  /** The disk or its permissions are in the way: nothing is known of the file itself. */
  | { readonly state: 'unreadable'; readonly cause: string };

/** Waits so long for a writer that is just committing. */
const BUSY_TIMEOUT_MS = 10_000;

/**
 * Copies a library's database while others read and write it: the copy holds what was committed when it
 * began, without a write-ahead log beside it. It reads every row, so that damage does not go unseen. On
 * disk when this returns. Throws what SQLite and the file system throw; then there is no copy.
 */
export function copyDatabase(from: string, to: string): void {
  rmSync(to, { force: true });
  try {
    const db = new BetterSqlite3(from, {
      readonly: true,
      fileMustExist: true,
      timeout: BUSY_TIMEOUT_MS,
    });
    try {
      db.prepare('VACUUM INTO ?').run(to);
    } finally {
      db.close();
    }
    syncFile(to);
    syncFile(dirname(to));
  } catch (error) {
    rmSync(to, { force: true });
    throw error;
  }
}

/** Looks through a whole database file, every page and index of it. Never throws because of what is in it. */
export function examineDatabase(path: string): Examined {
  let db: BetterSqlite3.Database | null = null;
  try {
    db = new BetterSqlite3(path, {
      readonly: true,
      fileMustExist: true,
      timeout: BUSY_TIMEOUT_MS,
    });
    const version = db.pragma('user_version', { simple: true }) as number;
    if (version > SCHEMA_VERSION) return { state: 'newer', version };
    const found = db.pragma('quick_check(1)', { simple: true }) as string;
    if (found !== 'ok') return { state: 'damaged', cause: found };
    if (version < 1 || !isLibrary(db)) return { state: 'foreign' };
    const photos = db.prepare('SELECT COUNT(*) FROM photo').pluck().get() as number;
    return { state: 'good', version, photos };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code.startsWith('SQLITE_NOTADB')) return { state: 'foreign' };
    const cause = error instanceof Error ? error.message : String(error);
    return { state: code.startsWith('SQLITE_CORRUPT') ? 'damaged' : 'unreadable', cause };
  } finally {
    db?.close();
  }
}

function isLibrary(db: BetterSqlite3.Database): boolean {
  const tables = db
    .prepare(
      `SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('root', 'photo')`,
    )
    .pluck()
    .get();
  return tables === 2;
}

/** What was written to a file or folder survives a power cut from now on. */
export function syncFile(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } catch (error) {
    // Windows does not sync folders.
    if (process.platform !== 'win32') throw error;
  } finally {
    closeSync(descriptor);
  }
}
