/** What a person does to tags: add, remove, reject; and favourites. Each answers how to take it back. */
import type { Language } from '../../shared/model.ts';
import { foldName } from '../search/fold.ts';
import type { ChangeLog } from './changes.ts';
import { all, get, type WritableDB } from './database.ts';
import {
  currentTagId,
  ensureLabel,
  findLabel,
  findTagInAnyLanguage,
  insertLabel,
  type LabelRow,
  namesOfTags,
} from './tags.ts';
import { applyStep, emptyStep, saveUndo, type UndoStep } from './undo.ts';

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

const NOTHING: LabelOutput = { photos: 0, undo: null, tagId: null };

const HAN = /\p{Script=Han}/u;

/**
 * `add` makes a tag that is not there yet and takes back a rejection; `remove` takes away a person's
 * own tag; `reject` says that a tag is wrong here, whoever gives it, now and later.
 */
export function applyLabel(db: WritableDB, input: LabelInput, changes: ChangeLog): LabelOutput {
  const existing =
    typeof input.tag === 'number'
      ? currentTagId(db, input.tag)
      : findTagInAnyLanguage(db, input.tag, input.language);
  if (existing !== null && input.action === 'add' && isSensitivity(db, existing)) return NOTHING;
  const makesTag = input.action === 'add' && input.photoIds.length > 0;
  const isNothing = existing === null && (!makesTag || typeof input.tag === 'number');
  if (isNothing) return NOTHING;
  const step = emptyStep();
  let tagId = existing;
  if (makesTag) {
    const label =
      existing === null
        ? newOwnLabel(db, String(input.tag), input.now)
        : ownLabelOf(db, existing, typeof input.tag === 'string' ? tidy(input.tag) : null);
    tagId = label.tagId;
    if (label.created) changes.newLabel(label.id);
    for (const photoId of input.photoIds) {
      step.addTags.push([photoId, label.id]);
      step.removeRejections.push([photoId, label.tagId]);
    }
    dropAlreadyOwn(db, step.addTags, label.tagId);
  }
  if (tagId === null) return NOTHING;
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
  tellStep(inverse, touched, changes);
  return { photos: touched.size, undo: saveUndo(db, inverse, input.now), tagId };
}

/** Where a rejection was taken back, tags of others are there again: that is more than a label gained. */
function tellStep(inverse: UndoStep, touched: ReadonlySet<number>, changes: ChangeLog): void {
  const restored = new Set(inverse.addRejections.map(([photoId]) => photoId));
  const gained = new Map<number, number[]>();
  for (const [photoId, labelId] of inverse.removeTags) {
    if (restored.has(photoId)) continue;
    const known = gained.get(labelId);
    if (known) known.push(photoId);
    else gained.set(labelId, [photoId]);
  }
  const told = new Set([...gained.values()].flat());
  changes.photos([...touched].filter((photoId) => !told.has(photoId)));
  for (const [labelId, photoIds] of gained) changes.gained({ labelId, photoIds });
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

function tidy(name: string): string {
  return name.normalize('NFC').trim();
}

/** A new name becomes a tag in the language of its script. */
function newOwnLabel(db: WritableDB, name: string, now: number): LabelRow {
  const word = tidy(name);
  const language: Language = HAN.test(word) ? 'zh' : 'en';
  const names = { [language]: word };
  return ensureLabel(db, { serviceId: 'me', raw: word, type: 'mine', names }, now);
}

/** What a moderation service says can be called wrong, but is no tag that a person gives. */
function isSensitivity(db: WritableDB, tagId: number): boolean {
  return get(db, `SELECT 1 FROM tag WHERE id = ? AND type = 'sensitivity'`, tagId) !== undefined;
}

/**
 * The person's own label for a tag that is there. Their word for it is kept, so that it goes with its
 * language when the tag's names are taken apart; another tag may share the word.
 */
function ownLabelOf(db: WritableDB, tagId: number, word: string | null): LabelRow {
  const own = all<{ id: number; raw: string }>(
    db,
    `SELECT id, raw FROM label WHERE service_id = 'me' AND tag_id = ? ORDER BY id`,
    tagId,
  );
  const [first] = own;
  const known = word === null ? first : own.find((label) => foldName(label.raw) === foldName(word));
  if (known) return { id: known.id, tagId, created: false };
  const names = namesOfTags(db, [tagId]).get(tagId) ?? {};
  const raw = word ?? names.en ?? names.zh ?? `tag ${tagId}`;
  return insertLabel(db, 'me', findLabel(db, 'me', raw) ? `${raw} (${tagId})` : raw, tagId);
}

/** The person's own entries of a tag on these photos. */
/** A person's own tags of these photos that mean a tag, whichever word they used. */
export function ownTags(
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
