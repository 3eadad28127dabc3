/** The engine: one library, opened and kept up to date, with one router and one handler for every door. */
import { availableParallelism } from 'node:os';
import type { Notice } from '../shared/events.ts';
import type { IndexSummary, LibraryCounts } from '../shared/model.ts';
import type { Settings } from '../shared/settings.ts';
import { createEventHub } from './api/events.ts';
import { createRouter, type Router } from './api/router.ts';
import { openBackups } from './engineBackups.ts';
import { type Checked, checkLibrary, unreadableFolder } from './engineCheck.ts';
import { openMedia } from './engineMedia.ts';
import { isDamage, openSound, orClose } from './engineOpening.ts';
import type { EngineParts } from './engineParts.ts';
import { openSalvage } from './engineSalvage.ts';
import { openTagging } from './engineTagging.ts';
import { createFolderManager, type FolderManager } from './folders/manager.ts';
import { createHeadReader } from './imaging/headReader.ts';
import { createIndexer, type Indexer } from './imaging/indexer.ts';
import { createImagingPool } from './imaging/pool.ts';
import { createProgressMeter } from './imaging/progress.ts';
import type { LibraryChanges } from './library/changes.ts';
import { openLibrary } from './library/open.ts';
import { failedUnder } from './library/problems.ts';
import { sensitivityOf } from './library/sensitivity.ts';
import { readSettings } from './library/settings.ts';
import { isPendingUnder, workCounts } from './library/work.ts';
import type { Logger } from './log.ts';
import { createRedactor } from './redact.ts';
import { createSearchIndex } from './search/index.ts';
import type { SearchIndex } from './search/types.ts';
import { createSecretStore, type SecretPlace } from './secrets.ts';
import {
  createAccounts,
  type ServiceEnvironment,
  serviceSettingsDiffer,
} from './tagging/accounts.ts';

/** The world the engine is handed: nothing of it is read from the environment. */
export type EngineOptions = {
  /** The library's folder; made when it is missing. */
  readonly libraryPath: string;
  /** Folder of the built window; null where none is served (command line). */
  readonly rendererPath: string | null;
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
  /** Makes the logger once the library's folder is there; `redact` takes keys out of a text. */
  readonly logger: (logPath: string, redact: (text: string) => string) => Logger;
  /** Opens the file manager at a file, given as bytes of its absolute path. */
  readonly revealFile: (path: Uint8Array) => Promise<void>;
  readonly version: string;
  /** Scan at the start, watch roots and rescan on a timer; the command line does not. Default true. */
  readonly live?: boolean;
  /** Service variables of the engine's environment (`SERVICE_VARIABLES`); they win over what is stored. */
  readonly environment?: ServiceEnvironment;
  /** Closes this engine and opens the library anew, after a backup was put back. */
  readonly restart?: () => void;
  /** The engine before this one ended by itself: the first window that listens is told of that, and of nothing it knows. */
  readonly isRestart?: boolean;
  /** How services are reached. Default: the system's own. */
  readonly fetch?: typeof fetch;
  /** Where keys are kept; only in memory when left out. */
  readonly secrets?: SecretPlace;
};

export type Engine = {
  readonly libraryPath: string;
  /** Implements `shared/contract.ts`; the same for every transport. */
  readonly router: Router;
  /** Every GET: pictures, results, the window's files. Who may ask is the door's concern. */
  handle(request: Request): Promise<Response>;
  /** Where others reach this engine, written for `readHolder`. */
  publishSocket(socketPath: string): void;
  /** What a caller on the socket must present. */
  readonly token: string;
  close(): Promise<void>;
};

/** A window that opens with the engine gets its photos first. */
const TAGS_AFTER_MS = 300;
/** How often a waiting `index` looks whether everything is read, should no event tell it. */
const WAIT_STEP_MS = 500;

/** Opens the library and starts the work. Throws what `openLibrary` throws. */
export function createEngine(options: EngineOptions): Promise<Engine> {
  return openSound(options.libraryPath, () => openEngine(options));
}

async function openEngine(options: EngineOptions): Promise<Engine> {
  const { now } = options;
  const live = options.live ?? true;
  const events = createEventHub();
  const isRestart = options.isRestart ?? false;
  if (isRestart) events.noticeFirst({ code: 'engine_restarted', data: {} });
  // The writer's first changes may come before everything that follows them is built.
  let follow: (changes: LibraryChanges) => void = () => undefined;
  let damaged = (): void => undefined;
  const library = await openLibrary({
    path: options.libraryPath,
    now,
    onChanges: (changes) => follow(changes),
    onDamaged: () => damaged(),
  });
  const { db, writer } = library;
  const redactor = createRedactor();
  const logger = options.logger(library.logPath, redactor.text);
  const waiting = new Set<() => void>();
  let settings: Settings = await orClose(library, () => readSettings(db));
  const secrets = createSecretStore({
    place: options.secrets ?? null,
    keepInFile: () => settings['secrets.keepInFile'],
    logger,
    onValue: redactor.add,
  });
  const accounts = createAccounts({
    settings: () => settings,
    secrets,
    environment: options.environment ?? {},
    onSecret: redactor.add,
  });
  /** `index` runs that read photos even while reading is paused. */
  let forced = 0;
  /** Why reading photos last stopped, until it goes on. */
  let blockedBy: Error | null = null;

  const createIndex = (): SearchIndex =>
    createSearchIndex({
      db,
      now,
      sensitivity: () => sensitivityOf(settings),
      tagsAfterMs: live ? TAGS_AFTER_MS : 0,
      snapshot: {
        path: library.snapshotPath,
        onProblem: (error) => logger.warn('search index not kept', { error: String(error) }),
      },
      onSettled: () => events.photosChanged(null),
      onFailed: (error) => {
        logger.error('search index not loaded', { error: String(error) });
        if (isDamage(error)) damaged();
      },
    });
  const index = await orClose(library, createIndex);
  const pool = createImagingPool({
    workers: settings['imaging.workers'] || Math.max(1, Math.min(8, availableParallelism())),
    thumbnailFolder: library.thumbnailFolder,
    logger,
  });
  const heads = createHeadReader();
  const notice = (told: Notice): void => events.notice(told);
  const indexer: Indexer = createIndexer({
    db,
    writer,
    heads,
    pool,
    logger,
    now,
    isPaused: () => settings.indexingPaused && forced === 0,
    onVanished: (photoId) => folders.photoVanished(photoId),
    onBlocked: (error) => {
      blockedBy = error;
      if (error.code === 'disk_full' || error.code === 'library_read_only') {
        notice({ code: error.code, data: { path: library.path } });
      }
      wakeWaiting();
    },
    onProgress: () => progressed(),
  });
  const folders: FolderManager = createFolderManager({
    db,
    writer,
    logger,
    now,
    libraryPath: library.path,
    settings: () => settings,
    live,
    onNotice: notice,
    onState: () => {
      events.foldersChanged();
      progressed();
    },
    onPhotosFound: () => indexer.wake(),
  });
  const meter = createProgressMeter({
    now,
    counts: () => workCounts(db),
    finished: () => indexer.finished,
    phase: () => {
      if (settings.indexingPaused && forced === 0) return 'paused';
      if (indexer.phase !== 'idle') return indexer.phase;
      return folders.scanning ? 'scanning' : 'idle';
    },
    onProgress: (progress) => events.progress(progress),
  });
  const tagging = openTagging({
    library,
    pool,
    accounts,
    settings: () => settings,
    events,
    logger,
    fetch: options.fetch ?? fetch,
    now,
    live,
    onFileChanged: (photoId) => folders.photoVanished(photoId),
  });

  const backups = openBackups({
    library,
    events,
    logger,
    now,
    live,
    isRestart,
    restart: options.restart ?? null,
  });
  damaged = backups.damaged;
  const isIdle = (): boolean => indexer.phase === 'idle' && !folders.scanning;
  const salvage = openSalvage({ library, folders: () => folders, events, logger, now, isIdle });

  function wakeWaiting(): void {
    for (const wake of [...waiting]) wake();
  }
  function progressed(): void {
    blockedBy = null;
    meter.touch();
    wakeWaiting();
    void salvage.look();
  }
  follow = (changes) => {
    if (changes.settings) {
      const before = settings;
      settings = readSettings(db);
      events.settingsChanged();
      if (serviceSettingsDiffer(before, settings)) {
        events.servicesChanged();
        tagging.settingsChanged();
      }
      // Other photos are blurred now.
      if (JSON.stringify(sensitivityOf(settings)) !== JSON.stringify(sensitivityOf(before))) {
        events.photosChanged(null);
      }
      secrets.agreementChanged();
      folders.settingsChanged();
      indexer.wake();
    }
    index.apply(changes);
    if (changes.photoIds === null) events.photosChanged(null);
    else if (changes.photoIds.length > 0 || changes.removedPhotoIds.length > 0) {
      events.photosChanged([...changes.photoIds, ...changes.removedPhotoIds]);
    }
    if (changes.tags) events.tagsChanged();
    if (changes.folders) events.foldersChanged();
    if (changes.searches) events.searchesChanged();
    meter.touch();
  };

  const waitUntilRead = async (rootIds: readonly number[], signal?: AbortSignal): Promise<void> => {
    indexer.wake();
    while (isPendingUnder(db, rootIds) || folders.settling(rootIds)) {
      signal?.throwIfAborted();
      if (blockedBy) throw blockedBy;
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          clearTimeout(timer);
          waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, WAIT_STEP_MS);
        waiting.add(wake);
      });
    }
  };

  const activeRootIds = (): number[] =>
    folders.roots().flatMap((root) => (root.state === 'paused' ? [] : [root.id]));

  const indexRoots = async (
    wanted: readonly number[] | null,
    signal?: AbortSignal,
  ): Promise<IndexSummary> => {
    const startedMs = now();
    const adoptedBefore = indexer.adopted;
    const rootIds = wanted ?? activeRootIds();
    forced += 1;
    try {
      const counts = await folders.rescan(rootIds);
      await waitUntilRead(rootIds, signal);
      await salvage.look();
      // Files that still grew when they were listed were waited for.
      const later = folders.foundLater(rootIds);
      const added = counts.added + later.added;
      const changedLater = Math.min(later.changed, counts.unchanged);
      // A new file that turned out to be a missing photo was moved, not added.
      const adopted = Math.min(indexer.adopted - adoptedBefore, added);
      return {
        found: counts.found + later.added,
        added: added - adopted,
        changed: counts.changed + changedLater,
        moved: counts.moved + adopted,
        missing: Math.max(0, counts.missing - adopted),
        unchanged: counts.unchanged - changedLater,
        skipped: counts.skipped,
        failed: [...counts.unreadable.map(unreadableFolder), ...failedUnder(db, rootIds)],
        seconds: Math.round((now() - startedMs) / 10) / 100,
      };
    } finally {
      forced -= 1;
    }
  };

  const check = (): Promise<Checked> =>
    checkLibrary({
      library,
      index,
      async readNow() {
        forced += 1;
        try {
          await waitUntilRead(activeRootIds());
        } finally {
          forced -= 1;
        }
      },
    });

  const counts = (): LibraryCounts => index.counts();
  const parts: EngineParts = {
    db,
    writer,
    index,
    folders,
    events,
    logger,
    now,
    secrets,
    accounts,
    tagging,
    backups,
    redact: redactor.text,
    settings: () => settings,
    status: () => ({
      libraryPath: library.path,
      version: options.version,
      platform: process.platform,
      counts: counts(),
      progress: meter.read(),
    }),
    indexRoots,
    check,
    setOnScreen: (photoIds) => {
      indexer.setOnScreen(photoIds);
      tagging.setOnScreen(photoIds);
    },
    wake: () => indexer.wake(),
    revealFile: options.revealFile,
  };

  const media = openMedia({
    library,
    index,
    pool,
    accounts,
    settings: () => settings,
    rendererPath: options.rendererPath,
    logger,
    wake: () => indexer.wake(),
  });

  async function close(): Promise<void> {
    events.close();
    meter.close();
    await Promise.all([tagging.close(), backups.close(), salvage.close()]);
    await folders.close();
    await indexer.close();
    await Promise.all([pool.close(), media.close(), heads.close(), secrets.close()]);
    await index.close();
    await library.close();
  }

  logger.info('library opened', { path: library.path, version: options.version });
  await orClose({ close }, () => folders.start());
  indexer.wake();
  // Nothing is asked about again that a damaged library holds the answer to.
  await (live ? salvage.paidKept : salvage.done);
  // A library that cannot be written now can still be looked at.
  await tagging.start().catch((error: unknown) => {
    logger.error('tagging not taken up again', { error: String(error) });
  });

  return {
    libraryPath: library.path,
    router: createRouter(parts),
    handle: media.handle,
    token: library.lock.token,
    publishSocket: (socketPath) => library.lock.publish(socketPath),
    close,
  };
}
