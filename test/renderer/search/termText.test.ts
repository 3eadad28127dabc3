import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { setLanguage, startTranslation, translate } from '../../../renderer/i18n/index.ts';
import { queryWords, termText } from '../../../renderer/search/termText.ts';
import type { Language } from '../../../shared/model.ts';
import { splitTerms } from '../../../shared/queryText.ts';
import { withDocument } from '../withDocument.ts';

beforeAll(() => withDocument(() => startTranslation('en')));

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
    expect(show('tag:dog=60-80')).toMatchObject({ value: 'dog 60–80' });
    expect(show('tag:"a>b"')).toMatchObject({ value: 'a>b' });
    expect(show('box:dog>0.25')).toMatchObject({ label: 'keys.box', value: 'dog > 0.25' });
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

describe('queryWords', () => {
  const spoken = async (query: string, language: Language): Promise<string[]> => {
    await withDocument(() => setLanguage(language));
    return queryWords(query, translate, (key) => i18next.exists(key)).map((term) => term.spoken);
  };

  it('says the terms of a query in the language on screen', async () => {
    const query = 'tag:狗>=70 -is:favorite OR from:2019 colour:red';
    expect(await spoken(query, 'en')).toEqual([
      '狗 ≥ 70',
      'not Favourites',
      'or',
      'From 2019',
      'colour:red',
    ]);
    expect(await spoken(query, 'zh')).toEqual(['狗 ≥ 70', '非收藏', '或', '从 2019', 'colour:red']);
  });

  it('says what stands in groups, as deep as anybody reads', async () => {
    expect(await spoken('-(camera:a OR tag:b c)', 'en')).toEqual(['not (Camera a or b · c)']);
    expect(await spoken('((((is:square))))', 'en')).toEqual(['((((is:square))))']);
    expect(await spoken('(tag:a', 'en')).toEqual(['(tag:a']);
  });
});
