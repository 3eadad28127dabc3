/** What the folder manager asks about the photos of roots. */
import { all, get, type ReadableDB } from './database.ts';

/** A photo to look for at a root's new place. */
export type SamplePhoto = {
  /** Relative to the root. */
  readonly folderPath: Buffer;
  readonly name: Buffer;
  readonly sizeBytes: number;
  readonly mtimeUs: number;
};

/** Up to `limit` photos of a root, spread over it. */
export function samplePhotos(db: ReadableDB, rootId: number, limit: number): SamplePhoto[] {
  const rows = all<{ id: number }>(
    db,
    `SELECT photo.id FROM folder JOIN photo ON photo.folder_id = folder.id
      WHERE folder.root_id = ? AND photo.missing_since IS NULL ORDER BY photo.id`,
    rootId,
  );
  const step = Math.max(1, rows.length / limit);
  const ids = Array.from(
    { length: Math.min(limit, rows.length) },
    (_, at) => rows[Math.floor(at * step)]?.id,
  );
  return all<SamplePhoto>(
    db,
    `SELECT folder.path AS folderPath, photo.name, photo.size_bytes AS sizeBytes,
            photo.mtime_us AS mtimeUs
       FROM photo JOIN folder ON folder.id = photo.folder_id
      WHERE photo.id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(ids),
  );
}

/** Where a photo lies, for a scan of its folder; null when it is gone or its root removed. */
export function placeOfPhoto(
  db: ReadableDB,
  photoId: number,
): { rootId: number; folderPath: Buffer } | null {
  return (
    get<{ rootId: number; folderPath: Buffer }>(
      db,
      `SELECT folder.root_id AS rootId, folder.path AS folderPath
         FROM photo JOIN folder ON folder.id = photo.folder_id JOIN root ON root.id = folder.root_id
        WHERE photo.id = ? AND NOT root.removed`,
      photoId,
    ) ?? null
  );
}

/** Photos of these roots that went missing at or after a time, and still are. */
export function countMissingSince(
  db: ReadableDB,
  rootIds: readonly number[],
  sinceMs: number,
): number {
  return (
    get<{ count: number }>(
      db,
      `SELECT COUNT(*) AS count FROM photo INDEXED BY photo_missing
         JOIN folder ON folder.id = photo.folder_id
        WHERE photo.missing_since >= ? AND folder.root_id IN (SELECT value FROM json_each(?))`,
      sinceMs,
      JSON.stringify(rootIds),
    )?.count ?? 0
  );
}
