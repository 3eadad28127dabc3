import { describe, expect, it } from 'vitest';
import { createSearchIndex } from '../../../main/search/index.ts';
import { parseQuery } from '../../../main/search/query.ts';
import type { SearchIndex } from '../../../main/search/types.ts';
import { Fixture, NOW } from './fixture.ts';

async function filled(): Promise<SearchIndex> {
  const fixture = new Fixture();
  const folder = fixture.folder('Gold Coast');
  const dog = fixture.tag('dog', '狗');
  const retriever = fixture.tag('golden retriever', '金毛犬');
  fixture.name(retriever, 'en', 'goldie', 'animal', 1);
  const fish = fixture.tag('goldfish');
  const marigold = fixture.tag('marigold');
  fixture.tag('golden gate');
  fixture.tag('OR');
  for (let count = 0; count < 3; count += 1) {
    const photo = fixture.photo({ folder_id: folder, camera_model: 'Goldmann 5', format: 'jpeg' });
    fixture.tagPhoto(photo, retriever);
    fixture.tagPhoto(photo, marigold);
    if (count === 0) fixture.tagPhoto(photo, fish, 'on-device', 20);
    if (count === 0) fixture.tagPhoto(photo, dog);
  }
  const index = createSearchIndex({ db: fixture.db, now: () => NOW });
  await index.ready;
  return index;
}

const texts = (index: SearchIndex, text: string, language: 'en' | 'zh' = 'en'): string[] =>
  index.suggest(text, language, 20).map((suggestion) => suggestion.insert);

describe('suggest', () => {
  it('puts beginnings before the middle, then goes by count', async () => {
    const index = await filled();
    expect(texts(index, 'gold')).toEqual([
      'tag:"golden retriever"',
      'tag:goldfish',
      'tag:marigold',
      'tag:"golden gate"',
      'folder:"/photos/Gold Coast"',
      'camera:"Goldmann 5"',
    ]);
    expect(index.suggest('gold', 'en', 1)).toEqual([
      {
        kind: 'tag',
        text: 'golden retriever',
        detail: '金毛犬',
        insert: 'tag:"golden retriever"',
        count: 3,
      },
    ]);
  });

  it('knows both languages and shows the asked one', async () => {
    const index = await filled();
    expect(texts(index, '金', 'en')).toEqual(['tag:"golden retriever"']);
    expect(texts(index, 'golden', 'zh')).toEqual(['tag:金毛犬', 'tag:"golden gate"']);
    expect(texts(index, 'goldie')).toEqual(['tag:"golden retriever"']);
  });

  it('completes the value of a key, quoted or not, excluded or not', async () => {
    const index = await filled();
    expect(texts(index, 'tag:golden')).toEqual(['tag:"golden retriever"', 'tag:"golden gate"']);
    expect(texts(index, 'tag:"golden r')).toEqual(['tag:"golden retriever"']);
    expect(texts(index, '-tag:do')).toEqual(['tag:dog']);
    expect(texts(index, 'folder:coast')).toEqual(['folder:"/photos/Gold Coast"']);
    expect(texts(index, 'camera:g')).toEqual(['camera:"Goldmann 5"']);
    expect(texts(index, 'is:por')).toEqual(['is:portrait']);
    expect(texts(index, 'is:untagged-by:h')).toEqual(['is:untagged-by:huawei-tagging']);
    expect(texts(index, 'source:on')).toEqual(['source:on-device']);
    expect(texts(index, 'type:')).toEqual(['type:jpeg']);
    expect(texts(index, 'iso:1')).toEqual(['iso:100', 'iso:100-400']);
  });

  it('offers keys, and quotes what would be an operator', async () => {
    const index = await filled();
    expect(texts(index, 'came')).toEqual(['camera:']);
    expect(texts(index, 'OR')).toContain('tag:"OR"');
    expect(texts(index, '')).toEqual([]);
  });

  it('finds Chinese names by pinyin and its initials', async () => {
    const fixture = new Fixture();
    for (const [en, zh] of [
      ['beach', '海滩'],
      ['seagull', '海鸥'],
      ['Chongqing', '重庆'],
      ['green', '绿色'],
      ['haircut', null],
      ['selfie', '自拍selfie'],
    ] as const) {
      fixture.tagPhoto(fixture.photo(), fixture.tag(en, zh));
    }
    const index = createSearchIndex({ db: fixture.db, now: () => NOW });
    await index.ready;
    // The first letters are read before pinyin is: nothing is waited for.
    expect(texts(index, 'haitan', 'zh')).toEqual([]);
    await index.prepareSuggestions();
    expect(texts(index, 'haitan', 'zh')).toEqual(['tag:海滩']);
    expect(texts(index, 'ht', 'zh')).toEqual(['tag:海滩']);
    expect(texts(index, 'tag:"hai tan', 'en')).toEqual(['tag:beach']);
    expect(texts(index, 'h', 'zh').slice(0, 3)).toEqual(['tag:海滩', 'tag:海鸥', 'tag:haircut']);
    expect(texts(index, 'ha', 'en').slice(0, 3)).toEqual([
      'tag:haircut',
      'tag:beach',
      'tag:seagull',
    ]);
    expect(texts(index, 'chongq', 'zh')).toEqual(['tag:重庆']);
    expect(texts(index, 'cq', 'zh')).toEqual(['tag:重庆']);
    expect(texts(index, 'lv', 'zh')).toEqual(['tag:绿色']);
    expect(texts(index, 'lus', 'zh')).toEqual(['tag:绿色']);
    expect(texts(index, 'zipaisel', 'zh')).toEqual(['tag:自拍selfie']);
    expect(texts(index, 'itan', 'zh')).toEqual([]);
  });

  it('reads names that come later as well', async () => {
    const fixture = new Fixture();
    fixture.tag('beach', '海滩');
    const index = createSearchIndex({ db: fixture.db, now: () => NOW });
    await index.ready;
    await index.prepareSuggestions();
    fixture.tag('bridge', '桥');
    index.apply({
      photoIds: [],
      removedPhotoIds: [],
      tags: true,
      folders: false,
      settings: false,
    });
    expect(texts(index, 'qiao', 'zh')).toEqual([]);
    await index.prepareSuggestions();
    expect(texts(index, 'qiao', 'zh')).toEqual(['tag:桥']);
  });

  it('inserts text that finds what it shows', async () => {
    const index = await filled();
    for (const { kind, insert, count } of index.suggest('o', 'en', 50)) {
      if (kind === 'key') continue;
      expect(() => parseQuery(insert)).not.toThrow();
      const { ids } = index.result({
        query: insert,
        threshold: 0,
        sort: 'taken',
        ascending: false,
      });
      if (count !== null) expect(ids.length).toBe(count);
    }
  });
});
