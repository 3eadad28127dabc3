import { describe, expect, it } from 'vitest';
import { all, openInMemory, run } from '../../../../main/library/database.ts';
import { migrate } from '../../../../main/library/migrate.ts';
import { foldName } from '../../../../main/search/fold.ts';
import { VOCABULARY } from '../../../../main/tagging/onDevice/vocabulary.ts';

describe('on-device words of the first library', () => {
  it('go to the space where the tagger puts new ones, the person’s own tags stay', () => {
    const db = openInMemory();
    migrate(db, 1);
    const addTag = (type: string, label: [service: string, raw: string], en: string): void => {
      const tag = run(db, 'INSERT INTO tag (type, created_at) VALUES (?, 0)', type).lastInsertRowid;
      run(
        db,
        `INSERT INTO tag_name (tag_id, language, name, name_key) VALUES (?, 'en', ?, ?)`,
        tag,
        en,
        foldName(en),
      );
      run(db, 'INSERT INTO label (service_id, raw, tag_id) VALUES (?, ?, ?)', ...label, tag);
    };
    for (const { label, type, en } of VOCABULARY) addTag(type, ['on-device', label], en);
    addTag('mine', ['me', 'my camera'], 'my camera');
    migrate(db);
    type Row = { raw: string; space: string };
    const rows = all<Row>(
      db,
      'SELECT raw, space FROM label JOIN tag_name ON tag_name.tag_id = label.tag_id',
    );
    const expected = VOCABULARY.map(
      ({ label, apart }) => `${label} ${apart ? 'device' : 'common'}`,
    );
    expect(rows.map((row) => `${row.raw} ${row.space}`).sort()).toEqual(
      [...expected, 'my camera common'].sort(),
    );
  });
});
