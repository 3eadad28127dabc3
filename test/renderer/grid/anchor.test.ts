import { describe, expect, it } from 'vitest';
import { topAfterChange } from '../../../renderer/grid/anchor.ts';
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

  it('stays where it is when nothing of it is left', () => {
    const after = { layout: layoutOf(10), ids: idsFrom(5000, 10) };
    expect(topAfterChange({ layout, ids, top: 9000 }, after, VIEWPORT, null)).toBe(9000);
  });
});
