/** The rows that the index is made of. */

import { all, prepared, type ReadableDB } from '../library/database.ts';
import { FAILED, FAVORITE, PENDING, STACKED, UNSUPPORTED } from './columns.ts';
import type { PhotoRow } from './store.ts';

/** `share`: of the picture, that the largest box covers; null without boxes. */
export type EntryRow = readonly [
  photo: number,
  label: number,
  confidence: number,
  share: number | null,
];

/** The tag that a label stands for; undefined for one that is not known. */
export type TagOfLabel = (label: number) => number | undefined;

const PHOTO_COLUMNS = `photo.id, photo.folder_id, photo.name_text, photo.taken_at, photo.camera_make,
  photo.camera_model, photo.lens, photo.width, photo.height, photo.size_bytes, photo.iso,
  photo.f_number, photo.focal_length_mm, photo.latitude, photo.longitude, photo.added_at,
  photo.missing_since, photo.picture_id, photo.format,
  (photo.favorite <> 0) * ${FAVORITE}
    + (photo.failure_code IS NOT NULL AND photo.failure_code <> 'unsupported') * ${FAILED}
    + (photo.failure_code IS 'unsupported') * ${UNSUPPORTED} + (photo.stage < 2) * ${PENDING}
    + (photo.stack_front_id IS NOT NULL) * ${STACKED}`;

const SHARE = `CASE WHEN picture_tag.boxes IS NULL THEN NULL ELSE
  (SELECT MAX((value ->> 'width') * (value ->> 'height')) FROM json_each(picture_tag.boxes)) END`;

/** What an earlier version of a picture was tagged with, by services that did not see the present one. */
const earlierSql = (wanted: string): string => `
  SELECT photo.id, picture_tag.label_id, picture_tag.confidence, ${SHARE} FROM photo
    JOIN picture_tag ON picture_tag.picture_id = photo.earlier_picture_id
    JOIN label ON label.id = picture_tag.label_id
   WHERE ${wanted} AND photo.earlier_picture_id IS NOT NULL
     AND NOT EXISTS (
       SELECT 1 FROM picture_tag AS now JOIN label AS now_label ON now_label.id = now.label_id
        WHERE now.picture_id = photo.picture_id AND now_label.service_id = label.service_id)`;

const rejectionSql = (wanted: string): string =>
  `SELECT photo_id AS photo, tag_id AS tag FROM rejection WHERE ${wanted}`;

const between = (id: string): string => `${id} > $after AND ${id} <= $upTo`;
const named = (id: string): string => `${id} IN (SELECT value FROM json_each($ids))`;

const NEXT_PHOTOS = `SELECT ${PHOTO_COLUMNS} FROM photo WHERE id > ? ORDER BY id LIMIT ?`;
const NAMED_PHOTOS = `SELECT ${PHOTO_COLUMNS} FROM json_each(?) AS wanted JOIN photo ON photo.id = wanted.value`;
const NEXT_ENTRIES = `
  SELECT photo_id, label_id, confidence, NULL FROM photo_tag WHERE ${between('photo_id')}
  UNION ALL
  SELECT photo.id, picture_tag.label_id, picture_tag.confidence, ${SHARE} FROM photo
    JOIN picture_tag ON picture_tag.picture_id = photo.picture_id
   WHERE ${between('photo.id')}
  UNION ALL ${earlierSql(between('photo.id'))}`;
const NEXT_REJECTIONS = rejectionSql(between('photo_id'));
const NAMED_OWN_ENTRIES = `
  SELECT photo_id, label_id, confidence, NULL FROM photo_tag WHERE ${named('photo_id')}`;
const NAMED_PICTURE_ENTRIES = `
  SELECT picture_id, label_id, confidence, ${SHARE} FROM picture_tag WHERE ${named('picture_id')}`;
const NAMED_WITH_EARLIER = `
  SELECT id FROM photo WHERE ${named('id')} AND earlier_picture_id IS NOT NULL`;
const NAMED_EARLIER_ENTRIES = earlierSql(named('photo.id'));
const NAMED_REJECTIONS = rejectionSql(named('photo_id'));

/** So many photos with ids above `after`, by id. */
export function nextPhotos(db: ReadableDB, after: number, limit: number): PhotoRow[] {
  return raw<PhotoRow>(db, NEXT_PHOTOS, after, limit);
}

/** Those of these photos that are there. */
export function namedPhotos(db: ReadableDB, ids: readonly number[]): PhotoRow[] {
  return raw<PhotoRow>(db, NAMED_PHOTOS, JSON.stringify(ids));
}

/** Tag entries of the photos with ids above `after` up to `upTo`; rejected ones are left out. */
export function entriesBetween(
  db: ReadableDB,
  after: number,
  upTo: number,
  tagOfLabel: TagOfLabel,
): EntryRow[] {
  const range = { after, upTo };
  return accepted(raw(db, NEXT_ENTRIES, range), all(db, NEXT_REJECTIONS, range), tagOfLabel);
}

/** Tag entries of these photos; rejected ones are left out. */
export function entriesOf(
  db: ReadableDB,
  photos: readonly PhotoRow[],
  tagOfLabel: TagOfLabel,
): EntryRow[] {
  const photosOf = new Map<number, number[]>();
  for (const row of photos) {
    const [id, picture] = [row[0], row[17]];
    if (picture === null) continue;
    const known = photosOf.get(picture);
    if (known) known.push(id);
    else photosOf.set(picture, [id]);
  }
  const ids = { ids: JSON.stringify(photos.map((row) => row[0])) };
  const entries = raw<EntryRow>(db, NAMED_OWN_ENTRIES, ids);
  const pictures = { ids: JSON.stringify([...photosOf.keys()]) };
  // Joined here: the database would look for each photo once more.
  for (const [picture, label, confidence, share] of raw<EntryRow>(
    db,
    NAMED_PICTURE_ENTRIES,
    pictures,
  )) {
    for (const id of photosOf.get(picture) ?? []) entries.push([id, label, confidence, share]);
  }
  const edited = all<{ id: number }>(db, NAMED_WITH_EARLIER, ids).map((row) => row.id);
  if (edited.length > 0) {
    const named = { ids: JSON.stringify(edited) };
    for (const entry of raw<EntryRow>(db, NAMED_EARLIER_ENTRIES, named)) entries.push(entry);
  }
  return accepted(entries, all(db, NAMED_REJECTIONS, ids), tagOfLabel);
}

/** Rejections are few: looked for once, not beside every entry. */
function accepted(
  entries: EntryRow[],
  rejections: readonly { readonly photo: number; readonly tag: number }[],
  tagOfLabel: TagOfLabel,
): EntryRow[] {
  if (rejections.length === 0) return entries;
  const tags = new Map<number, Set<number>>();
  for (const { photo, tag } of rejections) {
    const known = tags.get(photo);
    if (known) known.add(tag);
    else tags.set(photo, new Set([tag]));
  }
  return entries.filter(([photo, label]) => !tags.get(photo)?.has(tagOfLabel(label) ?? 0));
}

/** The id of the photo `count` places above `after`; null when there are fewer. */
export function idAfter(db: ReadableDB, after: number, count: number): number | null {
  const sql = 'SELECT id FROM photo WHERE id > ? ORDER BY id LIMIT 1 OFFSET ?';
  return all<{ id: number }>(db, sql, after, count - 1)[0]?.id ?? null;
}

const rawStatements = new WeakSet<object>();

/** Rows as arrays: half the time of objects. */
function raw<Row>(db: ReadableDB, sql: string, ...values: unknown[]): Row[] {
  const statement = prepared(db, sql);
  if (!rawStatements.has(statement)) {
    statement.raw();
    rawStatements.add(statement);
  }
  return statement.all(...values) as Row[];
}
