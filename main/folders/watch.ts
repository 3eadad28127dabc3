/**
 * The hint: one watcher a root says which folders are dirty. It watches folders only; what changed in
 * them, a scan finds out. Chokidar knows names as text: below a folder whose name is not UTF-8 nothing is
 * heard, and the timed rescan is the net.
 */
import { join, relative, sep } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import { isIgnoredFolder, isIgnoredText } from './ignore.ts';

/** Quiet time after the last event before the dirty folders are told. */
const QUIET_MS = 120;
/** While events keep coming they are told this often. */
const LONGEST_WAIT_MS = 600;
/** Names of one folder that are kept for `names`; more than that, and `addDir` alone tells of new folders. */
const MAX_NAMES = 500;

/** A folder that something happened in, relative to the root, separated by '/'. */
export type DirtyFolder = {
  readonly path: string;
  /** It is new here: everything below is to be looked at. */
  readonly recursive: boolean;
  /** Entries that came or went; those that are folders may be new or renamed. */
  readonly names: readonly string[];
};

export type WatchFailure = 'watch_limit' | 'watch_failed';

export type RootWatcher = {
  /** Resolves when changes are heard; false when the watcher failed before. */
  readonly ready: Promise<boolean>;
  close(): Promise<void>;
};

export type WatchOptions = {
  readonly rootPath: string;
  /** Absolute paths that are passed by. */
  readonly ignore: readonly string[];
  readonly onDirty: (folders: readonly DirtyFolder[]) => void;
  /** Called once; the watcher is closed then, so that it does not eat what others need. */
  readonly onFailure: (reason: WatchFailure, error: Error) => void;
};

/** Errors that say nothing about the watcher: a folder that vanished or cannot be read. */
const HARMLESS: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ELOOP']);
const AT_LIMIT: ReadonlySet<string> = new Set(['ENOSPC', 'EMFILE', 'ENFILE']);

export function watchRoot(options: WatchOptions): RootWatcher {
  const { rootPath } = options;
  const dirty = new Map<string, { recursive: boolean; names: Set<string> }>();
  let quietTimer: NodeJS.Timeout | null = null;
  let firstAtMs = 0;
  let closed = false;
  let settleReady: (isReady: boolean) => void = () => undefined;
  const ready = new Promise<boolean>((resolve) => {
    settleReady = resolve;
  });

  const flush = (): void => {
    quietTimer = null;
    const folders = [...dirty].map(([path, { recursive, names }]) => ({
      path,
      recursive,
      names: [...names],
    }));
    dirty.clear();
    if (folders.length > 0 && !closed) options.onDirty(folders);
  };

  const mark = (path: string, recursive: boolean, name: string | null): void => {
    if (closed) return;
    const entry = dirty.get(path) ?? { recursive: false, names: new Set<string>() };
    entry.recursive ||= recursive;
    if (name !== null && entry.names.size < MAX_NAMES) entry.names.add(name);
    dirty.set(path, entry);
    const now = performance.now();
    if (quietTimer) clearTimeout(quietTimer);
    else firstAtMs = now;
    const wait = Math.max(0, Math.min(QUIET_MS, firstAtMs + LONGEST_WAIT_MS - now));
    quietTimer = setTimeout(flush, wait);
  };

  /** Relative to the root with '/'; null for what lies outside or is passed by. */
  const relativePath = (path: string): string | null => {
    const inner = relative(rootPath, path);
    if (inner === '..' || inner.startsWith(`..${sep}`)) return null;
    const text = sep === '/' ? inner : inner.replaceAll(sep, '/');
    return isIgnoredText(text) ? null : text;
  };

  const markEntry = (path: string, isNewName: boolean): void => {
    const inner = relativePath(path);
    if (inner === null) return;
    const slash = inner.lastIndexOf('/');
    mark(inner.slice(0, Math.max(0, slash)), false, isNewName ? inner.slice(slash + 1) : null);
  };

  const watcher: FSWatcher = watch(rootPath, {
    ignored: (path, stats) => {
      if (stats?.isFile()) return true;
      if (options.ignore.some((ignored) => path === ignored)) return true;
      const inner = relative(rootPath, path);
      const name = inner.slice(inner.lastIndexOf(sep) + 1);
      return inner !== '' && isIgnoredFolder(Buffer.from(name));
    },
    ignoreInitial: true,
    followSymlinks: false,
    ignorePermissionErrors: true,
    atomic: false,
    persistent: true,
  });

  const close = async (): Promise<void> => {
    closed = true;
    settleReady(false);
    if (quietTimer) clearTimeout(quietTimer);
    await watcher.close();
  };

  watcher.on('raw', (event, path, details) => {
    const watchedPath = watchedPathOf(details) ?? rootPath;
    if (path) markEntry(join(watchedPath, path), event === 'rename');
    else markEntry(join(watchedPath, 'entry'), false);
  });
  watcher.on('addDir', (path) => {
    const inner = relativePath(path);
    if (inner !== null) mark(inner, true, null);
  });
  watcher.on('unlinkDir', (path) => {
    const inner = relativePath(path);
    if (inner === null) return;
    mark(inner, false, null);
    if (inner !== '') markEntry(path, false);
  });
  watcher.on('error', (thrown) => {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const code = 'code' in error ? String(error.code) : '';
    if (closed || HARMLESS.has(code)) return;
    void close();
    options.onFailure(AT_LIMIT.has(code) ? 'watch_limit' : 'watch_failed', error);
  });
  watcher.on('ready', () => settleReady(true));
  return { ready, close };
}

function watchedPathOf(details: unknown): string | null {
  if (typeof details !== 'object' || details === null || !('watchedPath' in details)) return null;
  return typeof details.watchedPath === 'string' ? details.watchedPath : null;
}
