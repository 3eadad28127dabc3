/** How each service stands: paused by the person, stopped until the person did something, or neither. */
import { SERVICE_IDS, type ServiceId } from '../../../shared/services.ts';
import type { ChangeLog } from '../changes.ts';
import { all, get, type ReadableDB, run, type WritableDB } from '../database.ts';
import type { ServiceStanding } from './types.ts';

type StandingRow = {
  service: ServiceId;
  paused: 0 | 1;
  stoppedCode: string | null;
  stoppedMessage: string | null;
  stoppedAt: number | null;
  streakCode: string | null;
  streakCount: number;
};

const FREE: ServiceStanding = { paused: false, stopped: null, streakCode: null, streakCount: 0 };

/** Every service's standing. */
export function serviceStandings(db: ReadableDB): Map<ServiceId, ServiceStanding> {
  const standings = new Map<ServiceId, ServiceStanding>(SERVICE_IDS.map((id) => [id, FREE]));
  const rows = all<StandingRow>(
    db,
    `SELECT service_id AS service, paused, stopped_code AS stoppedCode,
            stopped_message AS stoppedMessage, stopped_at AS stoppedAt,
            streak_code AS streakCode, streak_count AS streakCount FROM service_state`,
  );
  for (const row of rows) {
    standings.set(row.service, {
      paused: row.paused === 1,
      stopped:
        row.stoppedCode === null
          ? null
          : {
              code: row.stoppedCode,
              message: row.stoppedMessage ?? '',
              at: row.stoppedAt ?? 0,
            },
      streakCode: row.streakCode,
      streakCount: row.streakCount,
    });
  }
  return standings;
}

/** The person pauses a service or lets it go on. */
export function setServicePaused(
  db: WritableDB,
  input: { readonly service: ServiceId; readonly paused: boolean },
  _changes: ChangeLog,
): void {
  run(
    db,
    `INSERT INTO service_state (service_id, paused) VALUES (?, ?)
       ON CONFLICT DO UPDATE SET paused = excluded.paused`,
    input.service,
    input.paused ? 1 : 0,
  );
}

/** A service stops and waits for the person. The first reason is kept until it is dealt with. */
export function stopService(
  db: WritableDB,
  input: {
    readonly service: ServiceId;
    readonly code: string;
    readonly message: string;
    readonly now: number;
  },
  _changes: ChangeLog,
): void {
  run(
    db,
    `INSERT INTO service_state (service_id, stopped_code, stopped_message, stopped_at)
       VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET stopped_code = excluded.stopped_code,
         stopped_message = excluded.stopped_message, stopped_at = excluded.stopped_at
         WHERE stopped_code IS NULL`,
    input.service,
    input.code,
    input.message,
    input.now,
  );
}

/** The person dealt with the reason of a stop: errors in a row are counted anew. */
export function clearStop(
  db: WritableDB,
  input: { readonly service: ServiceId },
  _changes: ChangeLog,
): void {
  run(
    db,
    `UPDATE service_state SET stopped_code = NULL, stopped_message = NULL, stopped_at = NULL,
            streak_code = NULL, streak_count = 0 WHERE service_id = ?`,
    input.service,
  );
}

/** Counts photos in a row that ended with the same error code; null: one that was answered. */
export function noteOutcome(
  db: WritableDB,
  input: { readonly service: ServiceId; readonly code: string | null },
  _changes: ChangeLog,
): { streakCount: number } {
  const row = get<{ streakCount: number }>(
    db,
    `INSERT INTO service_state (service_id, streak_code, streak_count)
       VALUES ($service, $code, $code IS NOT NULL)
       ON CONFLICT DO UPDATE SET
         streak_count = CASE WHEN excluded.streak_code IS NULL THEN 0
                             WHEN streak_code IS excluded.streak_code THEN streak_count + 1
                             ELSE 1 END,
         streak_code = excluded.streak_code
       RETURNING streak_count AS streakCount`,
    { service: input.service, code: input.code },
  );
  return { streakCount: row?.streakCount ?? 0 };
}
