import i18next from 'i18next';
import { beforeEach, describe, expect, it } from 'vitest';
import { setLanguage, startTranslation, translate } from '../../../renderer/i18n/index.ts';
import { viewTitle } from '../../../renderer/navigation/title.ts';
import { DEFAULT_VIEW, type ViewState } from '../../../renderer/state/viewHash.ts';
import { withDocument } from '../withDocument.ts';

const titleOf = (view: Partial<ViewState>, photo: string | null = null): string =>
  viewTitle({ ...DEFAULT_VIEW, ...view }, translate, (key) => i18next.exists(key), photo);

beforeEach(() => withDocument(() => startTranslation('en')));

describe('the title of the window', () => {
  it('says what is looked at', () => {
    expect(titleOf({})).toBe('All photos – Tagroll');
    expect(titleOf({ query: 'tag:beach date:2019' })).toMatch(/^beach · .*2019 – Tagroll$/);
    expect(titleOf({ query: 'tag:beach OR tag:lake' })).toBe('beach or lake – Tagroll');
    expect(titleOf({ query: 'is:favorite' })).toBe('Favourites – Tagroll');
    expect(titleOf({ section: 'problems' })).toBe('Problems – Tagroll');
    expect(titleOf({ section: 'tagging', query: 'tag:beach' })).toBe('Tagging – Tagroll');
    expect(titleOf({ query: 'tag:beach', viewerId: 3 }, 'rose.jpg')).toBe('rose.jpg – Tagroll');
    expect(titleOf({ query: 'tag:beach', viewerId: 3 })).toBe('beach – Tagroll');
  });

  it('speaks the person’s language', async () => {
    await withDocument(() => setLanguage('zh'));
    expect(titleOf({})).toBe('全部照片 – Tagroll');
    expect(titleOf({ query: 'tag:海滩 -is:missing' })).not.toMatch(/missing/);
  });

  it('stays one short line', () => {
    const long = titleOf({ query: `"${'long '.repeat(100)}"` });
    expect(long).toMatch(/^long .*…\s–\sTagroll$/);
    expect([...long].length).toBeLessThan(100);
    expect(titleOf({}, 'a\nb\u202egpj.exe')).toBe('a b gpj.exe – Tagroll');
    expect(titleOf({ query: '  ' })).toMatch(/– Tagroll$/);
  });
});
