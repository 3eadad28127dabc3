/** The folders that a person added. Removing one keeps what is known of its photos unless told to forget. */
import { TagrollError } from '../../shared/errors.ts';
import type { FolderNode, Root } from '../../shared/model.ts';
import { relativeBytes } from './bytes.ts';
import type { ChangeLog } from './changes.ts';
import { all, get, type ReadableDB, run, type WritableDB } from './database.ts';
import { nameText } from './names.ts';
import { photosUnder, type Volume } from './reconcile.ts';

export type RootRow = {
  readonly id: number;
  readonly path: Buffer;
  readonly pathText: string;
  readonly volume: string | null;
  readonly volumePath: Buffer | null;
  readonly device: number | null;
  readonly offline: 0 | 1;
  readonly paused: 0 | 1;
  readonly lastScanAt: number | null;
};

const COLUMNS_SQL = `id, path, path_text AS pathText, volume, volume_path AS volumePath, device,
  offline, paused, last_scan_at AS lastScanAt`;

/** Roots that were not removed, by path. */
export function rootRows(db: ReadableDB): RootRow[] {
  return all<RootRow>(db, `SELECT ${COLUMNS_SQL} FROM root WHERE NOT removed ORDER BY path`);
}

/** Throws `not_found` for a root that was removed or never was. */
export function getRoot(db: ReadableDB, rootId: number): RootRow {
  const row = get<RootRow>(
    db,
    `SELECT ${COLUMNS_SQL} FROM root WHERE id = ? AND NOT removed`,
    rootId,
  );
  if (!row) {
    throw new TagrollError('not_found', `Folder ${rootId} is not in the library any more.`, {
      id: rootId,
    });
  }
  return row;
}

/** All but how changes are watched, which only the running program knows. */
export function listRoots(db: ReadableDB): Omit<Root, 'watch' | 'watchReason'>[] {
  const photos = photosByFolder(db);
  const counts = new Map<number, number>();
  type Row = { id: number; rootId: number };
  for (const folder of all<Row>(db, 'SELECT id, root_id AS rootId FROM folder')) {
    counts.set(folder.rootId, (counts.get(folder.rootId) ?? 0) + (photos.get(folder.id) ?? 0));
  }
  return rootRows(db).map((row) => ({
    id: row.id,
    path: row.pathText,
    state: row.paused ? 'paused' : row.offline ? 'offline' : 'online',
    photos: counts.get(row.id) ?? 0,
    lastScanAtMs: row.lastScanAt,
  }));
}

/** Photos of each folder, missing ones left out. Two index scans: the photos' rows are not read. */
function photosByFolder(db: ReadableDB): Map<number, number> {
  type Row = { folderId: number; count: number };
  const counts = new Map(
    all<Row>(
      db,
      'SELECT folder_id AS folderId, COUNT(*) AS count FROM photo GROUP BY folder_id',
    ).map((row) => [row.folderId, row.count]),
  );
  const missing = all<Row>(
    db,
    `SELECT folder_id AS folderId, COUNT(*) AS count FROM photo INDEXED BY photo_missing
      WHERE missing_since IS NOT NULL GROUP BY folder_id`,
  );
  // What stands behind another photo is not counted beside it.
  const stacked = all<Row>(
    db,
    `SELECT folder_id AS folderId, COUNT(*) AS count FROM photo INDEXED BY photo_stack
      WHERE stack_front_id IS NOT NULL AND missing_since IS NULL GROUP BY folder_id`,
  );
  for (const row of [...missing, ...stacked]) {
    counts.set(row.folderId, (counts.get(row.folderId) ?? 0) - row.count);
  }
  return counts;
}

/**
 * Folders as a tree, each with the photos in it and below. Folders without a photo are left out, roots
 * are not. Parents come before their children, children in natural order of their names.
 */
export function folderTree(db: ReadableDB): FolderNode[] {
  type Row = {
    id: number;
    parentId: number | null;
    rootId: number;
    path: Buffer;
    pathText: string;
    rootPathText: string;
    offline: 0 | 1;
    neverUpload: 0 | 1;
  };
  const rows = all<Row>(
    db,
    `SELECT folder.id, folder.parent_id AS parentId, folder.root_id AS rootId, folder.path,
            folder.path_text AS pathText, root.path_text AS rootPathText,
            root.offline OR folder.offline AS offline, folder.never_upload AS neverUpload
       FROM folder JOIN root ON root.id = folder.root_id
      WHERE NOT root.removed
      ORDER BY root.path, length(folder.path)`,
  );
  const own = photosByFolder(db);
  const total = new Map<number, number>();
  const online = new Map<number, number>();
  // Longest paths first: what is below is added up before what is above.
  for (const row of [...rows].reverse()) {
    const photos = (total.get(row.id) ?? 0) + (own.get(row.id) ?? 0);
    const reachable = (online.get(row.id) ?? 0) + (row.offline ? 0 : (own.get(row.id) ?? 0));
    total.set(row.id, photos);
    online.set(row.id, reachable);
    if (row.parentId === null) continue;
    total.set(row.parentId, (total.get(row.parentId) ?? 0) + photos);
    online.set(row.parentId, (online.get(row.parentId) ?? 0) + reachable);
  }
  const nodes = rows
    .filter((row) => row.parentId === null || (total.get(row.id) ?? 0) > 0)
    .map((row) => ({
      id: row.id,
      parentId: row.parentId,
      rootId: row.rootId,
      name: lastName(row.pathText === '' ? row.rootPathText : row.pathText),
      path: row.pathText === '' ? row.rootPathText : joinText(row.rootPathText, row.pathText),
      photos: total.get(row.id) ?? 0,
      offline:
        row.offline === 1 || ((total.get(row.id) ?? 0) > 0 && (online.get(row.id) ?? 0) === 0),
      neverUpload: row.neverUpload === 1,
    }));
  const byParent = Map.groupBy(nodes, (node) => node.parentId);
  const order = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  const tree: FolderNode[] = [];
  const stack = [...(byParent.get(null) ?? [])].reverse();
  for (let node = stack.pop(); node; node = stack.pop()) {
    tree.push(node);
    const children = byParent.get(node.id) ?? [];
    stack.push(...children.sort((a, b) => order.compare(b.name, a.name)));
  }
  return tree;
}

function lastName(path: string): string {
  return (
    path
      .split(process.platform === 'win32' ? /[\\/]/ : '/')
      .filter((part) => part !== '')
      .at(-1) ?? path
  );
}

function joinText(root: string, path: string): string {
  return root.endsWith('/') ? `${root}${path}` : `${root}/${path}`;
}

/** A folder to add, with the other names it is known by (symbolic links resolved). */
export type NewRoot = {
  readonly path: Uint8Array;
  readonly realPath: Uint8Array;
  readonly device: number | null;
  readonly volume: Volume | null;
};

export type AddRootsInput = {
  readonly roots: readonly NewRoot[];
  /** Real paths of the known roots, where they could be told. */
  readonly realPaths: readonly { readonly rootId: number; readonly path: Uint8Array }[];
  /** Real path of the library's own folder. */
  readonly libraryPath: Uint8Array;
  readonly now: number;
};

/**
 * Adds all or none. One that is known already is answered with its id; one that was removed comes back
 * with all its photos. Throws `folder_is_library` for the library's own folder or one inside it (a root
 * around it is fine: scans pass the library by) and `folder_nested` for a root inside another.
 */
export function addRoots(
  db: WritableDB,
  input: AddRootsInput,
  changes: ChangeLog,
): { rootIds: number[] } {
  const realPaths = new Map(input.realPaths.map((known) => [known.rootId, known.path]));
  const rootIds = input.roots.map((root) => {
    if (relativeBytes(input.libraryPath, root.realPath)) {
      throw new TagrollError(
        'folder_is_library',
        `${nameText(root.path)} belongs to the library itself and is never scanned. Choose a folder with photos.`,
        { path: nameText(root.path) },
      );
    }
    const same = sameRoot(db, root, realPaths);
    const id = same ?? insertOrRevive(db, root, realPaths, input.now, changes);
    realPaths.set(id, root.realPath);
    return id;
  });
  return { rootIds };
}

function sameRoot(
  db: WritableDB,
  root: NewRoot,
  realPaths: ReadonlyMap<number, Uint8Array>,
): number | null {
  for (const known of rootRows(db)) {
    const real = realPaths.get(known.id) ?? known.path;
    if (known.path.equals(root.path) || Buffer.from(real).equals(root.realPath)) return known.id;
  }
  return null;
}

function insertOrRevive(
  db: WritableDB,
  root: NewRoot,
  realPaths: ReadonlyMap<number, Uint8Array>,
  now: number,
  changes: ChangeLog,
): number {
  refuseNested(db, root, realPaths, null);
  changes.folders();
  const removed = get<{ id: number }>(db, 'SELECT id FROM root WHERE path = ?', root.path);
  if (removed) {
    run(db, 'UPDATE root SET removed = 0, paused = 0 WHERE id = ?', removed.id);
    changes.photos(photosUnder(db, removed.id));
    return removed.id;
  }
  const id = Number(
    run(
      db,
      `INSERT INTO root (path, path_text, volume, volume_path, device, added_at)
       VALUES (?, ?, ?, ?, ?, ?)`,
      root.path,
      nameText(root.path),
      root.volume?.id ?? null,
      root.volume?.path ?? null,
      root.device,
      now,
    ).lastInsertRowid,
  );
  run(db, `INSERT INTO folder (root_id, path, path_text) VALUES (?, x'', '')`, id);
  return id;
}

function refuseNested(
  db: WritableDB,
  root: NewRoot,
  realPaths: ReadonlyMap<number, Uint8Array>,
  except: number | null,
): void {
  for (const known of rootRows(db)) {
    if (known.id === except) continue;
    const real = realPaths.get(known.id) ?? known.path;
    const inner = relativeBytes(real, root.realPath) ?? relativeBytes(known.path, root.path);
    const outer = relativeBytes(root.realPath, real) ?? relativeBytes(root.path, known.path);
    if (!inner && !outer) continue;
    const path = nameText(root.path);
    const message = inner
      ? `${path} lies inside ${known.pathText}, which is in the library already: its photos are there.`
      : `${path} holds ${known.pathText}, which is in the library already. Remove that folder first; its tags are kept.`;
    throw new TagrollError('folder_nested', message, { path, other: known.pathText });
  }
}

/** `forget` deletes the rows of its photos; otherwise they wait for the folder to be added again. */
export function removeRoot(
  db: WritableDB,
  input: { readonly rootId: number; readonly forget: boolean },
  changes: ChangeLog,
): { photos: number } {
  getRoot(db, input.rootId);
  const ids = photosUnder(db, input.rootId);
  changes.folders();
  if (!input.forget) {
    run(db, 'UPDATE root SET removed = 1 WHERE id = ?', input.rootId);
    changes.photos(ids);
    return { photos: ids.length };
  }
  run(
    db,
    'DELETE FROM photo WHERE folder_id IN (SELECT id FROM folder WHERE root_id = ?)',
    input.rootId,
  );
  // Children first, a level at a time: a folder's parent may not go before it.
  run(db, 'UPDATE folder SET parent_id = NULL WHERE root_id = ?', input.rootId);
  run(db, 'DELETE FROM root WHERE id = ?', input.rootId);
  changes.removed(ids);
  changes.tags();
  return { photos: ids.length };
}

export function setRootPaused(
  db: WritableDB,
  input: { readonly rootId: number; readonly paused: boolean },
  changes: ChangeLog,
): void {
  getRoot(db, input.rootId);
  run(db, 'UPDATE root SET paused = ? WHERE id = ?', input.paused ? 1 : 0, input.rootId);
  changes.folders();
}

/** Gives a root another path; whether it holds the same photos, the caller has looked. Throws `folder_nested`. */
export function relocateRoot(
  db: WritableDB,
  input: {
    readonly rootId: number;
    readonly root: NewRoot;
    readonly realPaths: AddRootsInput['realPaths'];
  },
  changes: ChangeLog,
): void {
  const { root } = input;
  getRoot(db, input.rootId);
  const realPaths = new Map(input.realPaths.map((known) => [known.rootId, known.path]));
  refuseNested(db, root, realPaths, input.rootId);
  const holder = get<{ id: number }>(db, 'SELECT id FROM root WHERE path = ?', root.path);
  if (holder && holder.id !== input.rootId) {
    // A removed root had this path: its row steps aside, so that its kept photos stay findable by content.
    run(db, `UPDATE root SET path = CAST(path || x'00' || id AS BLOB) WHERE id = ?`, holder.id);
  }
  run(
    db,
    `UPDATE root SET path = ?, path_text = ?, volume = ?, volume_path = ?, device = ?,
            offline = 0, emptied = 0 WHERE id = ?`,
    root.path,
    nameText(root.path),
    root.volume?.id ?? null,
    root.volume?.path ?? null,
    root.device,
    input.rootId,
  );
  changes.photos(photosUnder(db, input.rootId));
  changes.folders();
}
