import { describe, expect, it } from 'vitest';
import { run } from '../../../main/library/database.ts';
import { createSearchIndex } from '../../../main/search/index.ts';
import { found, ids, indexOf } from './asking.ts';
import { Fixture, NOW } from './fixture.ts';

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
