import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  namedPlace,
  photoAtPlace,
  placeOfPhoto,
  rowPlaceOfPhoto,
  runOfPhoto,
  topForPhoto,
  topThatNames,
} from '../../../../renderer/grid/dates/places.ts';
import { cellOf } from '../../../../renderer/grid/layout.ts';
import { layoutOf, times } from './results.ts';

const DATES = [...times(10, '2019-07-14'), ...times(4, '2019-07-13'), ...times(40, '2018-01-01')];
const { layout } = layoutOf(DATES);

describe('photoAtPlace', () => {
  it('grows evenly from nothing to all photos, through headers too', () => {
    expect(photoAtPlace(layout, -5)).toBe(0);
    expect(photoAtPlace(layout, 0)).toBe(0);
    expect(photoAtPlace(layout, layout.heightPixels)).toBe(54);
    expect(photoAtPlace(layout, layout.heightPixels + 500)).toBe(54);
    let before = 0;
    for (let place = 0; place <= layout.heightPixels; place += 7) {
      const photo = photoAtPlace(layout, place);
      expect(photo).toBeGreaterThanOrEqual(before);
      expect(photo - before).toBeLessThan(0.25);
      before = photo;
    }
  });

  it('is the reverse of the place of a photo', () => {
    for (let index = 0; index < layout.count; index += 1) {
      expect(photoAtPlace(layout, placeOfPhoto(layout, index))).toBeCloseTo(index, 6);
      expect(rowPlaceOfPhoto(layout, index)).toBeLessThanOrEqual(placeOfPhoto(layout, index));
    }
    for (const index of layout.rowStarts.subarray(0, -1)) {
      expect(placeOfPhoto(layout, index)).toBe(rowPlaceOfPhoto(layout, index));
    }
    expect(placeOfPhoto(layout, 0)).toBe(0);
    expect(placeOfPhoto(layout, 10)).toBe(layout.sectionTops[1]);
    expect(rowPlaceOfPhoto(layout, 1)).toBe(0);
    expect(photoAtPlace(layoutOf([]).layout, 100)).toBe(0);
  });
});

describe('runOfPhoto', () => {
  it('finds the run of a photo, also between two and past the last', () => {
    const starts = Uint32Array.from([0, 10, 14, 54]);
    expect([0, 9.9, 10, 13, 14, 54].map((photo) => runOfPhoto(starts, photo))).toEqual([
      0, 0, 1, 1, 2, 2,
    ]);
  });
});

describe('topForPhoto', () => {
  it('puts the title of the day at the top', () => {
    expect(topForPhoto(layout, 10, 600)).toBe(layout.sectionTops[1]);
    expect(topForPhoto(layout, 12, 600)).toBe(layout.sectionTops[1]);
  });

  it('shows the photo where its day begins far above it', () => {
    const cell = cellOf(layout, 50);
    expect(topForPhoto(layout, 50, 600)).toBe((cell?.top ?? 0) - 44);
    expect(topForPhoto(layout, 99, 600)).toBe(0);
  });
});

describe('namedPlace', () => {
  it('is the top of the window, and moves to the very end with the last window', () => {
    const scrolled = { contentPixels: 10_000, viewportPixels: 1000 };
    expect(namedPlace(0, scrolled)).toBe(0);
    expect(namedPlace(4000, scrolled)).toBe(4000);
    expect(namedPlace(8000, scrolled)).toBe(8000);
    expect(namedPlace(8500, scrolled)).toBe(9000);
    expect(namedPlace(9000, scrolled)).toBe(10_000);
    expect(topThatNames(9000, scrolled)).toBe(8500);
    expect(topThatNames(-5, scrolled)).toBe(0);
    expect(topThatNames(20_000, scrolled)).toBe(9000);
  });

  it('is undone by topThatNames, and never leaves the content', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40_000_000 }),
        fc.integer({ min: 1, max: 3000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (contentPixels, viewportPixels, part) => {
          const scrolled = { contentPixels, viewportPixels };
          const range = Math.max(0, contentPixels - viewportPixels);
          const place = namedPlace(part * range, scrolled);
          expect(place).toBeGreaterThanOrEqual(0);
          expect(place).toBeLessThanOrEqual(contentPixels + 1e-6);
          expect(topThatNames(place, scrolled)).toBeCloseTo(part * range, 3);
          const top = topThatNames(part * contentPixels, scrolled);
          expect(top).toBeGreaterThanOrEqual(0);
          expect(top).toBeLessThanOrEqual(range + 1e-6);
        },
      ),
    );
  });
});
