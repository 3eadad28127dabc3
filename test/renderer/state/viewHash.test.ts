import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  asZoom,
  DEFAULT_VIEW,
  decodeView,
  encodeView,
  type ViewState,
} from '../../../renderer/state/viewHash.ts';

const view: fc.Arbitrary<ViewState> = fc.record({
  query: fc.string({ unit: 'grapheme' }).filter((text) => text.isWellFormed()),
  threshold: fc.integer({ min: 0, max: 100 }),
  sort: fc.constantFrom('taken', 'added', 'name', 'confidence'),
  ascending: fc.boolean(),
  section: fc.constantFrom('photos', 'problems', 'tagging'),
  viewerId: fc.option(fc.integer({ min: 1, max: 2 ** 40 })),
  zoom: fc.constantFrom(0, 1, 2, 3, 4),
});

describe('the view in the address', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(view, (state) => {
        expect(decodeView(encodeView(state))).toEqual(state);
      }),
    );
  });

  it('reads any text without a fault', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(encodeView(decodeView(`#/photos?${text}`))).toMatch(/^#\/photos\?/);
      }),
    );
  });

  it('falls back where it is not understood', () => {
    const fallback = { ...DEFAULT_VIEW, threshold: 20, zoom: 4 as const };
    expect(decodeView('', fallback)).toBe(fallback);
    expect(decodeView('#/albums', fallback)).toBe(fallback);
    expect(decodeView('#/photos?lens=101&zoom=9&sort=size&photo=-1', fallback)).toEqual(fallback);
  });
});

describe('asZoom', () => {
  it('takes the nearest step', () => {
    expect([-3, 0.4, 2.6, 99].map(asZoom)).toEqual([0, 0, 3, 4]);
  });
});
