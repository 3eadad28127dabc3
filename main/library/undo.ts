/**
 * Taking back what a person did. An action stores the steps that reverse it; reversing stores the
 * steps that do it again, so undo and redo are the same operation.
 */
import { TagrollError } from '../../shared/errors.ts';
import type { ChangeLog } from './changes.ts';
import { get, run, type WritableDB } from './database.ts';
import { photosOfPicture } from './tagging/pictureTags.ts';
import { setRunWithdrawn } from './tagging/retags.ts';
import { currentTagId } from './tags.ts';

/** What to write to get back to where it was. Pairs start with the photo's id. */
export type UndoStep = {
  /** A person's own tags, by label. */
  readonly addTags: [photoId: number, labelId: number][];
  readonly removeTags: [photoId: number, labelId: number][];
  /** By tag. */
  readonly addRejections: [photoId: number, tagId: number][];
  readonly removeRejections: [photoId: number, tagId: number][];
  readonly favorites: [photoId: number, favorite: 0 | 1][];
  /** What a run tagged again: taken back (1) or in force again (0). */
  readonly retags: [runId: number, withdrawn: 0 | 1][];
};

/** Steps that are kept; older ones can no longer be taken back. */
const KEPT_STEPS = 500;

export function emptyStep(): UndoStep {
  return {
    addTags: [],
    removeTags: [],
    addRejections: [],
    removeRejections: [],
    favorites: [],
    retags: [],
  };
}

/** Stores a step; null when there is nothing to take back. */
export function saveUndo(db: WritableDB, step: UndoStep, now: number): number | null {
  if (Object.values(step).every((part) => part.length === 0)) return null;
  const id = Number(
    run(db, 'INSERT INTO undo (at, body) VALUES (?, ?)', now, JSON.stringify(step)).lastInsertRowid,
  );
  run(db, 'DELETE FROM undo WHERE id <= ?', id - KEPT_STEPS);
  return id;
}

/** Takes back one action. Throws `undo_gone` when it was taken back before or is too old. */
export function undo(
  db: WritableDB,
  input: { readonly undo: number; readonly now: number },
  changes: ChangeLog,
): { photos: number; undo: number | null } {
  const row = get<{ body: string }>(db, 'SELECT body FROM undo WHERE id = ?', input.undo);
  if (!row) {
    throw new TagrollError('undo_gone', 'This action can no longer be taken back.', {});
  }
  run(db, 'DELETE FROM undo WHERE id = ?', input.undo);
  // Steps that an earlier Tagroll stored lack parts that came later.
  const step: UndoStep = { ...emptyStep(), ...(JSON.parse(row.body) as Partial<UndoStep>) };
  const touched = new Set<number>();
  const inverse = applyStep(db, step, input.now, touched);
  changes.photos(touched);
  const inverseId = saveUndo(db, inverse, input.now);
  for (const [runId] of inverse.retags) {
    run(db, 'UPDATE run SET undo_id = ? WHERE id = ?', inverseId, runId);
  }
  return { photos: touched.size, undo: inverseId };
}

/**
 * Writes a step and answers the one that reverses it. Pairs whose photo, label or tag is gone are passed
 * over; a tag that became part of another one stands for that one.
 */
export function applyStep(
  db: WritableDB,
  step: UndoStep,
  now: number,
  touched: Set<number>,
): UndoStep {
  const inverse = emptyStep();
  for (const [photoId, labelId] of step.removeTags) {
    const { changes } = run(
      db,
      'DELETE FROM photo_tag WHERE photo_id = ? AND label_id = ?',
      photoId,
      labelId,
    );
    if (changes) inverse.addTags.push([photoId, labelId]);
    if (changes) touched.add(photoId);
  }
  for (const [photoId, labelId] of step.addTags) {
    const { changes } = run(
      db,
      `INSERT INTO photo_tag (photo_id, label_id, confidence)
         SELECT photo.id, label.id, 100 FROM photo CROSS JOIN label
          WHERE photo.id = ? AND label.id = ? ON CONFLICT DO NOTHING`,
      photoId,
      labelId,
    );
    if (changes) inverse.removeTags.push([photoId, labelId]);
    if (changes) touched.add(photoId);
  }
  for (const [photoId, notedId] of step.removeRejections) {
    const tagId = currentTagId(db, notedId);
    if (tagId === null) continue;
    const { changes } = run(
      db,
      'DELETE FROM rejection WHERE photo_id = ? AND tag_id = ?',
      photoId,
      tagId,
    );
    if (changes) inverse.addRejections.push([photoId, tagId]);
    if (changes) touched.add(photoId);
  }
  for (const [photoId, notedId] of step.addRejections) {
    const tagId = currentTagId(db, notedId);
    if (tagId === null) continue;
    const { changes } = run(
      db,
      `INSERT INTO rejection (photo_id, tag_id, rejected_at)
         SELECT id, ?, ? FROM photo WHERE id = ? ON CONFLICT DO NOTHING`,
      tagId,
      now,
      photoId,
    );
    if (changes) inverse.removeRejections.push([photoId, tagId]);
    if (changes) touched.add(photoId);
  }
  for (const [photoId, favorite] of step.favorites) {
    const { changes } = run(
      db,
      'UPDATE photo SET favorite = ? WHERE id = ? AND favorite <> ?',
      favorite,
      photoId,
      favorite,
    );
    if (changes) inverse.favorites.push([photoId, favorite === 1 ? 0 : 1]);
    if (changes) touched.add(photoId);
  }
  for (const [runId, withdrawn] of step.retags) {
    const pictureIds = setRunWithdrawn(db, runId, withdrawn === 1);
    if (pictureIds.length > 0) inverse.retags.push([runId, withdrawn === 1 ? 0 : 1]);
    for (const pictureId of pictureIds) {
      for (const photoId of photosOfPicture(db, pictureId)) touched.add(photoId);
    }
  }
  return inverse;
}
