/** The engine's backups: made by the clock and by hand, put back, and told of. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Backup } from '../shared/backups.ts';
import type { EventHub } from './api/events.ts';
import { isDamage } from './engineOpening.ts';
import { createBackupClock } from './library/backups/backupClock.ts';
import { listBackups } from './library/backups/backupFiles.ts';
import { examine } from './library/backups/inBackground.ts';
import { makeBackup, makeBackupAt } from './library/backups/makeBackup.ts';
import { prepareRestore } from './library/backups/restore.ts';
import { suspectLibrary } from './library/backups/suspicion.ts';
import type { Library } from './library/open.ts';
import { riskOf } from './library/riskyPlace.ts';
import type { Logger } from './log.ts';

export type EngineBackups = {
  list(): { folder: string; backups: readonly Backup[] };
  make(file: string | null): Promise<Backup>;
  restore(
    file: string,
  ): Promise<{ file: string; bytes: number; photos: number; restarting: boolean }>;
  /** The database answered with damage: the next opening looks through it, which comes at once where it can. */
  damaged(): void;
  close(): Promise<void>;
};

export type EngineBackupsOptions = {
  readonly library: Library;
  readonly events: EventHub;
  readonly logger: Logger;
  readonly now: () => number;
  /** Backups by themselves. */
  readonly live: boolean;
  /** After an engine that ended by itself, under windows that know where the library lies. */
  readonly isRestart: boolean;
  /** Closes the library and opens it again; the engine cannot do so itself. */
  readonly restart: (() => void) | null;
};

/** Who asked hears the answer before the library is closed. */
const RESTART_AFTER_MS = 250;
/** A start after a crash has more urgent things to read. */
const EXAMINE_AFTER_MS = 5000;

export function openBackups(options: EngineBackupsOptions): EngineBackups {
  const { library, events, logger, now, restart } = options;
  const { databasePath, backupFolder: folder } = library;
  const closing = new AbortController();
  const changed = (): void => events.backupsChanged();
  tellRecovery(options);
  if (options.live && !options.isRestart) {
    tellRisk(options).catch((error: unknown) => {
      logger.warn('the library’s place is not known', { error: String(error) });
    });
  }
  let isSuspected = false;
  const damaged = (): void => {
    if (isSuspected) return;
    isSuspected = true;
    logger.error('library damaged', { path: databasePath });
    suspectLibrary(library.path);
    events.notice({ code: 'library_damaged', data: { path: databasePath } });
    if (options.live && restart) setTimeout(restart, RESTART_AFTER_MS);
  };
  const clock = options.live
    ? createBackupClock({
        db: library.db,
        databasePath,
        folder,
        now,
        logger,
        onChanged: changed,
        onFailed: (error) => {
          if (isDamage(error)) return damaged();
          events.notice({ code: 'backup_failed', data: { path: folder, message: error.message } });
        },
      })
    : null;

  /** A process that was killed may have left a damaged file behind, which no question has met yet. */
  const examineAfterCrash = async (): Promise<void> => {
    await sleep(EXAMINE_AFTER_MS, undefined, { signal: closing.signal, ref: false });
    const examined = await examine(databasePath);
    if (examined.state === 'damaged') damaged();
  };
  if (options.live && library.lock.wasAbandoned) {
    examineAfterCrash().catch((error: unknown) => {
      if (!closing.signal.aborted) logger.warn('library not examined', { error: String(error) });
    });
  }

  return {
    list: () => ({ folder, backups: listBackups(folder) }),
    async make(file) {
      const made =
        file === null
          ? await makeBackup({ databasePath, folder, reason: 'manual', now })
          : await makeBackupAt(databasePath, file);
      changed();
      return made;
    },
    async restore(file) {
      const prepared = await prepareRestore(library.path, file);
      logger.info('restore prepared', { file, ...prepared });
      if (restart) setTimeout(restart, RESTART_AFTER_MS);
      return { file, ...prepared, restarting: restart !== null };
    },
    damaged,
    async close() {
      closing.abort();
      await clock?.close();
    },
  };
}

/** Says when the library lies where a database is not safe. */
async function tellRisk({ library, events, logger }: EngineBackupsOptions): Promise<void> {
  const risk = await riskOf(library.path);
  if (!risk) return;
  const { path } = library;
  logger.warn('library in a risky place', { path, ...risk });
  events.noticeFirst(
    risk.kind === 'synced'
      ? { code: 'library_synced', data: { path, program: risk.program } }
      : { code: 'library_on_network', data: { path } },
  );
}

/** Says what was put in place of what before the library could be opened. */
function tellRecovery({ library, events, logger }: EngineBackupsOptions): void {
  const { recovered } = library;
  if (!recovered) return;
  logger.warn('library recovered', { ...recovered });
  if (recovered.kind === 'restored') {
    events.noticeFirst({ code: 'library_restored', data: { photos: recovered.photos } });
    return;
  }
  // It is told when it is known what more could be saved.
  if (recovered.salvages) return;
  events.noticeFirst({
    code: recovered.aside === null ? 'library_was_gone' : 'library_recovered',
    data: {
      time: new Date(recovered.backup.madeAtMs).toISOString(),
      photos: recovered.backup.photos,
      path: recovered.aside ?? library.databasePath,
    },
  });
}
