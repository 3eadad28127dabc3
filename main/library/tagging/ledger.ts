/** The ledger of uploads, and the sums of it that caps are checked against. */
import type { ServiceId, Upload, UploadStatus, UploadTotal } from '../../../shared/services.ts';
import { all, get, type ReadableDB, run, type WritableDB } from '../database.ts';

/** Millionths of a currency's unit in one. */
export const MICROS = 1_000_000;

export type Spending = { readonly calls: number; readonly costMicros: number };

/** What was booked for a service in a local calendar month. Calls without a price add nothing to the cost. */
export function spendingOf(db: ReadableDB, service: ServiceId, month: string): Spending {
  return (
    get<Spending>(
      db,
      `SELECT calls, cost_micros AS costMicros FROM spending WHERE service_id = ? AND month = ?`,
      service,
      month,
    ) ?? { calls: 0, costMicros: 0 }
  );
}

/** Whether calls of a month were made while no price was set: then what it cost is not known. */
export function hasUnpricedCalls(db: ReadableDB, service: ServiceId, month: string): boolean {
  const found = get(
    db,
    `SELECT 1 FROM upload INDEXED BY upload_unpriced
      WHERE service_id = ? AND month = ? AND cost_micros IS NULL LIMIT 1`,
    service,
    month,
  );
  return found !== undefined;
}

/** What is added to the sums of a month and of a run, or taken from them. */
export type Booking = {
  readonly service: string;
  readonly month: string;
  readonly runId: number | null;
  readonly calls: number;
  readonly costMicros: number;
  readonly unpricedCalls: number;
  readonly bytes: number;
};

export function book(db: WritableDB, booking: Booking): void {
  run(
    db,
    `INSERT INTO spending (service_id, month, calls, cost_micros) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET calls = calls + excluded.calls,
                                 cost_micros = cost_micros + excluded.cost_micros`,
    booking.service,
    booking.month,
    booking.calls,
    booking.costMicros,
  );
  if (booking.runId === null) return;
  run(
    db,
    `UPDATE run SET calls = calls + ?, cost_micros = cost_micros + ?,
            unpriced_calls = unpriced_calls + ?, bytes_sent = bytes_sent + ? WHERE id = ?`,
    booking.calls,
    booking.costMicros,
    booking.unpricedCalls,
    booking.bytes,
    booking.runId,
  );
}

type UploadRow = {
  id: number;
  atMs: number;
  service: ServiceId;
  photoId: number | null;
  path: string | null;
  bytes: number;
  width: number;
  height: number;
  status: UploadStatus;
  code: string | null;
  requestId: string | null;
  costMicros: number | null;
  currency: string;
};

/** A page of what left this computer, newest first; of one service and of named photos where they are given. */
export function listUploads(
  db: ReadableDB,
  page: {
    readonly limit: number;
    readonly offset: number;
    readonly service?: ServiceId | undefined;
    readonly photoIds?: readonly number[] | undefined;
  },
): { total: number; uploads: Upload[] } {
  const conditions: string[] = [];
  const values: Record<string, unknown> = {};
  if (page.service !== undefined) {
    conditions.push('service_id = $service');
    values['service'] = page.service;
  }
  if (page.photoIds !== undefined) {
    conditions.push('photo_id IN (SELECT value FROM json_each($photoIds))');
    values['photoIds'] = JSON.stringify(page.photoIds);
  }
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  const total =
    get<{ count: number }>(db, `SELECT COUNT(*) AS count FROM upload ${where}`, values)?.count ?? 0;
  const rows = all<UploadRow>(
    db,
    `SELECT id, at AS atMs, service_id AS service, photo_id AS photoId, path_text AS path, bytes,
            width, height, state AS status, code, request_id AS requestId,
            cost_micros AS costMicros, currency
       FROM upload ${where} ORDER BY id DESC LIMIT $limit OFFSET $offset`,
    { ...values, limit: page.limit, offset: page.offset },
  );
  return {
    total,
    uploads: rows.map(({ costMicros, ...row }) => ({
      ...row,
      cost: costMicros === null ? null : costMicros / MICROS,
    })),
  };
}

type TotalRow = Omit<UploadTotal, 'cost'> & { readonly costMicros: number | null };

/** The sums of the whole ledger, by service and the currency it was paid in; the most used first. */
export function uploadTotals(db: ReadableDB): UploadTotal[] {
  return all<TotalRow>(
    db,
    `SELECT service_id AS service, currency, COUNT(*) AS uploads, SUM(bytes) AS bytes,
            SUM(cost_micros) AS costMicros, COUNT(*) - COUNT(cost_micros) AS unpriced
       FROM upload GROUP BY service_id, currency ORDER BY uploads DESC, service_id, currency`,
  ).map(({ costMicros, ...row }) => ({
    ...row,
    cost: costMicros === null ? null : costMicros / MICROS,
  }));
}
