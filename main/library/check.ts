/** Is the library whole? Repairs what can be made anew from what is there. */
import { existsSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CheckProblem } from '../../shared/model.ts';
import { thumbnailPath } from '../imaging/thumbnail.ts';
import type { ChangeLog } from './changes.ts';
import { all, type ReadableDB, run, type WritableDB } from './database.ts';
import { hex } from './paths.ts';
import { checkTagging } from './tagging/checkTagging.ts';

/** Integrity of the database file and of what its rows point at. Runs on the writer thread. */
export function checkDatabase(db: WritableDB, _input: null, changes: ChangeLog): CheckProblem[] {
  const problems: CheckProblem[] = [];
  const integrity = db.pragma('integrity_check(20)') as { integrity_check: string }[];
  for (const row of integrity) {
    if (row.integrity_check === 'ok') continue;
    problems.push({
      code: 'database_damaged',
      message: `The database is damaged: ${row.integrity_check}. Keep a copy of it and restore a backup.`,
      repaired: false,
    });
  }
  const orphans = db.pragma('foreign_key_check') as { table: string }[];
  for (const table of new Set(orphans.map((row) => row.table))) {
    problems.push({
      code: 'orphaned_rows',
      message: `Rows of "${table}" point at something that is gone. Keep a copy of the library and restore a backup.`,
      repaired: false,
    });
  }
  const nameless = all<{ id: number }>(
    db,
    'SELECT id FROM tag WHERE NOT EXISTS (SELECT 1 FROM tag_name WHERE tag_name.tag_id = tag.id)',
  );
  for (const { id } of nameless) {
    run(
      db,
      `INSERT INTO tag_name (tag_id, language, name, name_key, space)
         SELECT tag_id, 'en', raw || ' (' || tag_id || ')', raw || ' (' || tag_id || ')',
                CASE tag.type WHEN 'sensitivity' THEN 'sensitivity' ELSE 'common' END
           FROM label JOIN tag ON tag.id = label.tag_id WHERE tag_id = ? LIMIT 1`,
      id,
    );
    changes.tags();
    problems.push({
      code: 'tag_without_name',
      message: `Tag ${id} had no name; it has the name of its label now.`,
      repaired: true,
    });
  }
  return [...problems, ...checkTagging(db)];
}

/** Photos whose row says that there is a thumbnail, with the picture's hash. */
type ThumbnailRow = { id: number; imageHash: Buffer };

/** Photos looked at between two turns of the event loop: the serving thread has others to answer. */
const PHOTOS_A_TURN = 1000;

/** Photos that should have a thumbnail on disk and have none. */
export async function photosWithoutThumbnail(
  db: ReadableDB,
  thumbnailFolder: string,
): Promise<number[]> {
  const lost: number[] = [];
  for (let last = 0; ; ) {
    const rows = all<ThumbnailRow>(
      db,
      `SELECT photo.id, picture.image_hash AS imageHash FROM photo
         CROSS JOIN picture ON picture.id = photo.picture_id
        WHERE photo.id > ? AND photo.thumb_hash IS NOT NULL AND photo.missing_since IS NULL
        ORDER BY photo.id LIMIT ${PHOTOS_A_TURN}`,
      last,
    );
    for (const { id, imageHash } of rows) {
      last = id;
      if (!existsSync(thumbnailPath(thumbnailFolder, hex(imageHash) ?? ''))) lost.push(id);
    }
    if (rows.length < PHOTOS_A_TURN) return lost;
    await nextTurn();
  }
}
