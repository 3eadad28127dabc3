import type { Failure, IndexSummary, Problem } from '../../shared/model.ts';
import type { ChangeLog } from './changes.ts';
import { all, get, type ReadableDB, run, type WritableDB } from './database.ts';
import { displayPath } from './paths.ts';

/** Photos that are there but have no picture, with the reason. Offline and missing ones are no problem of their own. */
const PROBLEM_SQL = `photo.failure_code IS NOT NULL AND photo.missing_since IS NULL
  AND NOT root.removed AND NOT root.offline AND NOT folder.offline`;
const FROM_SQL = `photo JOIN folder ON folder.id = photo.folder_id JOIN root ON root.id = folder.root_id`;

type Row = {
  id: number;
  rootPath: Buffer;
  folderPath: Buffer;
  name: Buffer;
  code: Failure['code'];
  message: string | null;
};

/** A page of problems: failed ones first, then by reason and place. */
export function listProblems(
  db: ReadableDB,
  page: { readonly limit: number; readonly offset: number },
): { total: number; problems: Problem[] } {
  const total =
    get<{ count: number }>(db, `SELECT COUNT(*) AS count FROM ${FROM_SQL} WHERE ${PROBLEM_SQL}`)
      ?.count ?? 0;
  const rows = all<Row>(
    db,
    `SELECT photo.id, root.path AS rootPath, folder.path AS folderPath, photo.name,
            photo.failure_code AS code, photo.failure_message AS message
       FROM ${FROM_SQL} WHERE ${PROBLEM_SQL}
      ORDER BY photo.failure_code = 'unsupported', photo.failure_code, root.path, folder.path, photo.name
      LIMIT ? OFFSET ?`,
    page.limit,
    page.offset,
  );
  return {
    total,
    problems: rows.map((row) => ({
      photoId: row.id,
      path: displayPath(row),
      state: row.code === 'unsupported' ? 'unsupported' : 'failed',
      failure: { code: row.code, message: row.message ?? '' },
    })),
  };
}

/** Every failed photo under these roots, for `index`. Unsupported ones have not failed. */
export function failedUnder(db: ReadableDB, rootIds: readonly number[]): IndexSummary['failed'] {
  const rows = all<Row>(
    db,
    `SELECT photo.id, root.path AS rootPath, folder.path AS folderPath, photo.name,
            photo.failure_code AS code, photo.failure_message AS message
       FROM ${FROM_SQL}
      WHERE ${PROBLEM_SQL} AND photo.failure_code <> 'unsupported'
        AND root.id IN (SELECT value FROM json_each(?))
      ORDER BY root.path, folder.path, photo.name`,
    JSON.stringify(rootIds),
  );
  return rows.map((row) => ({
    path: displayPath(row),
    code: row.code,
    message: row.message ?? '',
  }));
}

/** Missing photos, and how many of them a person did something to. Offline ones are not missing. */
export function countMissing(db: ReadableDB): { photos: number; withEvidence: number } {
  return (
    get<{ photos: number; withEvidence: number }>(
      db,
      `SELECT COUNT(*) AS photos,
              COUNT(*) FILTER (WHERE photo.favorite
                OR EXISTS (SELECT 1 FROM rejection WHERE rejection.photo_id = photo.id)
                OR EXISTS (SELECT 1 FROM photo_tag JOIN label ON label.id = photo_tag.label_id
                            WHERE photo_tag.photo_id = photo.id AND label.service_id = 'me')) AS withEvidence
         FROM ${FROM_SQL}
        WHERE photo.missing_since IS NOT NULL AND NOT root.offline AND NOT folder.offline
          AND NOT root.removed`,
    ) ?? { photos: 0, withEvidence: 0 }
  );
}

/** Deletes the rows of missing photos. Replies and service tags stay: they belong to the picture. */
export function forgetMissing(
  db: WritableDB,
  _input: null,
  changes: ChangeLog,
): { photos: number; withEvidence: number } {
  const counted = countMissing(db);
  const ids = all<{ id: number }>(
    db,
    `SELECT photo.id FROM ${FROM_SQL}
      WHERE photo.missing_since IS NOT NULL AND NOT root.offline AND NOT folder.offline
        AND NOT root.removed`,
  ).map((row) => row.id);
  run(db, 'DELETE FROM photo WHERE id IN (SELECT value FROM json_each(?))', JSON.stringify(ids));
  changes.removed(ids);
  changes.folders();
  return counted;
}
