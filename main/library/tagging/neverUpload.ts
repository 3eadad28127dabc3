/** Folders of which nothing is ever uploaded. */
import { TagrollError } from '../../../shared/errors.ts';
import type { ChangeLog } from '../changes.ts';
import { all, type ReadableDB, run, type WritableDB } from '../database.ts';

/** Marks a folder and everything below it, or takes the mark away. Throws `not_found`. */
export function setNeverUpload(
  db: WritableDB,
  input: { readonly folderId: number; readonly never: boolean },
  changes: ChangeLog,
): void {
  const { changes: changed } = run(
    db,
    'UPDATE folder SET never_upload = ? WHERE id = ?',
    input.never ? 1 : 0,
    input.folderId,
  );
  if (changed === 0) {
    throw new TagrollError(
      'not_found',
      `Folder ${input.folderId} is not in the library any more.`,
      {
        id: input.folderId,
      },
    );
  }
  changes.folders();
}

/** Ids of the marked folders and all below them. */
export function neverUploadFolders(db: ReadableDB): Set<number> {
  return new Set(
    all<{ id: number }>(
      db,
      `WITH RECURSIVE never(id) AS (
         SELECT id FROM folder WHERE never_upload
         UNION
         SELECT folder.id FROM never CROSS JOIN folder INDEXED BY folder_parent
             ON folder.parent_id = never.id)
       SELECT id FROM never`,
    ).map((row) => row.id),
  );
}

/** Photos moved from one folder to another. */
export type FolderMove = { readonly fromId: number; readonly toId: number };

/**
 * A renamed folder is a new one: it keeps the mark when all photos of a marked one went there and it has
 * no others. For a running comparison, after its moves.
 */
export function followMoves(
  db: WritableDB,
  moves: readonly FolderMove[],
  changes: ChangeLog,
): void {
  const never = neverUploadFolders(db);
  if (never.size === 0) return;
  for (const { fromId, toId } of moves) {
    if (!never.has(fromId) || never.has(toId)) continue;
    const { changes: marked } = run(
      db,
      `UPDATE folder SET never_upload = 1
        WHERE id = $toId
          AND NOT EXISTS (SELECT 1 FROM photo WHERE folder_id = $fromId AND missing_since IS NULL
                             AND id NOT IN (SELECT photo_id FROM scan_gone))
          AND NOT EXISTS (SELECT 1 FROM photo WHERE folder_id = $toId
                             AND id NOT IN (SELECT photo_id FROM scan_move))`,
      { fromId, toId },
    );
    if (marked > 0) changes.folders();
  }
}

/** Whether one folder or one above it is marked, in a statement where `folder` is joined. */
export const NEVER_UPLOAD_SQL = `EXISTS (
  WITH RECURSIVE above(id, parent_id, never_upload) AS (
    SELECT folder.id, folder.parent_id, folder.never_upload
    UNION ALL
    SELECT upper.id, upper.parent_id, upper.never_upload
      FROM above CROSS JOIN folder AS upper ON upper.id = above.parent_id)
  SELECT 1 FROM above WHERE above.never_upload)`;
