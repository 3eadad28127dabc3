import { describe, expect, it } from 'vitest';
import { run } from '../../../main/library/database.ts';
import { EXAMPLE_FORMS } from '../../../main/search/exampleForms.ts';
import { parseQuery } from '../../../main/search/query.ts';
import type { SearchIndex } from '../../../main/search/types.ts';
import { found, indexOf } from './asking.ts';
import { Fixture } from './fixture.ts';

/** Of the year before `NOW`, and earlier. */
const TAKEN = [
  '2019-07-14T06:30:00',
  '2019-07-14T22:00:00',
  '2019-07-01T12:00:00',
  '2019-10-03T12:00:00',
  '2018-07-31T12:00:00',
  '1998-02-28T23:59:59',
  '2025-05-01T12:00:00',
  '2026-05-20T12:00:00',
  '2026-06-14T12:00:00',
  '2026-06-15T03:00:00',
  null,
];

async function filled(): Promise<SearchIndex> {
  const fixture = new Fixture();
  for (const taken_at of TAKEN) fixture.photo({ taken_at });
  return indexOf(fixture);
}

const inserts = (index: SearchIndex, text: string, limit = 50): string[] =>
  index.suggest(text, 'en', limit).map((one) => one.insert);

describe('dates', () => {
  it.each([
    ['20', ['date:2026', 'date:2025', 'date:2019', 'date:2018']],
    ['199', ['date:1998']],
    ['2019', ['date:2019', 'date:2019-07', 'date:2019-10']],
    ['2019年', ['date:2019', 'date:2019-07', 'date:2019-10']],
    ['２０１９年', ['date:2019', 'date:2019-07', 'date:2019-10']],
    ['2019-', ['date:2019-07', 'date:2019-10']],
    ['2019-0', ['date:2019-07']],
    ['2019/1', ['date:2019-10']],
    ['2019年7', ['date:2019-07']],
    ['2019年7月', ['date:2019-07', 'date:2019-07-01', 'date:2019-07-14']],
    ['2019-07-1', ['date:2019-07-01', 'date:2019-07-14']],
    ['2019年7月14日', ['date:2019-07-14']],
    ['2019-02', []],
    ['2020', []],
    ['2019-02-30', []],
    ['jul', ['month:7', 'date:2019-07', 'date:2018-07']],
    ['七月', ['month:7', 'date:2019-07', 'date:2018-07']],
    ['7月', ['month:7', 'date:2019-07', 'date:2018-07']],
    ['7月1', ['on:07-01', 'on:07-14']],
    ['七月14日', ['on:07-14']],
    ['13月', []],
    ['July 2019', ['date:2019-07']],
    ['2019 july', ['date:2019-07']],
    ['july 20', ['date:2019-07', 'date:2018-07']],
    ['14 July', ['on:07-14']],
    ['july 14, 2019', ['date:2019-07-14']],
    ['29 february 1998', []],
    ['ju', []],
    ['today', ['date:2026-06-15']],
    ['yester', ['date:2026-06-14']],
    ['昨天', ['date:2026-06-14']],
    ['今', ['date:2026-06-15', 'date:2026']],
    ['last', ['date:2026-05', 'date:2025']],
    ['Last  Month', ['date:2026-05']],
    ['上个月', ['date:2026-05']],
    ['去年', ['date:2025']],
    ['前年', []],
  ])('%s means those that have photos', async (text, expected) => {
    const index = await filled();
    const dates = index.suggest(text, 'zh', 50).filter((one) => one.kind === 'date');
    expect(dates.map((one) => one.insert)).toEqual(expected);
    for (const { insert, count } of dates)
      expect(found(index, insert), insert).toHaveLength(count ?? -1);
  });

  it('are written in the language on screen', async () => {
    const index = await filled();
    const written = (text: string, language: 'en' | 'zh') =>
      index.suggest(text, language, 50).map((one) => [one.text, one.detail]);
    expect(written('2019-07-14', 'en')).toEqual([['14 July 2019', '2019-07-14']]);
    expect(written('2019-10', 'zh')[0]).toEqual(['2019年10月', '2019-10']);
    expect(written('199', 'en')).toEqual([['1998', null]]);
    expect(written('199', 'zh')).toEqual([['1998年', null]]);
    expect(written('jul', 'zh')[0]).toEqual(['七月', 'month:7']);
    expect(written('yesterday', 'zh')).toEqual([['昨天', '2026年6月14日']]);
    expect(written('昨天', 'en')).toEqual([['yesterday', '14 June 2026']]);
  });

  it('leave room for what has the same letters', async () => {
    const fixture = new Fixture();
    for (let year = 2000; year < 2020; year += 1)
      fixture.photo({ taken_at: `${year}-03-01T00:00:00` });
    fixture.tag('2012 trip');
    fixture.folder('2007 beach');
    const index = await indexOf(fixture);
    expect(inserts(index, '20', 8)).toEqual([
      'date:2019',
      'date:2018',
      'date:2017',
      'date:2016',
      'tag:"2012 trip"',
      'folder:"/photos/2007 beach"',
    ]);
  });

  it('follow changes', async () => {
    const fixture = new Fixture();
    const photo = fixture.photo({ taken_at: '2019-07-14T06:30:00' });
    const index = await indexOf(fixture);
    expect(inserts(index, '20')).toEqual(['date:2019']);
    run(fixture.db, "UPDATE photo SET taken_at = '2021-01-01T00:00:00'");
    index.apply({
      photoIds: [photo],
      removedPhotoIds: [],
      tags: false,
      folders: false,
      settings: false,
    });
    expect(inserts(index, '20')).toEqual(['date:2021']);
  });
});

describe('values of keys about time', () => {
  it.each([
    ['date:', ['2026', '2025', '2019', '2018', '1998']],
    ['from:20', ['2026', '2025', '2019', '2018']],
    ['to:2019', ['2019', '2019-07', '2019-10']],
    ['date:>=2018', ['>=2018', '>=2018-07']],
    ['from:>=2018', []],
    ['from:jul', ['2019-07', '2018-07']],
    ['date:昨天', ['2026-06-14']],
    ['month:', ['month:2', 'month:5', 'month:6', 'month:7', 'month:10']],
    ['month:1', ['month:10']],
    ['month:ju', ['month:6', 'month:7']],
    ['month:七', ['month:7']],
    ['on:', ['on:06-15']],
    ['on:07', ['on:07-01', 'on:07-14', 'on:07-31']],
    ['on:7-1', ['on:07-01', 'on:07-14']],
    ['on:x', []],
    ['hour:', ['hour:6-11', 'hour:12-17', 'hour:22-5']],
    ['hour:2', ['hour:22', 'hour:23', 'hour:22-5']],
    ['hour:06', ['hour:6']],
  ])('%s', async (text, expected) => {
    const index = await filled();
    const key = text.slice(0, text.indexOf(':') + 1);
    const whole = expected.map((value) => (value.includes(':') ? value : key + value));
    expect(inserts(index, text)).toEqual(whole);
    for (const { insert, count } of index.suggest(text, 'en', 50)) {
      if (count !== null) expect(found(index, insert), insert).toHaveLength(count);
    }
  });
});

describe('values of keys about numbers', () => {
  it('are examples that can be searched for', async () => {
    const index = await filled();
    for (const [key, forms] of Object.entries(EXAMPLE_FORMS)) {
      const texts = forms.map((form) => `${key}:${form}`);
      expect(inserts(index, `${key}:`)).toEqual(texts);
      for (const text of texts) expect(() => parseQuery(text), text).not.toThrow();
    }
    expect(inserts(index, 'iso:>')).toEqual(['iso:>=1600', 'iso:>=6400']);
    expect(inserts(index, '-iso:1')).toEqual(['iso:100', 'iso:100-400']);
    expect(inserts(index, 'name:')).toEqual([]);
  });
});
