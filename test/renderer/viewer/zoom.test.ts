import { describe, expect, it } from 'vitest';
import {
  actualSizeZoom,
  clampPan,
  FITTED,
  fitSize,
  zoomBounds,
  zoomTo,
} from '../../../renderer/viewer/zoom.ts';

const STAGE = { width: 1200, height: 800 };

describe('viewer zoom', () => {
  it('fits wide and tall pictures whole', () => {
    expect(fitSize(3, STAGE, null)).toEqual({ width: 1200, height: 400 });
    expect(fitSize(0.5, STAGE, 6000)).toEqual({ width: 400, height: 800 });
  });

  it('does not blow up small pictures to fill the window', () => {
    expect(fitSize(1, STAGE, 100)).toEqual({ width: 200, height: 200 });
  });

  it('knows the zoom at which pixels are shown one to one', () => {
    const fitted = fitSize(1.5, STAGE, null);
    expect(actualSizeZoom(4800, fitted, 1)).toBe(4);
    expect(actualSizeZoom(4800, fitted, 2)).toBe(2);
    expect(zoomBounds(4)).toEqual({ min: 1, max: 32 });
    expect(zoomBounds(0.25).min).toBe(0.25);
    expect(zoomBounds(null)).toEqual({ min: 1, max: 8 });
  });

  it('keeps the point under the pointer where it is', () => {
    const bounds = zoomBounds(4);
    const point = { x: 200, y: -100 };
    const once = zoomTo(FITTED, 2, point, bounds);
    expect(once).toEqual({ zoom: 2, x: -200, y: 100 });
    const back = zoomTo(once, 1, point, bounds);
    expect(back.x).toBeCloseTo(0);
    expect(back.y).toBeCloseTo(0);
    expect(zoomTo(FITTED, 1e6, point, bounds).zoom).toBe(32);
    expect(zoomTo(FITTED, 0, point, bounds).zoom).toBe(1);
  });

  it('does not let the picture leave the window', () => {
    const fitted = fitSize(1.5, STAGE, null);
    expect(clampPan({ zoom: 1, x: 50, y: 50 }, fitted, STAGE)).toEqual(FITTED);
    expect(clampPan({ zoom: 2, x: 5000, y: -5000 }, fitted, STAGE)).toEqual({
      zoom: 2,
      x: 600,
      y: -400,
    });
    const inside = { zoom: 2, x: 10, y: 20 };
    expect(clampPan(inside, fitted, STAGE)).toBe(inside);
  });
});
