/**
 * Keeps one root up to date: its scans run one after the other, its watcher says what to look at, its
 * timers look again when nothing was said.
 */
import { TagrollError } from '../../shared/errors.ts';
import type { Notice } from '../../shared/events.ts';
import type { WatchState } from '../../shared/model.ts';
import type { Settings } from '../../shared/settings.ts';
import type { ReadableDB } from '../library/database.ts';
import type { FinishScanOutput } from '../library/reconcile.ts';
import { getRoot, type RootRow } from '../library/roots.ts';
import type { Writer } from '../library/writer.ts';
import type { Logger } from '../log.ts';
import { identifyPlace } from './identity.ts';
import { createRootWatch, type RootWatch, type WatchReason } from './rootWatch.ts';
import type { Scanner } from './scan.ts';
import type { FolderRequest, UnreadableFolder, WalkOutcome } from './walk.ts';

export type RunnerOptions = {
  readonly rootId: number;
  readonly db: ReadableDB;
  readonly writer: Writer;
  readonly scanner: Scanner;
  readonly logger: Logger;
  readonly now: () => number;
  readonly libraryPath: Buffer;
  readonly settings: () => Settings;
  readonly live: boolean;
  readonly onNotice: (notice: Notice) => void;
  readonly onState: () => void;
  readonly onPhotosFound: () => void;
  /** The root is absent: perhaps its drive is mounted elsewhere. */
  readonly onAbsent: (root: RootRow) => Promise<unknown>;
};

/** What one scan of the whole root found. */
export type RootScan = FinishScanOutput & {
  readonly path: string;
  readonly skipped: number;
  readonly unreadable: readonly UnreadableFolder[];
};

/** Files that scans of parts found after the last scan of the whole, for instance once they stopped growing. */
export type LaterFiles = { readonly added: number; readonly changed: number };

export type RootRunner = {
  /** Scans the root, then, in a live engine, watches it. */
  start(delayMs?: number): void;
  /** Scans the whole root once more, after what runs now. */
  rescan(): Promise<RootScan>;
  /** Looks at some folders soon. */
  look(folders: readonly FolderRequest[]): void;
  /** A person changed how often rescans are wanted. */
  settingsChanged(): void;
  readonly scanning: boolean;
  /** Scans are under way or wanted, or files still grow. */
  readonly settling: boolean;
  readonly later: LaterFiles;
  readonly watch: WatchState;
  readonly watchReason: WatchReason | null;
  /** Ends watcher and timers; a scan under way ends by itself. */
  stop(): Promise<void>;
};

const MINUTE_MS = 60_000;
/** How often one looks whether a root is still what it was: not every system tells when a drive goes. */
const STAYS_CHECK_MS = 10_000;
/** How often an absent or empty root is looked for. */
const OFFLINE_CHECK_MS = 10_000;
/** Looks at growing files: the first after this, then twice as long each time. */
const GROWING_FIRST_MS = 250;
const GROWING_LONGEST_MS = 10_000;
/** `settling` no longer counts files that have been growing for longer. */
const GROWING_PATIENCE_MS = 60_000;

type TimerName = 'start' | 'rescan' | 'growing' | 'offline' | 'stays';

type Waiter = { resolve: (scan: RootScan) => void; reject: (error: unknown) => void };

export function createRootRunner(options: RunnerOptions): RootRunner {
  const { rootId, db, writer, scanner, logger, now } = options;
  let stopped = false;
  let running = false;
  let wantsWhole = false;
  let waiters: Waiter[] = [];
  let dirty = new Map<string, FolderRequest>();
  const growing = { sinceMs: 0, delayMs: GROWING_FIRST_MS, folders: new Map<string, Uint8Array>() };
  const timers = new Map<TimerName, NodeJS.Timeout>();
  let inode: number | null = null;
  let later: LaterFiles = { added: 0, changed: 0 };
  let watch: RootWatch | null = null;

  const setTimer = (name: TimerName, ms: number, run: () => void) => {
    clearTimeout(timers.get(name));
    timers.set(
      name,
      setTimeout(() => {
        timers.delete(name);
        if (!stopped) run();
      }, ms),
    );
  };
  const clearTimer = (name: TimerName): void => {
    clearTimeout(timers.get(name));
    timers.delete(name);
  };

  const want = (whole: boolean): void => {
    if (stopped) return;
    if (whole) {
      wantsWhole = true;
      clearTimer('start');
    }
    void work();
  };

  const work = async (): Promise<void> => {
    if (running) return;
    running = true;
    options.onState();
    while (!stopped && (wantsWhole || dirty.size > 0)) {
      const folders = wantsWhole ? null : [...dirty.values()];
      const served = wantsWhole ? waiters : [];
      if (wantsWhole) waiters = [];
      wantsWhole = false;
      dirty = new Map();
      try {
        const scan = await scanOnce(folders);
        for (const waiter of served) waiter.resolve(scan);
      } catch (error) {
        tellFailure(error, served);
      }
    }
    running = false;
    if (!stopped) options.onState();
  };

  const tellFailure = (error: unknown, served: readonly Waiter[]): void => {
    for (const waiter of served) waiter.reject(error);
    if (stopped) return;
    const known = error instanceof TagrollError ? error : null;
    const code =
      known?.code === 'disk_full' || known?.code === 'library_read_only'
        ? known.code
        : 'scan_failed';
    const message = error instanceof Error ? error.message : String(error);
    logger.error('scan failed', { rootId, code: known?.code ?? 'internal', message });
    options.onNotice({ code, data: { rootId, message } });
    scheduleRescan();
  };

  const scanOnce = async (folders: readonly FolderRequest[] | null): Promise<RootScan> => {
    const root = getRoot(db, rootId);
    const whole = folders === null;
    const { scanId } = await writer.run('beginScan', { rootId, whole });
    let outcome: WalkOutcome;
    let finished: FinishScanOutput;
    try {
      outcome = await scanner.scan(
        { rootPath: root.path, folders, ignore: [options.libraryPath] },
        (batch) => writer.run('addScanBatch', { scanId, batch }),
      );
      const { rootState, device, files } = outcome;
      const asksVolume =
        whole && device !== null && (root.volume === null || root.device !== device);
      const volume = asksVolume ? (await identifyPlace(root.path)).volume : null;
      finished = await writer.run('finishScan', {
        scanId,
        rootState,
        device,
        volume,
        files,
        now: now(),
      });
    } catch (error) {
      // The findings go with the connection at the latest; the first error is the one to tell.
      await writer.run('abandonScan', { scanId }).catch(() => undefined);
      throw error;
    }
    const { added, changed } = finished.counts;
    later = whole
      ? { added: 0, changed: 0 }
      : { added: later.added + added, changed: later.changed + changed };
    follow(root, outcome, finished, whole);
    return {
      ...finished,
      path: root.pathText,
      skipped: outcome.skipped,
      unreadable: outcome.unreadable,
    };
  };

  const follow = (
    root: RootRow,
    outcome: WalkOutcome,
    finished: FinishScanOutput,
    whole: boolean,
  ): void => {
    if (stopped) return;
    for (const folder of outcome.unreadable) logger.warn('folder cannot be read', folder);
    if (finished.wentOffline) {
      logger.warn('root is offline', { path: root.pathText });
      options.onNotice({ code: 'root_offline', data: { rootId, path: root.pathText } });
    }
    if (finished.cameOnline) {
      options.onNotice({ code: 'root_online', data: { rootId, path: root.pathText } });
    }
    if (finished.result === 'rescan') wantsWhole = true;
    if (finished.result === 'offline') expectReturn(outcome.rootState === 'absent');
    else {
      clearTimer('offline');
      // Parts of another folder tell nothing of the rest, which nobody would look at.
      if (whole) inode = outcome.inode;
      else if (inode !== outcome.inode) wantsWhole = true;
      expectStay();
    }
    followGrowing(outcome.growing, whole);
    // Photos also wait in a root that was paused, removed or elsewhere, and is as it was.
    if (finished.work || (whole && finished.result === 'scanned')) options.onPhotosFound();
    if (whole) scheduleRescan();
    followWatch(root, outcome, whole);
  };

  /** A drive that is pulled out may leave an empty folder behind, and its watcher hears nothing of it. */
  const expectStay = (): void => {
    if (options.live) setTimer('stays', STAYS_CHECK_MS, () => void checkStays());
  };

  const checkStays = async (): Promise<void> => {
    try {
      const seen = await lookAtRoot(getRoot(db, rootId));
      if (!stopped && seen.inode !== inode) return want(true);
    } catch (error) {
      logger.warn('root not looked at', { rootId, message: String(error) });
    }
    if (!stopped) expectStay();
  };

  /** Cheap: only the root itself is looked at, in the thread that may hang. */
  const lookAtRoot = (root: RootRow): Promise<WalkOutcome> =>
    scanner.scan({ rootPath: root.path, folders: [], ignore: [] }, async () => undefined);

  /** An absent root has no watcher; one that is only empty keeps it. */
  const expectReturn = (isAbsent: boolean): void => {
    if (isAbsent && watch) {
      watch.close();
      watch = null;
      options.onState();
    }
    clearTimer('stays');
    if (options.live) setTimer('offline', OFFLINE_CHECK_MS, () => void checkReturn());
  };

  const checkReturn = async (): Promise<void> => {
    try {
      const root = getRoot(db, rootId);
      const { rootState } = await lookAtRoot(root);
      if (stopped) return;
      if (rootState === 'online') return want(true);
      await options.onAbsent(root);
    } catch (error) {
      logger.warn('offline root not looked at', { rootId, message: String(error) });
    }
    if (!stopped) setTimer('offline', OFFLINE_CHECK_MS, () => void checkReturn());
  };

  const followGrowing = (folders: readonly Uint8Array[], whole: boolean): void => {
    if (whole) growing.folders.clear();
    if (folders.length === 0 && !whole) {
      // The folders that were looked at are done; others wait for their timer.
      if (!timers.has('growing')) growing.folders.clear();
    }
    for (const path of folders) growing.folders.set(Buffer.from(path).toString('latin1'), path);
    if (growing.folders.size === 0) {
      growing.sinceMs = 0;
      growing.delayMs = GROWING_FIRST_MS;
      return;
    }
    growing.sinceMs ||= now();
    setTimer('growing', growing.delayMs, () => {
      growing.delayMs = Math.min(GROWING_LONGEST_MS, growing.delayMs * 2);
      const again = [...growing.folders.values()];
      growing.folders.clear();
      look(again.map((path) => ({ path, recursive: false })));
    });
  };

  const look = (folders: readonly FolderRequest[]): void => {
    for (const folder of folders) {
      const key = Buffer.from(folder.path).toString('latin1');
      const before = dirty.get(key);
      dirty.set(key, {
        path: folder.path,
        recursive: folder.recursive || (before?.recursive ?? false),
        names: [...(before?.names ?? []), ...(folder.names ?? [])],
      });
    }
    want(false);
  };

  const followWatch = (root: RootRow, outcome: WalkOutcome, whole: boolean): void => {
    if (!options.live || root.paused || outcome.rootState !== 'online') return;
    watch ??= createRootWatch({
      root,
      logger,
      onNotice: options.onNotice,
      onState: () => {
        options.onState();
        scheduleRescan();
      },
      onDirty: look,
      onUnheard: () => want(true),
    });
    watch.follow(outcome.folders, whole);
  };

  const scheduleRescan = (): void => {
    if (!options.live || stopped) return;
    const settings = options.settings();
    const minutes =
      watch?.state === 'watching'
        ? settings['rescan.watchedMinutes']
        : watch?.reason === 'network'
          ? settings['rescan.networkMinutes']
          : settings['rescan.timedMinutes'];
    setTimer('rescan', minutes * MINUTE_MS, () => want(true));
  };

  return {
    start(delayMs = 0) {
      if (delayMs === 0) want(true);
      else setTimer('start', delayMs, () => want(true));
    },
    rescan() {
      return new Promise((resolve, reject) => {
        if (stopped) return reject(closedError());
        waiters.push({ resolve, reject });
        want(true);
      });
    },
    look,
    settingsChanged: scheduleRescan,
    get scanning() {
      return running;
    },
    get settling() {
      const isGrowing = growing.sinceMs > 0 && now() - growing.sinceMs < GROWING_PATIENCE_MS;
      return running || wantsWhole || dirty.size > 0 || isGrowing || timers.has('start');
    },
    get later() {
      return later;
    },
    get watch() {
      return watch?.state ?? 'off';
    },
    get watchReason() {
      return watch?.reason ?? null;
    },
    async stop() {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      for (const waiter of waiters.splice(0)) waiter.reject(closedError());
      watch?.close();
      watch = null;
    },
  };
}

function closedError(): TagrollError {
  return new TagrollError(
    'internal',
    'The folder is no longer kept up to date: it was removed, paused, or Tagroll closes.',
  );
}
