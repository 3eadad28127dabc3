import { describe, expect, it } from 'vitest';
import { openInMemory, run, type WritableDB } from '../../../main/library/database.ts';
import { migrate } from '../../../main/library/migrate.ts';
import { createSearchIndex } from '../../../main/search/index.ts';
import type { SearchIndex } from '../../../main/search/types.ts';
import { Oracle } from './oracle.ts';
import {
  addOwnTags,
  addPhoto,
  changePhoto,
  confidence,
  fillLibrary,
  isCloud,
  type LibraryIds,
  NOW,
  type Random,
  randomFrom,
  randomQuery,
} from './randomLibrary.ts';

const SORTS = ['taken', 'added', 'name', 'confidence'] as const;

function library(
  seed: number,
  photos: number,
): { db: WritableDB; ids: LibraryIds; random: Random } {
  const db = openInMemory();
  migrate(db);
  const random = randomFrom(seed);
  return { db, ids: fillLibrary(db, random, photos), random };
}

/** Asks both the same questions; answers how many found something. */
function compare(index: SearchIndex, oracle: Oracle, random: Random, queries: number): number {
  let found = 0;
  const folderIds = Array.from({ length: 25 }, (_, id) => id);
  for (let count = 0; count < queries; count += 1) {
    const query = randomQuery(random);
    const threshold = random.pick([0, 0, 1, 30, 50, 80, 100]);
    const sort = random.pick(SORTS);
    const ascending = random.chance(0.3);
    const expected = oracle.search(query, threshold, sort, ascending);
    const actual = [...index.result({ query, threshold, sort, ascending }).ids];
    expect(actual, `${query} @${threshold} ${sort} ${ascending}`).toEqual(expected);
    if (expected.length > 0) found += 1;
    if (count % 10 > 0) continue;
    const facets = index.facets(query, threshold);
    expect(facets.total).toBe(expected.length);
    const counts = new Map(facets.tags.map((tag) => [tag.id, tag.count]));
    expect(counts, query).toEqual(oracle.tagCounts(expected, threshold));
    expect(index.folderCounts(query, threshold, folderIds), query).toEqual(
      oracle.folderCounts(expected, folderIds),
    );
  }
  return found;
}

describe('index and rows agree', () => {
  it('on thousands of random queries', { timeout: 120_000 }, async () => {
    const { db, random } = library(1, 500);
    const index = createSearchIndex({ db, now: () => NOW });
    await index.ready;
    expect(await index.verify()).toEqual([]);
    const oracle = new Oracle(db, NOW);
    expect(compare(index, oracle, random, 4000)).toBeGreaterThan(1000);
    db.close();
  });

  it('after each of many random changes', async () => {
    const { db, ids, random } = library(2, 300);
    const index = createSearchIndex({ db, now: () => NOW });
    // The first changes come while tags are still being read.
    for (let round = 0; round < 40; round += 1) {
      change(db, ids, random, index);
      await index.ready;
      expect(await index.verify()).toEqual([]);
      compare(index, new Oracle(db, NOW), random, 40);
    }
    db.close();
  });

  it('when everything is read anew in the middle of changes', async () => {
    const { db, ids, random } = library(3, 4000);
    const index = createSearchIndex({ db, now: () => NOW });
    await index.ready;
    for (let round = 0; round < 12; round += 1) {
      if (round % 3 === 0) {
        index.apply({
          photoIds: null,
          removedPhotoIds: [],
          tags: true,
          folders: true,
          settings: false,
        });
      }
      change(db, ids, random, index);
      // One step of the reading between two changes.
      await new Promise((resolve) => setImmediate(resolve));
    }
    await index.ready;
    expect(await index.verify()).toEqual([]);
    compare(index, new Oracle(db, NOW), random, 20);
    db.close();
  });
});

/** Some writes, named to the index as the writer would. */
function change(db: WritableDB, ids: LibraryIds, random: Random, index: SearchIndex): void {
  const photoIds: number[] = [];
  const removedPhotoIds: number[] = [];
  let tags = false;
  let folders = false;
  for (let count = 5 + random.int(30); count > 0; count -= 1) {
    const id = random.pick(ids.photos);
    const kind = random.int(8);
    photoIds.push(id);
    if (kind === 0) {
      const added = addPhoto(db, random, ids);
      ids.photos.push(added);
      photoIds.push(added);
    } else if (kind === 1) {
      run(db, 'DELETE FROM photo WHERE id = ?', id);
      ids.photos.splice(ids.photos.indexOf(id), 1);
      photoIds.splice(photoIds.lastIndexOf(id), 1);
      removedPhotoIds.push(id);
    } else if (kind === 2) {
      run(db, 'DELETE FROM photo_tag WHERE photo_id = ?', id);
      run(db, 'DELETE FROM rejection WHERE photo_id = ?', id);
    } else if (kind === 3) {
      addOwnTags(db, random, ids, id);
    } else if (kind === 4) {
      const label = random.pick(ids.labels.filter((known) => isCloud(known.source)));
      run(
        db,
        'INSERT OR REPLACE INTO picture_tag VALUES (1, ?, ?, NULL, NULL)',
        label.id,
        confidence(random),
      );
      for (const row of db
        .prepare('SELECT id FROM photo WHERE picture_id = 1 OR earlier_picture_id = 1')
        .all()) {
        photoIds.push((row as { id: number }).id);
      }
    } else {
      changePhoto(db, random, id, 1 + random.int(30));
    }
  }
  if (random.chance(0.3)) {
    folders = true;
    run(db, 'UPDATE root SET offline = 1 - offline WHERE id = ?', random.pick(ids.roots));
    run(db, 'UPDATE root SET removed = 1 - removed WHERE id = ?', random.pick(ids.roots));
    run(db, 'UPDATE folder SET offline = 1 - offline WHERE id = ?', random.pick(ids.folders));
  }
  if (random.chance(0.3)) {
    tags = true;
    const label = random.pick(ids.labels.filter((known) => !known.source.includes('porn')));
    run(
      db,
      'UPDATE label SET tag_id = ? WHERE id = ?',
      random.pick(ids.tags.slice(0, 9)),
      label.id,
    );
  }
  index.apply({ photoIds, removedPhotoIds, tags, folders, settings: false });
}
