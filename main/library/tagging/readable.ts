/** Photos whose picture is known and whose file can be opened now, in a statement that joins `photo`, `folder` and `root`. */
export const SENDABLE_SQL = `(photo.stage = 2 AND photo.picture_id IS NOT NULL
  AND photo.missing_since IS NULL
  AND (photo.failure_code IS NULL OR (photo.failure_code = 'damaged' AND photo.thumb_hash IS NOT NULL))
  AND NOT folder.offline AND NOT root.offline AND NOT root.removed)`;
