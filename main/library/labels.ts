/** What a person does to tags: add, remove, reject; and favourites. Each answers how to take it back. */
import type { Language } from '../../shared/model.ts';
import type { ChangeLog } from './changes.ts';
import { all, type WritableDB } from './database.ts';
import { ensureLabel, findTagInAnyLanguage, namesOfTags } from './tags.ts';
import { applyStep, emptyStep, saveUndo } from './undo.ts';

export type LabelInput = {
  readonly action: 'add' | 'remove' | 'reject' | 'unreject';
  /** A name in either language, or a tag's id. */
  readonly tag: string | number;
  /** Searched first when the name exists in both languages. */
  readonly language: Language;
  readonly photoIds: readonly number[];
  readonly now: number;
};

export type LabelOutput = {
  /** Photos that changed. */
  readonly photos: number;
  readonly undo: number | null;
  /** Null when there is no such tag and nothing was to be added. */
  readonly tagId: number | null;
};

const HAN = /\p{Script=Han}/u;

/**
 * `add` makes a tag that is not there yet and takes back a rejection; `remove` takes away a person's
 * own tag; `reject` says that a tag is wrong here, whoever gives it, now and later.
 */
export function applyLabel(db: WritableDB, input: LabelInput, changes: ChangeLog): LabelOutput {
  const existing =
    typeof input.tag === 'number' ? input.tag : findTagInAnyLanguage(db, input.tag, input.language);
  const makesTag = input.action === 'add' && input.photoIds.length > 0;
  if (existing === null && !makesTag) return { photos: 0, undo: null, tagId: null };
  const name = typeof input.tag === 'string' ? input.tag.normalize('NFC').trim() : null;
  const step = emptyStep();
  let tagId = existing;
  if (makesTag) {
    const label = ownLabel(db, name, existing, input.now);
    tagId = label.tagId;
    if (label.created) changes.tags();
    for (const photoId of input.photoIds) {
      step.addTags.push([photoId, label.id]);
      step.removeRejections.push([photoId, label.tagId]);
    }
    dropAlreadyOwn(db, step.addTags, label.tagId);
  }
  if (tagId === null) return { photos: 0, undo: null, tagId: null };
  if (input.action === 'remove' || input.action === 'reject') {
    step.removeTags.push(...ownTags(db, tagId, input.photoIds));
  }
  if (input.action === 'reject') {
    for (const photoId of input.photoIds) step.addRejections.push([photoId, tagId]);
  }
  if (input.action === 'unreject') {
    for (const photoId of input.photoIds) step.removeRejections.push([photoId, tagId]);
  }
  const touched = new Set<number>();
  const inverse = applyStep(db, step, input.now, touched);
  changes.photos(touched);
  return { photos: touched.size, undo: saveUndo(db, inverse, input.now), tagId };
}

/** Marks photos as favourites, or no longer. */
export function setFavorite(
  db: WritableDB,
  input: { readonly photoIds: readonly number[]; readonly favorite: boolean; readonly now: number },
  changes: ChangeLog,
): { photos: number; undo: number | null } {
  const step = emptyStep();
  for (const photoId of input.photoIds) step.favorites.push([photoId, input.favorite ? 1 : 0]);
  const touched = new Set<number>();
  const inverse = applyStep(db, step, input.now, touched);
  changes.photos(touched);
  return { photos: touched.size, undo: saveUndo(db, inverse, input.now) };
}

/** The person's own label for a tag; a new name becomes a tag in the language of its script. */
function ownLabel(
  db: WritableDB,
  name: string | null,
  tagId: number | null,
  now: number,
): { id: number; tagId: number; created: boolean } {
  const names = tagId === null ? {} : (namesOfTags(db, [tagId]).get(tagId) ?? {});
  const word = names.en ?? names.zh ?? name ?? `tag ${tagId}`;
  const language: Language = HAN.test(word) ? 'zh' : 'en';
  return ensureLabel(
    db,
    {
      serviceId: 'me',
      raw: word,
      type: 'mine',
      names: tagId === null ? { [language]: word } : names,
    },
    now,
  );
}

/** The person's own entries of a tag on these photos. */
function ownTags(
  db: WritableDB,
  tagId: number,
  photoIds: readonly number[],
): [photoId: number, labelId: number][] {
  return all<{ photo_id: number; label_id: number }>(
    db,
    `SELECT photo_tag.photo_id, photo_tag.label_id FROM label
       JOIN photo_tag ON photo_tag.label_id = label.id
      WHERE label.service_id = 'me' AND label.tag_id = ?
        AND photo_tag.photo_id IN (SELECT value FROM json_each(?))`,
    tagId,
    JSON.stringify(photoIds),
  ).map((row) => [row.photo_id, row.label_id]);
}

/** A photo that has the person's tag by another of its names keeps that one. */
function dropAlreadyOwn(db: WritableDB, pairs: [number, number][], tagId: number): void {
  const own = new Set(
    ownTags(
      db,
      tagId,
      pairs.map(([photoId]) => photoId),
    ).map(([photoId]) => photoId),
  );
  const kept = pairs.filter(([photoId]) => !own.has(photoId));
  pairs.splice(0, pairs.length, ...kept);
}
