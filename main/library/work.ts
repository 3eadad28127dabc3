/** What is left to read of the library: every photo's row says which pass it still needs. */
import type { HeadJob } from '../imaging/headReader.ts';
import type { FileStamp } from '../imaging/types.ts';
import type { ChangeLog } from './changes.ts';
import { all, get, type ReadableDB, run, type WritableDB } from './database.ts';
import { photoPath } from './paths.ts';

type PlaceRow = {
  id: number;
  rootPath: Buffer;
  folderPath: Buffer;
  name: Buffer;
  sizeBytes: number;
  mtimeUs: number;
  inode: number;
};

const PLACE_SQL = `photo.id, root.path AS rootPath, folder.path AS folderPath, photo.name,
  photo.size_bytes AS sizeBytes, photo.mtime_us AS mtimeUs, photo.inode`;
/** Photos that can be opened now. */
const READABLE_SQL = `photo.missing_since IS NULL AND NOT folder.offline
  AND NOT root.offline AND NOT root.paused AND NOT root.removed`;

/** Photos whose head was not read yet, newest file first. */
export function headQueue(db: ReadableDB, limit: number): HeadJob[] {
  const rows = all<PlaceRow>(
    db,
    `SELECT ${PLACE_SQL} FROM photo INDEXED BY photo_work
       JOIN folder ON folder.id = photo.folder_id JOIN root ON root.id = folder.root_id
      WHERE photo.stage < 2 AND photo.stage = 0 AND ${READABLE_SQL} LIMIT ?`,
    limit,
  );
  return rows.map((row) => ({
    photoId: row.id,
    path: photoPath(row),
    name: row.name,
    sizeBytes: row.sizeBytes,
    mtimeUs: row.mtimeUs,
  }));
}

/** A photo that waits for its second pass. */
export type ImageWork = {
  readonly photoId: number;
  readonly path: Buffer;
  readonly rootPath: Buffer;
  /** As the last scan saw the file. */
  readonly stamp: FileStamp;
};

/** Photos that wait for their second pass, newest first. */
export function imageQueue(db: ReadableDB, limit: number): ImageWork[] {
  return all<PlaceRow>(
    db,
    `SELECT ${PLACE_SQL} FROM photo INDEXED BY photo_work
       JOIN folder ON folder.id = photo.folder_id JOIN root ON root.id = folder.root_id
      WHERE photo.stage < 2 AND photo.stage = 1 AND ${READABLE_SQL}
      ORDER BY photo.taken_at DESC LIMIT ?`,
    limit,
  ).map(toWork);
}

/** Those of the named photos that wait for their second pass, in the order given. */
export function imageQueueOf(db: ReadableDB, photoIds: readonly number[]): ImageWork[] {
  return all<PlaceRow>(
    db,
    `SELECT ${PLACE_SQL} FROM json_each(?) AS wanted JOIN photo ON photo.id = wanted.value
       JOIN folder ON folder.id = photo.folder_id JOIN root ON root.id = folder.root_id
      WHERE photo.stage = 1 AND ${READABLE_SQL} ORDER BY wanted.key`,
    JSON.stringify(photoIds),
  ).map(toWork);
}

function toWork(row: PlaceRow): ImageWork {
  return {
    photoId: row.id,
    path: photoPath(row),
    rootPath: row.rootPath,
    stamp: { sizeBytes: row.sizeBytes, mtimeUs: row.mtimeUs, inode: row.inode },
  };
}

export type WorkCounts = {
  /** Photos that are known and not missing. */
  readonly found: number;
  /** Of them, those whose second pass is not done. */
  readonly pending: number;
  /** Of the pending ones, those whose head was not read yet. */
  readonly unread: number;
  readonly failed: number;
  readonly unsupported: number;
};

/** Answered from indexes alone where nothing is removed: a few milliseconds at 100,000 photos. */
export function workCounts(db: ReadableDB): WorkCounts {
  const removed = get<{ count: number }>(
    db,
    'SELECT COUNT(*) AS count FROM root WHERE removed OR offline OR paused',
  );
  const scope = removed?.count
    ? ` AND photo.folder_id IN (SELECT folder.id FROM folder JOIN root ON root.id = folder.root_id
          WHERE NOT root.removed AND NOT root.offline AND NOT root.paused)`
    : '';
  const count = (where: string): number =>
    get<{ count: number }>(db, `SELECT COUNT(*) AS count FROM photo WHERE ${where}${scope}`)
      ?.count ?? 0;
  const failed = count(
    `failure_code IS NOT NULL AND failure_code <> 'unsupported' AND missing_since IS NULL`,
  );
  return {
    found: count('missing_since IS NULL'),
    pending: count('stage < 2 AND missing_since IS NULL'),
    unread: count('stage < 2 AND stage = 0 AND missing_since IS NULL'),
    failed,
    unsupported: count(`failure_code = 'unsupported' AND missing_since IS NULL`),
  };
}

/** Photos under these roots that wait for either pass and can be opened. Null: all roots. */
export function pendingUnder(db: ReadableDB, rootIds: readonly number[] | null): number {
  const scope = rootIds === null ? '' : 'AND root.id IN (SELECT value FROM json_each(?))';
  const values = rootIds === null ? [] : [JSON.stringify(rootIds)];
  return (
    get<{ count: number }>(
      db,
      `SELECT COUNT(*) AS count FROM photo JOIN folder ON folder.id = photo.folder_id
         JOIN root ON root.id = folder.root_id
        WHERE photo.stage < 2 AND ${READABLE_SQL} ${scope}`,
      ...values,
    )?.count ?? 0
  );
}

/** Reads failed and unsupported photos again: all, or the named ones. */
export function retryProblems(
  db: WritableDB,
  input: { readonly photoIds: readonly number[] | null },
  changes: ChangeLog,
): { photos: number } {
  const scope = input.photoIds === null ? '' : 'AND id IN (SELECT value FROM json_each(?))';
  const values = input.photoIds === null ? [] : [JSON.stringify(input.photoIds)];
  const rows = all<{ id: number }>(
    db,
    `UPDATE photo SET stage = 0, attempts = 0, failure_code = NULL, failure_message = NULL
      WHERE failure_code IS NOT NULL ${scope} RETURNING id`,
    ...values,
  );
  changes.photos(rows.map((row) => row.id));
  return { photos: rows.length };
}

/** Makes thumbnails and facts of photos anew, for instance when a thumbnail is gone from the disk. */
export function requeue(
  db: WritableDB,
  input: { readonly photoIds: readonly number[] },
  changes: ChangeLog,
): void {
  run(
    db,
    'UPDATE photo SET stage = 1, attempts = 0 WHERE stage = 2 AND id IN (SELECT value FROM json_each(?))',
    JSON.stringify(input.photoIds),
  );
  changes.photos(input.photoIds);
}
