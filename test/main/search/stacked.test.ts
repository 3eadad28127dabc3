import { describe, expect, it } from 'vitest';
import { run } from '../../../main/library/database.ts';
import { found, ids, indexOf } from './asking.ts';
import { DAY_MS, Fixture, NOW } from './fixture.ts';

const NOTHING = { photoIds: [], removedPhotoIds: [], tags: false, folders: false, settings: false };

/** A JPEG with a RAW file behind it, a RAW file alone, and a photo. */
function shots(): { fixture: Fixture; front: number; behind: number; raw: number; other: number } {
  const fixture = new Fixture();
  const front = fixture.photo({ name_text: 'IMG_1.JPG', format: 'jpeg', favorite: 1 });
  const behind = fixture.photo({
    name_text: 'IMG_1.CR2',
    format: 'raw',
    stack_front_id: front,
    added_at: NOW,
    failure_code: 'damaged',
  });
  const raw = fixture.photo({ name_text: 'IMG_2.CR2', format: 'raw' });
  const other = fixture.photo({ name_text: 'IMG_3.JPG', format: 'jpeg' });
  return { fixture, front, behind, raw, other };
}

describe('a stack', () => {
  it('counts once, and is found by its front', async () => {
    const { fixture, front, raw, other } = shots();
    const index = await indexOf(fixture);
    expect(found(index, '')).toEqual([front, raw, other]);
    expect(found(index, 'is:favorite')).toEqual([front]);
    expect(found(index, '-is:favorite')).toEqual([raw, other]);
    expect(found(index, 'is:untagged')).toEqual([front, raw, other]);
    expect(found(index, 'added:<30d')).toEqual([]);
    expect(found(index, 'img')).toEqual([front, raw, other]);
  });

  it('shows its RAW file where files are asked for: by format, extension, name, or failure', async () => {
    const { fixture, front, behind, raw, other } = shots();
    const index = await indexOf(fixture);
    expect(found(index, 'type:raw')).toEqual([behind, raw]);
    expect(found(index, 'ext:cr2')).toEqual([behind, raw]);
    expect(found(index, 'name:IMG_1*')).toEqual([front, behind]);
    expect(found(index, '-type:raw')).toEqual([front, other]);
    expect(found(index, 'type:raw -is:favorite')).toEqual([behind, raw]);
    expect(found(index, 'is:failed')).toEqual([behind]);
    expect(found(index, 'is:missing OR type:raw')).toEqual([behind, raw]);
  });

  it('counts once in tags, years and the sidebar; a damaged RAW file is a problem all the same', async () => {
    const { fixture, front, behind, raw } = shots();
    const dog = fixture.tag('dog');
    for (const id of [front, behind, raw]) fixture.tagPhoto(id, dog, 'on-device', 90);
    run(fixture.db, `UPDATE photo SET taken_at = '2020-05-06T07:08:09'`);
    const index = await indexOf(fixture);
    const all = index.facets('', 0, 50);
    expect(all.total).toBe(3);
    expect(all.tags.map(({ id, count }) => [id, count])).toEqual([[dog, 2]]);
    expect(all.groups.years.values).toMatchObject([{ text: '2020', count: 3 }]);
    expect(all.counts).toMatchObject({ all: 3, recent: 0, favorites: 1, problems: 1 });
    expect(index.facets('type:raw', 0, 50)).toMatchObject({
      total: 2,
      tags: [{ id: dog, count: 2 }],
    });
  });

  it('follows what is behind what, and leaves with long missing photos', async () => {
    const { fixture, front, behind, raw, other } = shots();
    const index = await indexOf(fixture);
    run(fixture.db, 'UPDATE photo SET stack_front_id = NULL WHERE id = ?', behind);
    run(fixture.db, 'UPDATE photo SET stack_front_id = ? WHERE id = ?', other, raw);
    index.apply({ ...NOTHING, photoIds: [behind, raw] });
    expect(found(index, '')).toEqual([front, behind, other]);
    run(fixture.db, 'UPDATE photo SET missing_since = ? WHERE id = ?', NOW - 90 * DAY_MS, other);
    index.apply({ ...NOTHING, photoIds: [other] });
    expect(found(index, '')).toEqual([front, behind]);
    expect(found(index, 'type:raw')).toEqual([behind, raw]);
    expect(ids(index, 'is:missing')).toEqual([other]);
    expect(await index.verify()).toEqual([]);
  });
});
