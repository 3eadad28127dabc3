/** The work of the queue: which photos a service is asked about next, and how photos end without a call. */
import type { ServiceId } from '../../../shared/services.ts';
import type { ChangeLog } from '../changes.ts';
import { all, get, type ReadableDB, run, type WritableDB } from '../database.ts';
import { photoPath } from '../paths.ts';
import { NEVER_UPLOAD_SQL } from './neverUpload.ts';
import { SENDABLE_SQL } from './readable.ts';
import type { TagJob } from './types.ts';

/**
 * A reply that answers the job already, in a statement that joins `job`, `run` and `picture`: one of the
 * same run, or, unless photos are tagged again, of the same variant.
 */
export const KNOWN_SQL = `EXISTS (SELECT 1 FROM reply INDEXED BY reply_known
  WHERE reply.image_hash = picture.image_hash AND reply.service_id = job.service_id
    AND (reply.run_id = run.id OR (NOT run.again AND reply.variant = run.variant)))`;

type JobRow = {
  jobId: number;
  runId: number;
  photoId: number;
  pictureId: number | null;
  imageHash: Buffer | null;
  rootPath: Buffer;
  folderPath: Buffer;
  name: Buffer;
  sizeBytes: number;
  mtimeUs: number;
  inode: number;
  attempts: number;
  again: 0 | 1;
  known: 0 | 1;
  sendable: 0 | 1;
  never: 0 | 1;
};

const JOB_SQL = `job.id AS jobId, job.run_id AS runId, photo.id AS photoId, picture.id AS pictureId,
  picture.image_hash AS imageHash, root.path AS rootPath, folder.path AS folderPath, photo.name,
  photo.size_bytes AS sizeBytes, photo.mtime_us AS mtimeUs, photo.inode, job.attempts, run.again,
  photo.stage = 2 AND ${KNOWN_SQL} AS known, ${SENDABLE_SQL} AS sendable,
  ${NEVER_UPLOAD_SQL} AS never`;
const FROM_SQL = `CROSS JOIN photo ON photo.id = job.photo_id
  CROSS JOIN folder ON folder.id = photo.folder_id
  CROSS JOIN root ON root.id = folder.root_id
  CROSS JOIN run ON run.id = job.run_id
  LEFT JOIN picture ON picture.id = photo.picture_id`;
const DUE_SQL = `job.service_id = $service AND job.state = 'waiting'
  AND (job.retry_at IS NULL OR job.retry_at <= $now)
  AND job.id NOT IN (SELECT value FROM json_each($exclude))
  AND ($runs IS NULL OR job.run_id IN (SELECT value FROM json_each($runs)))`;

const ON_SCREEN_SQL = `SELECT ${JOB_SQL}
  FROM json_each($onScreen) AS wanted
  CROSS JOIN job INDEXED BY job_photo ON job.photo_id = wanted.value ${FROM_SQL}
 WHERE ${DUE_SQL} ORDER BY wanted.key, job.id LIMIT $limit`;
const NEXT_SQL = `SELECT ${JOB_SQL} FROM job INDEXED BY job_order ${FROM_SQL}
 WHERE ${DUE_SQL} ORDER BY job.id LIMIT $limit`;

/**
 * Jobs that may be worked on now: photos on screen in the order given, then in the order of the queue.
 * Of photos with the same picture one at a time, and none whose picture is in hand or with the service:
 * when that one is answered, the others are known.
 */
export function nextJobs(
  db: ReadableDB,
  request: {
    readonly service: ServiceId;
    readonly limit: number;
    /** Milliseconds since 1970 UTC. */
    readonly now: number;
    /** Ids of jobs in hand. */
    readonly exclude: readonly number[];
    /** Ids of photos that come first. */
    readonly onScreen: readonly number[];
    /** Only jobs of these runs; left out: of all. */
    readonly runIds?: readonly number[] | null;
  },
): TagJob[] {
  const values = {
    service: request.service,
    now: request.now,
    exclude: JSON.stringify(request.exclude),
    runs: request.runIds ? JSON.stringify(request.runIds) : null,
    limit: request.limit,
  };
  const rows =
    request.onScreen.length === 0
      ? []
      : all<JobRow>(db, ON_SCREEN_SQL, { ...values, onScreen: JSON.stringify(request.onScreen) });
  if (rows.length < request.limit) rows.push(...all<JobRow>(db, NEXT_SQL, values));
  const busy = busyPictures(db, request.service, values.exclude);
  const taken = new Set<number>();
  const jobs: TagJob[] = [];
  for (const row of rows) {
    if (jobs.length === request.limit || taken.has(row.jobId)) continue;
    if (row.pictureId !== null && !row.known && busy.has(row.pictureId)) continue;
    taken.add(row.jobId);
    if (row.pictureId !== null && row.sendable && !row.never) busy.add(row.pictureId);
    jobs.push(toJob(row));
  }
  return jobs;
}

/** Pictures in hand or with the service. */
function busyPictures(db: ReadableDB, service: ServiceId, exclude: string): Set<number> {
  const rows = all<{ pictureId: number }>(
    db,
    `SELECT photo.picture_id AS pictureId FROM json_each($exclude) AS held
       CROSS JOIN job ON job.id = held.value CROSS JOIN photo ON photo.id = job.photo_id
      WHERE photo.picture_id IS NOT NULL AND job.state IN ('waiting', 'running')
     UNION
     SELECT photo.picture_id FROM job INDEXED BY job_order
       CROSS JOIN photo ON photo.id = job.photo_id
      WHERE job.service_id = $service AND job.state = 'running' AND photo.picture_id IS NOT NULL`,
    { exclude, service },
  );
  return new Set(rows.map((row) => row.pictureId));
}

function toJob(row: JobRow): TagJob {
  const path = photoPath(row);
  return {
    jobId: row.jobId,
    runId: row.runId,
    photoId: row.photoId,
    pictureId: row.pictureId ?? 0,
    imageHash: row.imageHash ?? new Uint8Array(),
    path,
    pathText: path.toString('utf8'),
    stamp: { sizeBytes: row.sizeBytes, mtimeUs: row.mtimeUs, inode: row.inode },
    attempts: row.attempts,
    again: row.again === 1,
    known: row.known === 1,
    hindrance: row.never ? 'never_upload' : row.sendable ? null : 'unavailable',
  };
}

/** When the first job that has to wait may be tried again; null when none has to wait. */
export function nextRetryAt(db: ReadableDB, service: ServiceId, now: number): number | null {
  return (
    get<{ at: number | null }>(
      db,
      `SELECT MIN(retry_at) AS at FROM job INDEXED BY job_waiting
        WHERE service_id = ? AND state = 'waiting' AND retry_at > ?`,
      service,
      now,
    )?.at ?? null
  );
}

/** Ends jobs that need no call (`done`) or cannot have one (`failed`, with the reason). */
export function settleJobs(
  db: WritableDB,
  input: {
    readonly jobIds: readonly number[];
    readonly state: 'done' | 'failed';
    readonly code: string | null;
    readonly message: string | null;
    readonly now: number;
  },
  _changes: ChangeLog,
): { jobs: number } {
  const { changes: jobs } = run(
    db,
    `UPDATE job SET state = $state, error_code = $code, error_message = $message,
            retry_at = NULL, finished_at = $now
      WHERE id IN (SELECT value FROM json_each($jobIds)) AND state IN ('waiting', 'running')`,
    {
      jobIds: JSON.stringify(input.jobIds),
      state: input.state,
      code: input.code,
      message: input.message,
      now: input.now,
    },
  );
  return { jobs };
}
