/** The backups of a library, as files in its folder `backups`: their names say all that is to be known. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Backup, BackupReason } from '../../../shared/backups.ts';

const REASONS: readonly BackupReason[] = ['hourly', 'migration', 'manual', 'replaced'];
/** 2026-11-21T14-05-33-123Z-hourly-84112.db */
const NAME =
  /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z-(hourly|migration|manual|replaced)-(\d{1,10})\.db$/;

/** What is not finished, or was not checked yet, has this at its front and counts for nothing. */
export const UNFINISHED = '.unfinished-';

/** The file's name; `photos` is what it holds. */
export function backupName(madeAtMs: number, reason: BackupReason, photos: number): string {
  const time = new Date(madeAtMs).toISOString().replace(/[:.]/g, '-');
  return `${time}-${reason}-${photos}.db`;
}

/** The reverse; null for a file that is no backup. */
export function parseBackupName(
  name: string,
): Pick<Backup, 'madeAtMs' | 'reason' | 'photos'> | null {
  const [, day, hours, minutes, seconds, milliseconds, word, photos] = NAME.exec(name) ?? [];
  const reason = REASONS.find((known) => known === word);
  if (!reason) return null;
  const madeAtMs = Date.parse(`${day}T${hours}:${minutes}:${seconds}.${milliseconds}Z`);
  return Number.isNaN(madeAtMs) ? null : { madeAtMs, reason, photos: Number(photos) };
}

/** Newest first. A folder that is not there has none. */
export function listBackups(folder: string): Backup[] {
  return namesIn(folder)
    .flatMap((name) => {
      const parsed = parseBackupName(name);
      if (!parsed) return [];
      const file = join(folder, name);
      const stats = statSync(file, { throwIfNoEntry: false });
      return stats?.isFile() ? [{ ...parsed, file, bytes: stats.size }] : [];
    })
    .sort((a, b) => b.madeAtMs - a.madeAtMs);
}

/** What an interrupted backup left behind. */
export function unfinishedFiles(folder: string): string[] {
  return namesIn(folder)
    .filter((name) => name.startsWith(UNFINISHED))
    .map((name) => join(folder, name));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

const KEPT_TODAY = 3;
const KEPT_DAYS = 7;
const KEPT_MONTHS = 12;
/** Of those made before an update and before a restore. */
const KEPT_OF_OTHERS = 3;

/**
 * The backups that are no longer needed: of the hourly ones the last three of today, the last of each of
 * the seven days before and the last of each of the twelve months before stay; of those made before an
 * update or a restore the last three. A person's own are theirs. `dayOf` answers the local calendar day
 * as `YYYY-MM-DD`.
 */
export function outdatedBackups(
  backups: readonly Backup[],
  nowMs: number,
  dayOf: (timeMs: number) => string,
): Backup[] {
  const newestFirst = [...backups].sort((a, b) => b.madeAtMs - a.madeAtMs);
  const hourly = newestFirst.filter((backup) => backup.reason === 'hourly');
  const today = dayOf(nowMs);
  const ofToday = hourly.filter((backup) => dayOf(backup.madeAtMs) >= today);
  const before = hourly.filter((backup) => dayOf(backup.madeAtMs) < today);
  const kept = new Set([
    ...ofToday.slice(0, KEPT_TODAY),
    ...lastOfEach(before, (backup) => dayOf(backup.madeAtMs)).slice(0, KEPT_DAYS),
    ...lastOfEach(before, (backup) => dayOf(backup.madeAtMs).slice(0, 7)).slice(0, KEPT_MONTHS),
    ...newestFirst.filter((backup) => backup.reason === 'manual'),
    ...newestFirst.filter((backup) => backup.reason === 'migration').slice(0, KEPT_OF_OTHERS),
    ...newestFirst.filter((backup) => backup.reason === 'replaced').slice(0, KEPT_OF_OTHERS),
  ]);
  return newestFirst.filter((backup) => !kept.has(backup));
}

/** The first, which is the last in time, of each group; groups in the order of their times. */
function lastOfEach(newestFirst: readonly Backup[], groupOf: (backup: Backup) => string): Backup[] {
  const found = new Map<string, Backup>();
  for (const backup of newestFirst) {
    const group = groupOf(backup);
    if (!found.has(group)) found.set(group, backup);
  }
  return [...found.values()];
}

/** The local calendar day as `YYYY-MM-DD`. */
export function localDay(timeMs: number): string {
  const date = new Date(timeMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
