import { describe, expect, it } from 'vitest';
import {
  chooseLanguage,
  otherTagName,
  setLanguage,
  startTranslation,
  tagName,
  translate,
  translationIn,
} from '../../../renderer/i18n/index.ts';
import { withDocument } from '../withDocument.ts';

describe('chooseLanguage', () => {
  it('follows the setting, else the first language of the system that there is', () => {
    expect(chooseLanguage('zh', ['en-GB'])).toBe('zh');
    expect(chooseLanguage(null, ['fr', 'zh-Hant-TW', 'en'])).toBe('zh');
    expect(chooseLanguage(null, ['de-DE', 'en-US'])).toBe('en');
    expect(chooseLanguage(null, [])).toBe('en');
  });
});

describe('tag names', () => {
  it('are shown in the language, else in the other one', () => {
    expect(tagName({ en: 'bridge', zh: '桥' }, 'zh')).toBe('桥');
    expect(tagName({ en: 'bridge' }, 'zh')).toBe('bridge');
    expect(tagName({ zh: '桥' }, 'en')).toBe('桥');
  });

  it('have another name only where both differ', () => {
    expect(otherTagName({ en: 'bridge', zh: '桥' }, 'en')).toBe('桥');
    expect(otherTagName({ en: 'OPPO', zh: 'OPPO' }, 'en')).toBeNull();
    expect(otherTagName({ zh: '桥' }, 'en')).toBeNull();
  });
});

describe('texts', () => {
  it('are those of their language, whichever is on screen and however often they are asked for', async () => {
    await withDocument(async () => {
      await startTranslation('en');
      const { t: english } = translationIn('en');
      const { t: chinese } = translationIn('zh');
      for (let round = 0; round < 2; round += 1) {
        expect(english('search.label')).toBe('Search photos');
        expect(chinese('search.label')).not.toBe('Search photos');
        expect(english('common.photos', { count: 1 })).not.toBe(
          english('common.photos', { count: 7 }),
        );
        expect(chinese('common.photos', { count: 7 })).toContain('7');
      }
      await setLanguage('zh');
      expect(translate('search.label')).toBe(chinese('search.label'));
      expect(english('search.label')).toBe('Search photos');
      await setLanguage('en');
    });
  });

  it('are looked up by the same function each time, so that nothing is drawn anew for it', () => {
    expect(translationIn('en').t).toBe(translationIn('en').t);
    expect(translationIn('en').t).not.toBe(translationIn('zh').t);
  });
});
