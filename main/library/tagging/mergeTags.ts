/** Making one tag of two. */
import { all, run, type WritableDB } from '../database.ts';

/**
 * `goneId` becomes part of `keptId`: its labels, names and rejections move over, a name is an alias where
 * the other tag has a shown one in its language. A tag that a person gave wins over their rejection of
 * the other. Answers the photos that may look different now.
 */
export function mergeTags(db: WritableDB, keptId: number, goneId: number): number[] {
  const photoIds = photosOfTag(db, goneId);
  run(
    db,
    `UPDATE tag_name SET alias = 1
      WHERE tag_id = ? AND language IN (SELECT language FROM tag_name WHERE tag_id = ? AND alias = 0)`,
    goneId,
    keptId,
  );
  run(db, 'UPDATE tag_name SET tag_id = ? WHERE tag_id = ?', keptId, goneId);
  run(db, 'UPDATE label SET tag_id = ? WHERE tag_id = ?', keptId, goneId);
  run(
    db,
    `INSERT INTO rejection (photo_id, tag_id, rejected_at)
       SELECT photo_id, ?, rejected_at FROM rejection WHERE tag_id = ? ON CONFLICT DO NOTHING`,
    keptId,
    goneId,
  );
  run(
    db,
    `DELETE FROM rejection WHERE tag_id = ? AND photo_id IN
       (SELECT photo_tag.photo_id FROM label JOIN photo_tag ON photo_tag.label_id = label.id
         WHERE label.service_id = 'me' AND label.tag_id = ?)`,
    keptId,
    keptId,
  );
  takeType(db, keptId, goneId);
  run(db, 'UPDATE tag_moved SET tag_id = ? WHERE tag_id = ?', keptId, goneId);
  run(db, 'INSERT INTO tag_moved (old_id, tag_id) VALUES (?, ?)', goneId, keptId);
  run(db, 'DELETE FROM tag WHERE id = ?', goneId);
  return photoIds;
}

/** A tag of no told type takes the other's, unless that only says that a person made it. */
function takeType(db: WritableDB, keptId: number, goneId: number): void {
  run(
    db,
    `UPDATE tag SET type = (SELECT type FROM tag AS gone WHERE gone.id = ?)
      WHERE id = ? AND type = 'thing'
        AND (SELECT type FROM tag AS gone WHERE gone.id = ?) NOT IN ('thing', 'mine')`,
    goneId,
    keptId,
    goneId,
  );
}

/** Photos that carry or reject a tag, whoever says so, also by an earlier version of the picture. */
export function photosOfTag(db: WritableDB, tagId: number): number[] {
  return all<{ id: number }>(
    db,
    `SELECT photo_tag.photo_id AS id FROM label CROSS JOIN photo_tag ON photo_tag.label_id = label.id
      WHERE label.tag_id = $tagId
     UNION
     SELECT photo.id FROM label CROSS JOIN picture_tag ON picture_tag.label_id = label.id
       CROSS JOIN photo ON photo.picture_id = picture_tag.picture_id
      WHERE label.tag_id = $tagId
     UNION
     SELECT photo.id FROM label CROSS JOIN picture_tag ON picture_tag.label_id = label.id
       CROSS JOIN photo ON photo.earlier_picture_id = picture_tag.picture_id
      WHERE label.tag_id = $tagId
     UNION
     SELECT photo_id FROM rejection WHERE tag_id = $tagId`,
    { tagId },
  ).map((row) => row.id);
}
