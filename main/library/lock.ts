/**
 * One process at a time holds a library. The lock is SQLite's own lock on the file `lock`, which the
 * system releases however the process ends; `holder.json` beside it only tells others who it is.
 * The lock file must never be opened by other means in the same process: closing it would drop the lock.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { TagrollError } from '../../shared/errors.ts';

/** Who holds a library, and how to reach it. */
export type Holder = {
  readonly pid: number;
  /** Milliseconds since 1970 UTC. */
  readonly since: number;
  /** Unix socket or named pipe where its engine answers; null while it starts. */
  readonly socketPath: string | null;
  /** What a caller must present there. */
  readonly token: string;
};

export type LibraryLock = {
  readonly token: string;
  /** The one before ended without releasing it: it was killed, or the power went. */
  readonly wasAbandoned: boolean;
  /** Tells others where this engine answers. */
  publish(socketPath: string): void;
  release(): void;
};

function holderPath(libraryPath: string): string {
  return join(libraryPath, 'holder.json');
}

/** What the holder said of itself; null when nobody did. Whether it still lives, only `acquireLibrary` knows. */
export function readHolder(libraryPath: string): Holder | null {
  try {
    return JSON.parse(readFileSync(holderPath(libraryPath), 'utf8')) as Holder;
  } catch {
    return null;
  }
}

/** Takes the library, or throws `library_locked` with who holds it and since when. */
export function acquireLibrary(libraryPath: string, now: () => number): LibraryLock {
  const path = join(libraryPath, 'lock');
  let db: BetterSqlite3.Database;
  try {
    db = new BetterSqlite3(path, { timeout: 0 });
  } catch (error) {
    throw readOnly(libraryPath, error);
  }
  try {
    db.pragma('journal_mode = MEMORY');
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!code.startsWith('SQLITE_BUSY')) throw readOnly(libraryPath, error);
    const holder = readHolder(libraryPath);
    const since = holder ? new Date(holder.since).toISOString() : null;
    throw new TagrollError(
      'library_locked',
      `Another Tagroll ${holder ? `(process ${holder.pid}, since ${since}) ` : ''}holds the library ${libraryPath}. Close it, or choose another library with --library.`,
      { path: libraryPath, pid: holder?.pid ?? null, since },
    );
  }
  const wasAbandoned = existsSync(holderPath(libraryPath));
  const holder: Holder = {
    pid: process.pid,
    since: now(),
    socketPath: null,
    token: randomBytes(32).toString('base64url'),
  };
  const publish = (socketPath: string | null): void =>
    writeFileSync(holderPath(libraryPath), JSON.stringify({ ...holder, socketPath }), {
      mode: 0o600,
    });
  publish(null);
  return {
    token: holder.token,
    wasAbandoned,
    publish,
    release() {
      rmSync(holderPath(libraryPath), { force: true });
      db.close();
    },
  };
}

function readOnly(libraryPath: string, cause: unknown): TagrollError {
  return new TagrollError(
    'library_read_only',
    `The library folder ${libraryPath} cannot be written. Check its permissions, or choose another with --library.`,
    { path: libraryPath },
    cause,
  );
}
