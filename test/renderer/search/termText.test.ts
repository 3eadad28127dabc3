import { describe, expect, it } from 'vitest';
import { termText } from '../../../renderer/search/termText.ts';
import { splitTerms } from '../../../shared/queryText.ts';

const show = (query: string) => {
  const [term] = splitTerms(query);
  if (!term) throw new Error('There is no term.');
  return termText(term);
};

describe('termText', () => {
  it('shows the names of tags and folders without keys and quotes', () => {
    expect(show('tag:"golden retriever"')).toEqual({
      icon: 'tag',
      label: null,
      value: 'golden retriever',
    });
    expect(show('-tag:狗>80')).toMatchObject({ icon: 'tag', value: '狗 > 80' });
    expect(show('tag:dog>=80')).toMatchObject({ value: 'dog ≥ 80' });
    expect(show('folder:"/a b/c"')).toMatchObject({ icon: 'folder', value: 'c' });
  });

  it('names the texts of other keys', () => {
    expect(show('from:2019-06')).toEqual({ icon: 'date', label: 'keys.from', value: '2019-06' });
    expect(show('IS:untagged')).toMatchObject({ icon: 'state', label: 'is.untagged' });
    expect(show('has:gps')).toMatchObject({ icon: 'place', label: 'hasGps' });
    expect(show('added:<30d')).toMatchObject({ label: 'recent' });
  });

  it('shows words and groups as they are', () => {
    expect(show('"red car"')).toEqual({ icon: 'text', label: null, value: 'red car' });
    expect(show('-(a OR tag:b)')).toEqual({ icon: 'group', label: null, value: '(a OR tag:b)' });
  });
});
