/** Runs: a person asks a service about some photos. Each photo that needs a call is a job. */
import type { ServiceId } from '../../../shared/services.ts';
import type { ChangeLog } from '../changes.ts';
import { all, get, run, type WritableDB } from '../database.ts';
import { emptyStep, saveUndo } from '../undo.ts';
import { planRun } from './plan.ts';
import { undoOfRun } from './runChanges.ts';
import type { RunPlan, RunRequest } from './types.ts';

/** Plans a run and makes its jobs, newest photo first. `runId` is null when there is nothing to ask. */
export function beginRun(
  db: WritableDB,
  input: RunRequest & {
    readonly now: number;
    /** Recorded with the run: what is asked for, without keys. */
    readonly parameters: Readonly<Record<string, unknown>>;
  },
  _changes: ChangeLog,
): RunPlan & { readonly runId: number | null } {
  const plan = planRun(db, input);
  if (plan.photoIds.length === 0) return { ...plan, runId: null };
  const runId = insertRun(db, {
    service: input.service,
    variant: input.variant,
    now: input.now,
    parameters: JSON.stringify(input.parameters),
    again: input.again ? 1 : 0,
    maxCalls: input.maxCalls,
    considered: plan.considered,
    alreadyKnown: plan.alreadyKnown,
  });
  insertJobs(db, { runId, service: input.service, photoIds: plan.photoIds, now: input.now });
  return { ...plan, runId };
}

type NewRun = {
  readonly service: ServiceId;
  readonly variant: string;
  readonly now: number;
  readonly parameters: string;
  readonly again: 0 | 1;
  readonly maxCalls: number | null;
  readonly considered: number;
  readonly alreadyKnown: number;
};

function insertRun(db: WritableDB, input: NewRun): number {
  return Number(
    run(
      db,
      `INSERT INTO run (service_id, variant, started_at, parameters, again, max_calls, considered,
                        already_known)
       VALUES ($service, $variant, $now, $parameters, $again, $maxCalls, $considered, $alreadyKnown)`,
      input,
    ).lastInsertRowid,
  );
}

function insertJobs(
  db: WritableDB,
  jobs: {
    readonly runId: number;
    readonly service: ServiceId;
    readonly photoIds: readonly number[];
    readonly now: number;
  },
): void {
  run(
    db,
    `INSERT INTO job (photo_id, service_id, run_id, state, created_at)
       SELECT wanted.value, $service, $runId, 'waiting', $now
         FROM json_each($photoIds) AS wanted ORDER BY wanted.key`,
    { ...jobs, photoIds: JSON.stringify(jobs.photoIds) },
  );
}

/** Notes that a run is over. What it re-tagged can be taken back in one step from then on. */
export function endRun(
  db: WritableDB,
  input: { readonly runId: number; readonly now: number },
  changes: ChangeLog,
): { undo: number | null } {
  run(db, 'UPDATE run SET ended_at = ? WHERE id = ? AND ended_at IS NULL', input.now, input.runId);
  return ensureRunUndo(db, input, changes);
}

/** The step that takes back what a run re-tagged, made when there is none; null when nothing is in force. */
export function ensureRunUndo(
  db: WritableDB,
  input: { readonly runId: number; readonly now: number },
  _changes: ChangeLog,
): { undo: number | null } {
  const known = undoOfRun(db, input.runId);
  if (known !== null) return { undo: known };
  const hasRetagged = get(
    db,
    'SELECT 1 FROM retagged WHERE run_id = ? AND NOT withdrawn LIMIT 1',
    input.runId,
  );
  if (!hasRetagged) return { undo: null };
  const undo = saveUndo(db, { ...emptyStep(), retags: [[input.runId, 1]] }, input.now);
  run(db, 'UPDATE run SET undo_id = ? WHERE id = ?', undo, input.runId);
  return { undo };
}

/** Drops what waits for a service. Calls under way are finished, and not tried again. */
export function cancelJobs(
  db: WritableDB,
  input: { readonly service: ServiceId; readonly now: number },
  _changes: ChangeLog,
): { photos: number } {
  run(
    db,
    `UPDATE run SET cancelled_at = $now
      WHERE service_id = $service AND cancelled_at IS NULL
        AND EXISTS (SELECT 1 FROM job INDEXED BY job_run
                     WHERE job.run_id = run.id AND job.state IN ('waiting', 'running'))`,
    input,
  );
  const { changes: photos } = run(
    db,
    `UPDATE job SET state = 'cancelled', retry_at = NULL, finished_at = $now
      WHERE service_id = $service AND state = 'waiting'`,
    input,
  );
  return { photos };
}

/**
 * Tries photos again whose newest job of a service failed: all, or those with one reason. They become
 * runs of their own, as their old runs asked.
 */
export function retryJobs(
  db: WritableDB,
  input: {
    readonly service: ServiceId;
    /** Null: whatever the reason was. */
    readonly code: string | null;
    readonly now: number;
  },
  _changes: ChangeLog,
): { photos: number; runIds: readonly number[] } {
  type Row = { photoId: number; again: 0 | 1; variant: string; parameters: string };
  const rows = all<Row>(
    db,
    `SELECT job.photo_id AS photoId, run.again, run.variant, run.parameters
       FROM job INDEXED BY job_order CROSS JOIN run ON run.id = job.run_id
      WHERE job.service_id = $service AND job.state = 'failed'
        AND ($code IS NULL OR job.error_code = $code) AND ${IS_NEWEST_JOB_SQL}
      ORDER BY job.id`,
    { service: input.service, code: input.code },
  );
  const groups = Map.groupBy(rows, (row) => JSON.stringify([row.again, row.variant]));
  const runIds: number[] = [];
  for (const group of groups.values()) {
    const [first] = group;
    if (!first) continue;
    const runId = insertRun(db, {
      service: input.service,
      variant: first.variant,
      now: input.now,
      parameters: first.parameters,
      again: first.again,
      maxCalls: null,
      considered: group.length,
      alreadyKnown: 0,
    });
    const photoIds = group.map((row) => row.photoId);
    insertJobs(db, { runId, service: input.service, photoIds, now: input.now });
    runIds.push(runId);
  }
  return { photos: rows.length, runIds };
}

/** No later job of the same photo for the same service. */
export const IS_NEWEST_JOB_SQL = `NOT EXISTS (
  SELECT 1 FROM job AS later INDEXED BY job_photo
   WHERE later.photo_id = job.photo_id AND later.service_id = job.service_id AND later.id > job.id)`;
