/** Files that belong to a photo without being one: what a scan saw of them, and whose they are. */
import type { Companion } from '../../shared/model.ts';
import { stemKey, stemOf } from './companionNames.ts';
import { all, get, type ReadableDB, run, type WritableDB } from './database.ts';
import { nameText } from './names.ts';
import { displayPath, photoPath } from './paths.ts';
import { FolderFound } from './scanBatch.ts';

/**
 * Makes the folders that the running comparison lists hold the companions that it found in them. Of
 * folders that are gone nothing is kept; those of offline ones stay.
 */
export function saveCompanions(db: WritableDB, scanId: number): void {
  run(
    db,
    `DELETE FROM companion
      WHERE folder_id IN (SELECT folder_id FROM scan_folder
                           WHERE scan = $scanId AND found = ${FolderFound.listed}
                             AND folder_id IS NOT NULL)
        AND NOT EXISTS (
          SELECT 1 FROM scan_folder AS place JOIN scan_companion AS file
              ON file.scan = place.scan AND file.ordinal = place.ordinal
           WHERE place.scan = $scanId AND place.folder_id = companion.folder_id
             AND file.name = companion.name)`,
    { scanId },
  );
  run(
    db,
    `DELETE FROM companion
      WHERE folder_id IN (SELECT folder.id FROM scan_gone_folder JOIN folder
                              ON folder.id = scan_gone_folder.id WHERE NOT folder.offline)`,
  );
  type Row = {
    folderId: number;
    name: Buffer;
    kind: string;
    sizeBytes: number;
    mtimeUs: number;
  };
  const rows = all<Row>(
    db,
    `SELECT place.folder_id AS folderId, file.name, file.kind, file.size_bytes AS sizeBytes,
            file.mtime_us AS mtimeUs
       FROM scan_companion AS file JOIN scan_folder AS place
         ON place.scan = file.scan AND place.ordinal = file.ordinal
       LEFT JOIN companion AS known ON known.folder_id = place.folder_id AND known.name = file.name
      WHERE file.scan = ? AND place.folder_id IS NOT NULL
        AND (known.id IS NULL OR known.size_bytes <> file.size_bytes OR known.mtime_us <> file.mtime_us)`,
    scanId,
  );
  for (const row of rows) {
    run(
      db,
      `INSERT INTO companion (folder_id, name, name_text, stem_key, kind, size_bytes, mtime_us)
       VALUES ($folderId, $name, $text, $stem, $kind, $sizeBytes, $mtimeUs)
       ON CONFLICT (folder_id, name) DO UPDATE
          SET size_bytes = excluded.size_bytes, mtime_us = excluded.mtime_us`,
      { ...row, text: nameText(row.name), stem: stemKey(row.name) },
    );
  }
}

type Row = {
  id: number;
  rootPath: Buffer;
  folderPath: Buffer;
  name: Buffer;
  nameText: string;
  kind: Companion['kind'];
  sizeBytes: number;
};

const COMPANION_SQL = `SELECT companion.id, root.path AS rootPath, folder.path AS folderPath,
  companion.name, companion.name_text AS nameText, companion.kind, companion.size_bytes AS sizeBytes
  FROM companion JOIN folder ON folder.id = companion.folder_id
  JOIN root ON root.id = folder.root_id`;

/** Companions of the photos of one folder with these folded names: `img_1.mov`, `img_1.cr2.xmp`. */
export function companionsOf(
  db: ReadableDB,
  folderId: number,
  nameKeys: readonly string[],
): Companion[] {
  const stems = [...new Set(nameKeys.flatMap((key) => [key, stemOf(key)]))];
  const rows = all<Row>(
    db,
    `${COMPANION_SQL} WHERE companion.folder_id = ?
        AND companion.stem_key IN (SELECT value FROM json_each(?)) ORDER BY companion.name`,
    folderId,
    JSON.stringify(stems),
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.nameText,
    path: displayPath(row),
    kind: row.kind,
    sizeBytes: row.sizeBytes,
  }));
}

/** Absolute path of a companion as bytes; null when it is gone. */
export function companionPath(db: ReadableDB, id: number): Buffer | null {
  const row = get<Row>(db, `${COMPANION_SQL} WHERE companion.id = ?`, id);
  return row ? photoPath(row) : null;
}
