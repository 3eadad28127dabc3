/** Comparing what a scan found with what the library knows: one pass over the files, one over the photos. */
import { all, get, run, type WritableDB } from './database.ts';
import { FolderFound } from './scanBatch.ts';

/** What a difference means. */
export const DiffKind = {
  /** At a path that the library does not know. */
  added: 1,
  /** Other size or time at a known path. */
  changed: 2,
  /** A missing photo is there again, as it was. */
  back: 3,
  /** Same file, other inode: some file systems number anew at every mount. */
  renumbered: 4,
  /** Was gone or locked when it was to be read: it is read again. */
  retry: 5,
  /** New and still growing: taken by a later scan. */
  growing: 6,
  /** Known and still growing: left as it is. */
  growingKnown: 7,
} as const;
export type DiffKind = (typeof DiffKind)[keyof typeof DiffKind];

/** A file that is listed and still not there when it is read is left to the next scan of the whole. */
const MOST_ATTEMPTS = 3;

/** Fills `scan_diff`; answers how many files the scan holds and how many of each kind. */
export function compareFiles(
  db: WritableDB,
  input: { readonly scanId: number; readonly rootId: number; readonly whole: boolean },
): { files: number; kinds: ReadonlyMap<DiffKind, number> } {
  clearComparison(db);
  const { scanId, rootId } = input;
  run(
    db,
    `UPDATE scan_folder
        SET folder_id = (SELECT id FROM folder WHERE root_id = $rootId AND folder.path = scan_folder.path)
      WHERE scan = $scanId`,
    { scanId, rootId },
  );
  // A part is also looked at because a file vanished, and must not go round in circles.
  const isRetried = input.whole
    ? `photo.failure_code IN ('vanished', 'unreadable')`
    : `photo.failure_code = 'vanished' AND photo.attempts < ${MOST_ATTEMPTS}`;
  run(
    db,
    `INSERT INTO scan_diff (kind, photo_id, ordinal, folder_id, name, name_text, name_key,
                            size_bytes, mtime_us, inode)
     SELECT CASE
              WHEN photo.id IS NULL THEN CASE WHEN file.growing THEN ${DiffKind.growing} ELSE ${DiffKind.added} END
              WHEN file.growing THEN ${DiffKind.growingKnown}
              WHEN photo.size_bytes <> file.size_bytes OR photo.mtime_us <> file.mtime_us THEN ${DiffKind.changed}
              WHEN photo.missing_since IS NOT NULL THEN ${DiffKind.back}
              WHEN ${isRetried} THEN ${DiffKind.retry}
              ELSE ${DiffKind.renumbered} END,
            photo.id, file.ordinal, place.folder_id, file.name,
            CASE WHEN photo.id IS NULL THEN name_text(file.name) END,
            CASE WHEN photo.id IS NULL THEN name_key(file.name) END,
            file.size_bytes, file.mtime_us, file.inode
       FROM scan_folder AS place
       CROSS JOIN scan_file AS file ON file.scan = place.scan AND file.ordinal = place.ordinal
       LEFT JOIN photo ON photo.folder_id = place.folder_id AND photo.name = file.name
      WHERE place.scan = ?
        AND (photo.id IS NULL OR photo.size_bytes <> file.size_bytes OR photo.mtime_us <> file.mtime_us
             OR photo.inode <> file.inode OR photo.missing_since IS NOT NULL
             OR (${isRetried}))`,
    scanId,
  );
  const rows = all<{ kind: DiffKind; count: number }>(
    db,
    'SELECT kind, COUNT(*) AS count FROM scan_diff GROUP BY kind',
  );
  const files =
    get<{ count: number }>(db, 'SELECT COUNT(*) AS count FROM scan_file WHERE scan = ?', scanId)
      ?.count ?? 0;
  return { files, kinds: new Map(rows.map((row) => [row.kind, row.count])) };
}

/**
 * Fills `scan_gone_folder` and `scan_gone`: folders and photos that the scan looked for and did not
 * find. Below a folder that could not be read, nothing is gone. Photos of offline folders are not looked for.
 * CROSS joins keep the order that is written: without statistics SQLite would read every photo.
 */
export function compareGone(db: WritableDB, scanId: number): void {
  run(
    db,
    `WITH RECURSIVE gone (id) AS (
       SELECT folder_id FROM scan_folder
        WHERE scan = $scanId AND found = ${FolderFound.gone} AND folder_id IS NOT NULL
       UNION
       SELECT child.id FROM scan_folder AS place JOIN folder AS child ON child.parent_id = place.folder_id
        WHERE place.scan = $scanId AND place.found = ${FolderFound.listed}
          AND NOT EXISTS (SELECT 1 FROM scan_folder AS other
                           WHERE other.folder_id = child.id AND other.scan = $scanId)
       UNION
       SELECT folder.id FROM gone JOIN folder ON folder.parent_id = gone.id)
     INSERT INTO scan_gone_folder SELECT id FROM gone`,
    { scanId },
  );
  run(
    db,
    `INSERT INTO scan_gone (photo_id, folder_id)
     SELECT photo.id, photo.folder_id
       FROM scan_gone_folder CROSS JOIN folder ON folder.id = scan_gone_folder.id
       CROSS JOIN photo ON photo.folder_id = folder.id
      WHERE NOT folder.offline AND photo.missing_since IS NULL
     UNION
     SELECT photo.id, photo.folder_id
       FROM scan_folder AS place CROSS JOIN folder ON folder.id = place.folder_id
       CROSS JOIN photo ON photo.folder_id = folder.id
      WHERE place.scan = $scanId AND place.found = ${FolderFound.listed}
        AND NOT folder.offline AND photo.missing_since IS NULL
        AND NOT EXISTS (SELECT 1 FROM scan_file AS file
                         WHERE file.scan = $scanId AND file.ordinal = place.ordinal
                           AND file.name = photo.name)`,
    { scanId },
  );
}

/** Empties the tables of a comparison. */
export function clearComparison(db: WritableDB): void {
  for (const table of ['scan_diff', 'scan_gone_folder', 'scan_gone', 'scan_move']) {
    run(db, `DELETE FROM ${table}`);
  }
}
