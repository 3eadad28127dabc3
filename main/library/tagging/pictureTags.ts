/** Tags that services gave to pictures. */
import { all, get, type ReadableDB, run, type WritableDB } from '../database.ts';

/** A service's tags of a picture, with the run that gave them. */
export type TagRow = {
  readonly labelId: number;
  readonly confidence: number;
  readonly boxes: string | null;
  readonly runId: number | null;
};

/** The row of a picture, made when there is none. */
export function ensurePicture(db: WritableDB, imageHash: Buffer): number {
  run(db, 'INSERT INTO picture (image_hash) VALUES (?) ON CONFLICT DO NOTHING', imageHash);
  const row = get<{ id: number }>(db, 'SELECT id FROM picture WHERE image_hash = ?', imageHash);
  if (!row) throw new Error('The picture that was just written is not there.');
  return row.id;
}

/** What is in force of a service for a picture. */
export function serviceTagsOf(db: ReadableDB, pictureId: number, service: string): TagRow[] {
  return all<TagRow>(
    db,
    `SELECT picture_tag.label_id AS labelId, picture_tag.confidence, picture_tag.boxes,
            picture_tag.run_id AS runId
       FROM picture_tag CROSS JOIN label ON label.id = picture_tag.label_id
      WHERE picture_tag.picture_id = ? AND label.service_id = ?`,
    pictureId,
    service,
  );
}

/** Puts these in the place of all tags of a service. */
export function setServiceTags(
  db: WritableDB,
  pictureId: number,
  service: string,
  tags: readonly TagRow[],
): void {
  run(
    db,
    `DELETE FROM picture_tag WHERE picture_id = ?
        AND label_id IN (SELECT id FROM label WHERE service_id = ?)`,
    pictureId,
    service,
  );
  for (const tag of tags) {
    run(
      db,
      'INSERT INTO picture_tag (picture_id, label_id, confidence, boxes, run_id) VALUES (?, ?, ?, ?, ?)',
      pictureId,
      tag.labelId,
      tag.confidence,
      tag.boxes,
      tag.runId,
    );
  }
}

/** Photos that show a picture, or its tags as from an earlier version. */
export function photosOfPicture(db: ReadableDB, pictureId: number): number[] {
  return all<{ id: number }>(
    db,
    `SELECT id FROM photo WHERE picture_id = $pictureId
     UNION
     SELECT id FROM photo INDEXED BY photo_earlier_picture WHERE earlier_picture_id = $pictureId`,
    { pictureId },
  ).map((row) => row.id);
}
