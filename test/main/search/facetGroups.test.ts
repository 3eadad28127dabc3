import { describe, expect, it } from 'vitest';
import { openInMemory, run } from '../../../main/library/database.ts';
import { migrate } from '../../../main/library/migrate.ts';
import { createSearchIndex } from '../../../main/search/index.ts';
import type { FacetGroup, FacetGroups } from '../../../shared/model.ts';
import { found, indexOf } from './asking.ts';
import { Fixture, NOW } from './fixture.ts';
import { Oracle } from './oracle.ts';
import { fillLibrary, randomFrom, randomQuery } from './randomLibrary.ts';

const short = (group: FacetGroup): [string, number][] =>
  group.values.map((value) => [value.text, value.count]);

function terms({ undated: _, services: __, ...groups }: FacetGroups) {
  return Object.values(groups).flatMap((group) => group.values);
}

describe('facet groups', () => {
  it('tell folders with what is below, months, cameras, formats and services', async () => {
    const fixture = new Fixture();
    const [year, china] = [fixture.folder('2019'), fixture.folder('2019/China/Bridges')];
    const dog = fixture.tag('dog');
    const porn = fixture.tag('porn', null, 'sensitivity');
    const a = fixture.photo({
      folder_id: year,
      taken_at: '2019-07-14T10:00:00',
      camera_make: 'Canon',
      camera_model: 'EOS 5D',
      format: 'jpeg',
    });
    const b = fixture.photo({
      folder_id: china,
      taken_at: '2019-07-31T10:00:00',
      camera_make: 'Canon',
      camera_model: 'EOS 5D Mark II',
      lens: 'EF 50mm "L"',
    });
    const c = fixture.photo({ folder_id: china, taken_at: '2018-12-01T10:00:00', format: 'heic' });
    fixture.photo();
    fixture.tagPhoto(a, dog, 'on-device', 60);
    fixture.tagPhoto(b, dog, 'on-device', 40);
    fixture.tagPhoto(b, dog, 'me');
    fixture.tagPhoto(c, porn, 'tencent-porn', 99);
    const index = await indexOf(fixture);
    const { groups } = index.facets('', 50);
    expect(short(groups.folders)).toEqual([
      ['/photos', 4],
      ['/photos/2019', 3],
      ['/photos/2019/China', 2],
      ['/photos/2019/China/Bridges', 2],
    ]);
    expect(short(groups.years)).toEqual([
      ['2019', 2],
      ['2018', 1],
    ]);
    expect(short(groups.months)).toEqual([
      ['2019-07', 2],
      ['2018-12', 1],
    ]);
    expect(groups.undated).toBe(1);
    expect(short(groups.cameras)).toEqual([
      ['Canon EOS 5D', 2],
      ['Canon EOS 5D Mark II', 1],
    ]);
    expect(short(groups.lenses)).toEqual([['EF 50mm "L"', 1]]);
    expect(short(groups.formats)).toEqual([
      ['jpeg', 1],
      ['heic', 1],
    ]);
    expect(short(groups.services)).toEqual([
      ['me', 1],
      ['on-device', 1],
    ]);
    expect(short(index.facets('', 0).groups.services)).toEqual([
      ['on-device', 2],
      ['me', 1],
    ]);
    for (const { term, count } of terms(groups)) {
      expect(found(index, term), term).toHaveLength(count);
    }
    expect(short(index.facets('tag:dog', 0).groups.years)).toEqual([['2019', 2]]);
    const limited = index.facets('', 50, 1).groups;
    expect(limited.folders).toMatchObject({ total: 4, values: [{ text: '/photos' }] });
    expect(limited.months.values).toHaveLength(2);
  });

  it('leave out removed roots, and join folders that are the same to `folder:`', async () => {
    const fixture = new Fixture();
    const gone = fixture.root('/gone');
    run(fixture.db, "UPDATE root SET removed = 1 WHERE path_text = '/gone'");
    fixture.photo({ folder_id: gone });
    fixture.photo({ folder_id: fixture.folder('Café') });
    fixture.photo({ folder_id: fixture.folder('CAFE') });
    const { folders } = (await indexOf(fixture)).facets('', 0).groups;
    expect(short(folders)).toEqual([
      ['/photos', 2],
      ['/photos/Café', 2],
    ]);
  });

  it('agree with the rows on random libraries and queries', { timeout: 120_000 }, async () => {
    const db = openInMemory();
    migrate(db);
    const random = randomFrom(5);
    fillLibrary(db, random, 300);
    const index = createSearchIndex({ db, now: () => NOW });
    await index.ready;
    const oracle = new Oracle(db, NOW);
    let looked = 0;
    for (let count = 0; count < 150; count += 1) {
      const query = count === 0 ? '' : randomQuery(random);
      const threshold = random.pick([0, 30, 50, 80]);
      const { total, groups } = index.facets(query, threshold);
      const ids = oracle.search(query, threshold);
      expect(groups.undated + groups.years.values.reduce((sum, one) => sum + one.count, 0)).toBe(
        total,
      );
      expect(new Map(short(groups.services)), query).toEqual(oracle.sourceCounts(ids, threshold));
      for (const { term, count: expected } of terms(groups)) {
        if (!random.chance(0.2)) continue;
        // Sources and confidences of the query must not meet the term, which has none of its own.
        const joined = query === '' ? term : `(${query}) ${term}`;
        expect(oracle.search(joined, threshold).length, joined).toBe(expected);
        looked += 1;
      }
    }
    expect(looked).toBeGreaterThan(200);
    db.close();
  });
});

describe('folder counts', () => {
  it('tell each folder with what is below, by rows, and follow the query', async () => {
    const fixture = new Fixture();
    const year = fixture.folder('2019', 1, 1);
    const china = fixture.folder('2019/China', 1, year);
    const [cafe, other] = [fixture.folder('Café', 1, 1), fixture.folder('CAFE', 1, 1)];
    const dog = fixture.tag('dog');
    fixture.tagPhoto(fixture.photo({ folder_id: china }), dog);
    fixture.photo({ folder_id: year });
    for (const folder of [cafe, cafe, other]) fixture.photo({ folder_id: folder });
    const index = await indexOf(fixture);
    const ids = [china, 1, 99, year, cafe, other];
    expect(index.folderCounts('', 50, ids)).toEqual([1, 5, 0, 2, 2, 1]);
    expect(index.folderCounts('tag:dog', 50, ids)).toEqual([1, 1, 0, 1, 0, 0]);
    expect(index.folderCounts('-tag:dog', 50, [])).toEqual([]);
    expect(() => index.folderCounts('tga:dog', 50, ids)).toThrow('tag:');
    run(fixture.db, 'UPDATE root SET removed = 1');
    index.apply({
      photoIds: [],
      removedPhotoIds: [],
      tags: false,
      folders: true,
      settings: false,
    });
    expect(index.folderCounts('', 50, ids)).toEqual([0, 0, 0, 0, 0, 0]);
  });
});

describe('hints', () => {
  it('suggest the nearest tag for one that is not there, in its own words', async () => {
    const fixture = new Fixture();
    fixture.tag('Golden Retriever', '金毛犬');
    fixture.tag('dog');
    fixture.tag('porn', null, 'sensitivity');
    const index = await indexOf(fixture);
    const hints = (query: string) => index.facets(query, 0).hints;
    expect(hints('tag:dog tag:金毛犬 tag:gold* dgo')).toEqual([]);
    expect(hints('beach tag:dgo')).toEqual([
      { position: 10, length: 3, name: 'dgo', suggestion: 'dog', replacement: 'dog' },
    ]);
    expect(hints('-tag:"golden retreiver">80')).toEqual([
      {
        position: 5,
        length: 21,
        name: 'golden retreiver',
        suggestion: 'Golden Retriever',
        replacement: '"Golden Retriever">80',
      },
    ]);
    expect(hints('tag:金毛')).toMatchObject([{ suggestion: '金毛犬' }]);
    expect(hints('box:dgo>0.5')).toMatchObject([{ replacement: 'dog>0.5' }]);
    expect(hints('tag:zebra')).toMatchObject([{ suggestion: null, replacement: null }]);
    expect(hints('tag:porm')).toMatchObject([{ suggestion: null }]);
    expect(hints('(tag:x OR tag:y) "tag:z"')).toHaveLength(2);
  });
});
