import { describe, expect, it } from 'vitest';
import { all, get, openInMemory, run, type WritableDB } from '../../../main/library/database.ts';
import { migrate, SCHEMA_VERSION, schemaVersion } from '../../../main/library/migrate.ts';
import { hashOf } from '../../helpers/library.ts';

/** A library as the first Tagroll left it: on-device tags, a person's own, a paid reply and a job. */
function firstLibrary(): WritableDB {
  const db = openInMemory();
  migrate(db, 1);
  run(db, `INSERT INTO root (path, path_text, added_at) VALUES (x'2f', '/', 0)`);
  run(db, `INSERT INTO folder (root_id, path, path_text) VALUES (1, x'', '')`);
  run(db, 'INSERT INTO picture (image_hash) VALUES (?)', hashOf('a'));
  run(
    db,
    `INSERT INTO photo (folder_id, name, name_text, name_key, size_bytes, mtime_us, inode, added_at,
                        stage, picture_id, favorite)
     VALUES (1, x'61', 'a', 'a', 1, 1, 1, 0, 2, 1, 1)`,
  );
  const tag = (type: string, raw: string, service: string, names: [string, string][]): void => {
    const space = type === 'sensitivity' ? 'sensitivity' : 'common';
    const id = run(db, 'INSERT INTO tag (type, created_at) VALUES (?, 0)', type).lastInsertRowid;
    for (const [language, name] of names) {
      run(db, 'INSERT INTO tag_name VALUES (?, ?, ?, ?, 0, ?)', id, language, name, name, space);
    }
    run(db, 'INSERT INTO label (service_id, raw, tag_id) VALUES (?, ?, ?)', service, raw, id);
  };
  tag('colour', 'orange', 'on-device', [
    ['en', 'orange'],
    ['zh', '橙色'],
  ]);
  tag('light', 'night', 'on-device', [['en', 'night']]);
  tag('mine', 'Grandma', 'me', [['en', 'grandma']]);
  tag('sensitivity', 'porn', 'tencent-porn', [['en', 'porn']]);
  run(db, `INSERT INTO run (service_id, variant, started_at) VALUES ('on-device', '1', 0)`);
  run(db, 'INSERT INTO photo_tag VALUES (1, 1, 80, 1), (1, 3, 100, NULL)');
  run(db, 'INSERT INTO picture_tag VALUES (1, 4, 99.5, NULL, NULL)');
  run(db, 'INSERT INTO rejection VALUES (1, 2, 0)');
  run(
    db,
    `INSERT INTO reply (image_hash, service_id, variant, received_at, body)
     VALUES (?, 'tencent-porn', '', 5, x'01')`,
    hashOf('a'),
  );
  run(
    db,
    `INSERT INTO job (photo_id, service_id, state, created_at) VALUES (1, 'tencent-porn', 'done', 0)`,
  );
  run(db, `INSERT INTO undo (at, body) VALUES (0, '{}')`);
  return db;
}

/** Rows of every table of the first library. */
function contents(db: WritableDB): Record<string, unknown[]> {
  const tables = ['root', 'folder', 'picture', 'photo', 'tag', 'label', 'run', 'photo_tag'];
  tables.push('picture_tag', 'rejection', 'reply', 'job', 'undo', 'service', 'tag_entry');
  return Object.fromEntries(tables.map((table) => [table, all(db, `SELECT * FROM ${table}`)]));
}

describe('migrate', () => {
  it('keeps everything of the first library', () => {
    const db = firstLibrary();
    const before = contents(db);
    migrate(db);
    expect(schemaVersion(db)).toBe(SCHEMA_VERSION);
    const after = contents(db);
    for (const [table, rows] of Object.entries(before)) {
      expect(after[table], table).toHaveLength(rows.length);
      expect(after[table], table).toMatchObject(rows);
    }
    expect(db.pragma('foreign_key_check')).toEqual([]);
    expect(get(db, 'PRAGMA integrity_check')).toEqual({ integrity_check: 'ok' });
    expect(get(db, 'SELECT never_upload, withdrawn FROM folder, reply')).toEqual({
      never_upload: 0,
      withdrawn: 0,
    });
  });

  it('moves the names of on-device words that mean something else to a space of their own', () => {
    const db = firstLibrary();
    migrate(db);
    const names = all<{ name: string; space: string }>(
      db,
      'SELECT name, space FROM tag_name ORDER BY tag_id, language',
    );
    expect(names.map(({ name, space }) => `${name} ${space}`)).toEqual([
      'orange device',
      '橙色 device',
      'night common',
      'grandma common',
      'porn sensitivity',
    ]);
    run(
      db,
      `INSERT INTO tag_name (tag_id, language, name, name_key) VALUES (3, 'zh', '橙色', '橙色')`,
    );
    expect(() =>
      run(db, `INSERT INTO tag_name (tag_id, language, name, name_key) VALUES (3, 'en', 'x', 'x')`),
    ).toThrow(/UNIQUE/);
  });

  it('makes the same schema from nothing as from the first library', () => {
    const schema = (db: WritableDB) =>
      all(db, `SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name`);
    const fresh = openInMemory();
    migrate(fresh);
    const old = firstLibrary();
    migrate(old);
    expect(schema(old)).toEqual(schema(fresh));
    migrate(old);
    expect(schemaVersion(old)).toBe(SCHEMA_VERSION);
  });
});
