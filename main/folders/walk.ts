/**
 * Lists and stats a root, or some folders of it. Synchronous file system calls on purpose: it runs in a
 * thread of its own, where a hanging network folder holds up nobody, and they are the fastest way.
 */
import { type Dirent, lstatSync, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { isCandidateName } from '../imaging/formats.ts';
import { baseName, joinBytes, relativeBytes } from '../library/bytes.ts';
import { companionKind } from '../library/companionNames.ts';
import { BatchBuilder, FolderFound, type ScanBatch } from '../library/scanBatch.ts';
import { isHiddenName, isIgnoredFolder, isIgnoredPath } from './ignore.ts';
import { stampOf } from './stamp.ts';

/** A file written more recently than this may still grow: it is looked at twice. */
const YOUNG_MS = 2000;
/** Time between the two looks. */
const SETTLE_MS = 250;

/** A folder to look at, relative to the root. */
export type FolderRequest = {
  readonly path: Uint8Array;
  /** With everything below it. */
  readonly recursive: boolean;
  /** Folders in it that are new or renamed, as the watcher says: looked at with everything below. */
  readonly names?: readonly Uint8Array[];
};

export type WalkRequest = {
  readonly rootPath: Uint8Array;
  /** Null: the whole root. */
  readonly folders: readonly FolderRequest[] | null;
  /** Absolute paths of folders that are passed by, with everything below. */
  readonly ignore: readonly Uint8Array[];
};

export type UnreadableFolder = { readonly path: string; readonly code: string };

export type WalkOutcome = {
  /** `absent`: it is not there, or went away meanwhile; then what was found must be dropped. */
  readonly rootState: 'online' | 'absent';
  /** Device number of the root's file system; null when absent. */
  readonly device: number | null;
  /** Inode of the root: another one where something else was put in its place. Null when absent. */
  readonly inode: number | null;
  /** Candidates. */
  readonly files: number;
  /** Other files, in the folders that were looked at. */
  readonly skipped: number;
  readonly unreadable: readonly UnreadableFolder[];
  /** Folders that were listed, relative to the root: those a watcher should listen to. */
  readonly folders: readonly Uint8Array[];
  /** Folders, relative to the root, with files that still grow. */
  readonly growing: readonly Uint8Array[];
};

type Visit = {
  readonly path: Uint8Array;
  readonly recursive: boolean;
  readonly names: ReadonlySet<string>;
  /** Reached through a symbolic link: only there can a walk go round in circles. */
  readonly linked: boolean;
};

type Link = {
  readonly folderIndex: number;
  readonly folder: Uint8Array;
  readonly name: Uint8Array;
};

type YoungFile = {
  readonly folderIndex: number;
  readonly folder: Uint8Array;
  readonly name: Uint8Array;
  readonly size: number;
  readonly mtimeMs: number;
};

const NO_NAMES: ReadonlySet<string> = new Set();

/** Walks and hands out batches; waits for each `emit`, which is the back-pressure. */
export async function walk(
  request: WalkRequest,
  emit: (batch: ScanBatch) => Promise<void>,
  isCancelled: () => boolean = () => false,
  /** Called before each question to the file system: whoever waits sees that it still answers. */
  onStep: () => void = () => undefined,
): Promise<WalkOutcome> {
  const { rootPath } = request;
  onStep();
  const place = placeOf(rootPath);
  if (place === null) return absentOutcome();
  const rootReal = realPath(rootPath) ?? Buffer.from(rootPath);
  const ignored = new Set<string>();
  for (const path of request.ignore) {
    const relative = relativeBytes(rootReal, realPath(path) ?? path);
    if (relative) ignored.add(keyOf(relative));
  }

  const builder = new BatchBuilder();
  const unreadable: UnreadableFolder[] = [];
  const young: YoungFile[] = [];
  const links: Link[] = [];
  const linkedFiles: (Link & { readonly target: Buffer })[] = [];
  const visitedLinks = new Set<string>();
  const isWhole = request.folders === null;
  const listedFolders: Uint8Array[] = [];
  let folderCount = 0;
  let files = 0;
  let skipped = 0;

  // Parents first: a folder that is looked at with everything below covers the ones asked for in it.
  const asked: Visit[] = (
    request.folders ?? [{ path: new Uint8Array(0), recursive: true, names: [] }]
  )
    .filter((folder) => !isIgnoredPath(folder.path) && !isInIgnored(folder.path, ignored))
    .map((folder) => ({
      path: folder.path,
      recursive: folder.recursive,
      names: folder.names?.length ? new Set(folder.names.map(keyOf)) : NO_NAMES,
      linked: false,
    }))
    .sort((a, b) => a.path.length - b.path.length);
  const askedKeys = new Set(asked.map((visit) => keyOf(visit.path)));
  const listed = new Set<string>();
  const stack: Visit[] = [];

  const markSeen = (path: Uint8Array): void => {
    if (askedKeys.has(keyOf(path))) return;
    builder.addFolder({ index: folderCount++, path, found: FolderFound.seen });
  };

  /** Adds a file, or keeps it for a second look. Null: it cannot be looked at; the code says why. */
  const takeFile = (folderIndex: number, folder: Uint8Array, name: Uint8Array): string | null => {
    onStep();
    try {
      const stats = lstatSync(absolute(rootPath, folder, name));
      if (!stats.isFile()) {
        skipped++;
      } else if (Math.abs(Date.now() - stats.mtimeMs) < YOUNG_MS) {
        young.push({ folderIndex, folder, name, size: stats.size, mtimeMs: stats.mtimeMs });
      } else {
        files++;
        builder.addFile(folderIndex, name, stampOf(stats), false);
      }
      return null;
    } catch (error) {
      const code = codeOf(error);
      return isGone(code) ? null : code;
    }
  };

  /** A file that is no photo, but may belong to one. */
  const takeCompanion = (folderIndex: number, folder: Uint8Array, name: Uint8Array): void => {
    const kind = companionKind(name);
    const stats = kind === null ? null : statsOf(absolute(rootPath, folder, name));
    if (kind === null || !stats?.isFile()) return;
    const { sizeBytes, mtimeUs } = stampOf(stats);
    builder.addCompanion({ folderIndex, name, kind, sizeBytes, mtimeUs });
  };

  const list = async (visit: Visit): Promise<void> => {
    onStep();
    if (visit.linked) {
      const real = keyOf(realPath(absolute(rootPath, visit.path)) ?? visit.path);
      if (visitedLinks.has(real)) return;
      visitedLinks.add(real);
    }
    if (!isWhole) {
      if (listed.has(keyOf(visit.path))) return;
      listed.add(keyOf(visit.path));
    }
    const folderIndex = folderCount++;
    let found: FolderFound = FolderFound.listed;
    let entries: Dirent<Buffer>[] = [];
    const fail = (code: string): void => {
      found = FolderFound.unreadable;
      unreadable.push({ path: absolute(rootPath, visit.path).toString('utf8'), code });
    };
    try {
      entries = readdirSync(absolute(rootPath, visit.path), {
        encoding: 'buffer',
        withFileTypes: true,
      });
    } catch (error) {
      const code = codeOf(error);
      if (isGone(code)) found = FolderFound.gone;
      else fail(code);
    }
    for (const entry of entries) {
      const name = entry.name;
      if (entry.isDirectory()) {
        if (isIgnoredFolder(name)) continue;
        const path = joinBytes(visit.path, name);
        if (ignored.has(keyOf(path))) continue;
        if (visit.recursive || visit.names.has(keyOf(name))) {
          stack.push({ path, recursive: true, names: NO_NAMES, linked: visit.linked });
        } else {
          markSeen(path);
        }
      } else if (entry.isSymbolicLink()) {
        links.push({ folderIndex, folder: visit.path, name });
      } else if (!entry.isFile() || isHiddenName(name)) {
        skipped++;
      } else if (!isCandidateName(name)) {
        skipped++;
        takeCompanion(folderIndex, visit.path, name);
        if (builder.isFull) await emit(builder.take());
      } else {
        const code = takeFile(folderIndex, visit.path, name);
        if (code !== null) {
          fail(code);
          break;
        }
        if (builder.isFull) await emit(builder.take());
      }
    }
    builder.addFolder({ index: folderIndex, path: visit.path, found });
    if (found === FolderFound.listed) listedFolders.push(visit.path);
    if (builder.isFull) await emit(builder.take());
  };

  /**
   * What is inside the root and not ignored is reached by its own path: a link to it is not a second
   * photo. Only what would not be reached otherwise is followed.
   */
  const followLink = (link: Link): void => {
    onStep();
    const { name } = link;
    const path = joinBytes(link.folder, name);
    const target = realPath(absolute(rootPath, path));
    const inside = target && relativeBytes(rootReal, target);
    if (!target || !inside || isHiddenName(name) || isInIgnored(inside, ignored)) {
      skipped++;
      return;
    }
    const stats = statsOf(target);
    if (stats?.isDirectory() && !isIgnoredFolder(name) && isIgnoredPath(inside)) {
      if (isWhole) stack.push({ path, recursive: true, names: NO_NAMES, linked: true });
      else markSeen(path);
    } else if (stats?.isFile() && isCandidateName(name) && !isReached(inside)) {
      linkedFiles.push({ ...link, target });
    } else {
      skipped++;
    }
  };

  for (;;) {
    for (let visit = stack.pop() ?? asked.shift(); visit; visit = stack.pop() ?? asked.shift()) {
      if (isCancelled()) return absentOutcome();
      await list(visit);
    }
    if (links.length === 0) break;
    // Sorted, so that of two links to one place the same is followed every time.
    const found = links.splice(0).sort(compareLinks);
    for (const link of found) followLink(link);
  }
  for (const link of linkedFiles) {
    onStep();
    const stats = statsOf(link.target);
    if (!stats?.isFile()) continue;
    files++;
    builder.addFile(link.folderIndex, link.name, stampOf(stats), false);
    if (builder.isFull) await emit(builder.take());
  }

  const growing = new Map<string, Uint8Array>();
  if (young.length > 0) await delay(SETTLE_MS);
  for (const file of young) {
    onStep();
    const stats = statsOf(absolute(rootPath, file.folder, file.name));
    if (!stats?.isFile()) continue;
    const grows = stats.size !== file.size || stats.mtimeMs !== file.mtimeMs;
    if (grows) growing.set(keyOf(file.folder), file.folder);
    else files++;
    builder.addFile(file.folderIndex, file.name, stampOf(stats), grows);
    if (builder.isFull) await emit(builder.take());
  }
  if (!builder.isEmpty) await emit(builder.take());
  // A drive that was unplugged meanwhile looks like folders that are gone: then nothing counts.
  if (placeOf(rootPath)?.device !== place.device) return absentOutcome();
  return {
    rootState: 'online',
    ...place,
    files,
    skipped,
    unreadable,
    folders: listedFolders,
    growing: [...growing.values()],
  };
}

/** Of a root that is not there, or does not answer. */
export function absentOutcome(): WalkOutcome {
  return {
    rootState: 'absent',
    device: null,
    inode: null,
    files: 0,
    skipped: 0,
    unreadable: [],
    folders: [],
    growing: [],
  };
}

/** What a folder is to the system; null when it is not there. */
function placeOf(path: Uint8Array): { device: number; inode: number } | null {
  try {
    const stats = statSync(Buffer.from(path));
    return stats.isDirectory() ? { device: stats.dev, inode: stats.ino } : null;
  } catch {
    // Whatever keeps a root from being looked at, its photos are safe as offline ones.
    return null;
  }
}

/** Stats of a path, links not followed; null when it is gone or cannot be looked at. */
function statsOf(path: Buffer): Stats | null {
  try {
    return lstatSync(path);
  } catch {
    // It was there a moment ago; the next scan tells what became of it.
    return null;
  }
}

function compareLinks(a: Link, b: Link): number {
  return Buffer.compare(joinBytes(a.folder, a.name), joinBytes(b.folder, b.name));
}

function realPath(path: Uint8Array): Buffer | null {
  try {
    return realpathSync.native(Buffer.from(path), { encoding: 'buffer' });
  } catch {
    // Gone, or a link to itself.
    return null;
  }
}

function absolute(root: Uint8Array, folder: Uint8Array, name?: Uint8Array): Buffer {
  const path = joinBytes(root, folder);
  return name ? joinBytes(path, name) : path;
}

/** A file that its own folder's listing brings. */
function isReached(inside: Uint8Array): boolean {
  return !isIgnoredPath(inside) && isCandidateName(baseName(inside));
}

/** The folder itself or anything below it is passed by. */
function isInIgnored(path: Uint8Array, ignored: ReadonlySet<string>): boolean {
  if (ignored.size === 0) return false;
  const key = keyOf(path);
  for (const folder of ignored) {
    if (key === folder || folder === '' || key.startsWith(`${folder}/`)) return true;
  }
  return false;
}

/** A path as a key of a set: one character a byte, so that no two paths share it. */
function keyOf(path: Uint8Array): string {
  return Buffer.from(path.buffer, path.byteOffset, path.byteLength).toString('latin1');
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
}

function isGone(code: string): boolean {
  return code === 'ENOENT' || code === 'ENOTDIR';
}
