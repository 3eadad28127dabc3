/** What is left to read of the library: every photo's row says which pass it still needs. */
import type { HeadJob } from '../imaging/headReader.ts';
import type { FileStamp } from '../imaging/types.ts';
import type { ChangeLog } from './changes.ts';
import { all, get, type ReadableDB, type WritableDB } from './database.ts';
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

/** Folders of roots that are not read at the moment. */
const EXCLUDED_SQL = `(SELECT folder.id FROM folder JOIN root ON root.id = folder.root_id
  WHERE root.removed OR root.offline OR root.paused)`;

/**
 * Asked several times a second while photos are read: a few milliseconds at 100,000 photos. Every part is
 * counted in an index, and what is missing or in a root that is not read is taken off; SQLite would
 * otherwise look at every photo's row.
 */
export function workCounts(db: ReadableDB): WorkCounts {
  const count = (from: string): number =>
    get<{ count: number }>(db, `SELECT COUNT(*) AS count FROM ${from}`)?.count ?? 0;
  const isExcluding = count('root WHERE removed OR offline OR paused') > 0;
  const inExcluded = `folder_id IN ${EXCLUDED_SQL}`;
  const ofMissing = 'photo INDEXED BY photo_missing WHERE missing_since IS NOT NULL';
  const countWaiting = (stages: string): number =>
    count(`photo INDEXED BY photo_work WHERE ${stages}`) -
    count(`${ofMissing} AND ${stages}`) -
    (isExcluding
      ? count(
          `photo INDEXED BY photo_work WHERE ${stages} AND missing_since IS NULL AND ${inExcluded}`,
        )
      : 0);
  const countFailed = (failures: string): number =>
    count(
      `photo WHERE ${failures} AND missing_since IS NULL${isExcluding ? ` AND NOT ${inExcluded}` : ''}`,
    );
  const excluded = isExcluding
    ? count(`photo WHERE ${inExcluded}`) - count(`${ofMissing} AND ${inExcluded}`)
    : 0;
  return {
    found: count('photo') - count(ofMissing) - excluded,
    pending: countWaiting('stage < 2'),
    unread: countWaiting('stage < 2 AND stage = 0'),
    failed: countFailed(`failure_code IS NOT NULL AND failure_code <> 'unsupported'`),
    unsupported: countFailed(`failure_code = 'unsupported'`),
  };
}

/** Whether photos under these roots wait for either pass and can be opened. */
export function isPendingUnder(db: ReadableDB, rootIds: readonly number[]): boolean {
  const found = get(
    db,
    `SELECT 1 FROM photo INDEXED BY photo_work CROSS JOIN folder ON folder.id = photo.folder_id
       CROSS JOIN root ON root.id = folder.root_id
      WHERE photo.stage < 2 AND ${READABLE_SQL}
        AND root.id IN (SELECT value FROM json_each(?)) LIMIT 1`,
    JSON.stringify(rootIds),
  );
  return found !== undefined;
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

/**
 * Makes thumbnails of photos anew that had one, when it is gone from the disk. One that could not be read
 * is left alone: whoever shows it would ask again and again.
 */
export function requeue(
  db: WritableDB,
  input: { readonly photoIds: readonly number[] },
  changes: ChangeLog,
): void {
  const rows = all<{ id: number }>(
    db,
    `UPDATE photo SET stage = 1, attempts = 0
      WHERE stage = 2 AND thumb_hash IS NOT NULL
        AND (failure_code IS NULL OR failure_code = 'damaged')
        AND id IN (SELECT value FROM json_each(?)) RETURNING id`,
    JSON.stringify(input.photoIds),
  );
  changes.photos(rows.map((row) => row.id));
}
