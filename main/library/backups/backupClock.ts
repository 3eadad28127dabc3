/** Backups by themselves: hourly while the library is in use, and only when it has changed. */
import { rmSync } from 'node:fs';
import { TagrollError } from '../../../shared/errors.ts';
import type { Logger } from '../../log.ts';
import { openReadable, type ReadableDB } from '../database.ts';
import { readLibraryState } from '../libraryState.ts';
import { savedSearches } from '../searches.ts';
import { listBackups, localDay, outdatedBackups } from './backupFiles.ts';
import { makeBackup } from './makeBackup.ts';

export type BackupClockOptions = {
  readonly db: ReadableDB;
  readonly databasePath: string;
  readonly folder: string;
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
  readonly logger: Logger;
  /** A backup was made or taken away. */
  readonly onChanged: () => void;
  /** Once for each row of failures. */
  readonly onFailed: (error: Error) => void;
  /** How often it looks whether one is due. Default ten minutes. */
  readonly lookEveryMs?: number;
  /** The start is busy enough. Default one minute. */
  readonly firstLookMs?: number;
};

export type BackupClock = {
  /** Makes one now if one is due; resolves when it is done. */
  look(): Promise<void>;
  close(): Promise<void>;
};

const EVERY_MS = 60 * 60_000;

/** Starts looking. */
export function createBackupClock(options: BackupClockOptions): BackupClock {
  const { db, folder, now, logger } = options;
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;
  let hasFailed = false;
  let closed = false;

  const isDue = (): boolean => {
    const [last] = listBackups(folder).filter((backup) => backup.reason !== 'replaced');
    if (!last) return true;
    const age = now() - last.madeAtMs;
    // A clock that was set back must not stop backups until it has caught up.
    if (age >= 0 && age < EVERY_MS) return false;
    return fingerprintOf(db) !== fingerprintOfFile(last.file);
  };
  const work = async (): Promise<void> => {
    try {
      if (!isDue()) return;
      const { databasePath } = options;
      const made = await makeBackup({ databasePath, folder, reason: 'hourly', now });
      logger.info('backup made', { file: made.file, photos: made.photos, bytes: made.bytes });
      hasFailed = false;
      for (const outdated of outdatedBackups(listBackups(folder), now(), localDay)) {
        rmSync(outdated.file, { force: true });
      }
      options.onChanged();
    } catch (error) {
      logger.error('no backup', { error: String(error) });
      if (!hasFailed && !closed) options.onFailed(asError(error));
      hasFailed = true;
    }
  };
  const look = (): Promise<void> => {
    running ??= work().finally(() => {
      running = null;
      schedule(options.lookEveryMs ?? 10 * 60_000);
    });
    return running;
  };
  const schedule = (inMs: number): void => {
    if (timer) clearTimeout(timer);
    if (!closed) timer = setTimeout(() => void look(), inMs).unref();
  };
  schedule(options.firstLookMs ?? 60_000);

  return {
    look,
    async close() {
      closed = true;
      if (timer) clearTimeout(timer);
      await running;
    },
  };
}

/** What is another one after each change that is worth a backup. */
function fingerprintOf(db: ReadableDB): string {
  return JSON.stringify([readLibraryState(db), savedSearches(db)]);
}

/** Null when it cannot be told, such as of a library from an earlier version. */
function fingerprintOfFile(file: string): string | null {
  let db: ReadableDB | null = null;
  try {
    db = openReadable(file);
    return fingerprintOf(db);
  } catch {
    return null;
  } finally {
    db?.close();
  }
}

function asError(error: unknown): Error {
  if (error instanceof Error) return error;
  return new TagrollError('backup_failed', String(error));
}
