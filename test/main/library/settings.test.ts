import { describe, expect, it } from 'vitest';
import { ChangeLog } from '../../../main/library/changes.ts';
import { readSettings, setSetting } from '../../../main/library/settings.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings.ts';
import { changesOf, createTestLibrary } from '../../helpers/library.ts';

describe('settings', () => {
  it('starts with the defaults', () => {
    const { db } = createTestLibrary();
    expect(readSettings(db)).toEqual(DEFAULT_SETTINGS);
    expect(DEFAULT_SETTINGS.lens).toBe(50);
  });

  it('keeps what was set and says so', () => {
    const { db } = createTestLibrary();
    const { changes } = changesOf((log) => setSetting(db, { key: 'language', value: 'zh' }, log));
    expect(readSettings(db).language).toBe('zh');
    expect(changes?.settings).toBe(true);
  });

  it('keeps what the window shows without telling windows of it', () => {
    const { db } = createTestLibrary();
    const value = '#/photos?q=dog&lens=50&zoom=2&at=3.1.-20';
    const { changes } = changesOf((log) => setSetting(db, { key: 'view', value }, log));
    expect(readSettings(db).view).toBe(value);
    expect(changes?.settings ?? false).toBe(false);
  });

  it.each([
    ['lens', 101, 'setting_invalid'],
    ['lens', 'high', 'setting_invalid'],
    ['theme', 'blue', 'setting_invalid'],
    ['nonsense', 1, 'setting_unknown'],
    ['__proto__', 1, 'setting_unknown'],
  ])('refuses %s = %s', (key, value, code) => {
    const { db } = createTestLibrary();
    expect(() => setSetting(db, { key, value }, new ChangeLog())).toThrow(
      expect.objectContaining({ code }) as Error,
    );
  });

  it('passes over a stored value that no longer makes sense', () => {
    const { db } = createTestLibrary();
    db.exec(`INSERT INTO setting VALUES ('lens', '999'), ('theme', 'not json'), ('gone', '1')`);
    expect(readSettings(db)).toEqual(DEFAULT_SETTINGS);
  });
});
