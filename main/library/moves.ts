/**
 * A vanished photo and a new file that are one (docs/rules.md 1): the old row stays, with its id and everything
 * a person did, and takes the new place. Only where there is exactly one of each.
 */
import type { ChangeLog } from './changes.ts';
import { all, get, run, type WritableDB } from './database.ts';
import { DiffKind } from './scanDiff.ts';
import { type FolderMove, followMoves } from './tagging/neverUpload.ts';

/** Only pairs whose both sides are in no other pair. */
const UNIQUE_PAIRS_SQL = `
  INSERT INTO scan_move (diff_id, photo_id)
  SELECT diff_id, photo_id FROM (
    SELECT diff_id, photo_id, COUNT(*) OVER (PARTITION BY diff_id) AS photos,
           COUNT(*) OVER (PARTITION BY photo_id) AS files
      FROM pair)
   WHERE photos = 1 AND files = 1`;

/** The photo's file is known to be gone, or nobody looks at its place any more. */
const GONE_SQL = `(photo.id IN (SELECT photo_id FROM scan_gone) OR photo.missing_since IS NOT NULL
  OR folder.offline OR (root.offline AND root.id <> $rootId) OR root.removed)`;

/** The file's place was looked at and it was not there: stricter, because another disk can hold a copy. */
const VERIFIED_GONE_SQL = `(photo.missing_since IS NOT NULL OR folder.offline OR root.emptied)
  AND (NOT root.offline OR root.emptied) AND NOT root.removed`;

/** CROSS: the few rows come first. Without statistics SQLite might read every photo instead. */
const PLACE_SQL = `CROSS JOIN folder ON folder.id = photo.folder_id
  CROSS JOIN root ON root.id = folder.root_id`;

/** When a gone photo was last known to be at its place; what was added later may be it. */
const LAST_SEEN_SQL =
  'COALESCE(photo.last_seen_at, MAX(photo.added_at, COALESCE(root.last_scan_at, 0)))';

/** Pairs new files of the running comparison with gone photos: by folded name in one folder, then by stamp. */
export function pairMoves(
  db: WritableDB,
  input: { readonly rootId: number; readonly device: number | null },
): void {
  const stamp = 'photo.size_bytes = file.size_bytes AND photo.mtime_us = file.mtime_us';
  run(
    db,
    `WITH pair AS (
       SELECT file.id AS diff_id, photo.id AS photo_id
         FROM scan_diff AS file CROSS JOIN photo ON ${stamp} AND photo.name_key = file.name_key
              AND photo.folder_id = file.folder_id ${PLACE_SQL}
        WHERE file.kind = ${DiffKind.added} AND ${GONE_SQL})
     ${UNIQUE_PAIRS_SQL}`,
    { rootId: input.rootId },
  );
  run(
    db,
    `WITH pair AS (
       SELECT file.id AS diff_id, photo.id AS photo_id
         FROM scan_diff AS file CROSS JOIN photo ON ${stamp} AND photo.inode = file.inode ${PLACE_SQL}
        WHERE file.kind = ${DiffKind.added} AND file.inode <> 0 AND ${GONE_SQL}
          AND (root.id = $rootId OR root.device = $device)
          AND file.id NOT IN (SELECT diff_id FROM scan_move)
          AND photo.id NOT IN (SELECT photo_id FROM scan_move))
     ${UNIQUE_PAIRS_SQL}`,
    { rootId: input.rootId, device: input.device },
  );
}

/** Gives paired photos their new place. Answers their ids and the folders they left. */
export function applyMoves(
  db: WritableDB,
  scanId: number,
  changes: ChangeLog,
): { moved: number; leftFolders: Set<number> } {
  const ways = all<FolderMove>(
    db,
    `SELECT DISTINCT photo.folder_id AS fromId, place.folder_id AS toId
       FROM scan_move CROSS JOIN photo ON photo.id = scan_move.photo_id
       CROSS JOIN scan_diff AS file ON file.id = scan_move.diff_id
       CROSS JOIN scan_folder AS place ON place.scan = ? AND place.ordinal = file.ordinal`,
    scanId,
  );
  const moved = all<{ id: number }>(
    db,
    `UPDATE photo
        SET (folder_id, name, name_text, name_key, inode) = (
              SELECT place.folder_id, file.name, file.name_text, file.name_key, file.inode
                FROM scan_move CROSS JOIN scan_diff AS file ON file.id = scan_move.diff_id
                CROSS JOIN scan_folder AS place ON place.scan = ? AND place.ordinal = file.ordinal
               WHERE scan_move.photo_id = photo.id),
            missing_since = NULL, last_seen_at = NULL,
            stage = CASE WHEN failure_code = 'vanished' THEN 0 ELSE stage END,
            attempts = CASE WHEN failure_code = 'vanished' THEN 0 ELSE attempts END,
            failure_message = CASE WHEN failure_code = 'vanished' THEN NULL ELSE failure_message END,
            failure_code = CASE WHEN failure_code = 'vanished' THEN NULL ELSE failure_code END
      WHERE id IN (SELECT photo_id FROM scan_move)
      RETURNING id`,
    scanId,
  );
  changes.photos(moved.map((row) => row.id));
  run(db, 'DELETE FROM scan_gone WHERE photo_id IN (SELECT photo_id FROM scan_move)');
  followMoves(db, ways, changes);
  return { moved: moved.length, leftFolders: new Set(ways.map((way) => way.fromId)) };
}

/**
 * The other order: the new place was scanned first and is a row already. Pairs photos that this comparison
 * found gone with photos added since they were last seen, by stamp, then by content.
 */
export function mergeWithKnown(db: WritableDB, changes: ChangeLog): number {
  const added = `new_photo.id > photo.id AND new_photo.missing_since IS NULL
    AND new_photo.added_at > ${LAST_SEEN_SQL}
    AND new_photo.id NOT IN (SELECT photo_id FROM scan_gone)
    AND NOT new_root.removed AND NOT new_root.offline AND NOT new_folder.offline`;
  const from = (match: string): string => `
    SELECT photo.id AS oldId, new_photo.id AS newId
      FROM scan_gone CROSS JOIN photo ON photo.id = scan_gone.photo_id ${PLACE_SQL}
      CROSS JOIN photo AS new_photo ON ${match}
      CROSS JOIN folder AS new_folder ON new_folder.id = new_photo.folder_id
      CROSS JOIN root AS new_root ON new_root.id = new_folder.root_id
     WHERE ${added}`;
  const byStamp = all<Pair>(
    db,
    `${from(`new_photo.size_bytes = photo.size_bytes AND new_photo.mtime_us = photo.mtime_us
       AND new_photo.inode = photo.inode AND photo.inode <> 0`)}
       AND (new_root.id = root.id OR new_root.device = root.device)`,
  );
  let merged = mergePairs(db, byStamp, changes);
  const byHash = all<Pair>(db, from('new_photo.file_hash = photo.file_hash'));
  merged += mergePairs(db, byHash, changes);
  return merged;
}

type Pair = { readonly oldId: number; readonly newId: number };

function mergePairs(db: WritableDB, pairs: readonly Pair[], changes: ChangeLog): number {
  const count = (key: keyof Pair): Map<number, number> => {
    const counts = new Map<number, number>();
    for (const pair of pairs) counts.set(pair[key], (counts.get(pair[key]) ?? 0) + 1);
    return counts;
  };
  const oldCounts = count('oldId');
  const newCounts = count('newId');
  let merged = 0;
  for (const pair of pairs) {
    if (oldCounts.get(pair.oldId) !== 1 || newCounts.get(pair.newId) !== 1) continue;
    mergeMoved(db, pair, changes);
    run(db, 'DELETE FROM scan_gone WHERE photo_id = ?', pair.oldId);
    merged++;
  }
  return merged;
}

/**
 * After the second pass of a new photo (its row had no hash before): looks whether it, or another new
 * one of the same size, is a gone photo with the same content. While a new file of that size is still
 * unread nothing is decided, because it may be a second candidate. True when a photo was moved: the gone
 * row took the new one's place, and the new row is deleted.
 */
export function adoptMovedByHash(db: WritableDB, photoId: number, changes: ChangeLog): boolean {
  const photo = get<{ sizeBytes: number }>(
    db,
    'SELECT size_bytes AS sizeBytes FROM photo WHERE id = ?',
    photoId,
  );
  if (!photo) return false;
  const gone = all<{ id: number; fileHash: Buffer; lastSeenAt: number }>(
    db,
    `SELECT photo.id, photo.file_hash AS fileHash, ${LAST_SEEN_SQL} AS lastSeenAt
       FROM photo ${PLACE_SQL}
      WHERE photo.size_bytes = ? AND photo.id < ? AND photo.file_hash IS NOT NULL
        AND ${VERIFIED_GONE_SQL}`,
    photo.sizeBytes,
    photoId,
  );
  let adopted = false;
  for (const old of gone) {
    if (gone.some((other) => other !== old && other.fileHash.equals(old.fileHash))) continue;
    const candidates = all<{ id: number; fileHash: Buffer | null }>(
      db,
      `SELECT photo.id, photo.file_hash AS fileHash FROM photo ${PLACE_SQL}
        WHERE photo.size_bytes = $size AND photo.id > $id AND photo.added_at > $lastSeenAt
          AND (photo.file_hash = $hash OR (photo.file_hash IS NULL AND photo.stage < 2))
          AND photo.missing_since IS NULL
          AND NOT folder.offline AND NOT root.offline AND NOT root.removed
        LIMIT 2`,
      { size: photo.sizeBytes, id: old.id, lastSeenAt: old.lastSeenAt, hash: old.fileHash },
    );
    const [only, second] = candidates;
    if (!only?.fileHash || second) continue;
    mergeMoved(db, { oldId: old.id, newId: only.id }, changes);
    adopted = true;
  }
  return adopted;
}

/**
 * The old row takes the new row's place, and with it what a person already did there. It is read again where
 * nobody read what lies there now.
 */
function mergeMoved(db: WritableDB, { oldId, newId }: Pair, changes: ChangeLog): void {
  const place = get<Record<string, unknown>>(
    db,
    // A hash may be of what the file was when it was last read; where the stamp is the old row's, that is the same.
    `SELECT folder_id, name, name_text, name_key, size_bytes, mtime_us, inode, favorite, rating,
            (stage < 2 OR failure_code IS NOT NULL)
              AND (size_bytes, mtime_us) <> (SELECT size_bytes, mtime_us FROM photo WHERE id = ?) AS unread
       FROM photo WHERE id = ?`,
    oldId,
    newId,
  );
  if (!place) return;
  run(
    db,
    `INSERT OR IGNORE INTO photo_tag (photo_id, label_id, confidence, run_id)
     SELECT ?, photo_tag.label_id, photo_tag.confidence, photo_tag.run_id
       FROM photo_tag JOIN label ON label.id = photo_tag.label_id
      WHERE photo_tag.photo_id = ? AND label.service_id = 'me'`,
    oldId,
    newId,
  );
  run(
    db,
    `INSERT OR IGNORE INTO rejection (photo_id, tag_id, rejected_at)
     SELECT ?, tag_id, rejected_at FROM rejection WHERE photo_id = ?`,
    oldId,
    newId,
  );
  run(db, 'UPDATE job SET photo_id = ? WHERE photo_id = ?', oldId, newId);
  run(db, 'UPDATE upload SET photo_id = ? WHERE photo_id = ?', oldId, newId);
  run(db, 'DELETE FROM photo WHERE id = ?', newId);
  run(
    db,
    `UPDATE photo
        SET folder_id = $folder_id, name = $name, name_text = $name_text, name_key = $name_key,
            size_bytes = $size_bytes, mtime_us = $mtime_us, inode = $inode,
            favorite = MAX(favorite, $favorite), rating = COALESCE(rating, $rating),
            missing_since = NULL, last_seen_at = NULL,
            stage = CASE WHEN $unread OR stage < 2 OR failure_code IS NOT NULL THEN 0 ELSE 2 END,
            attempts = 0, failure_code = NULL, failure_message = NULL
      WHERE id = $oldId`,
    { ...place, oldId },
  );
  changes.removed([newId]);
  changes.photo(oldId);
}
