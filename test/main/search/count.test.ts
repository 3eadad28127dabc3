import { describe, expect, it } from 'vitest';
import type { Sensitivity } from '../../../main/library/sensitivity.ts';
import { createSearchIndex } from '../../../main/search/index.ts';
import { indexOf } from './asking.ts';
import { Fixture, NOW } from './fixture.ts';

const CHANGES = { removedPhotoIds: [], tags: true, folders: false, settings: false };

describe('count', () => {
  it('is the number of the result, under each lens, also after a change', async () => {
    const fixture = new Fixture();
    const dog = fixture.tag('dog');
    const [first, second] = [fixture.photo(), fixture.photo()];
    fixture.tagPhoto(first, dog, 'huawei-tagging', 60);
    fixture.tagPhoto(second, dog, 'huawei-tagging', 90);
    const index = await indexOf(fixture);
    const agree = (query: string, threshold: number): number => {
      const order = { sort: 'taken', ascending: false } as const;
      const { total } = index.result({ query, threshold, ...order }, 1);
      expect(index.count(query, threshold), query).toBe(total);
      expect(index.count(query, threshold), query).toBe(total);
      return total;
    };
    expect([agree('tag:dog', 0), agree('tag:dog', 61), agree('', 50)]).toEqual([2, 1, 2]);
    expect([index.count('-tag:dog', 61), agree('-tag:dog', 61)]).toEqual([1, 1]);
    const third = fixture.photo();
    fixture.tagPhoto(third, dog, 'huawei-tagging', 95);
    index.apply({ ...CHANGES, photoIds: [third] });
    expect([agree('tag:dog', 0), agree('tag:dog', 61), agree('', 50)]).toEqual([3, 2, 3]);
    for (let number = 0; number < 600; number += 1) index.count(`nothing${number}`, 0);
    expect(index.count('tag:dog', 61)).toBe(2);
  });

  it('follows what is called sensitive, and refuses a query with a mistake', async () => {
    const fixture = new Fixture();
    const picture = fixture.picture();
    fixture.tagPicture(picture, fixture.tag('porn', null, 'sensitivity'), 'tencent-porn', 70);
    fixture.photo({ picture_id: picture });
    let sensitivity: Sensitivity = { threshold: 80, extras: [] };
    const index = createSearchIndex({
      db: fixture.db,
      now: () => NOW,
      sensitivity: () => sensitivity,
    });
    await index.ready;
    expect(index.count('is:sensitive', 0)).toBe(0);
    sensitivity = { threshold: 70, extras: [] };
    expect(index.count('is:sensitive', 0)).toBe(1);
    expect(() => index.count('(dog', 0)).toThrow(
      expect.objectContaining({ code: 'query_invalid' }) as Error,
    );
  });
});
