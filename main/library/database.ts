import { accessSync, constants } from 'node:fs';
import { dirname } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';

/**
 * Brands, so that a function that only reads can never be handed a connection to write with, and one
 * that writes cannot be called from the thread that serves.
 */
export type ReadableDB = BetterSqlite3.Database & { readonly readable: true };
export type WritableDB = ReadableDB & { readonly writable: true };

/** Milliseconds a statement waits for another connection's lock. */
const BUSY_TIMEOUT_MS = 5000;

/** Opens the one connection that writes. WAL, and FULL so that what was acknowledged survives a power cut. */
export function openWritable(path: string): WritableDB {
  // better-sqlite3 answers a missing folder with an error of its own, without a code.
  accessSync(dirname(path), constants.W_OK);
  const db = new BetterSqlite3(path, { timeout: BUSY_TIMEOUT_MS });
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.pragma('temp_store = MEMORY');
  db.pragma('cache_size = -8000');
  return db as WritableDB;
}

/** Opens a connection that cannot write. */
export function openReadable(path: string): ReadableDB {
  const db = new BetterSqlite3(path, {
    readonly: true,
    fileMustExist: true,
    timeout: BUSY_TIMEOUT_MS,
  });
  db.pragma('query_only = ON');
  db.pragma('temp_store = MEMORY');
  db.pragma('cache_size = -8000');
  return db as ReadableDB;
}

/** A migrated library in memory, for tests. */
export function openInMemory(): WritableDB {
  const db = new BetterSqlite3(':memory:');
  db.pragma('foreign_keys = ON');
  return db as WritableDB;
}

const statements = new WeakMap<BetterSqlite3.Database, Map<string, BetterSqlite3.Statement>>();

/** A prepared statement, made once a connection. For constant SQL only. */
export function prepared(db: ReadableDB, sql: string): BetterSqlite3.Statement {
  let known = statements.get(db);
  if (!known) {
    known = new Map();
    statements.set(db, known);
  }
  let statement = known.get(sql);
  if (!statement) {
    statement = db.prepare(sql);
    known.set(sql, statement);
  }
  return statement;
}

/** `?1`, `?2`, … in a statement. */
const NUMBERED = /\?[1-9]/;

/** better-sqlite3 takes a numbered parameter for a named one, which only an object can bind. */
function bindable(sql: string, values: readonly unknown[]): readonly unknown[] {
  if (!NUMBERED.test(sql)) return values;
  return [Object.fromEntries(values.map((value, index) => [index + 1, value]))];
}

/** One row or undefined, typed by the caller. */
export function get<Row>(db: ReadableDB, sql: string, ...values: unknown[]): Row | undefined {
  return prepared(db, sql).get(...bindable(sql, values)) as Row | undefined;
}

/** All rows, typed by the caller. */
export function all<Row>(db: ReadableDB, sql: string, ...values: unknown[]): Row[] {
  return prepared(db, sql).all(...bindable(sql, values)) as Row[];
}

/** Rows changed. */
export function run(db: WritableDB, sql: string, ...values: unknown[]): BetterSqlite3.RunResult {
  return prepared(db, sql).run(...bindable(sql, values));
}
