import { describe, expect, it } from 'vitest';
import { isolatedName, visibleName, withoutIsolation } from '../../../renderer/i18n/directions.ts';
import { startTranslation, translationIn } from '../../../renderer/i18n/index.ts';
import { withDocument } from '../withDocument.ts';

const DISGUISED = 'photo\u202egpj.exe';
const HEBREW = '/home/x/תמונות';

describe('names', () => {
  it('in ordinary letters stay as they are, to the byte', () => {
    for (const name of ['', 'IMG_0001.JPG', '海边.jpg', 'Café – été', '🏖️ 1\u200d2', 'a\ufffdb']) {
      expect(visibleName(name)).toBe(name);
      expect(isolatedName(name)).toBe(name);
    }
  });

  it('show the signs that turn text round', () => {
    expect(visibleName(DISGUISED)).toBe('photo[U+202E]gpj.exe');
    expect(visibleName('a\u2067b\u2069c')).toBe('a[U+2067]b[U+2069]c');
  });

  it('close off letters of the other direction', () => {
    expect(isolatedName(HEBREW)).toBe(`\u2068${HEBREW}\u2069`);
    expect(isolatedName('صور')).toBe('\u2068صور\u2069');
    expect(withoutIsolation(isolatedName(HEBREW))).toBe(HEBREW);
  });

  it('cannot break out of what closes them off', () => {
    expect(isolatedName('a\u2069b')).toBe('\u2068a[U+2069]b\u2069');
    expect(isolatedName('a\u2068b')).toBe('\u2068a[U+2068]b\u2069');
    // A sentence with a name in it may stand in another one.
    const inner = isolatedName(HEBREW);
    expect(isolatedName(`in ${inner}`)).toBe(`\u2068in ${inner}\u2069`);
  });
});

describe('sentences', () => {
  it('close names off in both languages, and leave the others alone', async () => {
    await withDocument(async () => {
      await startTranslation('en');
      const { t: english } = translationIn('en');
      const { t: chinese } = translationIn('zh');
      for (const t of [english, chinese]) {
        expect(t('errors.folder_missing', { path: HEBREW })).toContain(`\u2068${HEBREW}\u2069`);
        expect(t('errors.folder_missing', { path: DISGUISED })).toContain(
          '\u2068photo[U+202E]gpj.exe\u2069',
        );
        expect(t('errors.folder_missing', { path: '/照片/a&b' })).toContain('/照片/a&b');
        expect(t('errors.folder_missing', { path: '/a' })).not.toMatch(/[\u2066-\u2069]/);
      }
      expect(english('folders.removed', { path: HEBREW, count: 1200 })).toContain('1,200');
    });
  });
});
