import { describe, expect, it } from 'vitest';
import {
  linkChoices,
  mayLink,
  mayUnlink,
  type NamedTag,
  pairOf,
} from '../../../renderer/names/linkable.ts';

const tag = (id: number, names: NamedTag['names'], type = 'thing'): NamedTag => ({
  id,
  names,
  type,
});
const zh = tag(1, { zh: '狗' });
const en = tag(2, { en: 'dog' });
const both = tag(3, { zh: '犬', en: 'hound' });

describe('pairOf', () => {
  it('takes the Chinese name from one and the English from the other, whichever is asked first', () => {
    expect(pairOf(zh, en)).toEqual({ zhTagId: 1, enTagId: 2 });
    expect(pairOf(en, zh)).toEqual({ zhTagId: 1, enTagId: 2 });
  });

  it('lets a tag with both names bring the one that is missing', () => {
    expect(pairOf(zh, both)).toEqual({ zhTagId: 1, enTagId: 3 });
    expect(pairOf(both, zh)).toEqual({ zhTagId: 1, enTagId: 3 });
    expect(pairOf(both, en)).toEqual({ zhTagId: 3, enTagId: 2 });
    expect(pairOf(en, both)).toEqual({ zhTagId: 3, enTagId: 2 });
    expect(pairOf(both, tag(4, both.names))).not.toBeNull();
  });

  it('finds nothing for two names of one language, for one tag, and for tags that stay alone', () => {
    expect(pairOf(zh, tag(5, { zh: '猫' }))).toBeNull();
    expect(pairOf(zh, zh)).toBeNull();
    expect(pairOf(both, both)).toBeNull();
    expect(pairOf(zh, tag(6, { en: 'red' }, 'colour'))).toBeNull();
    expect(pairOf(zh, tag(7, { en: 'porn' }, 'sensitivity'))).toBeNull();
  });
});

describe('what can be done to names', () => {
  it('is nothing for measured and for sensitive tags', () => {
    for (const type of ['light', 'colour', 'composition', 'capture', 'sensitivity']) {
      expect(mayLink(tag(1, both.names, type))).toBe(false);
      expect(mayUnlink(tag(1, both.names, type))).toBe(false);
    }
    expect(mayLink(zh)).toBe(true);
  });

  it('is to take apart only where there are two', () => {
    expect(mayUnlink(both)).toBe(true);
    expect(mayUnlink(zh)).toBe(false);
  });

  it('offers fitting tags, most photos first', () => {
    const counted = [
      { ...en, count: 3 },
      { ...both, count: 8 },
      { ...tag(8, { zh: '猫' }), count: 99 },
    ];
    expect(linkChoices(zh, counted).map(({ id }) => id)).toEqual([3, 2]);
  });
});
