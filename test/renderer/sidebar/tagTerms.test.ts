import { describe, expect, it } from 'vitest';
import { searchedTags, tagValue } from '../../../renderer/sidebar/tagTerms.ts';
import { clickTerm, readTermUses, termUse } from '../../../shared/facetTerms.ts';

const bridge = { en: 'bridge', zh: '桥' };
const retriever = { en: 'golden retriever' };

describe('tagValue', () => {
  it('writes the tag in the language of the window', () => {
    expect(tagValue(bridge, 'zh').writings).toEqual(['tag:桥', 'tag:bridge']);
    expect(tagValue(bridge, 'en').writings).toEqual(['tag:bridge', 'tag:桥']);
    expect(tagValue(retriever, 'zh').writings).toEqual(['tag:"golden retriever"']);
    expect(tagValue({ en: 'OK', zh: 'OK' }, 'en').writings).toEqual(['tag:OK']);
  });

  it('knows a tag that was added in the other language', () => {
    expect(clickTerm('dog tag:bridge', tagValue(bridge, 'zh'), 'add')).toBe('dog');
    expect(clickTerm('-tag:桥', tagValue(bridge, 'en'), 'add')).toBe('tag:bridge');
    expect(clickTerm('tag:dog', tagValue(bridge, 'zh'), 'add')).toBe('tag:dog tag:桥');
    expect(termUse(readTermUses('tag:bridges'), tagValue(bridge, 'en').writings)).toBe('none');
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
    const query = 'tag:dog -tag:wide (tag:cat OR tag:cow)';
    const values = searchedTags(query, []).map(({ names }) => tagValue(names, 'en'));
    const uses = readTermUses(query);
    expect(values.map(({ writings }) => termUse(uses, writings)).sort()).toEqual([
      'excluded',
      'included',
      'included',
      'included',
    ]);
    const undone = values.reduce((rest, value) => {
      const how = termUse(readTermUses(rest), value.writings) === 'excluded' ? 'exclude' : 'add';
      return clickTerm(rest, value, how);
    }, query);
    expect(undone).toBe('');
  });
});
