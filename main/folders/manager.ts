/** All roots of a library: adding, removing, pausing, moving them, and keeping each up to date. */
import { resolve } from 'node:path';
import { TagrollError } from '../../shared/errors.ts';
import type { Notice } from '../../shared/events.ts';
import type { Root } from '../../shared/model.ts';
import type { Settings } from '../../shared/settings.ts';
import { joinBytes } from '../library/bytes.ts';
import type { ReadableDB } from '../library/database.ts';
import type { ScanCounts } from '../library/reconcile.ts';
import { countMissingSince, placeOfPhoto, samplePhotos } from '../library/rootPhotos.ts';
import {
  type AddRootsInput,
  getRoot,
  listRoots,
  type NewRoot,
  type RootRow,
  rootRows,
} from '../library/roots.ts';
import type { Writer } from '../library/writer.ts';
import type { Logger } from '../log.ts';
import { askFolder } from './askFolder.ts';
import { folderError } from './browse.ts';
import { findMovedRoot, identifyPlace, resolveRealPath } from './identity.ts';
import { ask } from './patience.ts';
import { createRootRunner, type LaterFiles, type RootRunner, type RootScan } from './rootRunner.ts';
import { createScanner } from './scan.ts';
import type { UnreadableFolder } from './walk.ts';

/** What a rescan of some roots found, in files; `found = added + changed + moved + unchanged`. */
export type ScanSummary = ScanCounts & {
  /** Files that are no candidates. */
  readonly skipped: number;
  readonly unreadable: readonly UnreadableFolder[];
  /** Paths of the roots that are offline: nothing of theirs was counted. */
  readonly offline: readonly string[];
};

export type FolderManagerOptions = {
  readonly db: ReadableDB;
  readonly writer: Writer;
  readonly logger: Logger;
  readonly now: () => number;
  readonly libraryPath: string;
  readonly settings: () => Settings;
  /** Scan at the start, watch, rescan by timers. Otherwise only `rescan` scans. */
  readonly live: boolean;
  readonly onNotice: (notice: Notice) => void;
  /** `roots()` or `scanning` answer something new. */
  readonly onState: () => void;
  readonly onPhotosFound: () => void;
};

export type FolderManager = {
  start(): Promise<void>;
  /** Adds roots, all or none; known ones are answered as they are. Throws the `folder_…` errors. */
  add(paths: readonly (string | Uint8Array)[]): Promise<Root[]>;
  /** Files stay; `forget` deletes what is known of the photos. */
  remove(rootId: number, forget: boolean): Promise<{ photos: number }>;
  setPaused(rootId: number, paused: boolean): Promise<void>;
  /** Gives a root a new path after comparing 20 files. Throws `relocate_mismatch`. */
  relocate(rootId: number, path: string | Uint8Array): Promise<Root>;
  /** Scans roots and waits for it; null: all that are not paused. */
  rescan(rootIds: readonly number[] | null): Promise<ScanSummary>;
  roots(): Root[];
  /** Scans of these roots are under way or wanted, or files in them still grow. */
  settling(rootIds: readonly number[]): boolean;
  /** What was found in these roots after their last scan of the whole; outside what `rescan` answers. */
  foundLater(rootIds: readonly number[]): LaterFiles;
  /** A photo's file was gone when it was to be read: its folder is looked at. */
  photoVanished(photoId: number): void;
  settingsChanged(): void;
  readonly scanning: boolean;
  close(): Promise<void>;
};

/** A window that opens with the engine shows its photos before the disks are looked through. */
const FIRST_SCAN_DELAY_MS = 1000;
/** A new root is scanned after this, so that an `index` that follows at once does it and counts it. */
const ADD_DELAY_MS = 250;
/** Files compared before a root is given another path, and the part that must be the same. */
const COMPARED_FILES = 20;
const SAME_PART = 0.5;

export function createFolderManager(options: FolderManagerOptions): FolderManager {
  const { db, writer, logger, now, live } = options;
  const scanner = createScanner({ logger });
  const runners = new Map<number, RootRunner>();
  const libraryPath = Buffer.from(resolve(options.libraryPath));
  let closed = false;

  const runnerOf = (rootId: number): RootRunner => {
    let runner = runners.get(rootId);
    if (!runner) {
      runner = createRootRunner({
        rootId,
        db,
        writer,
        scanner,
        logger,
        now,
        libraryPath,
        settings: options.settings,
        live,
        onNotice: options.onNotice,
        onState: options.onState,
        onPhotosFound: options.onPhotosFound,
        onAbsent: findElsewhere,
      });
      runners.set(rootId, runner);
    }
    return runner;
  };

  const stopRunner = async (rootId: number): Promise<void> => {
    const runner = runners.get(rootId);
    runners.delete(rootId);
    await runner?.stop();
  };

  const realPaths = (): Promise<AddRootsInput['realPaths']> =>
    Promise.all(
      rootRows(db).map(async (row) => ({
        rootId: row.id,
        // One that does not answer is known by its path; the others need not wait for it.
        path: await ask(row.path, () => resolveRealPath(row.path)).catch(() =>
          Buffer.from(row.path),
        ),
      })),
    );

  const roots = (): Root[] =>
    listRoots(db).map((root) => ({
      ...root,
      watch: runners.get(root.id)?.watch ?? 'off',
      watchReason: runners.get(root.id)?.watchReason ?? null,
    }));

  const rootOf = (rootId: number): Root => {
    const root = roots().find((each) => each.id === rootId);
    if (root) return root;
    getRoot(db, rootId);
    throw new TagrollError('not_found', `Folder ${rootId} is not in the library.`, { id: rootId });
  };

  const moveRoot = async (rootId: number, root: NewRoot): Promise<void> => {
    await compareSample(db, rootId, root.path);
    await writer.run('relocateRoot', { rootId, root, realPaths: await realPaths() });
    await stopRunner(rootId);
    if (live && !closed) runnerOf(rootId).start();
  };

  /** Follows a root whose volume is mounted elsewhere. True when it was found there. */
  const findElsewhere = async (root: RootRow): Promise<boolean> => {
    if (root.volume === null || root.volumePath === null) return false;
    const path = await findMovedRoot({
      path: root.path,
      volume: { id: root.volume, path: root.volumePath },
    });
    if (path === null || closed) return false;
    logger.info('root found elsewhere', { from: root.pathText, to: path.toString('utf8') });
    try {
      await moveRoot(root.id, await inspectFolder(path));
    } catch (error) {
      logger.warn('root not moved', { path: root.pathText, message: String(error) });
      return false;
    }
    options.onNotice({
      code: 'root_online',
      data: { rootId: root.id, path: path.toString('utf8') },
    });
    return true;
  };

  return {
    async start() {
      if (!live) return;
      for (const root of rootRows(db)) {
        if (!root.paused) runnerOf(root.id).start(FIRST_SCAN_DELAY_MS);
      }
    },
    async add(paths) {
      const added = await Promise.all(paths.map((path) => inspectFolder(toBytes(path))));
      const { rootIds } = await writer.run('addRoots', {
        roots: added,
        realPaths: await realPaths(),
        libraryPath: await resolveRealPath(libraryPath),
        now: now(),
      });
      for (const rootId of rootIds) {
        if (live && !closed && !getRoot(db, rootId).paused) runnerOf(rootId).start(ADD_DELAY_MS);
      }
      return rootIds.map(rootOf);
    },
    async remove(rootId, forget) {
      getRoot(db, rootId);
      await stopRunner(rootId);
      return writer.run('removeRoot', { rootId, forget });
    },
    async setPaused(rootId, paused) {
      await writer.run('setRootPaused', { rootId, paused });
      await stopRunner(rootId);
      if (!paused && live && !closed) runnerOf(rootId).start();
      options.onState();
    },
    async relocate(rootId, path) {
      getRoot(db, rootId);
      await moveRoot(rootId, await inspectFolder(toBytes(path)));
      return rootOf(rootId);
    },
    async rescan(rootIds) {
      const wanted = rootIds ?? rootRows(db).flatMap((root) => (root.paused ? [] : [root.id]));
      for (const rootId of wanted) getRoot(db, rootId);
      const startedAt = now();
      const scans = new Map<number, RootScan>();
      const scanAll = async (ids: readonly number[]): Promise<void> => {
        const settled = await Promise.allSettled(
          ids.map(async (rootId) => scans.set(rootId, await runnerOf(rootId).rescan())),
        );
        const failed = settled.find((scan) => scan.status === 'rejected');
        if (failed) throw failed.reason;
      };
      await scanAll(wanted);
      const isMoved = [...scans.values()].some((scan) => scan.counts.moved > 0);
      const again: number[] = [];
      for (const rootId of wanted) {
        if (scans.get(rootId)?.result !== 'offline') continue;
        // A root is not unplugged when what it lost was found in another one.
        if ((await findElsewhere(getRoot(db, rootId))) || isMoved) again.push(rootId);
      }
      await scanAll(again);
      return {
        ...summarize([...scans.values()]),
        missing: countMissingSince(db, wanted, startedAt),
      };
    },
    roots,
    settling: (rootIds) => rootIds.some((rootId) => runners.get(rootId)?.settling ?? false),
    foundLater(rootIds) {
      const parts = rootIds.flatMap((rootId) => runners.get(rootId)?.later ?? []);
      return {
        added: parts.reduce((sum, part) => sum + part.added, 0),
        changed: parts.reduce((sum, part) => sum + part.changed, 0),
      };
    },
    photoVanished(photoId) {
      const place = placeOfPhoto(db, photoId);
      if (!place || closed) return;
      runnerOf(place.rootId).look([{ path: place.folderPath, recursive: false }]);
    },
    settingsChanged() {
      for (const runner of runners.values()) runner.settingsChanged();
    },
    get scanning() {
      return [...runners.values()].some((runner) => runner.scanning);
    },
    async close() {
      closed = true;
      await scanner.close();
      await Promise.all([...runners.keys()].map(stopRunner));
    },
  };
}

function toBytes(path: string | Uint8Array): Buffer {
  if (typeof path === 'string') return Buffer.from(resolve(path));
  const bytes = Buffer.from(path);
  return bytes.length > 1 && bytes.at(-1) === 0x2f ? bytes.subarray(0, -1) : bytes;
}

/** Everything about a folder that becomes a root. Throws why it cannot. */
async function inspectFolder(path: Buffer): Promise<NewRoot> {
  const text = path.toString('utf8');
  try {
    const { parts } = await askFolder({ kind: 'inspect', path });
    const found = parts.find((part) => part.kind === 'inspected');
    if (!found) throw new TagrollError('internal', `Nothing was found out about ${text}.`);
    const { volume } = await identifyPlace(path);
    return { path, realPath: Buffer.from(found.realPath), device: found.device, volume };
  } catch (error) {
    throw folderError(text, error);
  }
}

/** Throws `relocate_mismatch` unless at least half of 20 known photos lie below `path`, with their size. */
async function compareSample(db: ReadableDB, rootId: number, path: Uint8Array): Promise<void> {
  const sample = samplePhotos(db, rootId, COMPARED_FILES);
  if (sample.length === 0) return;
  const files = sample.map(({ folderPath, name, sizeBytes }) => ({
    path: joinBytes(folderPath, name),
    sizeBytes,
  }));
  const { parts } = await askFolder({ kind: 'compare', path, files });
  const found = parts.find((part) => part.kind === 'compared')?.same ?? 0;
  if (found >= sample.length * SAME_PART) return;
  const text = Buffer.from(path).toString('utf8');
  throw new TagrollError(
    'relocate_mismatch',
    `${text} does not hold the same photos: ${found} of ${sample.length} compared files are there. Choose the folder that holds them, or add this one as a new folder.`,
    { path: text, found, compared: sample.length },
  );
}

function summarize(scans: readonly RootScan[]): ScanSummary {
  const total = { found: 0, added: 0, changed: 0, moved: 0, missing: 0, unchanged: 0 };
  let merged = 0;
  for (const scan of scans) {
    for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += scan.counts[key];
    merged += scan.merged;
  }
  // A photo that one root's scan took for new, and another's found to be moved there.
  const fromAdded = Math.min(merged, total.added);
  const fromUnchanged = Math.min(merged - fromAdded, total.unchanged);
  return {
    ...total,
    added: total.added - fromAdded,
    unchanged: total.unchanged - fromUnchanged,
    moved: total.moved + fromAdded + fromUnchanged,
    skipped: scans.reduce((sum, scan) => sum + scan.skipped, 0),
    unreadable: scans.flatMap((scan) => scan.unreadable),
    offline: scans.flatMap((scan) => (scan.result === 'offline' ? [scan.path] : [])),
  };
}
