/** What a person did to a photo, when the photo is gone and its picture turns up elsewhere (docs/rules.md 1). */
import type { EvidenceOffer } from '../../shared/model.ts';
import type { ChangeLog } from './changes.ts';
import { all, get, type ReadableDB, run, type WritableDB } from './database.ts';
import { displayPath } from './paths.ts';
import { emptyStep, saveUndo } from './undo.ts';

/** Missing photos with the same picture that a person did something to. */
export function evidenceOffers(
  db: ReadableDB,
  photoId: number,
  pictureId: number | null,
): EvidenceOffer[] {
  if (pictureId === null) return [];
  type Row = {
    photoId: number;
    rootPath: Buffer;
    folderPath: Buffer;
    name: Buffer;
    tags: number;
    favorite: 0 | 1;
  };
  const rows = all<Row>(
    db,
    `SELECT photo.id AS photoId, root.path AS rootPath, folder.path AS folderPath, photo.name,
            photo.favorite,
            (SELECT COUNT(*) FROM photo_tag JOIN label ON label.id = photo_tag.label_id
              WHERE photo_tag.photo_id = photo.id AND label.service_id = 'me')
            + (SELECT COUNT(*) FROM rejection WHERE rejection.photo_id = photo.id) AS tags
       FROM photo JOIN folder ON folder.id = photo.folder_id JOIN root ON root.id = folder.root_id
      WHERE photo.picture_id = ? AND photo.id <> ? AND photo.missing_since IS NOT NULL`,
    pictureId,
    photoId,
  );
  return rows
    .filter((row) => row.tags > 0 || row.favorite === 1)
    .map((row) => ({
      photoId: row.photoId,
      path: displayPath(row),
      tags: row.tags,
      favorite: row.favorite === 1,
    }));
}

/** Moves a missing photo's own tags, rejections and favourite to another photo. */
export function adoptEvidence(
  db: WritableDB,
  input: { readonly fromId: number; readonly toId: number; readonly now: number },
  changes: ChangeLog,
): { undo: number | null } {
  const step = emptyStep();
  const tags = all<{ label_id: number; confidence: number }>(
    db,
    `SELECT photo_tag.label_id, photo_tag.confidence FROM photo_tag
       JOIN label ON label.id = photo_tag.label_id
      WHERE photo_tag.photo_id = ? AND label.service_id = 'me'`,
    input.fromId,
  );
  for (const tag of tags) {
    const added = run(
      db,
      'INSERT INTO photo_tag (photo_id, label_id, confidence) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
      input.toId,
      tag.label_id,
      tag.confidence,
    ).changes;
    run(
      db,
      'DELETE FROM photo_tag WHERE photo_id = ? AND label_id = ?',
      input.fromId,
      tag.label_id,
    );
    if (added) step.removeTags.push([input.toId, tag.label_id]);
    step.addTags.push([input.fromId, tag.label_id]);
  }
  const rejections = all<{ tag_id: number }>(
    db,
    'SELECT tag_id FROM rejection WHERE photo_id = ?',
    input.fromId,
  );
  for (const { tag_id: tagId } of rejections) {
    const added = run(
      db,
      'INSERT INTO rejection (photo_id, tag_id, rejected_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
      input.toId,
      tagId,
      input.now,
    ).changes;
    run(db, 'DELETE FROM rejection WHERE photo_id = ? AND tag_id = ?', input.fromId, tagId);
    if (added) step.removeRejections.push([input.toId, tagId]);
    step.addRejections.push([input.fromId, tagId]);
  }
  const favorite = get<{ favorite: 0 | 1 }>(
    db,
    'SELECT favorite FROM photo WHERE id = ?',
    input.fromId,
  )?.favorite;
  if (favorite === 1) {
    const changed = run(
      db,
      'UPDATE photo SET favorite = 1 WHERE id = ? AND favorite = 0',
      input.toId,
    ).changes;
    run(db, 'UPDATE photo SET favorite = 0 WHERE id = ?', input.fromId);
    if (changed) step.favorites.push([input.toId, 0]);
    step.favorites.push([input.fromId, 1]);
  }
  changes.photos([input.fromId, input.toId]);
  return { undo: saveUndo(db, step, input.now) };
}
