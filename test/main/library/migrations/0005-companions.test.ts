import { describe, expect, it } from 'vitest';
import { ChangeLog } from '../../../../main/library/changes.ts';
import { all, get, openInMemory, run, type WritableDB } from '../../../../main/library/database.ts';
import {
  changedSince,
  readLibraryState,
  recordChange,
} from '../../../../main/library/libraryState.ts';
import { migrate, schemaVersion } from '../../../../main/library/migrate.ts';
import { hashOf, insertFolder, insertPhoto, insertPicture } from '../../../helpers/library.ts';

/** A library of the version before: shown, failed and unsupported photos, tags, a paid reply, a search. */
function earlierLibrary(): { db: WritableDB; ids: Record<string, number> } {
  const db = openInMemory();
  migrate(db, 4);
  run(db, `INSERT INTO root (path, path_text, added_at) VALUES (x'2f', '/', 0)`);
  const folderId = insertFolder(db, 1, '');
  const read = { stage: 2, file_hash: hashOf('file'), picture_id: insertPicture(db, 'a') };
  const unsupported = { ...read, failure_code: 'unsupported', failure_message: 'no', attempts: 1 };
  const ids = {
    jpeg: insertPhoto(db, folderId, 'a.jpg', { ...read, format: 'jpeg', thumb_hash: hashOf('t') }),
    raw: insertPhoto(db, folderId, 'a.cr2', { ...unsupported, format: 'raw', favorite: 1 }),
    heic: insertPhoto(db, folderId, 'b.heic', { ...unsupported, format: 'heic' }),
    svg: insertPhoto(db, folderId, 'c.svg', { ...unsupported, format: 'svg' }),
    broken: insertPhoto(db, folderId, 'd.jpg', { ...read, failure_code: 'damaged', attempts: 1 }),
  };
  const tag = run(db, `INSERT INTO tag (type, created_at) VALUES ('mine', 0)`).lastInsertRowid;
  run(db, `INSERT INTO tag_name VALUES (?, 'en', 'dog', 'dog', 0, 'common')`, tag);
  run(db, `INSERT INTO label (service_id, raw, tag_id) VALUES ('me', 'dog', ?)`, tag);
  run(db, 'INSERT INTO photo_tag VALUES (?, 1, 100, NULL)', ids.raw);
  run(
    db,
    `INSERT INTO reply (image_hash, service_id, variant, received_at, body)
     VALUES (?, 'tencent-tag', '', 5, x'01')`,
    hashOf('a'),
  );
  run(
    db,
    `INSERT INTO saved_search (name, query, sort, ascending, place) VALUES ('dogs', 'dog', 'taken', 0, 0)`,
  );
  return { db, ids };
}

describe('a library from before RAW files were shown', () => {
  it('keeps everything, and has what could not be shown read again', () => {
    const { db, ids } = earlierLibrary();
    const tables = ['root', 'folder', 'picture', 'photo_tag', 'tag', 'label', 'reply'];
    const contents = (): unknown[] =>
      [...tables, 'saved_search'].map((table) => all(db, `SELECT * FROM ${table}`));
    const photos = `SELECT id, name_text, file_hash, picture_id, favorite, format, thumb_hash FROM photo`;
    const before = [contents(), all(db, photos)];
    migrate(db);
    expect(schemaVersion(db)).toBeGreaterThanOrEqual(5);
    expect([contents(), all(db, photos)]).toEqual(before);
    const waiting = all<{ id: number }>(
      db,
      'SELECT id FROM photo WHERE stage = 0 AND attempts = 0 AND failure_code IS NULL ORDER BY id',
    );
    expect(waiting.map((row) => row.id)).toEqual([ids['raw'], ids['heic']]);
    expect(
      all(db, 'SELECT id, failure_code FROM photo WHERE failure_code IS NOT NULL ORDER BY id'),
    ).toEqual([
      { id: ids['svg'], failure_code: 'unsupported' },
      { id: ids['broken'], failure_code: 'damaged' },
    ]);
    expect(
      get(
        db,
        `SELECT COUNT(*) AS n FROM photo
          WHERE stack_front_id IS NULL AND shown_width IS NULL AND shown_height IS NULL`,
      ),
    ).toEqual({ n: 5 });
    expect(db.pragma('foreign_key_check')).toEqual([]);
  });

  it('is in another state: what was derived of it is made anew', () => {
    const { db } = earlierLibrary();
    const changes = new ChangeLog();
    changes.photo(1);
    const summary = changes.summary();
    if (summary) recordChange(db, summary);
    const state = readLibraryState(db);
    migrate(db, 5);
    expect(readLibraryState(db)).not.toEqual(state);
    expect(changedSince(db, state)).toBeNull();
  });

  it('lets go of a front that is forgotten, and of companions with their folder', () => {
    const { db, ids } = earlierLibrary();
    migrate(db);
    run(db, 'UPDATE photo SET stack_front_id = ? WHERE id = ?', ids['jpeg'], ids['raw']);
    run(
      db,
      `INSERT INTO companion (folder_id, name, name_text, stem_key, kind, size_bytes, mtime_us)
       VALUES (1, x'61', 'a.mov', 'a', 'video', 1, 1)`,
    );
    run(db, 'DELETE FROM photo WHERE id = ?', ids['jpeg']);
    expect(get(db, 'SELECT stack_front_id AS front FROM photo WHERE id = ?', ids['raw'])).toEqual({
      front: null,
    });
    expect(() =>
      run(
        db,
        `INSERT INTO companion (folder_id, name, name_text, stem_key, kind, size_bytes, mtime_us)
         VALUES (1, x'62', 'b.txt', 'b', 'text', 1, 1)`,
      ),
    ).toThrow(/constraint/);
    run(db, 'DELETE FROM root');
    expect(all(db, 'SELECT * FROM companion')).toEqual([]);
  });
});
