/** Opening a library: its folder, its lock, the thread that writes and the connection that reads. */
import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { TagrollError } from '../../shared/errors.ts';
import { removeUnfinished } from './backups/makeBackup.ts';
import { type Recovered, recoverFromBackup } from './backups/restore.ts';
import { recoverBeforeOpening } from './backups/suspicion.ts';
import type { LibraryChanges } from './changes.ts';
import { openReadable, type ReadableDB } from './database.ts';
import { acquireLibrary, type LibraryLock } from './lock.ts';
import { openWriter, type Writer } from './writer.ts';

export type Library = {
  readonly path: string;
  readonly databasePath: string;
  readonly thumbnailFolder: string;
  readonly previewFolder: string;
  readonly backupFolder: string;
  readonly logPath: string;
  /** What the search index keeps between two starts. */
  readonly snapshotPath: string;
  readonly lock: LibraryLock;
  /** What had to be put in its place before it could be opened. */
  readonly recovered: Recovered | null;
  /** Of the serving thread. */
  readonly db: ReadableDB;
  readonly writer: Writer;
  close(): Promise<void>;
};

/**
 * Opens the library, making it when there is none. A database that is damaged or gone is moved aside and
 * the newest sound backup takes its place. Throws `library_locked`, `library_newer`, `library_read_only`,
 * `library_damaged` (when there is no such backup) or `disk_full`; then nothing was changed.
 */
export async function openLibrary(options: {
  readonly path: string;
  readonly now: () => number;
  readonly onChanges: (changes: LibraryChanges) => void;
  /** Called each time a write met damage in the database. */
  readonly onDamaged?: () => void;
}): Promise<Library> {
  const { path } = options;
  const databasePath = join(path, 'library.db');
  const thumbnailFolder = join(path, 'thumbnails');
  const previewFolder = join(path, 'previews');
  const backupFolder = join(path, 'backups');
  try {
    for (const folder of [path, thumbnailFolder, previewFolder, backupFolder]) {
      // It shows what is in the photos: a new one is for its owner alone.
      mkdirSync(folder, { recursive: true, mode: 0o700 });
    }
    accessSync(path, constants.W_OK);
  } catch (error) {
    throw cannotWrite(path, error);
  }
  const lock = acquireLibrary(path, options.now);
  const { now } = options;
  try {
    removeUnfinished(backupFolder);
    let recovered = recoverBeforeOpening(path, now);
    const { onChanges, onDamaged = () => undefined } = options;
    const writing = { databasePath, backupFolder, onChanges, onDamaged };
    const writer = await openWriter(writing).catch((error: unknown) => {
      if (!(error instanceof TagrollError) || error.code !== 'library_damaged') throw error;
      recovered = recoverFromBackup(path, now);
      if (!recovered) throw error;
      return openWriter(writing);
    });
    const db = openReadable(databasePath);
    return {
      path,
      databasePath,
      thumbnailFolder,
      previewFolder,
      backupFolder,
      logPath: join(path, 'tagroll.log'),
      snapshotPath: join(path, 'search.snapshot'),
      lock,
      recovered,
      db,
      writer,
      async close() {
        db.close();
        await writer.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function cannotWrite(path: string, error: unknown): TagrollError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC') {
    return new TagrollError(
      'disk_full',
      `There is no room left for the library ${path}. Free some disk space and start again.`,
      { path },
      error,
    );
  }
  return new TagrollError(
    'library_read_only',
    `The library folder ${path} cannot be made or written (${code}). Check its permissions, or choose another with --library.`,
    { path },
    error,
  );
}
