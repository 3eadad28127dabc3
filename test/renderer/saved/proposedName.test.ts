import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { setLanguage, startTranslation, translate } from '../../../renderer/i18n/index.ts';
import { LONGEST_NAME, proposedName } from '../../../renderer/saved/proposedName.ts';
import type { Language } from '../../../shared/model.ts';
import { withDocument } from '../withDocument.ts';

const TAGS = [
  { names: { en: 'beach', zh: '海滩' } },
  { names: { en: 'golden retriever', zh: '金毛' } },
  { names: { zh: '桥' } },
];

/** What is proposed in a language. */
async function propose(query: string, language: Language = 'en'): Promise<string> {
  await withDocument(() => setLanguage(language));
  const exists = (key: string): boolean => i18next.exists(key);
  return proposedName(query, { t: translate, exists, language, tags: TAGS });
}

beforeAll(() => withDocument(() => startTranslation('en')));

describe('the proposed name', () => {
  it('names the terms in the person’s language, however their tags are written', async () => {
    const query = 'tag:beach -tag:"Golden Retriever" from:2019';
    expect(await propose(query)).toBe('beach, not golden retriever, From 2019');
    expect(await propose(query, 'zh')).toBe('海滩，非金毛，从 2019');
    expect(await propose('tag:海滩>=80')).toBe('beach ≥ 80');
    expect(await propose('tag:桥 tag:unknown', 'en')).toBe('桥, unknown');
    expect(await propose('is:favorite "two words"', 'zh')).toBe('收藏，two words');
  });

  it('says or, and what is in a group', async () => {
    expect(await propose('tag:beach OR tag:桥')).toBe('beach or 桥');
    expect(await propose('tag:beach OR tag:桥', 'zh')).toBe('海滩或桥');
    expect(await propose('dog (tag:海滩 OR -cat)')).toBe('dog, (beach or not cat)');
    expect(await propose('-(tag:beach dog)', 'zh')).toBe('非(海滩，dog)');
  });

  it('is never longer than a name may be, and ends with a whole term where it can', async () => {
    const terms = Array.from({ length: 40 }, (_, index) => `word${index}`);
    const name = await propose(terms.join(' '));
    expect(name.length).toBeLessThanOrEqual(LONGEST_NAME);
    expect(name).toMatch(/word\d+$/);
    expect(terms.slice(0, 10).join(', ')).toBe(name.split(', ').slice(0, 10).join(', '));
    expect(await propose('x'.repeat(500))).toBe('x'.repeat(LONGEST_NAME));
  });

  it('is empty without a search, and takes what is half typed', async () => {
    expect(await propose('')).toBe('');
    expect(await propose('  ')).toBe('');
    expect(await propose('tag:beach OR')).toBe('beach or');
    expect(await propose('(tag:beach')).not.toBe('');
  });
});
