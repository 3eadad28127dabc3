/** Replies that were paid for, brought back from an export with the tags that follow from them. */
import { deflateSync } from 'node:zlib';
import type { ImportFailure } from '../../../shared/exchangeContract.ts';
import type { ChangeLog } from '../changes.ts';
import { get, run, type WritableDB } from '../database.ts';
import {
  ensurePicture,
  photosOfPicture,
  setServiceTags,
  type TagRow,
} from '../tagging/pictureTags.ts';
import { ensureServiceLabel } from '../tagging/serviceLabels.ts';
import type { ExportedReply, ExportedTag } from './document.ts';

/** Keeps replies that the library does not have. One that is newer than what is in force takes its place. */
export function importReplies(
  db: WritableDB,
  input: { readonly replies: readonly ExportedReply[]; readonly now: number },
  changes: ChangeLog,
): { written: number; failed: readonly ImportFailure[] } {
  let written = 0;
  const failed: ImportFailure[] = [];
  for (const reply of input.replies) {
    const known = get(db, 'SELECT 1 FROM service WHERE id = ?', reply.service);
    if (!known) {
      failed.push({
        path: reply.imageHash,
        code: 'service_unknown',
        message: `This Tagroll does not know the service ${reply.service}. Update it, then import again.`,
      });
      continue;
    }
    if (importReply(db, reply, input.now, changes)) written += 1;
  }
  return { written, failed };
}

function importReply(
  db: WritableDB,
  reply: ExportedReply,
  now: number,
  changes: ChangeLog,
): boolean {
  const imageHash = Buffer.from(reply.imageHash, 'hex');
  const isThere = get(
    db,
    `SELECT 1 FROM reply INDEXED BY reply_known
      WHERE image_hash = ? AND service_id = ? AND variant = ? AND received_at = ?
        AND request_id IS ?`,
    imageHash,
    reply.service,
    reply.variant,
    reply.receivedAt,
    reply.requestId,
  );
  if (isThere) return false;
  const isNewest = !get(
    db,
    `SELECT 1 FROM reply INDEXED BY reply_known
      WHERE image_hash = ? AND service_id = ? AND NOT withdrawn AND received_at > ?`,
    imageHash,
    reply.service,
    reply.receivedAt,
  );
  run(
    db,
    `INSERT INTO reply (image_hash, service_id, variant, received_at, request_id, parameters, body, withdrawn)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    imageHash,
    reply.service,
    reply.variant,
    reply.receivedAt,
    reply.requestId,
    JSON.stringify(reply.parameters),
    deflateSync(Buffer.from(reply.body, reply.encoding === 'text' ? 'utf8' : 'base64')),
    reply.withdrawn ? 1 : 0,
  );
  if (reply.tags !== null && isNewest) {
    const pictureId = ensurePicture(db, imageHash);
    const tags = reply.tags.map((tag) => tagRow(db, reply.service, tag, now, changes));
    setServiceTags(db, pictureId, reply.service, tags);
    changes.photos(photosOfPicture(db, pictureId));
  }
  return true;
}

function tagRow(
  db: WritableDB,
  serviceId: string,
  { raw, names, type, confidence, boxes }: ExportedTag,
  now: number,
  changes: ChangeLog,
): TagRow {
  const label = ensureServiceLabel(db, { serviceId, raw, names, type }, now);
  if (label.changed) changes.tags();
  changes.photos(label.photoIds);
  return {
    labelId: label.id,
    confidence,
    boxes: boxes.length === 0 ? null : JSON.stringify(boxes),
    runId: null,
  };
}
