import { describe, expect, it } from 'vitest';
import { chooseLanguage, otherTagName, tagName } from '../../../renderer/i18n/index.ts';

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
