import { describe, expect, it } from 'vitest';
import { openInMemory, run, type WritableDB } from '../../../main/library/database.ts';
import { applyLabel } from '../../../main/library/labels.ts';
import { migrate } from '../../../main/library/migrate.ts';
import { undo } from '../../../main/library/undo.ts';
import { createSearchIndex } from '../../../main/search/index.ts';
import { changesOf } from '../../helpers/library.ts';
import { found, ids, indexOf } from './asking.ts';
import { Fixture, NOW } from './fixture.ts';
import { Oracle } from './oracle.ts';
import { fillLibrary, type LibraryIds, type Random, randomFrom } from './randomLibrary.ts';

function library(): { db: WritableDB; ids: LibraryIds; random: Random } {
  const db = openInMemory();
  migrate(db);
  const random = randomFrom(41);
  return { db, ids: fillLibrary(db, random, 300), random };
}

const NOTHING = { photoIds: [], removedPhotoIds: [], tags: false, folders: false, settings: false };

describe('apply', () => {
  it('follows rows that changed, came and went', async () => {
    const fixture = new Fixture();
    const dog = fixture.tag('dog');
    const [a, b] = [fixture.photo({ taken_at: '2019-01-01T00:00:00' }), fixture.photo()];
    const index = await indexOf(fixture);
    const before = index.revision;
    fixture.tagPhoto(a, dog);
    run(fixture.db, "UPDATE photo SET taken_at = '2021-01-01T00:00:00' WHERE id = ?", b);
    const c = fixture.photo({ taken_at: '2020-01-01T00:00:00' });
    index.apply({ ...NOTHING, photoIds: [a, b, c], tags: true });
    expect(ids(index, '')).toEqual([b, c, a]);
    expect(ids(index, 'tag:dog')).toEqual([a]);
    expect(index.revision).toBeGreaterThan(before);
    run(fixture.db, 'DELETE FROM photo WHERE id = ?', b);
    index.apply({ ...NOTHING, removedPhotoIds: [b] });
    expect(ids(index, '', 0, 'name', true)).toEqual([a, c]);
    expect(await index.verify()).toEqual([]);
  });

  it('follows renamed tags, relinked labels and rejections of both', async () => {
    const fixture = new Fixture();
    const [dog, hound] = [fixture.tag('dog'), fixture.tag('hound')];
    const [a, b] = [fixture.photo(), fixture.photo()];
    fixture.tagPhoto(a, hound, 'on-device', 90);
    fixture.tagPhoto(b, hound, 'on-device', 90);
    fixture.reject(b, dog);
    const index = await indexOf(fixture);
    expect(found(index, 'tag:hound')).toEqual([a, b]);
    run(fixture.db, 'UPDATE label SET tag_id = ?', dog);
    index.apply({ ...NOTHING, tags: true });
    await index.ready;
    expect(found(index, 'tag:hound')).toEqual([]);
    expect(found(index, 'tag:dog')).toEqual([a]);
    expect(await index.verify()).toEqual([]);
  });

  it('says that nothing changed when only settings did', async () => {
    const index = await indexOf(new Fixture());
    const before = index.revision;
    index.apply({ ...NOTHING, settings: true });
    expect(index.revision).toBe(before);
  });

  it('follows many photos in steps, and is ready afterwards', async () => {
    const fixture = new Fixture();
    const dog = fixture.tag('dog');
    const photos = Array.from({ length: 3500 }, () => fixture.photo());
    let settled = 0;
    const index = createSearchIndex({
      db: fixture.db,
      now: () => NOW,
      onSettled: () => (settled += 1),
    });
    await index.ready;
    for (const photo of photos) fixture.tagPhoto(photo, dog);
    index.apply({ ...NOTHING, photoIds: photos, tags: true });
    expect(ids(index, 'tag:dog').length).toBeLessThan(3500);
    await index.ready;
    expect(ids(index, 'tag:dog')).toHaveLength(3500);
    expect(settled).toBe(2);
    expect(await index.verify()).toEqual([]);
  });

  it('reads everything anew, also in the middle of the first reading', async () => {
    const fixture = new Fixture();
    const photos = Array.from({ length: 4000 }, () => fixture.photo());
    const index = createSearchIndex({ db: fixture.db, now: () => NOW });
    run(fixture.db, 'DELETE FROM photo WHERE id % 2 = 0');
    index.apply({ ...NOTHING, photoIds: null });
    await index.ready;
    expect(ids(index, '')).toHaveLength(photos.length / 2);
    expect(await index.verify()).toEqual([]);
  });

  it('gives back dead slots', async () => {
    const fixture = new Fixture();
    const photos = Array.from({ length: 1000 }, () => fixture.photo());
    const index = await indexOf(fixture);
    for (let round = 0; round < 25; round += 1) {
      index.apply({ ...NOTHING, photoIds: photos });
      if (round % 6 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await index.ready;
    expect(ids(index, '', 0, 'name', true)).toHaveLength(1000);
    expect(await index.verify()).toEqual([]);
  });
});

describe('tags that a person gives', () => {
  it('are followed like everything else', async () => {
    const { db, ids, random } = library();
    const index = createSearchIndex({ db, now: () => NOW });
    await index.ready;
    let gained = 0;
    const undos: number[] = [];
    for (let round = 0; round < 120; round += 1) {
      const photoIds = Array.from({ length: 1 + random.int(40) }, () => random.pick(ids.photos));
      const { output, changes } = changesOf((log) => {
        const undone = random.chance(0.2) ? undos.pop() : undefined;
        if (undone !== undefined) return undo(db, { undo: undone, now: NOW }, log);
        const tag = random.chance(0.3)
          ? `new ${round}`
          : random.pick(['dog', '狗', 'beach', 'red', '新']);
        const action = random.pick(['add', 'add', 'remove', 'reject', 'unreject'] as const);
        return applyLabel(db, { action, tag, language: 'en', photoIds, now: NOW }, log);
      });
      if (output.undo !== null) undos.push(output.undo);
      if (!changes) continue;
      gained += changes.gained?.length ?? 0;
      const told = changes.gained?.flatMap((label) => label.photoIds) ?? [];
      expect(changes.photoIds).toEqual(expect.arrayContaining(told));
      index.apply(changes);
      // Some come while the index has something else to do.
      if (round % 10 === 3) index.apply({ ...NOTHING, photoIds: ids.photos.slice(0, 30) });
      if (round % 40 === 7) index.apply({ ...NOTHING, photoIds: null });
      if (random.chance(0.5)) await index.ready;
      if (round % 5 > 0) continue;
      await index.ready;
      expect(await index.verify(), `round ${round}`).toEqual([]);
      const oracle = new Oracle(db, NOW);
      for (const query of ['tag:dog', 'tag:beach source:me', 'is:untagged', 'tag:new*', '新']) {
        expect(
          [...index.result({ query, threshold: 0, sort: 'taken', ascending: false }).ids],
          query,
        ).toEqual(oracle.search(query, 0));
      }
      const counts = index.facets('', 0).tags.map((tag) => [tag.id, tag.count] as const);
      expect(new Map(counts)).toEqual(oracle.tagCounts(oracle.search('', 0), 0));
    }
    expect(gained).toBeGreaterThan(30);
    db.close();
  });

  it('are not added twice where they were read already', async () => {
    const fixture = new Fixture();
    const [a, b] = [fixture.photo(), fixture.photo()];
    const index = await indexOf(fixture);
    const give = (photoIds: readonly number[]) =>
      changesOf((log) =>
        applyLabel(
          fixture.db,
          { action: 'add', tag: 'dog', language: 'en', photoIds, now: NOW },
          log,
        ),
      ).changes;
    const [first, second] = [give([a]), give([a, b])];
    if (!first || !second) throw new Error('Nothing changed.');
    expect(first.newLabels).toHaveLength(1);
    expect(second).toMatchObject({ photoIds: [b], gained: [{ photoIds: [b] }], tags: false });
    index.apply({ ...NOTHING, photoIds: [a, b] });
    index.apply(first);
    index.apply(second);
    expect(index.facets('', 0).tags).toMatchObject([{ count: 2 }]);
    expect(found(index, 'tag:dog source:me')).toEqual([a, b]);
    expect(await index.verify()).toEqual([]);
  });
});

describe('ready', () => {
  it('rejects when the library cannot be read, and says so', async () => {
    const fixture = new Fixture();
    const dog = fixture.tag('dog');
    fixture.tagPhoto(fixture.photo(), dog);
    let failure: unknown;
    const index = createSearchIndex({
      db: fixture.db,
      now: () => NOW,
      onFailed: (error) => {
        failure = error;
      },
    });
    fixture.db.exec('PRAGMA foreign_keys = OFF; ALTER TABLE photo_tag RENAME TO elsewhere');
    await expect(index.ready).rejects.toThrow(/photo_tag/u);
    expect(failure).toBeInstanceOf(Error);
  });
});

describe('verify', () => {
  it('tells what differs', async () => {
    const fixture = new Fixture();
    const dog = fixture.tag('dog');
    const [a, b] = [fixture.photo(), fixture.photo()];
    fixture.tagPhoto(a, dog);
    const index = await indexOf(fixture);
    expect(await index.verify()).toEqual([]);
    run(fixture.db, 'UPDATE photo SET favorite = 1 WHERE id = ?', b);
    fixture.tagPhoto(b, dog);
    const c = fixture.photo();
    const problems = (await index.verify()).join('\n');
    expect(problems).toContain(`Photo ${b} has another "flags"`);
    expect(problems).toContain(`Photo ${c} is not in the search index`);
    expect(problems).toContain(`Photo ${b} has 0 tags in the search index and 1 in the library`);
    run(fixture.db, 'DELETE FROM photo WHERE id = ?', a);
    expect((await index.verify()).join('\n')).toContain(
      `Photo ${a} is in the search index, but not`,
    );
  });
});
