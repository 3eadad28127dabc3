import { describe, expect, it } from 'vitest';
import { placeIn, topAfterChange, topOfPlace } from '../../../renderer/grid/anchor.ts';
import { cellOf, type GridLayout, layoutGrid } from '../../../renderer/grid/layout.ts';
import { packAspect } from '../../../shared/resultCodec.ts';

const VIEWPORT = 800;

function layoutOf(count: number, rowHeightPixels = 200, widthPixels = 1000): GridLayout {
  const aspects = Uint16Array.from({ length: count }, (_, at) => packAspect(3 + (at % 3), 3));
  const days = Int32Array.from({ length: count }, (_, at) => 18_000 - Math.floor(at / 17));
  return layoutGrid({
    aspects,
    days,
    widthPixels,
    rowHeightPixels,
    gapPixels: 4,
    headerPixels: 44,
  });
}

const idsFrom = (first: number, count: number): Uint32Array =>
  Uint32Array.from({ length: count }, (_, at) => first + at);

function screenY(layout: GridLayout, index: number, top: number): number {
  return (cellOf(layout, index)?.top ?? Number.NaN) - top;
}

describe('topAfterChange', () => {
  const layout = layoutOf(1000);
  const ids = idsFrom(1, 1000);

  it('keeps what is looked at in place when photos arrive above it', () => {
    const top = 7123;
    const after = { layout: layoutOf(1010), ids: idsFrom(-9, 1010) };
    const newTop = topAfterChange({ layout, ids, top }, after, VIEWPORT, null);
    const looked = ids.findIndex((_, index) => screenY(layout, index, top) >= -100);
    const found = after.ids.indexOf(ids[looked] ?? 0);
    expect(screenY(after.layout, found, newTop)).toBeCloseTo(screenY(layout, looked, top), 5);
  });

  it('stays at the very top, so that a new photo is seen', () => {
    const after = { layout: layoutOf(1001), ids: idsFrom(0, 1001) };
    expect(topAfterChange({ layout, ids, top: 3 }, after, VIEWPORT, null)).toBe(0);
  });

  it('keeps the focused photo in place through a zoom, if it is in view', () => {
    const top = 20_000;
    const focus = ids.findIndex((_, index) => screenY(layout, index, top) > 400);
    const zoomed = { layout: layoutOf(1000, 400), ids };
    const newTop = topAfterChange({ layout, ids, top }, zoomed, VIEWPORT, ids[focus] ?? null);
    expect(screenY(zoomed.layout, focus, newTop)).toBeCloseTo(screenY(layout, focus, top), 5);
    const away = topAfterChange({ layout, ids, top }, zoomed, VIEWPORT, 1);
    expect(away).not.toBe(newTop);
  });

  it('takes the next photo that is still there when the first one left', () => {
    const top = 5000;
    const after = { layout: layoutOf(500), ids: ids.filter((id) => id % 2 === 0) };
    const newTop = topAfterChange({ layout, ids, top }, after, VIEWPORT, null);
    const visible = [...after.ids].filter((_, index) => {
      const y = screenY(after.layout, index, newTop);
      return y > -100 && y < VIEWPORT;
    });
    const before = [...ids].filter((_, index) => {
      const y = screenY(layout, index, top);
      return y > -100 && y < VIEWPORT;
    });
    expect(visible.some((id) => before.includes(id))).toBe(true);
  });

  it('stays beside the focused photo when that one leaves', () => {
    const top = 20_000;
    const focus = ids.findIndex((_, index) => screenY(layout, index, top) > 400);
    const after = { layout: layoutOf(999), ids: ids.filter((_, index) => index !== focus) };
    const newTop = topAfterChange({ layout, ids, top }, after, VIEWPORT, ids[focus] ?? null);
    const first = ids.findIndex((_, index) => screenY(layout, index, top) >= -100);
    const found = after.ids.indexOf(ids[first] ?? 0);
    expect(screenY(after.layout, found, newTop)).toBeCloseTo(screenY(layout, first, top), 5);
  });

  it('goes to the nearest photo that is left when all on screen leave', () => {
    const top = 20_000;
    const shown = [...ids.keys()].filter((index) => {
      const y = screenY(layout, index, top);
      return y > -300 && y < VIEWPORT + 300;
    });
    const from = (shown[0] ?? 0) - 3;
    const to = (shown.at(-1) ?? 0) + 250;
    // Far more leave after the screen than before it: the nearest one lies before.
    const kept = ids.filter((_, index) => index < from || index > to);
    const after = { layout: layoutOf(kept.length), ids: kept };
    const newTop = topAfterChange({ layout, ids, top }, after, VIEWPORT, null);
    const y = screenY(after.layout, from - 1, newTop);
    expect(y).toBeGreaterThanOrEqual(0);
    expect(y).toBeLessThan(VIEWPORT);
  });

  it('stays where it is when nothing of it is left', () => {
    const after = { layout: layoutOf(10), ids: idsFrom(5000, 10) };
    expect(topAfterChange({ layout, ids, top: 9000 }, after, VIEWPORT, null)).toBe(9000);
  });
});

describe('a place that is kept', () => {
  const layout = layoutOf(1000);
  const ids = idsFrom(1, 1000);

  it('is nothing at the very top', () => {
    expect(placeIn({ layout, ids, top: 4 }, VIEWPORT, 1)).toBeNull();
    expect(topOfPlace(null, { layout, ids })).toBe(0);
  });

  it('leads back to where it was', () => {
    for (const top of [9, 500, 7123, layout.heightPixels - VIEWPORT]) {
      const place = placeIn({ layout, ids, top }, VIEWPORT, null);
      expect(topOfPlace(place, { layout, ids })).toBeCloseTo(top, 5);
    }
  });

  it('holds its photo in another order of things', () => {
    const place = placeIn({ layout, ids, top: 7123 }, VIEWPORT, null);
    const wider = { layout: layoutOf(1200, 280, 1400), ids: idsFrom(-199, 1200) };
    const top = topOfPlace(place, wider);
    const at = wider.ids.indexOf(place?.photoId ?? 0);
    expect(screenY(wider.layout, at, top)).toBeCloseTo(place?.y ?? 0, 5);
  });

  it('is that of the focused photo while it is in view', () => {
    const focus = ids.findIndex((_, index) => screenY(layout, index, 20_000) > 400);
    const place = placeIn({ layout, ids, top: 20_000 }, VIEWPORT, ids[focus] ?? null);
    expect(place?.photoId).toBe(ids[focus]);
    expect(placeIn({ layout, ids, top: 20_000 }, VIEWPORT, 1)?.photoId).not.toBe(1);
  });

  it('is its number in the result when the photo has gone', () => {
    const place = placeIn({ layout, ids, top: 7123 }, VIEWPORT, null);
    const others = { layout, ids: idsFrom(5000, 1000) };
    expect(topOfPlace(place, others)).toBeCloseTo(7123, 5);
    const few = { layout: layoutOf(3), ids: idsFrom(5000, 3) };
    expect(topOfPlace(place, few)).toBeGreaterThanOrEqual(0);
    expect(topOfPlace(place, { layout: layoutOf(0), ids: idsFrom(1, 0) })).toBe(0);
  });
});
