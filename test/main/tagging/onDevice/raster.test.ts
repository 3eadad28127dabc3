import { describe, expect, it } from 'vitest';
import { COLOUR_NAMES } from '../../../../main/tagging/onDevice/colourNames.ts';
import { measureRaster } from '../../../../main/tagging/onDevice/raster.ts';
import { drawRaster, uniform, uniformGrey } from './pictures.ts';

describe('measureRaster', () => {
  it('measures the luma of a ramp', () => {
    const ramp = measureRaster(drawRaster(256, 10, (x) => [x, x, x]));
    expect(ramp?.meanLuma).toBeCloseTo(0.5, 2);
    expect(ramp?.lumaDeviation).toBeCloseTo(1 / Math.sqrt(12), 2);
    expect(ramp?.lumaAt(0.25)).toBeCloseTo(0.25, 2);
    expect(ramp?.lumaAt(0.95)).toBeCloseTo(0.95, 2);
  });

  it('keeps the grid by place', () => {
    const raster = measureRaster(
      drawRaster(160, 120, (x, y) => (y < 60 && x >= 80 ? [255, 255, 255] : [0, 0, 0])),
    );
    expect(raster?.grid[7]).toBe(1);
    expect(raster?.grid[0]).toBe(0);
    expect(raster?.grid[63]).toBe(0);
  });

  it('names colours by their shares, which sum to 1', () => {
    const raster = measureRaster(
      drawRaster(100, 100, (x) => (x < 75 ? [220, 20, 30] : [250, 250, 250])),
    );
    expect(raster?.colourShares[COLOUR_NAMES.indexOf('red')]).toBe(0.75);
    expect(raster?.colourShares[COLOUR_NAMES.indexOf('white')]).toBe(0.25);
    expect(raster?.colourShares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  });

  it('measures chroma: none in grey, much in blue', () => {
    expect(measureRaster(uniformGrey(90))?.meanChroma).toBe(0);
    expect(measureRaster(uniform([0, 0, 255]))?.meanChroma).toBeCloseTo(0.313, 2);
  });

  it('explains one tint by luma, and not two', () => {
    const toned = measureRaster(drawRaster(256, 10, (x) => [x, x * 0.8, x * 0.6]));
    const mixed = measureRaster(
      drawRaster(256, 10, (_, y) => (y % 2 === 0 ? [200, 100, 100] : [60, 130, 200])),
    );
    expect(toned?.tone.residual).toBeLessThan(3);
    expect(mixed?.tone.residual).toBeGreaterThan(40);
  });

  it('tells nothing without pixels', () => {
    expect(measureRaster({ data: new Uint8Array(0), width: 0, height: 0 })).toBeNull();
    expect(measureRaster({ data: new Uint8Array(8), width: 2, height: 2 })).toBeNull();
    expect(measureRaster({ data: new Uint8Array(12), width: Number.NaN, height: 2 })).toBeNull();
  });

  it('measures a single pixel', () => {
    expect(
      measureRaster({ data: new Uint8Array([255, 255, 255]), width: 1, height: 1 }),
    ).toMatchObject({ meanLuma: 1, lumaDeviation: 0 });
  });
});
