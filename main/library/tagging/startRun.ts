/** Runs as the queue begins and ends them. */
import type { ServiceId } from '../../../shared/services.ts';
import type { ChangeLog } from '../changes.ts';
import { all, get, type ReadableDB, run, type WritableDB } from '../database.ts';
import { beginRun } from './runs.ts';
import type { RunPlan, RunRequest } from './types.ts';

/**
 * Begins a run of its own for these photos, also for those that waited in an earlier run: what the person
 * asks for now, with its limits, is what is done. One that was to be tagged again stays where it is unless
 * this run tags again, too.
 */
export function startRun(
  db: WritableDB,
  input: RunRequest & {
    readonly now: number;
    readonly parameters: Readonly<Record<string, unknown>>;
  },
  changes: ChangeLog,
): RunPlan & { readonly runId: number | null } {
  run(
    db,
    `UPDATE job SET state = 'cancelled', retry_at = NULL, finished_at = $now
      WHERE service_id = $service AND state = 'waiting'
        AND (SELECT run.again FROM run WHERE run.id = job.run_id) <= $again
        AND (SELECT photo.picture_id FROM photo WHERE photo.id = job.photo_id) IN (
          SELECT photo.picture_id FROM json_each($photoIds) AS wanted
            CROSS JOIN photo ON photo.id = wanted.value WHERE photo.picture_id IS NOT NULL)`,
    {
      now: input.now,
      service: input.service,
      again: input.again ? 1 : 0,
      photoIds: JSON.stringify(input.photoIds),
    },
  );
  return beginRun(db, input, changes);
}

/** Drops what waits of one run. */
export function cancelRun(
  db: WritableDB,
  input: { readonly runId: number; readonly now: number },
  _changes: ChangeLog,
): { photos: number } {
  run(
    db,
    'UPDATE run SET cancelled_at = ? WHERE id = ? AND cancelled_at IS NULL',
    input.now,
    input.runId,
  );
  const { changes: photos } = run(
    db,
    `UPDATE job SET state = 'cancelled', retry_at = NULL, finished_at = ?
      WHERE run_id = ? AND state = 'waiting'`,
    input.now,
    input.runId,
  );
  return { photos };
}

const IS_OVER_SQL = `NOT EXISTS (SELECT 1 FROM job INDEXED BY job_run
  WHERE job.run_id = run.id AND job.state IN ('waiting', 'running'))`;

/** Runs of a service of which nothing waits or is under way, but whose end was not noted yet. */
export function runsToEnd(db: ReadableDB, service: ServiceId): number[] {
  return all<{ id: number }>(
    db,
    `SELECT id FROM run INDEXED BY run_service
      WHERE service_id = ? AND ended_at IS NULL AND ${IS_OVER_SQL}`,
    service,
  ).map((row) => row.id);
}

/** Whether nothing of a run waits or is under way. True for one that does not exist. */
export function isRunOver(db: ReadableDB, runId: number): boolean {
  return !get(db, `SELECT 1 FROM run WHERE id = ? AND NOT ${IS_OVER_SQL}`, runId);
}

/** Whether anything waits for a service, now or later. */
export function hasWaitingJobs(db: ReadableDB, service: ServiceId): boolean {
  return (
    get(
      db,
      `SELECT 1 FROM job INDEXED BY job_order WHERE service_id = ? AND state = 'waiting' LIMIT 1`,
      service,
    ) !== undefined
  );
}

/** Photos that are looked at for a mean. */
const COMPARED_PHOTOS = 2000;

/** Mean pixels of these photos as they would be sent; null: none of them has a known size. */
export function meanUploadPixels(
  db: ReadableDB,
  photoIds: readonly number[],
  longSidePixels: number,
): number | null {
  const row = get<{ pixels: number | null }>(
    db,
    `SELECT AVG(width * height * MIN(1.0, $side * $side * 1.0 / (MAX(width, height) * MAX(width, height))))
              AS pixels
       FROM json_each($photoIds) AS wanted CROSS JOIN photo ON photo.id = wanted.value
      WHERE width > 0 AND height > 0`,
    { side: longSidePixels, photoIds: JSON.stringify(photoIds.slice(0, COMPARED_PHOTOS)) },
  );
  return row?.pixels ?? null;
}
