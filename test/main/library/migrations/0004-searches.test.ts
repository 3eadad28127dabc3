import { describe, expect, it } from 'vitest';
import { ChangeLog } from '../../../../main/library/changes.ts';
import { all, openInMemory, run } from '../../../../main/library/database.ts';
import { readLibraryState, recordChange } from '../../../../main/library/libraryState.ts';
import { migrate, schemaVersion } from '../../../../main/library/migrate.ts';
import {
  recentSearches,
  rememberSearch,
  savedSearches,
  saveSearch,
} from '../../../../main/library/searches.ts';

describe('a library from before searches were kept', () => {
  it('has none afterwards, and is in the same state: its index still holds', () => {
    const db = openInMemory();
    migrate(db, 3);
    run(db, `INSERT INTO setting (key, value) VALUES ('lens', '60')`);
    const changes = new ChangeLog();
    changes.photo(7);
    const summary = changes.summary();
    if (summary) recordChange(db, summary);
    const state = readLibraryState(db);
    migrate(db, 4);
    expect(schemaVersion(db)).toBe(4);
    expect(readLibraryState(db)).toEqual(state);
    expect(all(db, 'SELECT key, value FROM setting')).toEqual([{ key: 'lens', value: '60' }]);
    expect([savedSearches(db), recentSearches(db)]).toEqual([[], []]);
    const kept = { query: 'dog', threshold: 60, sort: 'taken', ascending: false } as const;
    saveSearch(db, { ...kept, name: 'dogs' }, new ChangeLog());
    rememberSearch(db, { query: 'cat' }, new ChangeLog());
    migrate(db);
    expect(savedSearches(db)).toMatchObject([{ name: 'dogs', ...kept }]);
    expect(recentSearches(db)).toEqual(['cat']);
  });

  it.each([
    ['threshold', 101],
    ['threshold', -1],
    ['ascending', 2],
    ['name', null],
  ])('refuses a row whose %s is %s', (column, value) => {
    const db = openInMemory();
    migrate(db);
    const row = { name: 'a', query: '', threshold: null, sort: 'taken', ascending: 0, place: 0 };
    const insert = `INSERT INTO saved_search (name, query, threshold, sort, ascending, place)
                    VALUES ($name, $query, $threshold, $sort, $ascending, $place)`;
    expect(() => run(db, insert, { ...row, [column]: value })).toThrow(/constraint/);
    expect(run(db, insert, row).changes).toBe(1);
  });
});
