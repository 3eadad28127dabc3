import { describe, expect, it } from 'vitest';
import { ChangeLog } from '../../../main/library/changes.ts';
import { all, openInMemory, type WritableDB } from '../../../main/library/database.ts';
import { readLibraryState } from '../../../main/library/libraryState.ts';
import { migrate } from '../../../main/library/migrate.ts';
import { runOperation } from '../../../main/library/operations.ts';
import {
  changeSearch,
  forgetSearch,
  recentSearches,
  rememberSearch,
  removeSearch,
  savedSearches,
  saveSearch,
} from '../../../main/library/searches.ts';
import type { KeptSearch } from '../../../shared/searchesContract.ts';
import { say } from '../../helpers/serviceTags.ts';

const PLAIN: KeptSearch = { query: 'tag:dog', threshold: null, sort: 'taken', ascending: false };

function library(): WritableDB {
  const db = openInMemory();
  migrate(db);
  return db;
}

function save(db: WritableDB, name: string, place?: number) {
  return saveSearch(db, { ...PLAIN, name, place }, new ChangeLog()).search;
}

const names = (db: WritableDB): string[] => savedSearches(db).map((search) => search.name);

/** Remembers in turn; answers what is remembered then. */
function remember(db: WritableDB, ...queries: readonly string[]): string[] {
  for (const query of queries) rememberSearch(db, { query }, new ChangeLog());
  return recentSearches(db);
}

describe('saved searches', () => {
  it('are kept as they were given, in their order', () => {
    const db = library();
    const kept: KeptSearch = {
      query: ' tag:狗 OR "a b" ',
      threshold: 60,
      sort: 'name',
      ascending: true,
    };
    const { search } = saveSearch(db, { ...kept, name: '狗' }, new ChangeLog());
    expect(search).toEqual({ ...kept, name: '狗', id: search.id });
    save(db, 'last');
    save(db, 'first', 0);
    save(db, 'middle', 1);
    expect(names(db)).toEqual(['first', 'middle', '狗', 'last']);
    expect(savedSearches(db)[2]).toEqual(search);
  });

  it('may be called the same, and a place past the end is the end', () => {
    const db = library();
    save(db, 'a');
    save(db, 'b', 99);
    save(db, 'a');
    expect(names(db)).toEqual(['a', 'b', 'a']);
  });

  it('change only in what is given', () => {
    const db = library();
    const { id } = saveSearch(
      db,
      { ...PLAIN, threshold: 60, name: 'dogs' },
      new ChangeLog(),
    ).search;
    const change = (patch: Omit<Parameters<typeof changeSearch>[1], 'id'>) =>
      changeSearch(db, { id, ...patch }, new ChangeLog()).search;
    expect(change({ name: 'my dogs' })).toEqual({ ...PLAIN, threshold: 60, name: 'my dogs', id });
    expect(change({ threshold: null, ascending: true }).threshold).toBe(null);
    expect(change({ query: '', sort: 'confidence' })).toEqual({
      id,
      name: 'my dogs',
      query: '',
      threshold: null,
      sort: 'confidence',
      ascending: true,
    });
  });

  it('move to a place', () => {
    const db = library();
    const [a, , c] = ['a', 'b', 'c', 'd'].map((name) => save(db, name));
    changeSearch(db, { id: a?.id ?? 0, place: 2 }, new ChangeLog());
    expect(names(db)).toEqual(['b', 'c', 'a', 'd']);
    changeSearch(db, { id: c?.id ?? 0, place: 0 }, new ChangeLog());
    changeSearch(db, { id: a?.id ?? 0, place: 2 }, new ChangeLog());
    expect(names(db)).toEqual(['c', 'b', 'a', 'd']);
    expect(all(db, 'SELECT place FROM saved_search ORDER BY place')).toEqual(
      [0, 1, 2, 3].map((place) => ({ place })),
    );
  });

  it('say where they stood when they are removed, so that they can be put back', () => {
    const db = library();
    const [, b] = ['a', 'b', 'c'].map((name) => save(db, name));
    const { search, place } = removeSearch(db, { id: b?.id ?? 0 }, new ChangeLog());
    expect({ search, place }).toEqual({ search: b, place: 1 });
    expect(names(db)).toEqual(['a', 'c']);
    const { id, ...kept } = search;
    const again = saveSearch(db, { ...kept, place }, new ChangeLog()).search;
    expect(names(db)).toEqual(['a', 'b', 'c']);
    expect(again.id).not.toBe(id);
  });

  it('that are gone can be neither changed nor removed', () => {
    const db = library();
    const gone = expect.objectContaining({ code: 'not_found', data: { id: 7 } }) as Error;
    expect(() => changeSearch(db, { id: 7, name: 'x' }, new ChangeLog())).toThrow(gone);
    expect(() => removeSearch(db, { id: 7 }, new ChangeLog())).toThrow(gone);
  });

  it('are at most two hundred', () => {
    const db = library();
    for (let count = 0; count < 200; count += 1) save(db, String(count));
    expect(() => save(db, 'one more')).toThrow(
      expect.objectContaining({ code: 'searches_full', data: { most: 200 } }) as Error,
    );
    const [first] = savedSearches(db);
    removeSearch(db, { id: first?.id ?? 0 }, new ChangeLog());
    save(db, 'one more');
    expect(savedSearches(db)).toHaveLength(200);
  });

  it('tell windows of a change, and nobody that the library is another one', () => {
    const db = library();
    const state = readLibraryState(db);
    const changes = new ChangeLog();
    runOperation(db, 'saveSearch', { ...PLAIN, name: 'dogs' }, changes);
    expect(changes.summary()).toEqual({
      photoIds: [],
      removedPhotoIds: [],
      tags: false,
      folders: false,
      settings: false,
      searches: true,
    });
    runOperation(db, 'rememberSearch', { query: 'dog' }, new ChangeLog());
    expect(readLibraryState(db)).toEqual(state);
    const settings = new ChangeLog();
    runOperation(db, 'setSetting', { key: 'lens', value: 60 }, settings);
    expect(settings.state?.number).toBe(state.number + 1);
  });
});

describe('recent searches', () => {
  it('are the newest first, each once however it is written', () => {
    const db = library();
    expect(remember(db, 'tag:dog', '桥', ' beach ', 'tag:DOG', 'beach', '  桥')).toEqual([
      '桥',
      'beach',
      'tag:DOG',
    ]);
    expect(remember(db, 'tag:cat  from:2019', 'tag:cat from:2019')).toHaveLength(4);
  });

  it('keep apart what means something else', () => {
    const db = library();
    const queries = ['a OR b', 'a or b', 'conf:>80', 'conf:<80', 'tag:dog', 'dog', '-dog'];
    expect(remember(db, ...queries)).toEqual(queries.toReversed());
  });

  it('are at most fifty', () => {
    const db = library();
    const queries = Array.from({ length: 60 }, (_, index) => `word${index}`);
    expect(remember(db, ...queries)).toEqual(queries.slice(10).toReversed());
  });

  it.each(['', '   ', '(tag:dog', 'tag:', 'nokey:x', '"open', 'from:2019-13', 'a '.repeat(40)])(
    'leave out %j, which finds nothing or has a mistake',
    (query) => {
      expect(remember(library(), 'dog', query)).toEqual(['dog']);
    },
  );

  it.each([
    'is:sensitive',
    '-is:sensitive',
    'beach (tag:dog OR is:Sensitive)',
    'source:tencent-porn',
    'source:"Tencent-TERRORISM"',
    'dog -source:ｔｅｎｃｅｎｔ－ｐｏｒｎ',
    'is:untagged-by:tencent-terrorism',
    'tag:porn',
    'tag:Porn>80',
    'tag:porn*',
    'box:knife>0.1',
    '-tag:"guns"',
    'GUNS',
    'ｂｌｏｏｄ',
    '"vulgar pictures"',
    'name:*porn*',
    'folder:"2019/porn"',
    '色情',
    '色情图片',
    'tag:火',
    'dog (cat OR -(sexy from:2019))',
  ])('leave out %s, which tells of sensitive photos', (query) => {
    expect(remember(library(), 'dog', query)).toEqual(['dog']);
  });

  it.each(['fireworks', '火车', 'bloodhound', 'tag:"another dog"', 'source:me', 'is:untagged'])(
    'keep %s, which does not',
    (query) => {
      expect(remember(library(), query)).toEqual([query]);
    },
  );

  it('no longer tell what became sensitive since', () => {
    const db = library();
    expect(remember(db, 'dog', 'tag:gore', '血腥场面', 'source:huawei-tagging')).toHaveLength(4);
    const names = { en: 'gore', zh: '血腥' };
    say(db, { service: 'huawei-tagging', raw: 'gore', names, type: 'sensitivity' });
    expect(recentSearches(db)).toEqual(['dog']);
    expect(remember(db, 'gore', 'cat')).toEqual(['cat', 'dog']);
    expect(all(db, 'SELECT query FROM recent_search ORDER BY id')).toEqual([
      { query: 'dog' },
      { query: 'cat' },
    ]);
  });

  it('are forgotten one by one, and all', () => {
    const db = library();
    remember(db, 'a', 'b', 'c');
    forgetSearch(db, { query: 'b ' }, new ChangeLog());
    expect(recentSearches(db)).toEqual(['c', 'a']);
    forgetSearch(db, { query: null }, new ChangeLog());
    expect(recentSearches(db)).toEqual([]);
  });

  it('tell windows only of a change', () => {
    const db = library();
    const told = (write: (changes: ChangeLog) => void): boolean => {
      const changes = new ChangeLog();
      write(changes);
      return changes.summary()?.searches ?? false;
    };
    expect(told((changes) => rememberSearch(db, { query: 'dog' }, changes))).toBe(true);
    expect(told((changes) => rememberSearch(db, { query: ' dog' }, changes))).toBe(false);
    expect(told((changes) => rememberSearch(db, { query: 'is:sensitive' }, changes))).toBe(false);
    expect(told((changes) => forgetSearch(db, { query: 'cat' }, changes))).toBe(false);
    expect(told((changes) => forgetSearch(db, { query: null }, changes))).toBe(true);
    expect(told((changes) => forgetSearch(db, { query: null }, changes))).toBe(false);
  });
});
