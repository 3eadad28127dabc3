import { all, type ReadableDB } from '../library/database.ts';
import { emptyBits, slotsOf } from './bits.ts';
import { foldText } from './fold.ts';
import { Names } from './names.ts';

export type FolderInfo = {
  readonly id: number;
  /** Null for the folder of a root itself. */
  readonly parentId: number | null;
  /** Absolute, as shown. */
  readonly path: string;
  /** Last part of the path. */
  readonly name: string;
  /** The root's name and the path below it, folded: what words look into. */
  readonly key: string;
  /** Folded parts of the absolute path. */
  readonly parts: readonly string[];
  /** How many of `parts` belong to the root. */
  readonly rootParts: number;
  /** The folder or its root cannot be reached. */
  readonly offline: boolean;
  /** Its root was removed: its photos are not in the library's views. */
  readonly removed: boolean;
};

/** A path that `folder:` can name, with the folders that fold to it. */
export type Branch = {
  /** Absolute, as shown. */
  readonly path: string;
  /** Place of the one that holds it; -1 for a root. Lower than its own. */
  readonly parent: number;
};

/** Folders in folders, those that hold no photos themselves too. */
export type FolderTree = {
  readonly branches: readonly Branch[];
  /** The branch of each folder id; -1 for what is no folder, or is removed. */
  readonly branchOf: Int32Array;
};

type FolderRow = {
  id: number;
  parentId: number | null;
  rootPath: string;
  path: string;
  offline: number;
  removed: number;
};

/** Every folder that holds or held photos. */
export class FolderTable {
  readonly folders = new Map<number, FolderInfo>();
  #highestId = 0;
  #names = new Names();
  /** The folder of each key in `#names`. */
  #idOfName: number[] = [];
  anyRemoved = false;
  #tree: FolderTree | null = null;
  #deepestFirst: readonly FolderInfo[] | null = null;

  /** No folder has a higher id. */
  get highestId(): number {
    return this.#highestId;
  }

  /**
   * Adds to what each folder counts, by its id, what those below it count. By rows, not by names as
   * `folder:` does: `Café` and `CAFE` are two folders of the tree that people see.
   */
  addUp(counts: Uint32Array): void {
    // What lies below has a longer path, so it comes first.
    this.#deepestFirst ??= [...this.folders.values()].sort((a, b) => b.path.length - a.path.length);
    for (const { id, parentId } of this.#deepestFirst) {
      if (parentId === null || parentId >= counts.length) continue;
      counts[parentId] = (counts[parentId] as number) + (counts[id] as number);
    }
  }

  /** Made when first asked for. */
  get tree(): FolderTree {
    this.#tree ??= makeTree(this.folders.values(), this.#highestId);
    return this.#tree;
  }

  load(db: ReadableDB): void {
    this.folders.clear();
    this.#tree = null;
    this.#deepestFirst = null;
    this.anyRemoved = false;
    this.#names = new Names();
    this.#idOfName = [];
    const rows = all<FolderRow>(
      db,
      `SELECT folder.id, folder.parent_id AS parentId, root.path_text AS rootPath, folder.path_text AS path,
              folder.offline OR root.offline AS offline, root.removed
         FROM folder JOIN root ON root.id = folder.root_id`,
    );
    for (const row of rows) {
      const folder = toFolder(row);
      this.folders.set(row.id, folder);
      this.#names.push(folder.key);
      this.#idOfName.push(row.id);
      this.#highestId = Math.max(this.#highestId, row.id);
      if (row.removed) this.anyRemoved = true;
    }
  }

  /** For each folder id, 1 where the folder passes. Null when none does. */
  matching(test: (folder: FolderInfo) => boolean): Uint8Array | null {
    const flags = new Uint8Array(this.#highestId + 1);
    let any = false;
    for (const folder of this.folders.values()) {
      if (!test(folder)) continue;
      flags[folder.id] = 1;
      any = true;
    }
    return any ? flags : null;
  }

  /** For each folder id, 1 where its key holds the folded text. Null where none does. */
  containing(key: string): Uint8Array | null {
    const ids = this.#idsHolding(key);
    if (ids.length === 0) return null;
    const flags = new Uint8Array(this.#highestId + 1);
    for (const id of ids) flags[id] = 1;
    return flags;
  }

  /** Folders whose key holds the folded text. */
  holding(key: string): FolderInfo[] {
    return this.#idsHolding(key).flatMap((id) => this.folders.get(id) ?? []);
  }

  #idsHolding(key: string): number[] {
    const found = emptyBits(this.#names.count);
    this.#names.find(key, found);
    const ids: number[] = [];
    for (const index of slotsOf(found)) ids.push(this.#idOfName[index] as number);
    return ids;
  }

  /**
   * The folder that a person names, and everything below it. An absolute path means that one; other
   * text means whole parts of a path that end at a root or below it (`China`, `2019/China`).
   */
  below(path: string): Uint8Array | null {
    const wanted = partsOf(path);
    const absolute = /^[\\/]/u.test(path);
    return this.matching(({ parts, rootParts }) => {
      const lastStart = absolute ? 0 : parts.length - wanted.length;
      for (let start = 0; start <= lastStart; start += 1) {
        if (start + wanted.length < rootParts) continue;
        if (wanted.every((part, index) => parts[start + index] === part)) return true;
      }
      return false;
    });
  }
}

function toFolder(row: FolderRow): FolderInfo {
  const rootParts = partsOf(row.rootPath);
  const separator = row.rootPath.includes('\\') && !row.rootPath.includes('/') ? '\\' : '/';
  const below = row.path === '' ? '' : row.path.replaceAll('/', separator);
  const joint = row.rootPath.endsWith(separator) || below === '' ? '' : separator;
  const path = row.rootPath + joint + below;
  return {
    id: row.id,
    parentId: row.parentId,
    path,
    name: path.split(/[\\/]/u).findLast((part) => part !== '') ?? path,
    key: [rootParts.at(-1) ?? '', foldText(row.path)].filter((part) => part !== '').join('/'),
    parts: [...rootParts, ...partsOf(row.path)],
    rootParts: rootParts.length,
    offline: row.offline === 1,
    removed: row.removed === 1,
  };
}

function makeTree(folders: Iterable<FolderInfo>, highestId: number): FolderTree {
  const branches: Branch[] = [];
  const known = new Map<string, number>();
  const branchOf = new Int32Array(highestId + 1).fill(-1);
  const place = (parts: readonly string[], rootParts: number, path: string): number => {
    const key = parts.join('/');
    const there = known.get(key);
    if (there !== undefined) return there;
    const inner = parts.length > rootParts;
    const outside = path.slice(0, Math.max(0, path.search(/[\\/][^\\/]*[\\/]?$/u)));
    const parent = inner ? place(parts.slice(0, -1), rootParts, outside) : -1;
    const branch = branches.length;
    branches.push({ path, parent });
    known.set(key, branch);
    return branch;
  };
  for (const { id, parts, rootParts, path, removed } of folders) {
    if (!removed) branchOf[id] = place(parts, rootParts, path);
  }
  return { branches, branchOf };
}

function partsOf(path: string): string[] {
  return foldText(path)
    .split(/[\\/]/u)
    .filter((part) => part !== '');
}
