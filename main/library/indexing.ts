/** Keeping what the two passes learnt, one transaction a batch. */
import type { HeadOutcome } from '../imaging/head.ts';
import type { FileStamp, ImageResult, Metadata } from '../imaging/types.ts';
import { RULES_VERSION, vocabularyEntry } from '../tagging/onDevice/vocabulary.ts';
import type { ChangeLog } from './changes.ts';
import { get, run, type WritableDB } from './database.ts';
import { adoptMovedByHash } from './moves.ts';
import { photoPath } from './paths.ts';
import { restack } from './stacks.ts';
import { ensureServiceLabel } from './tagging/serviceLabels.ts';

const METADATA_SQL = `orientation = $orientation, taken_at = $takenAt, taken_at_source = $takenAtSource,
  utc_offset_minutes = $utcOffsetMinutes, camera_make = $cameraMake, camera_model = $cameraModel,
  lens = $lens, exposure_seconds = $exposureSeconds, f_number = $fNumber, iso = $iso,
  focal_length_mm = $focalLengthMm, latitude = $latitude, longitude = $longitude,
  altitude_metres = $altitudeMetres`;

function metadataValues(metadata: Metadata): Record<string, unknown> {
  return {
    orientation: metadata.orientation,
    takenAt: metadata.takenAt,
    takenAtSource: metadata.takenAtSource,
    utcOffsetMinutes: metadata.utcOffsetMinutes,
    cameraMake: metadata.cameraMake,
    cameraModel: metadata.cameraModel,
    lens: metadata.lens,
    exposureSeconds: metadata.exposureSeconds,
    fNumber: metadata.fNumber,
    iso: metadata.iso,
    focalLengthMm: metadata.focalLengthMm,
    latitude: metadata.latitude,
    longitude: metadata.longitude,
    altitudeMetres: metadata.altitudeMetres,
  };
}

/** The first pass: what the heads say. A head that could not be read leaves the verdict to the second. */
export function saveHeads(
  db: WritableDB,
  input: readonly { readonly photoId: number; readonly outcome: HeadOutcome }[],
  changes: ChangeLog,
): void {
  for (const { photoId, outcome } of input) {
    changes.photo(photoId);
    if (!('facts' in outcome)) {
      run(db, 'UPDATE photo SET stage = 1 WHERE id = ? AND stage = 0', photoId);
      continue;
    }
    const { facts } = outcome;
    run(
      db,
      `UPDATE photo SET stage = 1, format = $format, wrong_extension = $wrongExtension,
              width = COALESCE($width, width), height = COALESCE($height, height),
              embedded_offset = $embeddedOffset, embedded_bytes = $embeddedBytes, ${METADATA_SQL}
        WHERE id = $id AND stage = 0`,
      {
        id: photoId,
        format: facts.format,
        wrongExtension: facts.wrongExtension ? 1 : 0,
        width: facts.width,
        height: facts.height,
        embeddedOffset: facts.embedded?.offset ?? null,
        embeddedBytes: facts.embedded?.bytes ?? null,
        ...metadataValues(facts.metadata),
      },
    );
  }
  // Only now it is known which of them are RAW files.
  const read = input.filter(({ outcome }) => 'facts' in outcome && outcome.facts.format !== null);
  restack(
    db,
    read.map(({ photoId }) => photoId),
    changes,
  );
}

/** What a second pass was asked for: the file's place and what a scan had seen of it. */
export type ReadFrom = { readonly path: Uint8Array; readonly stamp: FileStamp };

type SavedRow = {
  stage: number;
  rootPath: Buffer;
  folderPath: Buffer;
  name: Buffer;
  sizeBytes: number;
  mtimeUs: number;
  pictureId: number | null;
  earlierPictureId: number | null;
  fileHash: Buffer | null;
  format: string | null;
};

/**
 * The second pass. What a file did not tell this time does not overwrite what it told before. `adopted`
 * counts new rows that turned out to be moved photos, `outdated` results that a scan overtook: those
 * photos are left waiting.
 */
export function saveImages(
  db: WritableDB,
  input: {
    readonly results: readonly {
      readonly photoId: number;
      readonly result: ImageResult;
      readonly from?: ReadFrom;
    }[];
    readonly now: number;
  },
  changes: ChangeLog,
): { adopted: number; outdated: number } {
  const runId = onDeviceRun(db, input.now);
  let adopted = 0;
  let outdated = 0;
  const reformed: number[] = [];
  for (const { photoId, result, from } of input.results) {
    const row = get<SavedRow>(
      db,
      `SELECT photo.stage, photo.picture_id AS pictureId, photo.earlier_picture_id AS earlierPictureId,
              photo.file_hash AS fileHash, photo.format, root.path AS rootPath, folder.path AS folderPath,
              photo.name, photo.size_bytes AS sizeBytes, photo.mtime_us AS mtimeUs
         FROM photo JOIN folder ON folder.id = photo.folder_id JOIN root ON root.id = folder.root_id
        WHERE photo.id = ?`,
      photoId,
    );
    if (!row) continue;
    if (from && isOutdated(row, from, result.facts.stamp)) {
      outdated += 1;
      continue;
    }
    changes.photo(photoId);
    savePhoto(db, photoId, row, result);
    const { format } = result.facts;
    if (format !== null && format !== row.format) reformed.push(photoId);
    if (result.facts.fileHash) {
      saveOnDeviceTags(db, photoId, result.facts.tags, runId, input.now, changes);
    }
    // Also after a failure: another new file may have waited for this one's verdict.
    if (row.fileHash === null && adoptMovedByHash(db, photoId, changes)) adopted += 1;
  }
  // A row that took another one's place takes its place in the stack as well.
  restack(db, adopted > 0 ? changes.touched : reformed, changes);
  return { adopted, outdated };
}

/** The photo was moved, or changed again, after its file was asked for, and this is not the newer one. */
function isOutdated(row: SavedRow, from: ReadFrom, read: FileStamp | null): boolean {
  if (row.stage === 2) return false;
  if (!photoPath(row).equals(from.path)) return true;
  const isStamp = (stamp: FileStamp | null): boolean =>
    stamp?.sizeBytes === row.sizeBytes && stamp.mtimeUs === row.mtimeUs;
  return !isStamp(from.stamp) && !isStamp(read);
}

function savePhoto(db: WritableDB, photoId: number, row: SavedRow, result: ImageResult): void {
  const { facts, failure } = result;
  const picture = pictureIds(db, row, facts.imageHash);
  run(
    db,
    `UPDATE photo SET stage = 2, attempts = attempts + 1,
            failure_code = $failureCode, failure_message = $failureMessage,
            size_bytes = COALESCE($sizeBytes, size_bytes), mtime_us = COALESCE($mtimeUs, mtime_us),
            inode = COALESCE($inode, inode), file_hash = COALESCE($fileHash, file_hash),
            picture_id = $pictureId, earlier_picture_id = $earlierPictureId,
            format = COALESCE($format, format), wrong_extension = $wrongExtension,
            width = COALESCE($width, width), height = COALESCE($height, height),
            thumb_hash = CASE WHEN $fileHash IS NULL THEN thumb_hash ELSE $thumbHash END,
            shown_width = CASE WHEN $fileHash IS NULL THEN shown_width ELSE $shownWidth END,
            shown_height = CASE WHEN $fileHash IS NULL THEN shown_height ELSE $shownHeight END
      WHERE id = $id`,
    {
      id: photoId,
      failureCode: failure?.code ?? null,
      failureMessage: failure?.message ?? null,
      sizeBytes: facts.stamp?.sizeBytes ?? null,
      mtimeUs: facts.stamp?.mtimeUs ?? null,
      inode: facts.stamp?.inode ?? null,
      fileHash: facts.fileHash,
      pictureId: picture.id,
      earlierPictureId: picture.earlierId,
      format: facts.format,
      wrongExtension: facts.wrongExtension ? 1 : 0,
      width: facts.width,
      height: facts.height,
      thumbHash: facts.thumbHash,
      shownWidth: facts.shown?.width ?? null,
      shownHeight: facts.shown?.height ?? null,
    },
  );
  if (facts.metadata) {
    run(db, `UPDATE photo SET ${METADATA_SQL} WHERE id = $id`, {
      id: photoId,
      ...metadataValues(facts.metadata),
    });
  }
}

/**
 * The picture a photo shows now, and the one whose service tags it still shows as from an earlier
 * version. A picture that no service ever answered for is not worth remembering.
 */
function pictureIds(
  db: WritableDB,
  row: SavedRow,
  imageHash: Uint8Array | null,
): { id: number | null; earlierId: number | null } {
  if (imageHash === null) return { id: row.pictureId, earlierId: row.earlierPictureId };
  run(db, 'INSERT INTO picture (image_hash) VALUES (?) ON CONFLICT DO NOTHING', imageHash);
  const id =
    get<{ id: number }>(db, 'SELECT id FROM picture WHERE image_hash = ?', imageHash)?.id ?? null;
  if (id === row.pictureId) return { id, earlierId: row.earlierPictureId };
  const wasTagged =
    row.pictureId !== null &&
    get(db, 'SELECT 1 FROM picture_tag WHERE picture_id = ? LIMIT 1', row.pictureId) !== undefined;
  const earlierId = wasTagged ? row.pictureId : row.earlierPictureId;
  return { id, earlierId: earlierId === id ? null : earlierId };
}

/** One run a version of the rules, so that a change of rules can be told from a change of pictures. */
function onDeviceRun(db: WritableDB, now: number): number {
  const known = get<{ id: number }>(
    db,
    `SELECT id FROM run WHERE service_id = 'on-device' AND variant = ? ORDER BY id DESC LIMIT 1`,
    RULES_VERSION,
  );
  if (known) return known.id;
  return Number(
    run(
      db,
      `INSERT INTO run (service_id, variant, started_at) VALUES ('on-device', ?, ?)`,
      RULES_VERSION,
      now,
    ).lastInsertRowid,
  );
}

function saveOnDeviceTags(
  db: WritableDB,
  photoId: number,
  tags: ImageResult['facts']['tags'],
  runId: number,
  now: number,
  changes: ChangeLog,
): void {
  run(
    db,
    `DELETE FROM photo_tag WHERE photo_id = ?
        AND label_id IN (SELECT id FROM label WHERE service_id = 'on-device')`,
    photoId,
  );
  for (const tag of tags) {
    const entry = vocabularyEntry(tag.label);
    const label = ensureServiceLabel(
      db,
      {
        serviceId: 'on-device',
        raw: tag.label,
        type: entry.type,
        names: { en: entry.en, zh: entry.zh },
        apart: entry.apart,
      },
      now,
    );
    if (label.changed) changes.tags();
    changes.photos(label.photoIds);
    run(
      db,
      `INSERT INTO photo_tag (photo_id, label_id, confidence, run_id) VALUES (?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET confidence = excluded.confidence, run_id = excluded.run_id`,
      photoId,
      label.id,
      tag.confidence,
      runId,
    );
  }
}
