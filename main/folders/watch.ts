/**
 * The hint: says which folders of a root are dirty; what changed in them, a scan finds out. On Linux one
 * `fs.watch` a folder, for the folders that the scans list anyway: no walk of its own, nothing kept for
 * any file, and names stay bytes. Elsewhere the system watches a whole tree at once.
 *
 * Not chokidar: it looks at every file of a folder itself, at the start and after each event, which takes
 * 520 MB and stops the thread for 0.9 s at 100,000 files.
 */
import { type FSWatcher, watch } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { isCandidateName } from '../imaging/formats.ts';
import { baseName, joinBytes } from '../library/bytes.ts';
import { parentPath } from '../library/names.ts';
import { isIgnoredFolder, isIgnoredPath } from './ignore.ts';
import type { FolderRequest } from './walk.ts';

/** Quiet time after the last event before the dirty folders are told. */
const QUIET_MS = 120;
/** While events keep coming they are told this often. */
const LONGEST_WAIT_MS = 600;
/** Watches set up between two turns of the event loop. */
const WATCHES_A_TURN = 50;

export type WatchFailure = 'watch_limit' | 'watch_failed';

export type WatchOptions = {
  readonly rootPath: Uint8Array;
  readonly onDirty: (folders: readonly FolderRequest[]) => void;
  /** Called once; everything is closed then, so that it does not eat the watches that others need. */
  readonly onFailure: (reason: WatchFailure, error: Error) => void;
  /** One watch for the whole tree. Default: where the system can, which is not on Linux. */
  readonly wholeTree?: boolean;
  /** `fs.watch`, for tests of its failures. */
  readonly watchPath?: typeof watch;
};

export type RootWatcher = {
  /**
   * Watches the folders that a scan listed, relative to the root; `whole`: and no others. Answers those
   * that were not watched before: what happened in them until now was not heard.
   */
  follow(folders: readonly Uint8Array[], whole: boolean): Promise<Uint8Array[]>;
  /** Folders that are watched. */
  readonly size: number;
  close(): void;
};

/** A folder vanished or cannot be read: says nothing about watching. */
const HARMLESS: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ELOOP']);
const AT_LIMIT: ReadonlySet<string> = new Set(['ENOSPC', 'EMFILE', 'ENFILE']);

export function watchRoot(options: WatchOptions): RootWatcher {
  const wholeTree =
    options.wholeTree ?? (process.platform === 'darwin' || process.platform === 'win32');
  const watchPath = options.watchPath ?? watch;
  const watchers = new Map<string, FSWatcher>();
  const dirty = createDirtyFolders((folders) => options.onDirty(folders));
  let closed = false;

  const close = (): void => {
    closed = true;
    dirty.close();
    for (const watcher of watchers.values()) watcher.close();
    watchers.clear();
  };

  const fail = (thrown: unknown): void => {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const code = 'code' in error ? String(error.code) : '';
    if (closed || HARMLESS.has(code)) return;
    close();
    options.onFailure(AT_LIMIT.has(code) ? 'watch_limit' : 'watch_failed', error);
  };

  const drop = (key: string): void => {
    watchers.get(key)?.close();
    watchers.delete(key);
  };

  const dropBelow = (path: Uint8Array): void => {
    const key = keyOf(path);
    if (!watchers.has(key)) return;
    for (const other of [...watchers.keys()]) {
      if (other === key || other.startsWith(`${key}/`)) drop(other);
    }
  };

  const onEvent = (folder: Uint8Array, event: string, name: Uint8Array | null): void => {
    if (closed) return;
    if (name === null) {
      dirty.mark(folder, null);
      return;
    }
    const path = wholeTree ? withSlashes(name) : joinBytes(folder, name);
    const entry = baseName(path);
    if (isIgnoredFolder(entry) || (wholeTree && isIgnoredPath(path))) return;
    if (event !== 'rename') {
      if (isCandidateName(entry)) dirty.mark(parentPath(path) ?? folder, null);
      return;
    }
    // A folder that came or went: its watches hear of a place that is no more.
    if (!wholeTree) dropBelow(path);
    dirty.mark(parentPath(path) ?? folder, entry);
  };

  const start = (folder: Uint8Array): boolean => {
    const key = keyOf(folder);
    try {
      const path = joinBytes(options.rootPath, folder);
      const listener = (event: string, name: string | Uint8Array | null): void =>
        onEvent(folder, event, typeof name === 'string' ? Buffer.from(name) : name);
      // Where trees are watched, names are always text.
      const watcher = wholeTree
        ? watchPath(path.toString('utf8'), { persistent: false, recursive: true }, listener)
        : watchPath(path, { encoding: 'buffer', persistent: false }, listener);
      watcher.on('error', (error) => {
        drop(key);
        dirty.mark(folder, null);
        fail(error);
      });
      watchers.set(key, watcher);
      return true;
    } catch (error) {
      fail(error);
      return false;
    }
  };

  return {
    async follow(folders, whole) {
      const wanted = wholeTree ? [new Uint8Array(0)] : folders;
      if (whole) {
        const keys = new Set(wanted.map(keyOf));
        for (const key of [...watchers.keys()]) if (!keys.has(key)) drop(key);
      }
      const fresh: Uint8Array[] = [];
      for (const folder of wanted) {
        if (closed) return [];
        if (watchers.has(keyOf(folder)) || !start(folder)) continue;
        fresh.push(folder);
        if (fresh.length % WATCHES_A_TURN === 0) await nextTurn();
      }
      return fresh;
    },
    get size() {
      return watchers.size;
    },
    close,
  };
}

/** Collects dirty folders until events pause, but no longer than `LONGEST_WAIT_MS`. */
function createDirtyFolders(tell: (folders: readonly FolderRequest[]) => void) {
  const folders = new Map<string, { path: Uint8Array; names: Map<string, Uint8Array> }>();
  let timer: NodeJS.Timeout | null = null;
  let firstAtMs = 0;
  const flush = (): void => {
    timer = null;
    const told = [...folders.values()].map(({ path, names }) => ({
      path,
      recursive: false,
      names: [...names.values()],
    }));
    folders.clear();
    tell(told);
  };
  return {
    mark(path: Uint8Array, name: Uint8Array | null): void {
      const key = keyOf(path);
      const entry = folders.get(key) ?? { path, names: new Map<string, Uint8Array>() };
      if (name !== null) entry.names.set(keyOf(name), name);
      folders.set(key, entry);
      const nowMs = performance.now();
      if (timer) clearTimeout(timer);
      else firstAtMs = nowMs;
      const waitMs = Math.max(0, Math.min(QUIET_MS, firstAtMs + LONGEST_WAIT_MS - nowMs));
      timer = setTimeout(flush, waitMs);
      timer.unref();
    },
    close(): void {
      if (timer) clearTimeout(timer);
      folders.clear();
    },
  };
}

/** The system's own separator as '/'. */
function withSlashes(path: Uint8Array): Uint8Array {
  return process.platform === 'win32' ? path.map((byte) => (byte === 0x5c ? 0x2f : byte)) : path;
}

/** One character a byte, so that no two paths share a key. */
function keyOf(path: Uint8Array): string {
  return Buffer.from(path.buffer, path.byteOffset, path.byteLength).toString('latin1');
}
