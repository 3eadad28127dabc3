/**
 * Where a scan's findings wait until they are compared: temporary tables of the connection that writes.
 * They vanish with it, so a scan that dies leaves nothing behind.
 */
import type { ChangeLog } from './changes.ts';
import { get, run, type WritableDB } from './database.ts';
import { nameKey, nameText } from './names.ts';
import { filesOf, type ScanBatch } from './scanBatch.ts';

const TABLES_SQL = `
CREATE TEMP TABLE scan (
  id INTEGER PRIMARY KEY AUTOINCREMENT, root_id INTEGER NOT NULL, whole INTEGER NOT NULL
) STRICT;
CREATE TEMP TABLE scan_folder (
  scan INTEGER NOT NULL, ordinal INTEGER NOT NULL, path BLOB NOT NULL, found INTEGER NOT NULL,
  folder_id INTEGER, PRIMARY KEY (scan, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX temp.scan_folder_id ON scan_folder (folder_id);
CREATE TEMP TABLE scan_file (
  scan INTEGER NOT NULL, ordinal INTEGER NOT NULL, name BLOB NOT NULL,
  size_bytes INTEGER NOT NULL, mtime_us INTEGER NOT NULL, inode INTEGER NOT NULL,
  growing INTEGER NOT NULL, PRIMARY KEY (scan, ordinal, name)
) STRICT, WITHOUT ROWID;
CREATE TEMP TABLE scan_companion (
  scan INTEGER NOT NULL, ordinal INTEGER NOT NULL, name BLOB NOT NULL, kind TEXT NOT NULL,
  size_bytes INTEGER NOT NULL, mtime_us INTEGER NOT NULL, PRIMARY KEY (scan, ordinal, name)
) STRICT, WITHOUT ROWID;
-- The four below are filled and emptied within one comparison.
CREATE TEMP TABLE scan_diff (
  id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, photo_id INTEGER, ordinal INTEGER NOT NULL,
  folder_id INTEGER, name BLOB NOT NULL, name_text TEXT, name_key TEXT,
  size_bytes INTEGER NOT NULL, mtime_us INTEGER NOT NULL, inode INTEGER NOT NULL
) STRICT;
CREATE TEMP TABLE scan_gone_folder (id INTEGER PRIMARY KEY) STRICT;
CREATE TEMP TABLE scan_gone (photo_id INTEGER PRIMARY KEY, folder_id INTEGER NOT NULL) STRICT;
CREATE TEMP TABLE scan_move (diff_id INTEGER PRIMARY KEY, photo_id INTEGER NOT NULL UNIQUE) STRICT;
`;

const prepared = new WeakSet<WritableDB>();

function ensureTables(db: WritableDB): void {
  if (prepared.has(db)) return;
  if (!get(db, `SELECT 1 FROM sqlite_temp_schema WHERE name = 'scan'`)) db.exec(TABLES_SQL);
  db.function('name_text', { deterministic: true }, (name) => nameText(name as Buffer));
  db.function('name_key', { deterministic: true }, (name) => nameKey(name as Buffer));
  prepared.add(db);
}

/** Starts a scan of a root; `whole` when everything in it will be listed. */
export function beginScan(
  db: WritableDB,
  input: { readonly rootId: number; readonly whole: boolean },
  _changes: ChangeLog,
): { scanId: number } {
  ensureTables(db);
  const { lastInsertRowid } = run(
    db,
    'INSERT INTO scan (root_id, whole) VALUES (?, ?)',
    input.rootId,
    input.whole ? 1 : 0,
  );
  return { scanId: Number(lastInsertRowid) };
}

/** Keeps what was listed until `finishScan`. Nothing of the library changes. */
export function addScanBatch(
  db: WritableDB,
  input: { readonly scanId: number; readonly batch: ScanBatch },
  _changes: ChangeLog,
): void {
  ensureTables(db);
  const { scanId, batch } = input;
  for (const folder of batch.folders) {
    run(
      db,
      'INSERT INTO scan_folder (scan, ordinal, path, found) VALUES (?, ?, ?, ?)',
      scanId,
      folder.index,
      folder.path,
      folder.found,
    );
  }
  for (const file of filesOf(batch)) {
    run(
      db,
      'INSERT OR REPLACE INTO scan_file VALUES (?, ?, ?, ?, ?, ?, ?)',
      scanId,
      file.folderIndex,
      file.name,
      file.sizeBytes,
      file.mtimeUs,
      file.inode,
      file.growing ? 1 : 0,
    );
  }
  for (const file of batch.companions) {
    run(
      db,
      'INSERT OR REPLACE INTO scan_companion VALUES (?, ?, ?, ?, ?, ?)',
      scanId,
      file.folderIndex,
      file.name,
      file.kind,
      file.sizeBytes,
      file.mtimeUs,
    );
  }
}

/** Drops what a scan found. */
export function abandonScan(
  db: WritableDB,
  input: { readonly scanId: number },
  _changes: ChangeLog,
): void {
  ensureTables(db);
  for (const table of ['scan_file', 'scan_companion', 'scan_folder']) {
    run(db, `DELETE FROM ${table} WHERE scan = ?`, input.scanId);
  }
  run(db, 'DELETE FROM scan WHERE id = ?', input.scanId);
}
