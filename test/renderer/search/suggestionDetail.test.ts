import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { formatFor } from '../../../renderer/i18n/format.ts';
import { setLanguage, startTranslation, translate } from '../../../renderer/i18n/index.ts';
import { suggestionDetail } from '../../../renderer/search/suggestionDetail.ts';
import type { Language, Suggestion } from '../../../shared/model.ts';
import { withDocument } from '../withDocument.ts';

beforeAll(() => withDocument(() => startTranslation('en')));

const exists = (key: string): boolean => i18next.exists(key);

async function detail(
  suggestion: Pick<Suggestion, 'kind' | 'insert'> & Partial<Suggestion>,
  language: Language = 'en',
): Promise<string | null> {
  await withDocument(() => setLanguage(language));
  const whole = { text: suggestion.insert, detail: null, count: null, ...suggestion };
  return suggestionDetail(whole, translate, exists, language, formatFor(language));
}

describe('suggestionDetail', () => {
  it('is the other name of a tag and the path of a folder', async () => {
    expect(await detail({ kind: 'tag', insert: 'tag:dog', detail: '狗' })).toBe('狗');
    expect(await detail({ kind: 'tag', insert: 'tag:dog' })).toBeNull();
    expect(await detail({ kind: 'folder', insert: 'folder:a', detail: '/a' })).toBe('/a');
  });

  it('tells cameras from lenses', async () => {
    expect(await detail({ kind: 'camera', insert: 'camera:"X-T3"' })).toBe('Camera');
    expect(await detail({ kind: 'camera', insert: 'lens:"50mm"' }, 'zh')).toBe('镜头');
  });

  it('says what a key means, with an example', async () => {
    expect(await detail({ kind: 'key', insert: 'iso:' })).toBe('ISO, e.g. iso:>=1600');
    expect(await detail({ kind: 'key', insert: 'iso:' }, 'zh')).toBe('感光度 ISO，例如 iso:>=1600');
    expect(await detail({ kind: 'key', insert: 'tag:' }, 'zh')).toContain('例如 tag:狗');
  });

  it('says what a value means', async () => {
    expect(await detail({ kind: 'key', insert: 'is:portrait' })).toBe('Upright');
    expect(await detail({ kind: 'key', insert: 'iso:>=1600' }, 'zh')).toBe('ISO ≥ 1600');
    expect(await detail({ kind: 'date', insert: 'from:2019-07' })).toBe('From July 2019');
    expect(await detail({ kind: 'date', insert: 'date:2019-07', detail: '2019-07' })).toBe(
      '2019-07',
    );
  });
});
