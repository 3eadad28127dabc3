import type { Language, TagNames, TagType } from '../../shared/model.ts';
import { foldName } from '../search/fold.ts';
import { all, get, type ReadableDB, run, type WritableDB } from './database.ts';

/** A source's word for a tag, with what is known of the tag when the word is new. */
export type NewLabel = {
  readonly serviceId: string;
  readonly raw: string;
  readonly type: TagType;
  readonly names: TagNames;
  /** An on-device word that means something else than the same word of a cloud service. */
  readonly apart?: boolean;
};

/**
 * Names are told apart by space. `device`: words of the on-device tagger that mean something else in a
 * picture ("orange" the colour); `sensitivity`: those labels never meet other tags.
 */
export type NameSpace = 'common' | 'device' | 'sensitivity';

/** Where a person's word is looked for, in this order. */
const PERSONS_SPACES: readonly NameSpace[] = ['common', 'device'];

function spaceOf(label: { readonly type: TagType; readonly apart?: boolean }): NameSpace {
  if (label.type === 'sensitivity') return 'sensitivity';
  return label.apart ? 'device' : 'common';
}

/** The tag that has this name in this language, as its shown name or an alias; earlier spaces first. */
export function findTagByName(
  db: ReadableDB,
  name: string,
  language: Language,
  spaces: readonly NameSpace[] = PERSONS_SPACES,
): number | null {
  for (const space of spaces) {
    const row = get<{ tag_id: number }>(
      db,
      'SELECT tag_id FROM tag_name WHERE space = ? AND language = ? AND name_key = ?',
      space,
      language,
      foldName(name),
    );
    if (row) return row.tag_id;
  }
  return null;
}

/** The tag with this name in either language; the given language first. Never a sensitivity label. */
export function findTagInAnyLanguage(
  db: ReadableDB,
  name: string,
  language: Language,
): number | null {
  const other: Language = language === 'en' ? 'zh' : 'en';
  for (const space of PERSONS_SPACES) {
    const found =
      findTagByName(db, name, language, [space]) ?? findTagByName(db, name, other, [space]);
    if (found !== null) return found;
  }
  return null;
}

/** The tag that an id means now: itself, the tag it became part of, or null when there is none. */
export function currentTagId(db: ReadableDB, id: number): number | null {
  if (get(db, 'SELECT 1 FROM tag WHERE id = ?', id)) return id;
  return (
    get<{ tagId: number }>(db, 'SELECT tag_id AS tagId FROM tag_moved WHERE old_id = ?', id)
      ?.tagId ?? null
  );
}

/** Shown names of tags, by tag id. */
export function namesOfTags(db: ReadableDB, tagIds: readonly number[]): Map<number, TagNames> {
  const names = new Map<number, { en?: string; zh?: string }>();
  const rows = all<{ tag_id: number; language: Language; name: string }>(
    db,
    `SELECT tag_id, language, name FROM tag_name
      WHERE alias = 0 AND tag_id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(tagIds),
  );
  for (const row of rows) {
    const known = names.get(row.tag_id) ?? {};
    known[row.language] = row.name;
    names.set(row.tag_id, known);
  }
  return names;
}

/** A new tag with its names. A name that another tag has already is left to that tag. */
export function createTag(
  db: WritableDB,
  tag: {
    readonly type: TagType;
    readonly names: TagNames;
    readonly apart?: boolean;
    readonly now: number;
  },
): number {
  const id = Number(
    run(db, 'INSERT INTO tag (type, created_at) VALUES (?, ?)', tag.type, tag.now).lastInsertRowid,
  );
  for (const language of ['en', 'zh'] as const) {
    const name = tag.names[language];
    if (name === undefined) continue;
    run(
      db,
      `INSERT INTO tag_name (tag_id, language, name, name_key, space) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO NOTHING`,
      id,
      language,
      name,
      foldName(name),
      spaceOf(tag),
    );
  }
  return id;
}

/**
 * The label's id, made together with its tag when the source never used the word before. A word that
 * names an existing tag in one of its languages joins that tag.
 */
export function ensureLabel(db: WritableDB, label: NewLabel, now: number): LabelRow {
  const known = findLabel(db, label.serviceId, label.raw);
  if (known) return known;
  const space = spaceOf(label);
  let tagId: number | null = null;
  for (const language of ['en', 'zh'] as const) {
    const name = label.names[language];
    if (name !== undefined) tagId ??= findTagByName(db, name, language, [space]);
  }
  tagId ??= createTag(db, { ...label, now });
  return insertLabel(db, label.serviceId, label.raw, tagId);
}

/** The label of a source's word; null when the source never used it. */
export function findLabel(db: ReadableDB, serviceId: string, raw: string): LabelRow | null {
  const known = get<Omit<LabelRow, 'created'>>(
    db,
    'SELECT id, tag_id AS tagId FROM label WHERE service_id = ? AND raw = ?',
    serviceId,
    raw,
  );
  return known ? { ...known, created: false } : null;
}

export function insertLabel(
  db: WritableDB,
  serviceId: string,
  raw: string,
  tagId: number,
): LabelRow {
  const { lastInsertRowid } = run(
    db,
    'INSERT INTO label (service_id, raw, tag_id) VALUES (?, ?, ?)',
    serviceId,
    raw,
    tagId,
  );
  return { id: Number(lastInsertRowid), tagId, created: true };
}

export type LabelRow = {
  readonly id: number;
  readonly tagId: number;
  /** The source used the word for the first time. */
  readonly created: boolean;
};

/** One tag entry of a photo as stored: `tag_entry` joined with its tag. */
export type TagEntryRow = {
  readonly photoId: number;
  readonly tagId: number;
  readonly type: TagType;
  readonly source: string;
  readonly confidence: number;
  readonly boxes: string | null;
  readonly rejected: 0 | 1;
  readonly earlier: 0 | 1;
};

/**
 * Every entry of the named photos, as the view `tag_entry` tells them. Not from the view: SQLite would make
 * it up for the whole library first. CROSS: the named photos come first.
 */
const ENTRIES_SQL = `
  SELECT photo_tag.photo_id, label.tag_id, label.service_id, photo_tag.confidence, NULL AS boxes,
         0 AS earlier
    FROM json_each($photoIds) AS wanted
    CROSS JOIN photo_tag ON photo_tag.photo_id = wanted.value
    CROSS JOIN label ON label.id = photo_tag.label_id
  UNION ALL
  SELECT photo.id, label.tag_id, label.service_id, picture_tag.confidence, picture_tag.boxes, 0
    FROM json_each($photoIds) AS wanted
    CROSS JOIN photo ON photo.id = wanted.value
    CROSS JOIN picture_tag ON picture_tag.picture_id = photo.picture_id
    CROSS JOIN label ON label.id = picture_tag.label_id
  UNION ALL
  SELECT photo.id, label.tag_id, label.service_id, picture_tag.confidence, picture_tag.boxes, 1
    FROM json_each($photoIds) AS wanted
    CROSS JOIN photo ON photo.id = wanted.value
    CROSS JOIN picture_tag ON picture_tag.picture_id = photo.earlier_picture_id
    CROSS JOIN label ON label.id = picture_tag.label_id
   WHERE NOT EXISTS (
     SELECT 1 FROM picture_tag AS now CROSS JOIN label AS now_label ON now_label.id = now.label_id
      WHERE now.picture_id = photo.picture_id AND now_label.service_id = label.service_id)`;

/**
 * Every entry of the named photos, one row per photo, tag and source. Rejected ones are there too; a
 * rejection of a tag that no source gives is listed as the person's own, with confidence 0.
 */
export function tagEntriesOf(db: ReadableDB, photoIds: readonly number[]): TagEntryRow[] {
  const wanted = { photoIds: JSON.stringify(photoIds) };
  const entries = all<TagEntryRow>(
    db,
    `SELECT entry.photo_id AS photoId, entry.tag_id AS tagId, tag.type, entry.service_id AS source,
            MAX(entry.confidence) AS confidence, entry.boxes,
            rejection.tag_id IS NOT NULL AS rejected, entry.earlier
       FROM (${ENTRIES_SQL}) AS entry
       CROSS JOIN tag ON tag.id = entry.tag_id
       LEFT JOIN rejection ON rejection.photo_id = entry.photo_id AND rejection.tag_id = entry.tag_id
      GROUP BY entry.photo_id, entry.tag_id, entry.service_id`,
    wanted,
  );
  const given = new Set(entries.map((entry) => `${entry.photoId} ${entry.tagId}`));
  const rejections = all<TagEntryRow>(
    db,
    `SELECT rejection.photo_id AS photoId, rejection.tag_id AS tagId, tag.type, 'me' AS source,
            0 AS confidence, NULL AS boxes, 1 AS rejected, 0 AS earlier
       FROM json_each($photoIds) AS wanted
       CROSS JOIN rejection ON rejection.photo_id = wanted.value
       CROSS JOIN tag ON tag.id = rejection.tag_id`,
    wanted,
  );
  return [...entries, ...rejections.filter((row) => !given.has(`${row.photoId} ${row.tagId}`))];
}

/** What services call their types of tags, by type. */
export function namesOfTypes(db: ReadableDB): Record<string, TagNames> {
  type Row = { type: string; en: string | null; zh: string | null };
  return Object.fromEntries(
    all<Row>(db, 'SELECT type, en, zh FROM tag_type').map(({ type, en, zh }) => [
      type,
      { ...(en === null ? {} : { en }), ...(zh === null ? {} : { zh }) },
    ]),
  );
}
