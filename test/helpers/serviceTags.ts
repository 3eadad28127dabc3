/** Short ways to let services and a person say tags, and to see what became of them. */
import { all, run, type WritableDB } from '../../main/library/database.ts';
import { applyLabel } from '../../main/library/labels.ts';
import {
  ensureServiceLabel,
  type ServiceLabelRow,
} from '../../main/library/tagging/serviceLabels.ts';
import { changesOf, insertPhoto, insertPicture, NOW } from './library.ts';

/** What a service says: its word, and the names it gives with it. */
export type Said = {
  readonly service: string;
  readonly raw: string;
  readonly names: { readonly en?: string; readonly zh?: string };
  readonly type?: string;
};

export const zhWord = (zh: string): Said => ({ service: 'tencent-tag', raw: zh, names: { zh } });
export const enWord = (en: string): Said => ({
  service: 'tencent-classify',
  raw: en,
  names: { en },
});
export const pairOf = (zh: string, en: string): Said => ({
  service: 'huawei-tagging',
  raw: `${zh}/${en}`,
  names: { zh, en },
  type: 'animal',
});

export function say(db: WritableDB, said: Said): ServiceLabelRow {
  const { service: serviceId, raw, names, type = 'thing' } = said;
  return ensureServiceLabel(db, { serviceId, raw, names, type }, NOW);
}

/** A photo of its own picture that these sources said something of. */
export function photoSaid(
  db: WritableDB,
  folderId: number,
  name: string,
  words: readonly Said[],
  confidence = 90,
): number {
  const pictureId = insertPicture(db, name);
  for (const word of words) {
    run(
      db,
      'INSERT INTO picture_tag (picture_id, label_id, confidence) VALUES (?, ?, ?)',
      pictureId,
      say(db, word).id,
      confidence,
    );
  }
  return insertPhoto(db, folderId, name, { picture_id: pictureId });
}

/** What a person does to one tag of photos. */
export function personDoes(
  db: WritableDB,
  action: 'add' | 'remove' | 'reject',
  tag: string | number,
  photoIds: readonly number[],
) {
  return changesOf((changes) =>
    applyLabel(db, { action, tag, language: 'en', photoIds, now: NOW }, changes),
  ).output;
}

/** Each tag as its names: shown ones first, aliases after them; sorted. */
export function tagsAsText(db: WritableDB): string[] {
  type Row = { names: string };
  return all<Row>(
    db,
    `SELECT group_concat(name, ' ') AS names FROM
       (SELECT tag_id, name FROM tag_name ORDER BY tag_id, alias, language DESC, name_key)
      GROUP BY tag_id ORDER BY names`,
  ).map((row) => row.names);
}

/** The names that share a tag, folded: what is one thing, whatever is shown first. */
export function partition(db: WritableDB): string[] {
  type Row = { keys: string };
  return all<Row>(
    db,
    `SELECT group_concat(key, ' ') AS keys FROM
       (SELECT tag_id, language || ':' || name_key AS key FROM tag_name ORDER BY tag_id, key)
      GROUP BY tag_id ORDER BY keys`,
  ).map((row) => row.keys);
}
