/**
 * RAW and JPEG of one shot: two photos with rows of their own, one of which people see. Same folder, same
 * name but for the extension, by content a RAW file and a JPEG or HEIC; the RAW file stands behind.
 */
import type { StackFile } from '../../shared/model.ts';
import type { ChangeLog } from './changes.ts';
import { stemOf } from './companionNames.ts';
import { all, get, type ReadableDB, run, type WritableDB } from './database.ts';
import { displayPath } from './paths.ts';

/** Past this number of photos it is cheaper to look at every folder with RAW files. */
const MOST_NAMED = 5000;
/** What may stand in front, best first. */
const FRONTS: readonly string[] = ['jpeg', 'heic'];

type Member = {
  readonly id: number;
  readonly nameKey: string;
  readonly format: string | null;
  readonly missing: 0 | 1;
  readonly frontId: number | null;
};

/** Looks again at the stacks that these photos are, or were, in. Harmless for any other photo. */
export function restack(db: WritableDB, photoIds: Iterable<number>, changes: ChangeLog): void {
  if (!get(db, `SELECT 1 FROM photo INDEXED BY photo_raw WHERE format = 'raw' LIMIT 1`)) return;
  for (const folderId of foldersOf(db, [...photoIds])) restackFolder(db, folderId, changes);
}

function foldersOf(db: WritableDB, photoIds: readonly number[]): number[] {
  if (photoIds.length === 0) return [];
  const withRaw = `SELECT DISTINCT folder_id AS id FROM photo INDEXED BY photo_raw WHERE format = 'raw'`;
  if (photoIds.length > MOST_NAMED) return all<{ id: number }>(db, withRaw).map((row) => row.id);
  const ids = JSON.stringify(photoIds);
  return all<{ id: number }>(
    db,
    `SELECT DISTINCT photo.folder_id AS id
       FROM json_each($ids) AS wanted CROSS JOIN photo ON photo.id = wanted.value
      WHERE EXISTS (SELECT 1 FROM photo AS raw INDEXED BY photo_raw
                     WHERE raw.folder_id = photo.folder_id AND raw.format = 'raw')
     UNION
     SELECT photo.folder_id FROM json_each($ids) AS wanted
      CROSS JOIN photo INDEXED BY photo_stack ON photo.stack_front_id = wanted.value
     UNION
     SELECT photo.folder_id FROM json_each($ids) AS wanted
      CROSS JOIN photo ON photo.id = wanted.value WHERE photo.stack_front_id IS NOT NULL`,
    { ids },
  ).map((row) => row.id);
}

function restackFolder(db: WritableDB, folderId: number, changes: ChangeLog): void {
  const members = all<Member>(
    db,
    `SELECT id, name_key AS nameKey, format, missing_since IS NOT NULL AS missing,
            stack_front_id AS frontId
       FROM photo WHERE folder_id = ? ORDER BY name`,
    folderId,
  );
  const raws = members.filter((photo) => photo.format === 'raw' || photo.frontId !== null);
  const stems = new Set(raws.map((photo) => stemOf(photo.nameKey)));
  const fronts = new Map<string, Member>();
  for (const photo of members) {
    if (photo.missing || !FRONTS.includes(photo.format ?? '')) continue;
    const stem = stemOf(photo.nameKey);
    if (!stems.has(stem)) continue;
    const known = fronts.get(stem);
    if (!known || rank(photo) < rank(known)) fronts.set(stem, photo);
  }
  for (const photo of raws) {
    const isBehind = photo.format === 'raw' && !photo.missing;
    const frontId = isBehind ? (fronts.get(stemOf(photo.nameKey))?.id ?? null) : null;
    if (frontId === photo.frontId) continue;
    run(db, 'UPDATE photo SET stack_front_id = ? WHERE id = ?', frontId, photo.id);
    changes.photo(photo.id);
    // Both cells are drawn anew: one says now, or no longer, that there is another file.
    for (const id of [frontId, photo.frontId]) if (id !== null) changes.photo(id);
    changes.folders();
  }
}

function rank(photo: Member): number {
  return FRONTS.indexOf(photo.format ?? '');
}

/** The other files of the stack that a photo is in; empty for one that is in none. */
export function stackFiles(db: ReadableDB, photoId: number): StackFile[] {
  type Row = {
    id: number;
    rootPath: Buffer;
    folderPath: Buffer;
    name: Buffer;
    nameText: string;
    format: string | null;
    sizeBytes: number;
    isFront: 0 | 1;
  };
  const rows = all<Row>(
    db,
    `SELECT photo.id, root.path AS rootPath, folder.path AS folderPath, photo.name,
            photo.name_text AS nameText, photo.format, photo.size_bytes AS sizeBytes,
            photo.stack_front_id IS NULL AS isFront
       FROM photo JOIN folder ON folder.id = photo.folder_id JOIN root ON root.id = folder.root_id
      WHERE photo.id <> $id AND NOT root.removed
        AND (photo.id IN (SELECT id FROM photo WHERE stack_front_id = $id)
             OR photo.id = (SELECT stack_front_id FROM photo WHERE id = $id)
             OR photo.id IN (SELECT other.id FROM photo AS own JOIN photo AS other
                                 ON other.stack_front_id = own.stack_front_id WHERE own.id = $id))
      ORDER BY isFront DESC, photo.name`,
    { id: photoId },
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.nameText,
    path: displayPath(row),
    format: row.format,
    sizeBytes: row.sizeBytes,
    isFront: row.isFront === 1,
  }));
}
