import { all, type ReadableDB } from '../library/database.ts';
import { emptyBits, hasBit, isEmpty } from './bits.ts';
import { foldText } from './fold.ts';
import { Names } from './names.ts';

export type FolderInfo = {
  readonly id: number;
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

type FolderRow = {
  id: number;
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

  load(db: ReadableDB): void {
    this.folders.clear();
    this.anyRemoved = false;
    this.#names = new Names();
    this.#idOfName = [];
    const rows = all<FolderRow>(
      db,
      `SELECT folder.id, root.path_text AS rootPath, folder.path_text AS path,
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
    const found = emptyBits(this.#names.count);
    this.#names.find(key, found);
    if (isEmpty(found)) return null;
    const flags = new Uint8Array(this.#highestId + 1);
    for (const [index, id] of this.#idOfName.entries()) if (hasBit(found, index)) flags[id] = 1;
    return flags;
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
    path,
    name: path.split(/[\\/]/u).findLast((part) => part !== '') ?? path,
    key: [rootParts.at(-1) ?? '', foldText(row.path)].filter((part) => part !== '').join('/'),
    parts: [...rootParts, ...partsOf(row.path)],
    rootParts: rootParts.length,
    offline: row.offline === 1,
    removed: row.removed === 1,
  };
}

function partsOf(path: string): string[] {
  return foldText(path)
    .split(/[\\/]/u)
    .filter((part) => part !== '');
}
