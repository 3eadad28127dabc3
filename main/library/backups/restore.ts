/**
 * Putting an earlier state of the library back. It is prepared while the library is in use, and takes its
 * place at the next opening, before anything is connected:
 *
 *   backup ──copy, look through──► restore.pending.db ──rename──► library.db
 *                                   library.db ──rename──► backups/…-replaced-….db
 *
 * Each step is a rename, and a pending file is only removed by taking its place, so an interruption
 * anywhere is taken up by the next opening. Nothing is ever deleted.
 */
import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import type { Backup } from '../../../shared/backups.ts';
import { TagrollError } from '../../../shared/errors.ts';
import { keepPending, listPending, pendingFile } from '../salvage/pending.ts';
import { backupName, listBackups } from './backupFiles.ts';
import { copyDatabase, examineDatabase, syncFile } from './databaseFile.ts';
import { copyAndExamine } from './inBackground.ts';

const DATABASE = 'library.db';
const PENDING = 'restore.pending.db';
const DAMAGED = 'damaged';
const BESIDE = ['', '-wal', '-shm', '-journal'] as const;

/** What an opening did with the library before it was connected. */
export type Recovered =
  /** An earlier state was put in its place, as asked; `replaced` is the state before it. */
  | { readonly kind: 'restored'; readonly photos: number; readonly replaced: string | null }
  /** It was damaged or gone; the newest good backup stands in its place. */
  | {
      readonly kind: 'recovered';
      readonly backup: Backup;
      /** Where the damaged files lie now; null when there were none. */
      readonly aside: string | null;
      /** What is newer in them than in the backup is still to be taken over, which tells of the recovery. */
      readonly salvages: boolean;
    };

/**
 * Prepares the state of `file` for the next opening, in a thread of its own. Rejects with
 * `backup_unusable` when it is no sound library, and `library_newer`.
 */
export async function prepareRestore(
  libraryPath: string,
  file: string,
): Promise<{ photos: number; bytes: number }> {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw unusable(file, 'it is not there');
  const draft = join(libraryPath, `${PENDING}.draft`);
  const examined = await copyAndExamine(file, draft).catch((error: unknown) => {
    if (error instanceof TagrollError && error.code !== 'library_damaged') throw error;
    throw unusable(file, error instanceof Error ? error.message : String(error));
  });
  if (examined.state === 'newer') throw newer(file, examined.version);
  if (examined.state === 'foreign') throw unusable(file, 'it is no library of Tagroll');
  if (examined.state !== 'good') throw unusable(file, examined.cause);
  const { size: bytes } = statSync(draft);
  renameSync(draft, join(libraryPath, PENDING));
  syncFile(libraryPath);
  return { photos: examined.photos, bytes };
}

/** Puts a prepared state in its place. Only by who holds the library and is not connected to it. */
export function applyRestore(libraryPath: string, now: () => number): Recovered | null {
  const pending = join(libraryPath, PENDING);
  if (!existsSync(pending)) return null;
  const replaced = putAside(libraryPath, now);
  renameSync(pending, join(libraryPath, DATABASE));
  syncFile(libraryPath);
  const examined = examineDatabase(join(libraryPath, DATABASE));
  return { kind: 'restored', photos: examined.state === 'good' ? examined.photos : 0, replaced };
}

/**
 * Moves a damaged database aside and puts the newest backup that is sound in its place. Null when there is
 * no such backup: then everything stays as it is.
 */
export function recoverFromBackup(libraryPath: string, now: () => number): Recovered | null {
  for (const backup of listBackups(join(libraryPath, 'backups'))) {
    const draft = join(libraryPath, `${PENDING}.draft`);
    try {
      copyDatabase(backup.file, draft);
    } catch {
      // A damaged backup: an older one may be sound.
      continue;
    }
    if (examineDatabase(draft).state !== 'good') continue;
    const name = interruptedName(libraryPath) ?? folderName(now);
    const isThere = existsSync(join(libraryPath, DAMAGED, name)) || besides(libraryPath).length > 0;
    const salvages = isThere && noteSalvage(libraryPath, name, backup, draft);
    const moved = moveDamaged(libraryPath, name);
    renameSync(draft, join(libraryPath, DATABASE));
    syncFile(libraryPath);
    const aside = moved ?? (isThere ? join(libraryPath, DAMAGED, name) : null);
    return { kind: 'recovered', backup, aside, salvages };
  }
  return null;
}

/** The name of a recovery that was interrupted after the damaged database was moved. */
function interruptedName(libraryPath: string): string | null {
  if (existsSync(join(libraryPath, DATABASE))) return null;
  const last = listPending(libraryPath).at(-1);
  if (!last || last.pending.attempts > 0 || last.pending.waiting !== null) return null;
  return existsSync(join(libraryPath, last.pending.aside, DATABASE))
    ? basename(last.pending.aside)
    : null;
}

/** Notes what the backup holds. False when that cannot be done: the backup takes its place all the same. */
function noteSalvage(libraryPath: string, name: string, backup: Backup, draft: string): boolean {
  try {
    keepPending(pendingFile(libraryPath, name), {
      aside: join(DAMAGED, name),
      backup: {
        file: relative(libraryPath, backup.file),
        madeAtMs: backup.madeAtMs,
        photos: backup.photos,
      },
      newest: newestIds(draft),
      attempts: 0,
      waiting: null,
    });
    return true;
  } catch {
    return false;
  }
}

function newestIds(file: string): Record<string, number> {
  const db = new BetterSqlite3(file, { readonly: true, fileMustExist: true });
  try {
    type Row = { name: string; seq: number };
    const rows = db.prepare('SELECT name, seq FROM sqlite_sequence').all() as Row[];
    return Object.fromEntries(rows.map(({ name, seq }) => [name, seq]));
  } finally {
    db.close();
  }
}

/** A sound database becomes a backup, so that the restore can be taken back; another is kept as it is. */
function putAside(libraryPath: string, now: () => number): string | null {
  const path = join(libraryPath, DATABASE);
  if (!existsSync(path)) return null;
  if (!foldLog(path)) return moveDamaged(libraryPath, folderName(now));
  const examined = examineDatabase(path);
  if (examined.state !== 'good') return moveDamaged(libraryPath, folderName(now));
  const folder = join(libraryPath, 'backups');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, backupName(now(), 'replaced', examined.photos));
  renameSync(path, file);
  return file;
}

/** What a crash left in the write-ahead log goes into the database. False when it cannot be read. */
function foldLog(path: string): boolean {
  try {
    const db = new BetterSqlite3(path, { fileMustExist: true });
    try {
      db.pragma('wal_checkpoint(TRUNCATE)');
      db.pragma('journal_mode = DELETE');
    } finally {
      db.close();
    }
    return true;
  } catch {
    return false;
  }
}

function folderName(now: () => number): string {
  return new Date(now()).toISOString().replace(/[:.]/g, '-');
}

function besides(libraryPath: string): string[] {
  return BESIDE.filter((suffix) => existsSync(join(libraryPath, DATABASE + suffix)));
}

/** Moves the database with what lies beside it into a folder of its own. Null when there was nothing. */
function moveDamaged(libraryPath: string, name: string): string | null {
  const there = besides(libraryPath);
  if (there.length === 0) return null;
  const folder = join(libraryPath, DAMAGED, name);
  mkdirSync(folder, { recursive: true });
  for (const suffix of there) {
    renameSync(join(libraryPath, DATABASE + suffix), join(folder, DATABASE + suffix));
  }
  return folder;
}

function unusable(file: string, cause: string): TagrollError {
  return new TagrollError(
    'backup_unusable',
    `${file} cannot be restored: ${cause}. Nothing was changed. Choose another backup.`,
    { path: file, cause },
  );
}

function newer(file: string, version: number): TagrollError {
  return new TagrollError(
    'library_newer',
    `${file} was written by a newer Tagroll (library version ${version}). Update Tagroll to restore it; nothing was changed.`,
    { path: file, found: version },
  );
}
