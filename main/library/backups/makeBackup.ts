/** Making a backup: copied, looked through, and only then given its name. */
import { renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Backup, BackupReason } from '../../../shared/backups.ts';
import { TagrollError } from '../../../shared/errors.ts';
import { backupName, UNFINISHED, unfinishedFiles } from './backupFiles.ts';
import { copyDatabase, type Examined, examineDatabase, syncFile } from './databaseFile.ts';
import { copyAndExamine } from './inBackground.ts';

export type BackupOptions = {
  readonly databasePath: string;
  /** The library's folder of backups. */
  readonly folder: string;
  readonly reason: BackupReason;
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
};

/**
 * Makes a backup while the library is in use, in a thread of its own. Rejects with `disk_full`,
 * `library_damaged`, `backup_failed`, …; then there is no backup, and those made before are as they were.
 */
export async function makeBackup(options: BackupOptions): Promise<Backup> {
  const unfinished = unfinishedPath(options.folder, options);
  try {
    return finishBackup(
      unfinished,
      await copyAndExamine(options.databasePath, unfinished),
      join(options.folder),
      options,
    );
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** The same on the thread that calls, for one that must not go on before it is done. */
export function makeBackupAtOnce(options: BackupOptions): Backup {
  const unfinished = unfinishedPath(options.folder, options);
  try {
    copyDatabase(options.databasePath, unfinished);
    return finishBackup(unfinished, examineDatabase(unfinished), options.folder, options);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** Makes a backup at a place that the person chose; a file that is there is replaced once the new one is good. */
export async function makeBackupAt(databasePath: string, file: string): Promise<Backup> {
  const unfinished = join(dirname(file), `${UNFINISHED}${process.pid}-${Date.now()}.db`);
  try {
    const examined = await copyAndExamine(databasePath, unfinished);
    const photos = photosOf(examined, databasePath);
    renameSync(unfinished, file);
    syncFile(dirname(file));
    const { size: bytes, mtimeMs: madeAtMs } = statSync(file);
    return { file, madeAtMs, reason: 'manual', photos, bytes };
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** Removes what an interrupted backup left. Only while nobody makes one. */
export function removeUnfinished(folder: string): void {
  for (const path of unfinishedFiles(folder)) rmSync(path, { force: true });
}

function unfinishedPath(folder: string, { now }: Pick<BackupOptions, 'now'>): string {
  return join(folder, `${UNFINISHED}${process.pid}-${now()}.db`);
}

function finishBackup(
  unfinished: string,
  examined: Examined,
  folder: string,
  { databasePath, reason, now }: BackupOptions,
): Backup {
  const photos = photosOf(examined, databasePath);
  const madeAtMs = now();
  const file = join(folder, backupName(madeAtMs, reason, photos));
  renameSync(unfinished, file);
  syncFile(folder);
  return { file, madeAtMs, reason, photos, bytes: statSync(file).size };
}

function photosOf(examined: Examined, databasePath: string): number {
  if (examined.state === 'good') return examined.photos;
  const cause = 'cause' in examined ? examined.cause : examined.state;
  throw new TagrollError(
    'backup_failed',
    `The copy of the library ${databasePath} could not be read again (${cause}), so there is no new backup. Run "tagroll check".`,
    { path: databasePath, cause },
  );
}
