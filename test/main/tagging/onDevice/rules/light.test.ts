import { describe, expect, it } from 'vitest';
import { measureCrop } from '../../../../../main/tagging/onDevice/crop.ts';
import {
  measureRaster,
  type RasterStatistics,
} from '../../../../../main/tagging/onDevice/raster.ts';
import {
  backlit,
  bright,
  dark,
  highContrast,
  lowContrast,
} from '../../../../../main/tagging/onDevice/rules/light.ts';
import { asRaster, drawRaster, type Pixels, uniformGrey, writtenPage } from '../pictures.ts';

function measured(pixels: Pixels): RasterStatistics {
  const raster = measureRaster(pixels);
  if (!raster) throw new Error('no statistics');
  return raster;
}

const ramp = measured(drawRaster(256, 64, (x) => [x, x, x]));
const checkers = measured(
  drawRaster(160, 120, (x, y) => (((x >> 3) + (y >> 3)) % 2 === 0 ? [4, 4, 4] : [250, 250, 250])),
);

describe('dark and bright', () => {
  it('grow with less and more light, and never come together', () => {
    const greys = Array.from({ length: 52 }, (_, step) => measured(uniformGrey(step * 5)));
    const darks = greys.map(dark);
    const brights = greys.map(bright);
    expect(darks).toEqual(darks.toSorted((a, b) => b - a));
    expect(brights).toEqual(brights.toSorted((a, b) => a - b));
    expect(darks[0]).toBe(100);
    expect(brights.at(-1)).toBe(100);
    expect(greys.filter((_, at) => (darks[at] ?? 0) > 0 && (brights[at] ?? 0) > 0)).toEqual([]);
    expect(dark(measured(uniformGrey(118))) + bright(measured(uniformGrey(118)))).toBe(0);
  });

  it('sit at their thresholds by the mean', () => {
    expect(dark(measured(uniformGrey(56)))).toBeCloseTo(50, -1);
    expect(bright(measured(uniformGrey(179)))).toBeCloseTo(50, -1);
  });
});

describe('contrast', () => {
  it('is high in a checkerboard and neither in a ramp', () => {
    expect(highContrast(checkers)).toBe(100);
    expect(lowContrast(checkers, null)).toBe(0);
    expect(highContrast(ramp)).toBeLessThan(50);
    expect(lowContrast(ramp, null)).toBe(0);
  });

  it('is low in fog', () => {
    const fog = measured(drawRaster(160, 120, (x) => [150 + (x >> 3), 150 + (x >> 3), 155]));
    expect(lowContrast(fog, null)).toBe(100);
    expect(highContrast(fog)).toBe(0);
  });

  it('is not low where the strokes show at full scale only', () => {
    const page = writtenPage();
    const flattened = measured(uniformGrey(230));
    expect(lowContrast(flattened, null)).toBe(100);
    expect(lowContrast(flattened, measureCrop(page))).toBe(0);
  });
});

describe('backlit', () => {
  const inSubject = (x: number, y: number) => x >= 40 && x < 120 && y >= 40 && y < 108;

  it('sees a dark subject before bright light', () => {
    const silhouette = drawRaster(160, 120, (x, y) =>
      inSubject(x, y) ? [25, 25, 25] : [235, 235, 235],
    );
    expect(backlit(measured(silhouette))).toBeGreaterThan(90);
  });

  it('does not see it the other way round, nor in even or little light', () => {
    const spotlit = drawRaster(160, 120, (x, y) =>
      inSubject(x, y) ? [235, 235, 235] : [25, 25, 25],
    );
    expect(backlit(measured(spotlit))).toBe(0);
    expect(backlit(measured(uniformGrey(200)))).toBe(0);
    expect(backlit(measured(uniformGrey(20)))).toBe(0);
    expect(backlit(measured(asRaster(writtenPage())))).toBe(0);
  });
});
