/**
 * One paid call in the database: reserved before its body leaves, then answered, failed or given back.
 * A call that a crash cut short stays counted (docs/rules.md 6).
 */
import type { ChangeLog } from '../changes.ts';
import { all, get, run, type WritableDB } from '../database.ts';
import { KNOWN_SQL } from './jobs.ts';
import { book, spendingOf } from './ledger.ts';
import { NEVER_UPLOAD_SQL } from './neverUpload.ts';
import { SENDABLE_SQL } from './readable.ts';
import type { BeginCallInput, BeginCallOutput, CallPrice, FailCallInput, TagJob } from './types.ts';

/** Reserves a call: counts it under the caps, notes it in the ledger, marks its jobs as running. */
export function beginCall(
  db: WritableDB,
  input: BeginCallInput,
  _changes: ChangeLog,
): BeginCallOutput {
  const pictures = new Set<number>();
  for (const { job } of input.pictures) {
    if (!job) continue;
    if (pictures.has(job.pictureId) || !isStillWanted(db, input, job)) return { refused: 'gone' };
    pictures.add(job.pictureId);
  }
  const count = input.pictures.length;
  if (input.runId !== null && !runAllows(db, input.runId, count)) return { refused: 'run_calls' };
  const spent = spendingOf(db, input.service, input.month);
  const costs = input.pictures.map((_, index) => costOf(input.price, spent.calls + index));
  const cost = costs.reduce<number>((sum, each) => sum + (each ?? 0), 0);
  const { capCalls, capMoneyMicros } = input.price;
  if (capCalls !== null && spent.calls + count > capCalls) return { refused: 'cap_calls' };
  // A call of unknown price could cost more than is left.
  const isOver = costs.includes(null) || spent.costMicros + cost > (capMoneyMicros ?? 0);
  if (capMoneyMicros !== null && isOver) return { refused: 'cap_money' };
  book(db, {
    service: input.service,
    month: input.month,
    runId: input.runId,
    calls: count,
    costMicros: cost,
    unpricedCalls: costs.filter((each) => each === null).length,
    bytes: input.pictures.reduce((sum, picture) => sum + picture.bytes, 0),
  });
  return {
    uploadIds: input.pictures.map((picture, index) =>
      reserve(db, input, picture, costs[index] ?? null),
    ),
  };
}

/** Of the n-th call of the month, counted from 0. */
function costOf(price: CallPrice, nth: number): number | null {
  if (price.pricePerCallMicros === null) return null;
  return nth < price.freeCallsPerMonth ? 0 : Math.round(price.pricePerCallMicros);
}

/** The job waits, shows the same picture, may be sent, and nobody asked about its picture meanwhile. */
function isStillWanted(db: WritableDB, input: BeginCallInput, job: TagJob): boolean {
  return (
    get(
      db,
      `SELECT 1 FROM job CROSS JOIN photo ON photo.id = job.photo_id
         CROSS JOIN folder ON folder.id = photo.folder_id
         CROSS JOIN root ON root.id = folder.root_id
         CROSS JOIN run ON run.id = job.run_id
         CROSS JOIN picture ON picture.id = photo.picture_id
        WHERE job.id = $jobId AND job.service_id = $service AND job.state = 'waiting'
          AND picture.image_hash = $imageHash AND ${SENDABLE_SQL} AND NOT ${NEVER_UPLOAD_SQL}
          AND NOT ${KNOWN_SQL}
          AND NOT EXISTS (
            SELECT 1 FROM job AS other INDEXED BY job_order
             CROSS JOIN photo AS same ON same.id = other.photo_id
             WHERE other.service_id = $service AND other.state = 'running'
               AND same.picture_id = photo.picture_id)`,
      {
        jobId: job.jobId,
        service: input.service,
        imageHash: Buffer.from(job.imageHash),
      },
    ) !== undefined
  );
}

function runAllows(db: WritableDB, runId: number, calls: number): boolean {
  return (
    get(
      db,
      'SELECT 1 FROM run WHERE id = ? AND (max_calls IS NULL OR calls + ? <= max_calls)',
      runId,
      calls,
    ) !== undefined
  );
}

function reserve(
  db: WritableDB,
  input: BeginCallInput,
  picture: BeginCallInput['pictures'][number],
  costMicros: number | null,
): number {
  const { job } = picture;
  if (job) run(db, `UPDATE job SET state = 'running', retry_at = NULL WHERE id = ?`, job.jobId);
  return Number(
    run(
      db,
      `INSERT INTO upload (at, service_id, run_id, photo_id, image_hash, path_text, bytes, width,
                           height, state, month, cost_micros, currency)
       VALUES ($at, $service, $runId, $photoId, $imageHash, $pathText, $bytes, $width,
               $height, 'sent', $month, $costMicros, $currency)`,
      {
        at: input.now,
        service: input.service,
        runId: input.runId,
        photoId: job?.photoId ?? null,
        imageHash: job ? Buffer.from(job.imageHash) : null,
        pathText: job?.pathText ?? null,
        bytes: picture.bytes,
        width: picture.widthPixels,
        height: picture.heightPixels,
        month: input.month,
        costMicros,
        currency: input.price.currency,
      },
    ).lastInsertRowid,
  );
}

/** A job that is tried again, unless its run was cancelled meanwhile. */
const AGAIN_SQL = `CASE WHEN (SELECT cancelled_at FROM run WHERE run.id = job.run_id) IS NULL
  THEN 'waiting' ELSE 'cancelled' END`;

/** The body never began to leave: the reservation is given back. Uploads that ended already stay. */
export function releaseCall(
  db: WritableDB,
  input: {
    readonly uploadIds: readonly number[];
    readonly jobIds: readonly number[];
    /** Time of the next try; null: at once. */
    readonly retryAt: number | null;
    readonly code: string | null;
    readonly message: string | null;
  },
  _changes: ChangeLog,
): void {
  type Row = { service: string; month: string; runId: number | null; bytes: number; cost: number };
  const rows = all<Row & { unpriced: 0 | 1 }>(
    db,
    `DELETE FROM upload WHERE id IN (SELECT value FROM json_each(?)) AND state = 'sent'
      RETURNING service_id AS service, month, run_id AS runId, bytes,
                COALESCE(cost_micros, 0) AS cost, cost_micros IS NULL AS unpriced`,
    JSON.stringify(input.uploadIds),
  );
  for (const row of rows) {
    book(db, {
      service: row.service,
      month: row.month,
      runId: row.runId,
      calls: -1,
      costMicros: -row.cost,
      unpricedCalls: -row.unpriced,
      bytes: -row.bytes,
    });
  }
  run(
    db,
    `UPDATE job SET state = ${AGAIN_SQL}, retry_at = $retryAt, error_code = $code,
            error_message = $message
      WHERE id IN (SELECT value FROM json_each($jobIds)) AND state = 'running'`,
    {
      jobIds: JSON.stringify(input.jobIds),
      retryAt: input.retryAt,
      code: input.code,
      message: input.message,
    },
  );
}

/** A call that brought no answer, or a try that failed before one: what becomes of its uploads and jobs. */
export function failCall(db: WritableDB, input: FailCallInput, _changes: ChangeLog): void {
  run(
    db,
    `UPDATE upload SET state = $state, code = $code, request_id = $requestId
      WHERE id IN (SELECT value FROM json_each($uploads)) AND state = 'sent'`,
    {
      uploads: JSON.stringify(input.uploads),
      state: input.uploadState,
      code: input.code,
      requestId: input.requestId,
    },
  );
  for (const job of input.jobs) {
    const isOver = job.state === 'failed';
    run(
      db,
      `UPDATE job SET state = ${isOver ? `'failed'` : AGAIN_SQL}, retry_at = $retryAt,
              attempts = attempts + $attempts, error_code = $code, error_message = $message,
              finished_at = $finishedAt
        WHERE id = $jobId AND state IN ('waiting', 'running')`,
      {
        jobId: job.jobId,
        retryAt: isOver ? null : job.retryAt,
        attempts: job.countsAsAttempt ? 1 : 0,
        code: input.code,
        message: input.message,
        finishedAt: isOver ? input.now : null,
      },
    );
  }
}

/**
 * At start: calls that were under way when Tagroll ended. They stay counted, because they may have been
 * paid; their photos are asked about again.
 */
export function recoverTagging(
  db: WritableDB,
  _input: { readonly now: number },
  _changes: ChangeLog,
): { jobs: number; uploads: number } {
  const { changes: jobs } = run(
    db,
    `UPDATE job SET state = ${AGAIN_SQL}, attempts = attempts + 1, retry_at = NULL
      WHERE state = 'running'`,
  );
  const { changes: uploads } = run(db, `UPDATE upload SET state = 'unknown' WHERE state = 'sent'`);
  return { jobs, uploads };
}
