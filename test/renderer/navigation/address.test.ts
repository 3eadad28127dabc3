import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addressOf, viewFromAddress } from '../../../renderer/navigation/address.ts';
import { DEFAULT_VIEW, type ViewState } from '../../../renderer/state/viewHash.ts';

const view: fc.Arbitrary<ViewState> = fc.record({
  query: fc.string({ unit: 'grapheme' }).filter((text) => text.isWellFormed()),
  threshold: fc.integer({ min: 0, max: 100 }),
  sort: fc.constantFrom('taken', 'added', 'name', 'confidence'),
  ascending: fc.boolean(),
  section: fc.constantFrom('photos', 'problems', 'tagging'),
  viewerId: fc.option(fc.integer({ min: 1, max: 2 ** 40 })),
  zoom: fc.constantFrom(0, 1, 2, 3, 4),
});

const before = Object.getOwnPropertyDescriptor(globalThis, 'window');
const openAt = (address: string, tagroll?: object): void => {
  const location = new URL(address);
  Object.defineProperty(globalThis, 'window', {
    value: { location, ...(tagroll ? { tagroll } : {}) },
    configurable: true,
  });
};
beforeEach(() => openAt('http://127.0.0.1:41234/?token=SECRET#/photos?lens=50&zoom=2'));
afterEach(() => {
  if (before) Object.defineProperty(globalThis, 'window', before);
  else Reflect.deleteProperty(globalThis, 'window');
});

describe('the address of a view', () => {
  it('is a whole one in a browser, without what lets a window in', () => {
    expect(addressOf({ ...DEFAULT_VIEW, query: '狗 -tag:family' })).toBe(
      'http://127.0.0.1:41234/#/photos?q=%E7%8B%97+-tag%3Afamily&lens=50&zoom=2',
    );
  });

  it('begins with its sign in the desktop app', () => {
    openAt('tagroll://window/', {});
    expect(addressOf({ ...DEFAULT_VIEW, section: 'problems' })).toBe('#/problems?lens=50&zoom=2');
  });

  it('leads to the same view when it is pasted', () => {
    fc.assert(
      fc.property(view, fc.boolean(), (state, isDesktop) => {
        openAt(isDesktop ? 'tagroll://window/' : 'http://127.0.0.1:5/', isDesktop ? {} : undefined);
        const { zoom: _zoom, ...rest } = state;
        expect(viewFromAddress(addressOf(state))).toEqual(rest);
      }),
    );
  });
});

describe('viewFromAddress', () => {
  it('takes addresses of any window, and nothing but the view from them', () => {
    const found = { ...DEFAULT_VIEW, query: 'dog', threshold: 30 };
    const { zoom: _zoom, ...expected } = found;
    for (const page of [
      '',
      'http://127.0.0.1:9/',
      'http://localhost:9999/',
      'http://127.0.0.1:9/?token=SECRET',
      'tagroll://window/',
    ]) {
      expect(viewFromAddress(`${page}#/photos?q=dog&lens=30&zoom=4`), page).toEqual(expected);
    }
    expect(viewFromAddress('  #/photos?q=dog&lens=30\n')).toEqual(expected);
  });

  it('leaves the lens alone where the address does not name one', () => {
    const read = viewFromAddress('#/photos?q=dog');
    expect(read).toMatchObject({ query: 'dog', viewerId: null });
    expect(read).not.toHaveProperty('threshold');
    expect(viewFromAddress('#/photos?q=dog&lens=50')).toHaveProperty('threshold', 50);
    expect(viewFromAddress('#/photos?q=dog&lens=999')).not.toHaveProperty('threshold');
  });

  it.each([
    'dog',
    '#1',
    '#beach',
    '#/albums?q=x',
    'https://example.com/#/photos?q=dog',
    'http://127.0.0.1.example.com/#/photos?q=dog',
    'http://127.0.0.1:9/other#/photos?q=dog',
    'tagroll://other/#/photos?q=dog',
    'javascript:alert(1)#/photos?q=dog',
    'look: #/photos?q=dog',
    'http://[#/photos',
    '',
  ])('leaves other text alone: %s', (text) => {
    expect(viewFromAddress(text)).toBeNull();
  });

  it('reads any text without a fault', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (page, rest) => {
        const read = viewFromAddress(`${page}#/photos?${rest}`);
        expect(read === null || typeof read.query === 'string').toBe(true);
      }),
    );
  });
});
