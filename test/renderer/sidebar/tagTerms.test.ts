import { describe, expect, it } from 'vitest';
import {
  searchedTags,
  tagUse,
  termSet,
  toggleTag,
  withoutTag,
} from '../../../renderer/sidebar/tagTerms.ts';

const bridge = { en: 'bridge', zh: '桥' };
const retriever = { en: 'golden retriever' };

describe('toggleTag', () => {
  it('adds the tag in the language of the window and takes it away again', () => {
    expect(toggleTag('', bridge, 'zh', 'included')).toBe('tag:桥');
    expect(toggleTag('tag:桥', bridge, 'zh', 'included')).toBe('');
    expect(toggleTag('dog', retriever, 'en', 'included')).toBe('dog tag:"golden retriever"');
  });

  it('knows a tag that was added in the other language', () => {
    expect(toggleTag('dog tag:bridge', bridge, 'zh', 'included')).toBe('dog');
    expect(tagUse(termSet('tag:桥 dog'), bridge)).toBe('included');
  });

  it('turns an excluded tag into a wanted one and back', () => {
    expect(toggleTag('tag:bridge', bridge, 'en', 'excluded')).toBe('-tag:bridge');
    expect(toggleTag('-tag:bridge', bridge, 'en', 'included')).toBe('tag:bridge');
    expect(tagUse(termSet('-tag:桥'), bridge)).toBe('excluded');
    expect(toggleTag('-tag:桥', bridge, 'en', 'excluded')).toBe('');
  });
});

describe('withoutTag', () => {
  it('leaves other terms as they are', () => {
    expect(withoutTag('(a OR b) tag:bridge -tag:桥 "c d"', bridge)).toBe('(a OR b) "c d"');
    expect(tagUse(termSet('tag:bridges'), bridge)).toBe('none');
  });
});

describe('searchedTags', () => {
  const listed = [{ id: 1, names: bridge, type: 'scene', count: 3 }];
  const namesOf = (query: string, tags = listed) =>
    searchedTags(query, tags).map((tag) => tag.names.en);

  it('keeps excluded tags in sight, once each', () => {
    expect(namesOf('tag:bridge -tag:桥 -tag:wide -tag:"golden retriever" -tag:wide')).toEqual([
      'wide',
      'golden retriever',
    ]);
  });

  it('leaves out what the result shows, bounds, words and groups', () => {
    expect(namesOf('-tag:Bridge -tag:dog>80 -cat -(tag:a OR tag:b) camera:nikon')).toEqual([]);
    expect(namesOf('tag:dog')).toEqual([]);
  });

  it('shows all searched tags where nothing is found, and a click takes them back', () => {
    const query = 'tag:dog -tag:wide';
    const found = searchedTags(query, []);
    expect(found.map((tag) => tagUse(termSet(query), tag.names))).toEqual(['included', 'excluded']);
    expect(found.reduce((rest, tag) => withoutTag(rest, tag.names), query)).toBe('');
  });
});
