/** Lines of the ledger that a library lost, put back with the sums that caps are checked against. */
import { z } from 'zod';
import { get, run, type WritableDB } from '../database.ts';
import { book } from '../tagging/ledger.ts';

const whole = z.number().int().min(0);
const time = z.number().int().min(0).max(8.64e15);

export const uploadSchema = z.object({
  at: time,
  service: z.string().min(1),
  /** The run it belonged to, known by its beginning. */
  run: z.object({ id: whole, startedAt: time }).nullable(),
  photoId: whole.nullable(),
  imageHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  path: z.string().nullable(),
  bytes: whole,
  width: whole,
  height: whole,
  state: z.enum(['sent', 'answered', 'refused', 'failed', 'unknown']),
  code: z.string().nullable(),
  requestId: z.string().nullable(),
  month: z.string().regex(/^\d{4}-\d\d$/),
  costMicros: whole.nullable(),
  currency: z.string().regex(/^[A-Z]{3}$/),
});

export type SalvagedUpload = z.infer<typeof uploadSchema>;

/**
 * Books uploads that the ledger does not have, and ends those whose answer it did not see. Only its lines from
 * `fromId` on are compared. Answers how many were booked.
 */
export function importUploads(
  db: WritableDB,
  input: { readonly uploads: readonly SalvagedUpload[]; readonly fromId: number },
): { written: number } {
  let written = 0;
  for (const upload of input.uploads) {
    if (!get(db, 'SELECT 1 FROM service WHERE id = ?', upload.service)) continue;
    const imageHash = upload.imageHash === null ? null : Buffer.from(upload.imageHash, 'hex');
    // Nobody waits for its answer any more.
    const state = upload.state === 'sent' ? 'unknown' : upload.state;
    const there = get<{ id: number; state: string }>(
      db,
      `SELECT id, state FROM upload WHERE id >= $fromId AND at = $at AND service_id = $service
          AND image_hash IS $imageHash AND path_text IS $path AND bytes = $bytes`,
      {
        fromId: input.fromId,
        at: upload.at,
        service: upload.service,
        imageHash,
        path: upload.path,
        bytes: upload.bytes,
      },
    );
    if (there) {
      run(
        db,
        `UPDATE upload SET state = ?, code = ?, request_id = ?
          WHERE id = ? AND state IN ('sent', 'unknown')`,
        state,
        upload.code,
        upload.requestId,
        there.id,
      );
      continue;
    }
    const runId = knownRun(db, upload);
    run(
      db,
      `INSERT INTO upload (at, service_id, run_id, photo_id, image_hash, path_text, bytes, width,
                           height, state, code, request_id, month, cost_micros, currency)
       VALUES ($at, $service, $runId, (SELECT id FROM photo WHERE id = $photoId), $imageHash, $path,
               $bytes, $width, $height, $state, $code, $requestId, $month, $costMicros, $currency)`,
      { ...upload, run: null, imageHash, runId, state },
    );
    book(db, {
      service: upload.service,
      month: upload.month,
      runId,
      calls: 1,
      costMicros: upload.costMicros ?? 0,
      unpricedCalls: upload.costMicros === null ? 1 : 0,
      bytes: upload.bytes,
    });
    written += 1;
  }
  return { written };
}

/** The run, if it is the same one here. */
function knownRun(db: WritableDB, { run: told, service }: SalvagedUpload): number | null {
  if (!told) return null;
  const found = get<{ id: number }>(
    db,
    'SELECT id FROM run WHERE id = ? AND service_id = ? AND started_at = ?',
    told.id,
    service,
    told.startedAt,
  );
  return found?.id ?? null;
}
