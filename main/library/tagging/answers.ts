/** Answers of services: the reply as it came, and the tags that follow from it, in one transaction. */
import { deflateSync, inflateSync } from 'node:zlib';
import type { ServiceId } from '../../../shared/services.ts';
import type { ServiceTag } from '../../tagging/types.ts';
import type { ChangeLog } from '../changes.ts';
import { get, type ReadableDB, run, type WritableDB } from '../database.ts';
import {
  ensurePicture,
  photosOfPicture,
  serviceTagsOf,
  setServiceTags,
  type TagRow,
} from './pictureTags.ts';
import { noteRetagged } from './retags.ts';
import { ensureServiceLabel } from './serviceLabels.ts';
import type { FinishCallInput, TagJob } from './types.ts';

/**
 * Keeps the answers of one call: reply, tags, job, ledger and counters. Answers of a connection test only
 * end their line of the ledger.
 */
export function finishCall(
  db: WritableDB,
  input: FinishCallInput,
  changes: ChangeLog,
): { photosTagged: number; tagsWritten: number } {
  const written = { photosTagged: 0, tagsWritten: 0 };
  for (const answer of input.answers) {
    run(
      db,
      `UPDATE upload SET state = 'answered', code = NULL, request_id = ? WHERE id = ?`,
      answer.requestId,
      answer.uploadId,
    );
    if (!answer.job) continue;
    const tags = saveAnswer(db, input, answer, answer.job, changes);
    run(
      db,
      `UPDATE job SET state = 'done', retry_at = NULL, error_code = NULL, error_message = NULL,
              finished_at = ? WHERE id = ?`,
      input.now,
      answer.job.jobId,
    );
    run(
      db,
      'UPDATE run SET photos_tagged = photos_tagged + 1, tags_written = tags_written + ? WHERE id = ?',
      tags,
      answer.job.runId,
    );
    written.photosTagged += 1;
    written.tagsWritten += tags;
  }
  if (written.photosTagged > 0) {
    run(
      db,
      'UPDATE service_state SET streak_code = NULL, streak_count = 0 WHERE service_id = ?',
      input.service,
    );
  }
  return written;
}

/** Tags written. */
function saveAnswer(
  db: WritableDB,
  input: FinishCallInput,
  answer: FinishCallInput['answers'][number],
  job: TagJob,
  changes: ChangeLog,
): number {
  const imageHash = Buffer.from(job.imageHash);
  const pictureId = ensurePicture(db, imageHash);
  const wasAnswered =
    get(
      db,
      `SELECT 1 FROM reply INDEXED BY reply_known
        WHERE image_hash = ? AND service_id = ? AND run_id IS NOT ? LIMIT 1`,
      imageHash,
      input.service,
      job.runId,
    ) !== undefined;
  const replyId = Number(
    run(
      db,
      `INSERT INTO reply (image_hash, service_id, variant, run_id, received_at, request_id,
                          parameters, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      imageHash,
      input.service,
      input.variant,
      job.runId,
      input.now,
      answer.requestId,
      JSON.stringify(answer.parameters),
      deflateSync(answer.body),
    ).lastInsertRowid,
  );
  const before = serviceTagsOf(db, pictureId, input.service);
  const tags = toRows(db, input, job.runId, answer.tags, changes);
  setServiceTags(db, pictureId, input.service, tags);
  if (wasAnswered) {
    noteRetagged(db, { runId: job.runId, pictureId, replyId, before, service: input.service });
  }
  changes.photos(photosOfPicture(db, pictureId));
  return tags.length;
}

/** A confidence that is none or out of range must not cost the reply: it is left out or bounded. */
function toRows(
  db: WritableDB,
  input: FinishCallInput,
  runId: number,
  tags: readonly ServiceTag[],
  changes: ChangeLog,
): TagRow[] {
  const rows = new Map<number, TagRow>();
  for (const tag of tags) {
    if (!Number.isFinite(tag.confidence)) continue;
    const label = ensureServiceLabel(
      db,
      { serviceId: input.service, raw: tag.raw, names: tag.names, type: tag.type },
      input.now,
    );
    if (label.changed) {
      changes.tags();
      nameType(db, tag);
    }
    changes.photos(label.photoIds);
    const confidence = Math.min(100, Math.max(0, tag.confidence));
    if ((rows.get(label.id)?.confidence ?? -1) >= confidence) continue;
    rows.set(label.id, {
      labelId: label.id,
      confidence,
      boxes: tag.boxes.length === 0 ? null : JSON.stringify(tag.boxes),
      runId,
    });
  }
  return [...rows.values()];
}

/** Types are told with every tag: only a new word may bring a new one. */
function nameType(db: WritableDB, { type, typeNames }: ServiceTag): void {
  if (!typeNames) return;
  run(
    db,
    'INSERT INTO tag_type (type, en, zh) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    type,
    typeNames.en ?? null,
    typeNames.zh ?? null,
  );
}

/** A stored reply. `body` is as the service sent it. */
export type StoredReply = {
  readonly body: Uint8Array;
  readonly variant: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly requestId: string | null;
  readonly receivedAt: number;
};

/** The reply in force of a service about a picture: the newest that was not taken back. Null: there is none. */
export function readReply(
  db: ReadableDB,
  key: { readonly imageHash: Uint8Array; readonly service: ServiceId },
): StoredReply | null {
  const row = get<Omit<StoredReply, 'parameters'> & { parameters: string }>(
    db,
    `SELECT body, variant, parameters, request_id AS requestId, received_at AS receivedAt
       FROM reply INDEXED BY reply_known
      WHERE image_hash = ? AND service_id = ? AND NOT withdrawn ORDER BY id DESC LIMIT 1`,
    Buffer.from(key.imageHash),
    key.service,
  );
  if (!row) return null;
  return {
    ...row,
    body: inflateSync(row.body),
    parameters: JSON.parse(row.parameters) as StoredReply['parameters'],
  };
}
