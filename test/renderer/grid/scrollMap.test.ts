import { describe, expect, it } from 'vitest';
import {
  contentTop,
  createScrollMap,
  followScroll,
  scrollRange,
  scrollToContent,
} from '../../../renderer/grid/scrollMap.ts';

const VIEWPORT = 800;

describe('scrollMap', () => {
  it('leaves heights below the limit alone', () => {
    const map = createScrollMap(500_000, VIEWPORT);
    expect(map.elementPixels).toBe(500_000);
    const followed = followScroll(map, 0, 12_345);
    expect(followed.elementTop).toBe(12_345);
    expect(contentTop(followed.map, 12_345)).toBe(12_345);
    expect(scrollToContent(map, 1e9).elementTop).toBe(499_200);
  });

  it('reaches both ends and the middle of a content that is taller than any element', () => {
    const map = createScrollMap(60_000_000, VIEWPORT);
    expect(map.elementPixels).toBe(12_000_000);
    for (const top of [0, 1, 30_000_000, 59_999_199, 59_999_200]) {
      const placed = scrollToContent(map, top);
      expect(contentTop(placed.map, placed.elementTop)).toBeCloseTo(top, 5);
      expect(Number.isInteger(placed.elementTop)).toBe(true);
    }
  });

  it('moves the content by exactly what the wheel moved', () => {
    const placed = scrollToContent(createScrollMap(60_000_000, VIEWPORT), 20_000_000);
    const followed = followScroll(placed.map, placed.elementTop, placed.elementTop + 120);
    expect(contentTop(followed.map, followed.elementTop)).toBeCloseTo(20_000_120, 5);
  });

  it('takes a jump as a place in the whole', () => {
    const map = createScrollMap(60_000_000, VIEWPORT);
    const followed = followScroll(map, 0, 6_000_000);
    const share = contentTop(followed.map, followed.elementTop) / scrollRange(map);
    expect(share).toBeCloseTo(0.5, 3);
  });

  it('wheels through everything, down and up, without being stuck at an edge', () => {
    let map = createScrollMap(60_000, VIEWPORT, 12_000);
    let elementTop = 0;
    const elementEnd = 12_000 - VIEWPORT;
    const wheel = (by: number): void => {
      // The browser clamps what the wheel asks for.
      const moved = Math.min(elementEnd, Math.max(0, elementTop + by));
      const followed = followScroll(map, elementTop, moved);
      map = followed.map;
      elementTop = followed.elementTop;
    };
    let before = 0;
    let steps = 0;
    while (contentTop(map, elementTop) < scrollRange(map) && steps < 2000) {
      wheel(120);
      const now = contentTop(map, elementTop);
      expect(now - before).toBeGreaterThan(0);
      expect(now - before).toBeLessThanOrEqual(121);
      before = now;
      steps += 1;
    }
    expect(contentTop(map, elementTop)).toBeCloseTo(scrollRange(map), 3);
    while (contentTop(map, elementTop) > 0 && steps < 4000) {
      wheel(-120);
      steps += 1;
    }
    expect(contentTop(map, elementTop)).toBe(0);
    expect(elementTop).toBe(0);
  });
});
