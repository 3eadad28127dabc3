/**
 * The truth of a scan made the truth of the library: what is new, changed, moved, missing, each as one
 * set operation, in one transaction.
 */
import type { ChangeLog } from './changes.ts';
import { saveCompanions } from './companions.ts';
import { all, get, run, type WritableDB } from './database.ts';
import { applyMoves, mergeWithKnown, pairMoves } from './moves.ts';
import { nameText, parentPath } from './names.ts';
import { FolderFound } from './scanBatch.ts';
import { clearComparison, compareFiles, compareGone, DiffKind } from './scanDiff.ts';
import { abandonScan } from './scanTables.ts';
import { restack } from './stacks.ts';
import { isRootEmptied, photosOf, settleGone } from './vanished.ts';

/** In files. `found = added + changed + moved + unchanged`. */
export type ScanCounts = {
  readonly found: number;
  readonly added: number;
  readonly changed: number;
  readonly moved: number;
  /** Photos that this scan found missing; those that are offline now are not among them. */
  readonly missing: number;
  readonly unchanged: number;
};

/** What tells a file system apart: its UUID and the root's path inside it. */
export type Volume = { readonly id: string; readonly path: Uint8Array };

export type FinishScanInput = {
  readonly scanId: number;
  readonly rootState: 'online' | 'absent';
  /** Device number of the root as it was scanned. */
  readonly device: number | null;
  /** Null where the system does not tell. */
  readonly volume: Volume | null;
  /** Candidates that the scan counted. */
  readonly files: number;
  readonly now: number;
};

export type FinishScanOutput = {
  /**
   * `offline`: the root is absent, empty or another disk's; nothing was taken. `rescan`: a part of a root
   * was looked at, and its device number is not the known one: the whole must be looked at.
   */
  readonly result: 'scanned' | 'offline' | 'rescan';
  readonly counts: ScanCounts;
  /** Photos that went from here to places which an earlier scan took for new; outside `counts`. */
  readonly merged: number;
  readonly wentOffline: boolean;
  readonly cameOnline: boolean;
  /** There are photos to read. */
  readonly work: boolean;
};

type RootRow = {
  id: number;
  whole: number;
  volume: string | null;
  device: number | null;
  offline: number;
  emptied: number;
  lastScanAt: number | null;
};

const NOTHING: ScanCounts = {
  found: 0,
  added: 0,
  changed: 0,
  moved: 0,
  missing: 0,
  unchanged: 0,
};

/** Compares and writes. Throws when the scan is not known, for example because the thread was started anew. */
export function finishScan(
  db: WritableDB,
  input: FinishScanInput,
  changes: ChangeLog,
): FinishScanOutput {
  const { scanId } = input;
  const root = get<RootRow>(
    db,
    `SELECT root.id, scan.whole, root.volume, root.device, root.offline, root.emptied,
            root.last_scan_at AS lastScanAt
       FROM scan JOIN root ON root.id = scan.root_id WHERE scan.id = ? AND NOT root.removed`,
    scanId,
  );
  const output = root
    ? reconcile(db, root, input, changes)
    : answer('offline', { wentOffline: false });
  clearComparison(db);
  abandonScan(db, { scanId }, changes);
  return output;
}

function reconcile(
  db: WritableDB,
  root: RootRow,
  input: FinishScanInput,
  changes: ChangeLog,
): FinishScanOutput {
  const { scanId, now } = input;
  const offline = (emptied: boolean): FinishScanOutput =>
    answer('offline', { wentOffline: setOffline(db, root, emptied, changes) });
  if (input.rootState === 'absent') return offline(false);
  if (root.offline && input.files === 0 && hasPhotos(db, root.id))
    return offline(root.emptied === 1);

  const whole = root.whole === 1;
  const isOtherDevice =
    root.device !== null &&
    root.device !== input.device &&
    (root.volume === null || root.volume !== (input.volume?.id ?? null));
  if (isOtherDevice && !whole) return answer('rescan', {});
  const { files, kinds } = compareFiles(db, { scanId, rootId: root.id, whole });
  const countOf = (kind: DiffKind): number => kinds.get(kind) ?? 0;
  const isSame =
    files - countOf(DiffKind.added) - countOf(DiffKind.growing) - countOf(DiffKind.changed);
  // Device numbers change at every boot on some systems: what is in the root then decides.
  if (isOtherDevice && isSame * 2 < presentPhotos(db, root.id)) return offline(false);

  const returned = returnFolders(db, scanId, changes);
  compareGone(db, scanId);
  pairMoves(db, { rootId: root.id, device: input.device });
  placeFolders(db, scanId, root.id, changes);
  const { moved, leftFolders } = applyMoves(db, scanId, changes);
  const added = insertAdded(db, scanId, now, changes);
  const rewritten = updateKnown(db, changes);
  const merged = mergeWithKnown(db, changes);
  if (isRootEmptied(db, root.id)) {
    run(db, 'UPDATE root SET device = COALESCE(device, ?) WHERE id = ?', input.device, root.id);
    return offline(root.device === null || root.device === input.device);
  }
  const missing = settleGone(
    db,
    { rootId: root.id, lastScanAt: root.lastScanAt, now, leftFolders },
    changes,
  );
  markFolders(db, scanId, changes);
  saveCompanions(db, scanId);
  restack(db, changes.touched, changes);
  const cameOnline = root.offline === 1;
  saveRoot(db, root, input, changes);
  const changed = countOf(DiffKind.changed);
  const found = files - countOf(DiffKind.growing);
  return {
    result: 'scanned',
    counts: {
      found,
      added,
      changed,
      moved,
      missing,
      unchanged: found - added - changed - moved,
    },
    merged,
    wentOffline: false,
    cameOnline,
    work: added + rewritten + moved + merged + returned > 0 || cameOnline,
  };
}

function answer(
  result: FinishScanOutput['result'],
  parts: { readonly wentOffline?: boolean },
): FinishScanOutput {
  return {
    result,
    counts: NOTHING,
    merged: 0,
    wentOffline: parts.wentOffline ?? false,
    cameOnline: false,
    work: false,
  };
}

function hasPhotos(db: WritableDB, rootId: number): boolean {
  return (
    get(
      db,
      `SELECT 1 FROM folder JOIN photo ON photo.folder_id = folder.id
        WHERE folder.root_id = ? AND photo.missing_since IS NULL LIMIT 1`,
      rootId,
    ) !== undefined
  );
}

function presentPhotos(db: WritableDB, rootId: number): number {
  return (
    get<{ count: number }>(
      db,
      `SELECT COUNT(*) AS count FROM folder JOIN photo ON photo.folder_id = folder.id
        WHERE folder.root_id = ? AND NOT folder.offline AND photo.missing_since IS NULL`,
      rootId,
    )?.count ?? 0
  );
}

/** True when the root was online until now. */
function setOffline(db: WritableDB, root: RootRow, emptied: boolean, changes: ChangeLog): boolean {
  if (root.offline === 1 && (root.emptied === 1) === emptied) return false;
  run(db, 'UPDATE root SET offline = 1, emptied = ? WHERE id = ?', emptied ? 1 : 0, root.id);
  if (root.offline === 1) return false;
  changes.photos(photosUnder(db, root.id));
  changes.folders();
  return true;
}

/** Ids of all photos of a root. */
export function photosUnder(db: WritableDB, rootId: number): number[] {
  return all<{ id: number }>(
    db,
    'SELECT photo.id FROM folder JOIN photo ON photo.folder_id = folder.id WHERE folder.root_id = ?',
    rootId,
  ).map((row) => row.id);
}

/**
 * A folder that lost everything and has files again is online; what is still not there is then missing.
 * Answers how many came back.
 */
function returnFolders(db: WritableDB, scanId: number, changes: ChangeLog): number {
  const returned = all<{ id: number }>(
    db,
    `UPDATE folder SET offline = 0
      WHERE offline AND id IN (
        SELECT place.folder_id FROM scan_folder AS place
         WHERE place.scan = $scanId AND EXISTS (
           SELECT 1 FROM scan_file AS file
            WHERE file.scan = $scanId AND file.ordinal = place.ordinal))
      RETURNING id`,
    { scanId },
  );
  for (const { id } of returned) changes.photos(photosOf(db, id));
  if (returned.length > 0) changes.folders();
  return returned.length;
}

/** Makes rows for the folders of new and moved photos, and for those above them. */
function placeFolders(db: WritableDB, scanId: number, rootId: number, changes: ChangeLog): void {
  const places = all<{ ordinal: number; path: Buffer }>(
    db,
    `SELECT ordinal, path FROM scan_folder
      WHERE scan = ? AND folder_id IS NULL
        AND ordinal IN (SELECT ordinal FROM scan_diff WHERE kind = ${DiffKind.added})`,
    scanId,
  );
  for (const place of places) {
    const folderId = ensureFolder(db, rootId, place.path);
    run(
      db,
      'UPDATE scan_folder SET folder_id = ? WHERE scan = ? AND ordinal = ?',
      folderId,
      scanId,
      place.ordinal,
    );
  }
  if (places.length > 0) changes.folders();
}

/** The folder's row and those above it, made where they are missing. */
export function ensureFolder(db: WritableDB, rootId: number, path: Uint8Array): number {
  const known = get<{ id: number }>(
    db,
    'SELECT id FROM folder WHERE root_id = ? AND path = ?',
    rootId,
    path,
  );
  if (known) return known.id;
  const parent = parentPath(path);
  const parentId = parent === null ? null : ensureFolder(db, rootId, parent);
  return Number(
    run(
      db,
      'INSERT INTO folder (root_id, parent_id, path, path_text) VALUES (?, ?, ?, ?)',
      rootId,
      parentId,
      path,
      nameText(path),
    ).lastInsertRowid,
  );
}

function insertAdded(db: WritableDB, scanId: number, now: number, changes: ChangeLog): number {
  const rows = all<{ id: number }>(
    db,
    `INSERT INTO photo (folder_id, name, name_text, name_key, size_bytes, mtime_us, inode, added_at)
     SELECT place.folder_id, file.name, file.name_text, file.name_key, file.size_bytes,
            file.mtime_us, file.inode, ?
       FROM scan_diff AS file CROSS JOIN scan_folder AS place
         ON place.scan = ? AND place.ordinal = file.ordinal
      WHERE file.kind = ${DiffKind.added} AND file.id NOT IN (SELECT diff_id FROM scan_move)
      RETURNING id`,
    now,
    scanId,
  );
  changes.photos(rows.map((row) => row.id));
  return rows.length;
}

/** Photos at their known place: changed, back, numbered anew. Answers how many must be read again. */
function updateKnown(db: WritableDB, changes: ChangeLog): number {
  const read = all<{ id: number }>(
    db,
    `UPDATE photo
        SET size_bytes = file.size_bytes, mtime_us = file.mtime_us, inode = file.inode,
            missing_since = NULL, last_seen_at = NULL,
            stage = 0, attempts = CASE WHEN file.kind = ${DiffKind.changed} THEN 0 ELSE attempts END,
            failure_code = NULL, failure_message = NULL
       FROM scan_diff AS file
      WHERE photo.id = file.photo_id AND file.kind IN (${DiffKind.changed}, ${DiffKind.retry})
      RETURNING photo.id`,
  );
  const back = all<{ id: number }>(
    db,
    `UPDATE photo
        SET inode = file.inode, missing_since = NULL, last_seen_at = NULL,
            stage = CASE WHEN failure_code = 'vanished' THEN 0 ELSE stage END,
            attempts = CASE WHEN failure_code = 'vanished' THEN 0 ELSE attempts END,
            failure_message = CASE WHEN failure_code = 'vanished' THEN NULL ELSE failure_message END,
            failure_code = CASE WHEN failure_code = 'vanished' THEN NULL ELSE failure_code END
       FROM scan_diff AS file
      WHERE photo.id = file.photo_id AND file.kind = ${DiffKind.back}
      RETURNING photo.id`,
  );
  run(
    db,
    `UPDATE photo SET inode = file.inode FROM scan_diff AS file
      WHERE photo.id = file.photo_id AND file.kind = ${DiffKind.renumbered}`,
  );
  changes.photos(read.map((row) => row.id));
  changes.photos(back.map((row) => row.id));
  return read.length + back.length;
}

/** Keeps which folders are gone from the disk. */
function markFolders(db: WritableDB, scanId: number, changes: ChangeLog): void {
  const gone = run(
    db,
    'UPDATE folder SET missing = 1 WHERE NOT missing AND id IN (SELECT id FROM scan_gone_folder)',
  );
  const back = run(
    db,
    `UPDATE folder SET missing = 0
      WHERE missing AND id IN (SELECT folder_id FROM scan_folder
                                WHERE scan = ? AND found IN (${FolderFound.listed}, ${FolderFound.seen}))`,
    scanId,
  );
  if (gone.changes + back.changes > 0) changes.folders();
}

function saveRoot(db: WritableDB, root: RootRow, input: FinishScanInput, changes: ChangeLog): void {
  run(
    db,
    `UPDATE root
        SET offline = 0, emptied = 0, device = $device,
            volume = COALESCE($volume, volume), volume_path = COALESCE($volumePath, volume_path),
            last_scan_at = CASE WHEN $whole THEN $now ELSE last_scan_at END
      WHERE id = $id`,
    {
      id: root.id,
      device: input.device,
      volume: input.volume?.id ?? null,
      volumePath: input.volume?.path ?? null,
      whole: root.whole,
      now: input.now,
    },
  );
  if (root.offline !== 1) return;
  changes.photos(photosUnder(db, root.id));
  changes.folders();
}
