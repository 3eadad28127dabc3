import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LibraryChanges } from '../../../main/library/changes.ts';
import { openReadable } from '../../../main/library/database.ts';
import { SCHEMA_VERSION } from '../../../main/library/migrate.ts';
import { readSettings } from '../../../main/library/settings.ts';
import { openWriter } from '../../../main/library/writer.ts';

let folder: string;
let databasePath: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tagroll-writer-'));
  databasePath = join(folder, 'library.db');
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

const ignore = (): void => undefined;

describe('openWriter', () => {
  it('writes in its own thread; a reader sees it at once', async () => {
    const heard: LibraryChanges[] = [];
    const writer = await openWriter({ databasePath, onChanges: (changes) => heard.push(changes) });
    const db = openReadable(databasePath);
    await writer.run('setSetting', { key: 'lens', value: 70 });
    expect(readSettings(db).lens).toBe(70);
    expect(heard).toMatchObject([{ settings: true, photoIds: [] }]);
    db.close();
    await writer.close();
  });

  it('carries the code of an error and writes nothing then', async () => {
    const writer = await openWriter({ databasePath, onChanges: ignore });
    await expect(writer.run('setSetting', { key: 'lens', value: 700 })).rejects.toMatchObject({
      code: 'setting_invalid',
      data: { key: 'lens' },
    });
    await writer.run('setSetting', { key: 'lens', value: 7 });
    await writer.close();
    await expect(writer.run('setSetting', { key: 'lens', value: 8 })).rejects.toThrow('closed');
  });

  it('refuses a library from a newer version and leaves it as it was', async () => {
    const newer = new BetterSqlite3(databasePath);
    newer.pragma(`user_version = ${SCHEMA_VERSION + 1}`);
    newer.close();
    await expect(openWriter({ databasePath, onChanges: ignore })).rejects.toMatchObject({
      code: 'library_newer',
      data: { found: SCHEMA_VERSION + 1, known: SCHEMA_VERSION },
    });
    const after = new BetterSqlite3(databasePath);
    expect(after.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION + 1);
    expect(after.prepare('SELECT COUNT(*) FROM sqlite_schema').pluck().get()).toBe(0);
    after.close();
  });

  it('says that a file which is no database is damaged', async () => {
    writeFileSync(databasePath, 'This is not a database. '.repeat(100));
    await expect(openWriter({ databasePath, onChanges: ignore })).rejects.toMatchObject({
      code: 'library_damaged',
    });
  });

  it('says so when the library cannot be made', async () => {
    await expect(
      openWriter({ databasePath: join(folder, 'not', 'there.db'), onChanges: ignore }),
    ).rejects.toMatchObject({ code: 'library_read_only' });
  });
});
