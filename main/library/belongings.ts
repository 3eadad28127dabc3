/** What goes with a photo when its file goes: nothing of a shot is left behind, nothing of another taken along. */
import { stemOf } from './companionNames.ts';
import { all, get, type ReadableDB } from './database.ts';
import { photoPath } from './paths.ts';

type Place = { rootPath: Buffer; folderPath: Buffer; name: Buffer };

/**
 * Absolute paths of the RAW files behind a photo, and of the companions that no other photo of the folder
 * has a claim to. A photo that stands behind another one takes only what is named after itself alone.
 */
export function belongingFiles(db: ReadableDB, photoId: number): Buffer[] {
  const own = get<{ folderId: number; nameKey: string }>(
    db,
    'SELECT folder_id AS folderId, name_key AS nameKey FROM photo WHERE id = ?',
    photoId,
  );
  if (!own) return [];
  type Behind = Place & { id: number; nameKey: string };
  const behind = all<Behind>(
    db,
    `SELECT photo.id, photo.name_key AS nameKey, root.path AS rootPath, folder.path AS folderPath,
            photo.name
       FROM photo JOIN folder ON folder.id = photo.folder_id JOIN root ON root.id = folder.root_id
      WHERE photo.stack_front_id = ? AND photo.missing_since IS NULL ORDER BY photo.name`,
    photoId,
  );
  const going = [photoId, ...behind.map((photo) => photo.id)];
  const stem = stemOf(own.nameKey);
  const stays = all<{ nameKey: string }>(
    db,
    `SELECT name_key AS nameKey FROM photo
      WHERE folder_id = ? AND missing_since IS NULL AND id NOT IN (SELECT value FROM json_each(?))`,
    own.folderId,
    JSON.stringify(going),
  ).some((photo) => stemOf(photo.nameKey) === stem);
  const stems = [own.nameKey, ...behind.map((photo) => photo.nameKey), ...(stays ? [] : [stem])];
  const companions = all<Place>(
    db,
    `SELECT root.path AS rootPath, folder.path AS folderPath, companion.name
       FROM companion JOIN folder ON folder.id = companion.folder_id
       JOIN root ON root.id = folder.root_id
      WHERE companion.folder_id = ? AND companion.stem_key IN (SELECT value FROM json_each(?))
      ORDER BY companion.name`,
    own.folderId,
    JSON.stringify(stems),
  );
  return [...behind, ...companions].map(photoPath);
}
