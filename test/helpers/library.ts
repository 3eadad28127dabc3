/** A migrated library in memory with a root, and short ways to put photos into it. */
import { createHash } from 'node:crypto';
import { ChangeLog } from '../../main/library/changes.ts';
import { openInMemory, run, type WritableDB } from '../../main/library/database.ts';
import { migrate } from '../../main/library/migrate.ts';

export const NOW = Date.UTC(2026, 0, 15, 12);

export type TestLibrary = {
  readonly db: WritableDB;
  readonly rootId: number;
  readonly folderId: number;
};

export function createTestLibrary(rootPath = '/photos'): TestLibrary {
  const db = openInMemory();
  migrate(db);
  const rootId = Number(
    run(
      db,
      'INSERT INTO root (path, path_text, added_at) VALUES (?, ?, ?)',
      Buffer.from(rootPath),
      rootPath,
      NOW,
    ).lastInsertRowid,
  );
  return { db, rootId, folderId: insertFolder(db, rootId, '') };
}

export function insertFolder(db: WritableDB, rootId: number, path: string): number {
  return Number(
    run(
      db,
      'INSERT INTO folder (root_id, path, path_text) VALUES (?, ?, ?)',
      rootId,
      Buffer.from(path),
      path,
    ).lastInsertRowid,
  );
}

/** A listed photo; columns override what is not said. */
export function insertPhoto(
  db: WritableDB,
  folderId: number,
  name: string,
  columns: Record<string, unknown> = {},
): number {
  const row: Record<string, unknown> = {
    folder_id: folderId,
    name: Buffer.from(name),
    name_text: name,
    name_key: name.normalize('NFC').toLowerCase(),
    size_bytes: 1000,
    mtime_us: NOW * 1000,
    inode: 1,
    added_at: NOW,
    stage: 2,
    ...columns,
  };
  const keys = Object.keys(row);
  return Number(
    db
      .prepare(`INSERT INTO photo (${keys.join(', ')}) VALUES (${keys.map(() => '?').join(', ')})`)
      .run(...Object.values(row)).lastInsertRowid,
  );
}

/** A picture row for any word; the same word is the same picture. */
export function insertPicture(db: WritableDB, word: string): number {
  const hash = hashOf(word);
  run(db, 'INSERT INTO picture (image_hash) VALUES (?) ON CONFLICT DO NOTHING', hash);
  return (db.prepare('SELECT id FROM picture WHERE image_hash = ?').get(hash) as { id: number }).id;
}

export function hashOf(word: string): Buffer {
  return createHash('sha256').update(word).digest();
}

/** Runs a write and answers what it changed. */
export function changesOf<Output>(write: (changes: ChangeLog) => Output): {
  output: Output;
  changes: ReturnType<ChangeLog['summary']>;
} {
  const changes = new ChangeLog();
  const output = write(changes);
  return { output, changes: changes.summary() };
}
