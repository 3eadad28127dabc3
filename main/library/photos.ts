/** Reading photos: what the grid, the inspector and the command line show. */
import type {
  Failure,
  Photo,
  PhotoDetail,
  PhotoState,
  PhotoTile,
  TagEntry,
  TakenAtSource,
} from '../../shared/model.ts';
import { companionsOf } from './companions.ts';
import { all, get, type ReadableDB } from './database.ts';
import { evidenceOffers } from './evidence.ts';
import { nameKey } from './names.ts';
import { displayPath, hex, photoPath } from './paths.ts';
import { sensitivePhotos } from './sensitivity.ts';
import { stackFiles } from './stacks.ts';
import { namesOfTags, tagEntriesOf } from './tags.ts';

/** `PhotoState` of a row joined as `photo`, `folder`, `root`; the later state wins. */
export const STATE_SQL = `CASE
  WHEN root.offline OR folder.offline THEN 'offline'
  WHEN photo.missing_since IS NOT NULL THEN 'missing'
  WHEN photo.failure_code = 'unsupported' THEN 'unsupported'
  WHEN photo.failure_code IS NOT NULL THEN 'failed'
  WHEN photo.stage < 2 THEN 'pending'
  ELSE 'ok' END`;

type PhotoRow = {
  id: number;
  rootPath: Buffer;
  rootPathText: string;
  folderPath: Buffer;
  folderId: number;
  name: Buffer;
  nameText: string;
  fileHash: Buffer | null;
  imageHash: Buffer | null;
  takenAt: string | null;
  takenAtSource: TakenAtSource | null;
  utcOffsetMinutes: number | null;
  width: number | null;
  height: number | null;
  cameraMake: string | null;
  cameraModel: string | null;
  lens: string | null;
  latitude: number | null;
  longitude: number | null;
  state: PhotoState;
};

const PHOTO_SQL = `
  photo.id, root.path AS rootPath, root.path_text AS rootPathText, folder.path AS folderPath,
  folder.id AS folderId, photo.name, photo.name_text AS nameText, photo.file_hash AS fileHash,
  picture.image_hash AS imageHash, photo.taken_at AS takenAt, photo.taken_at_source AS takenAtSource,
  photo.utc_offset_minutes AS utcOffsetMinutes, photo.width, photo.height,
  photo.camera_make AS cameraMake, photo.camera_model AS cameraModel, photo.lens, photo.latitude,
  photo.longitude, ${STATE_SQL} AS state`;
const FROM_SQL = `photo JOIN folder ON folder.id = photo.folder_id JOIN root ON root.id = folder.root_id
  LEFT JOIN picture ON picture.id = photo.picture_id`;

/** Whole photos in the order of `ids`; ids that are gone are left out. */
export function photosByIds(db: ReadableDB, ids: readonly number[]): Photo[] {
  const wanted = JSON.stringify(ids);
  const rows = all<PhotoRow>(
    db,
    `SELECT ${PHOTO_SQL} FROM json_each(?) AS wanted JOIN ${FROM_SQL} WHERE photo.id = wanted.value
      ORDER BY wanted.key`,
    wanted,
  );
  const tags = tagsByPhoto(db, ids);
  return rows.map((row) => toPhoto(row, tags.get(row.id) ?? []));
}

function toPhoto(row: PhotoRow, tags: readonly TagEntry[]): Photo {
  return {
    id: row.id,
    path: displayPath(row),
    fileHash: hex(row.fileHash),
    imageHash: hex(row.imageHash),
    takenAt: row.takenAt,
    takenAtSource: row.takenAtSource,
    utcOffsetMinutes: row.utcOffsetMinutes,
    width: row.width,
    height: row.height,
    camera: [row.cameraMake, row.cameraModel].filter((part) => part !== null).join(' ') || null,
    lens: row.lens,
    latitude: row.latitude,
    longitude: row.longitude,
    state: row.state,
    tags,
  };
}

/** Entries by photo, most confident first. */
export function tagsByPhoto(db: ReadableDB, ids: readonly number[]): Map<number, TagEntry[]> {
  const rows = tagEntriesOf(db, ids);
  const names = namesOfTags(db, [...new Set(rows.map((row) => row.tagId))]);
  const byPhoto = new Map<number, TagEntry[]>();
  rows.sort((a, b) => b.confidence - a.confidence || a.tagId - b.tagId);
  for (const row of rows) {
    const entries = byPhoto.get(row.photoId) ?? [];
    entries.push({
      id: row.tagId,
      names: names.get(row.tagId) ?? {},
      type: row.type,
      source: row.source,
      confidence: row.confidence,
      ...(row.boxes === null ? {} : { boxes: JSON.parse(row.boxes) as TagEntry['boxes'] & {} }),
      ...(row.rejected ? { rejected: true as const } : {}),
      ...(row.earlier ? { earlier: true as const } : {}),
    });
    byPhoto.set(row.photoId, entries);
  }
  return byPhoto;
}

/** What the grid draws, in the order of `ids`; ids that are gone are left out. */
export function photoTiles(db: ReadableDB, ids: readonly number[]): PhotoTile[] {
  type Row = {
    id: number;
    name: string;
    state: PhotoState;
    takenAt: string | null;
    thumbHash: Buffer | null;
    imageHash: Buffer | null;
    hasEmbedded: 0 | 1;
    favorite: 0 | 1;
    failureCode: Failure['code'] | null;
    stackedFiles: number;
  };
  const rows = all<Row>(
    db,
    `SELECT photo.id, photo.name_text AS name, ${STATE_SQL} AS state, photo.taken_at AS takenAt,
            photo.thumb_hash AS thumbHash,
            CASE WHEN photo.thumb_hash IS NOT NULL THEN picture.image_hash END AS imageHash,
            photo.embedded_offset IS NOT NULL AS hasEmbedded, photo.favorite,
            photo.failure_code AS failureCode,
            (SELECT COUNT(*) FROM photo AS behind WHERE behind.stack_front_id = photo.id) AS stackedFiles
       FROM json_each(?) AS wanted JOIN ${FROM_SQL} WHERE photo.id = wanted.value
      ORDER BY wanted.key`,
    JSON.stringify(ids),
  );
  const sensitive = sensitivePhotos(db, ids);
  return rows.map((row) => ({
    ...row,
    thumbHash: row.thumbHash?.toString('base64') ?? null,
    imageHash: hex(row.imageHash),
    hasEmbedded: row.hasEmbedded === 1,
    favorite: row.favorite === 1,
    sensitive: sensitive.has(row.id),
  }));
}

/** Everything the inspector shows of one photo; null when it is gone. */
export function photoDetail(db: ReadableDB, id: number): PhotoDetail | null {
  type Row = PhotoRow & {
    favorite: 0 | 1;
    sizeBytes: number;
    modifiedAtMs: number;
    addedAtMs: number;
    format: string | null;
    wrongExtension: 0 | 1;
    exposureSeconds: number | null;
    fNumber: number | null;
    iso: number | null;
    focalLengthMm: number | null;
    altitudeMetres: number | null;
    failureCode: Failure['code'] | null;
    failureMessage: string | null;
    shownWidth: number | null;
    shownHeight: number | null;
    nameKey: string;
    pictureId: number | null;
  };
  const row = get<Row>(
    db,
    `SELECT ${PHOTO_SQL}, photo.favorite, photo.size_bytes AS sizeBytes,
            photo.mtime_us / 1000 AS modifiedAtMs, photo.added_at AS addedAtMs, photo.format,
            photo.wrong_extension AS wrongExtension, photo.exposure_seconds AS exposureSeconds,
            photo.f_number AS fNumber, photo.iso, photo.focal_length_mm AS focalLengthMm,
            photo.altitude_metres AS altitudeMetres, photo.failure_code AS failureCode,
            photo.failure_message AS failureMessage, photo.shown_width AS shownWidth,
            photo.shown_height AS shownHeight, photo.name_key AS nameKey, photo.picture_id AS pictureId
       FROM ${FROM_SQL} WHERE photo.id = ?`,
    id,
  );
  if (!row) return null;
  const stack = stackFiles(db, id);
  const names = [row.nameKey, ...stack.map((file) => nameKey(Buffer.from(file.name)))];
  return {
    ...toPhoto(row, tagsByPhoto(db, [id]).get(id) ?? []),
    name: row.nameText,
    folderId: row.folderId,
    rootPath: row.rootPathText,
    favorite: row.favorite === 1,
    sensitive: sensitivePhotos(db, [id]).has(id),
    sizeBytes: row.sizeBytes,
    modifiedAtMs: row.modifiedAtMs,
    addedAtMs: row.addedAtMs,
    format: row.format,
    wrongExtension: row.wrongExtension === 1,
    exposureSeconds: row.exposureSeconds,
    fNumber: row.fNumber,
    iso: row.iso,
    focalLengthMm: row.focalLengthMm,
    altitudeMetres: row.altitudeMetres,
    failure:
      row.failureCode === null
        ? null
        : { code: row.failureCode, message: row.failureMessage ?? '' },
    duplicates: duplicatesOf(db, id, row.pictureId),
    shown:
      row.shownWidth === null || row.shownHeight === null
        ? null
        : { width: row.shownWidth, height: row.shownHeight },
    stack,
    companions: companionsOf(db, row.folderId, names),
    evidenceOffered: evidenceOffers(db, id, row.pictureId),
  };
}

/** Most duplicates that are listed of one photo. */
const MAX_DUPLICATES = 100;

function duplicatesOf(
  db: ReadableDB,
  id: number,
  pictureId: number | null,
): { id: number; path: string }[] {
  if (pictureId === null) return [];
  type Row = { id: number; rootPath: Buffer; folderPath: Buffer; name: Buffer };
  const rows = all<Row>(
    db,
    `SELECT photo.id, root.path AS rootPath, folder.path AS folderPath, photo.name
       FROM photo JOIN folder ON folder.id = photo.folder_id JOIN root ON root.id = folder.root_id
      WHERE photo.picture_id = ? AND photo.id <> ? AND photo.missing_since IS NULL AND NOT root.removed
      ORDER BY photo.id LIMIT ${MAX_DUPLICATES}`,
    pictureId,
    id,
  );
  return rows.map((row) => ({ id: row.id, path: displayPath(row) }));
}

/** Where a photo's bytes and pictures lie; null when the photo is gone. */
export type PhotoFile = {
  readonly id: number;
  readonly path: Buffer;
  readonly rootPath: Buffer;
  /** Of the file as it was last seen. */
  readonly sizeBytes: number;
  readonly mtimeUs: number;
  /** The file changed and was not read again yet: hash and format are those of before. */
  readonly isChanged: boolean;
  readonly format: string | null;
  readonly imageHash: string | null;
  readonly orientation: number;
  readonly embedded: { readonly offset: number; readonly bytes: number } | null;
};

export function photoFile(db: ReadableDB, id: number): PhotoFile | null {
  type Row = {
    id: number;
    rootPath: Buffer;
    folderPath: Buffer;
    name: Buffer;
    sizeBytes: number;
    mtimeUs: number;
    stage: number;
    format: string | null;
    imageHash: Buffer | null;
    orientation: number | null;
    embeddedOffset: number | null;
    embeddedBytes: number | null;
  };
  const row = get<Row>(
    db,
    `SELECT photo.id, root.path AS rootPath, folder.path AS folderPath, photo.name, photo.format,
            photo.size_bytes AS sizeBytes, photo.mtime_us AS mtimeUs, photo.stage,
            picture.image_hash AS imageHash, photo.orientation,
            photo.embedded_offset AS embeddedOffset, photo.embedded_bytes AS embeddedBytes
       FROM ${FROM_SQL} WHERE photo.id = ?`,
    id,
  );
  if (!row) return null;
  return {
    id: row.id,
    path: photoPath(row),
    rootPath: row.rootPath,
    sizeBytes: row.sizeBytes,
    mtimeUs: row.mtimeUs,
    isChanged: row.stage < 2,
    format: row.format,
    imageHash: hex(row.imageHash),
    orientation: row.orientation ?? 1,
    embedded:
      row.embeddedOffset === null || row.embeddedBytes === null
        ? null
        : { offset: row.embeddedOffset, bytes: row.embeddedBytes },
  };
}
