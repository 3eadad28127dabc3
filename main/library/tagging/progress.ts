/** How the work of services goes and went. */
import {
  SERVICE_IDS,
  type ServiceId,
  type TaggedPhoto,
  type TaggingProblem,
} from '../../../shared/services.ts';
import { all, get, type ReadableDB } from '../database.ts';
import { tagsByPhoto } from '../photos.ts';
import { IS_NEWEST_JOB_SQL } from './runs.ts';

export type LaneCounts = {
  /** The newest of the runs that are counted. */
  readonly runId: number | null;
  readonly waiting: number;
  readonly running: number;
  readonly done: number;
  readonly failed: number;
  readonly calls: number;
  /** Null: a call had no price. */
  readonly costMicros: number | null;
  readonly bytesSent: number;
};

type RunSums = { id: number; calls: number; cost: number; unpriced: number; bytes: number };

const RUN_SUMS_SQL = `SELECT id, calls, cost_micros AS cost, unpriced_calls AS unpriced,
  bytes_sent AS bytes FROM run INDEXED BY run_service WHERE service_id = ?`;

/** Jobs, calls and cost of the runs of a service that are at work, else of its last run. */
export function laneCounts(db: ReadableDB, service: ServiceId): LaneCounts {
  const active = all<RunSums>(
    db,
    `${RUN_SUMS_SQL} AND EXISTS (SELECT 1 FROM job INDEXED BY job_run
       WHERE job.run_id = run.id AND job.state IN ('waiting', 'running')) ORDER BY id DESC`,
    service,
  );
  const runs =
    active.length > 0
      ? active
      : all<RunSums>(db, `${RUN_SUMS_SQL} ORDER BY id DESC LIMIT 1`, service);
  const jobs = jobCounts(
    db,
    runs.map((each) => each.id),
  );
  const sum = (of: (run: RunSums) => number): number =>
    runs.reduce((total, each) => total + of(each), 0);
  return {
    runId: runs[0]?.id ?? null,
    ...jobs,
    calls: sum((each) => each.calls),
    costMicros: sum((each) => each.unpriced) > 0 ? null : sum((each) => each.cost),
    bytesSent: sum((each) => each.bytes),
  };
}

type JobCounts = Pick<LaneCounts, 'waiting' | 'running' | 'done' | 'failed'>;

/** Range by range of the index: asked several times a second, also when a hundred thousand wait. */
function jobCounts(db: ReadableDB, runIds: readonly number[]): JobCounts {
  const count = (state: keyof JobCounts): number =>
    runIds.reduce(
      (total, runId) =>
        total +
        (get<{ count: number }>(
          db,
          `SELECT COUNT(*) AS count FROM job INDEXED BY job_run WHERE run_id = ? AND state = ?`,
          runId,
          state,
        )?.count ?? 0),
      0,
    );
  return {
    waiting: count('waiting'),
    running: count('running'),
    done: count('done'),
    failed: count('failed'),
  };
}

export type RunSummary = {
  readonly runId: number;
  readonly service: ServiceId;
  readonly considered: number;
  readonly alreadyKnown: number;
  readonly calls: number;
  readonly photosTagged: number;
  readonly tagsWritten: number;
  readonly failed: readonly {
    readonly path: string;
    readonly code: string;
    readonly message: string;
  }[];
  /** Null: a call had no price. */
  readonly costMicros: number | null;
  /** Milliseconds since 1970 UTC. */
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** Nothing of it waits or is under way. */
  readonly isOver: boolean;
};

/** What a run did so far; null when there is no such run. */
export function runSummary(db: ReadableDB, runId: number): RunSummary | null {
  type Row = Omit<RunSummary, 'failed' | 'costMicros' | 'isOver'> & {
    cost: number;
    unpriced: number;
    isActive: 0 | 1;
  };
  const row = get<Row>(
    db,
    `SELECT id AS runId, service_id AS service, considered, already_known AS alreadyKnown, calls,
            photos_tagged AS photosTagged, tags_written AS tagsWritten, cost_micros AS cost,
            unpriced_calls AS unpriced, started_at AS startedAt, ended_at AS endedAt,
            EXISTS (SELECT 1 FROM job INDEXED BY job_run WHERE job.run_id = run.id
                       AND job.state IN ('waiting', 'running')) AS isActive
       FROM run WHERE id = ?`,
    runId,
  );
  if (!row) return null;
  const { cost, unpriced, isActive, ...rest } = row;
  return {
    ...rest,
    failed: failedOf(db, runId),
    costMicros: unpriced > 0 ? null : cost,
    isOver: isActive === 0,
  };
}

function failedOf(db: ReadableDB, runId: number): RunSummary['failed'] {
  // Their text, not their bytes: of a hundred thousand failed photos the bytes would take seconds.
  return all<RunSummary['failed'][number]>(
    db,
    `SELECT root.path_text || iif(root.path_text LIKE '%/', '', '/')
              || iif(folder.path_text = '', '', folder.path_text || '/') || photo.name_text AS path,
            COALESCE(job.error_code, 'unknown') AS code, COALESCE(job.error_message, '') AS message
       FROM job INDEXED BY job_run CROSS JOIN photo ON photo.id = job.photo_id
       CROSS JOIN folder ON folder.id = photo.folder_id
       CROSS JOIN root ON root.id = folder.root_id
      WHERE job.run_id = ? AND job.state = 'failed' ORDER BY job.id`,
    runId,
  );
}

/** Photos that are named of a reason. */
const NAMED_PHOTOS = 20;

/** Photos whose newest job of a service failed, by service and reason, most photos first. */
export function taggingProblems(db: ReadableDB): TaggingProblem[] {
  type Row = { service: ServiceId; code: string | null; message: string | null; photoId: number };
  const rows = all<Row>(
    db,
    `SELECT job.service_id AS service, job.error_code AS code, job.error_message AS message,
            job.photo_id AS photoId
       FROM json_each(?) AS wanted CROSS JOIN job INDEXED BY job_order
         ON job.service_id = wanted.value AND job.state = 'failed'
      WHERE ${IS_NEWEST_JOB_SQL} ORDER BY job.id`,
    JSON.stringify(SERVICE_IDS),
  );
  const groups = Map.groupBy(rows, (row) => JSON.stringify([row.service, row.code]));
  return [...groups.values()]
    .flatMap((group) => {
      const newest = group.at(-1);
      if (!newest) return [];
      return [
        {
          service: newest.service,
          code: newest.code ?? 'unknown',
          message: newest.message ?? '',
          photos: group.length,
          photoIds: group.slice(0, NAMED_PHOTOS).map((row) => row.photoId),
        },
      ];
    })
    .sort((a, b) => b.photos - a.photos);
}

/** The photos a service answered for last, newest first, with what it says of them now. */
export function recentAnswers(db: ReadableDB, service: ServiceId, limit: number): TaggedPhoto[] {
  const rows = all<{ photoId: number; atMs: number }>(
    db,
    `SELECT photo_id AS photoId, at AS atMs FROM upload INDEXED BY upload_service
      WHERE service_id = ? AND state = 'answered' AND photo_id IS NOT NULL
      ORDER BY id DESC LIMIT ?`,
    service,
    limit,
  );
  const tags = tagsByPhoto(
    db,
    rows.map((row) => row.photoId),
  );
  const newest = rows.filter(
    (row, index) => rows.findIndex((other) => other.photoId === row.photoId) === index,
  );
  return newest.map((row) => ({
    ...row,
    tags: (tags.get(row.photoId) ?? []).filter((tag) => tag.source === service && !tag.earlier),
  }));
}
