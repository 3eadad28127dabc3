import { describe, expect, it } from 'vitest';
import {
  measureRaster,
  type RasterStatistics,
} from '../../../../../main/tagging/onDevice/raster.ts';
import {
  blackAndWhite,
  dominantColours,
  muted,
  sepia,
  vivid,
} from '../../../../../main/tagging/onDevice/rules/colour.ts';
import { drawRaster, type Pixels, randomNumbers, uniform, uniformGrey } from '../pictures.ts';

function measured(pixels: Pixels): RasterStatistics {
  const raster = measureRaster(pixels);
  if (!raster) throw new Error('no statistics');
  return raster;
}

const STRIPES = [
  [220, 20, 30],
  [0, 140, 40],
  [30, 60, 220],
  [250, 220, 0],
] as const;

describe('dominantColours', () => {
  it('gives the one colour of a uniform picture, surely', () => {
    expect(dominantColours(measured(uniform([30, 60, 220])))).toEqual([
      { name: 'blue', confidence: 100 },
    ]);
  });

  it('gives at most three, the largest first', () => {
    const widths = [0, 60, 105, 140, 160];
    const striped = drawRaster(160, 10, (x) => {
      const at = widths.findLastIndex((start) => x >= start);
      return STRIPES[at] ?? [0, 0, 0];
    });
    expect(dominantColours(measured(striped)).map(({ name }) => name)).toEqual([
      'red',
      'green',
      'blue',
    ]);
  });

  it('asks more of grey than of red', () => {
    const halves = drawRaster(100, 10, (x) => (x < 50 ? [128, 128, 128] : [220, 20, 30]));
    expect(dominantColours(measured(halves))).toEqual([
      { name: 'red', confidence: 100 },
      { name: 'grey', confidence: expect.closeTo(50, 6) },
    ]);
  });
});

describe('vivid and muted', () => {
  it('tell strong from pale colours', () => {
    const strong = measured(drawRaster(160, 10, (x) => STRIPES[x % 4] ?? [0, 0, 0]));
    const pale = measured(
      drawRaster(160, 10, (x, y) => (x % 2 ? [150 + y, 140, 138] : [135, 140, 150 + y])),
    );
    expect(vivid(strong)).toBe(100);
    expect(muted(strong)).toBe(0);
    expect(vivid(pale)).toBe(0);
    expect(muted(pale)).toBeGreaterThan(50);
  });

  it('do not call a grey picture muted', () => {
    expect(muted(measured(drawRaster(256, 10, (x) => [x, x, x])))).toBe(0);
    expect(muted(measured(uniformGrey(128)))).toBe(0);
  });
});

describe('black and white', () => {
  const random = randomNumbers(3);
  const noisy = (spread: number) =>
    measured(
      drawRaster(160, 120, (x) => {
        const shift = () => Math.round((random() - 0.5) * spread);
        return [40 + x + shift(), 40 + x + shift(), 40 + x + shift()];
      }),
    );

  it('is sure of pure greys and less so with some noise in the colours', () => {
    expect(blackAndWhite(noisy(0))).toBe(100);
    const little = blackAndWhite(noisy(6));
    expect(little).toBeGreaterThan(40);
    expect(little).toBeLessThan(100);
    expect(blackAndWhite(noisy(40))).toBe(0);
  });

  it('asks for shades: a plain grey or white field is none', () => {
    expect(blackAndWhite(measured(uniformGrey(128)))).toBe(0);
    expect(blackAndWhite(measured(uniformGrey(255)))).toBe(0);
  });

  it('is not a toned or coloured picture', () => {
    expect(blackAndWhite(measured(drawRaster(256, 9, (x) => [x, x * 0.85, x * 0.7])))).toBe(0);
    expect(blackAndWhite(measured(drawRaster(256, 9, (x) => [x, 255 - x, 90])))).toBe(0);
  });
});

describe('sepia', () => {
  /** The usual sepia filter: a weighted sum for each channel. */
  const toned = measured(
    drawRaster(200, 20, (x) => [
      Math.min(255, x * 1.351),
      Math.min(255, x * 1.203),
      Math.min(255, x * 0.937),
    ]),
  );

  it('sees one brown tint over all shades', () => {
    expect(sepia(toned)).toBeGreaterThan(50);
    expect(blackAndWhite(toned)).toBe(0);
    expect(muted(toned)).toBe(0);
  });

  it('does not see it in grey, in a blue tint, in a plain brown field or in autumn leaves', () => {
    expect(sepia(measured(drawRaster(256, 9, (x) => [x, x, x])))).toBe(0);
    expect(sepia(measured(drawRaster(256, 9, (x) => [x * 0.7, x * 0.85, x])))).toBe(0);
    expect(sepia(measured(uniform([150, 110, 70])))).toBe(0);
    const leaves = drawRaster(160, 90, (x, y) =>
      (x + y) % 3 === 0 ? [180, 90, 20] : (x + y) % 3 === 1 ? [110, 120, 40] : [200, 170, 60],
    );
    expect(sepia(measured(leaves))).toBe(0);
    const sunset = drawRaster(160, 90, (_, y) => (y < 60 ? [255, 150, 20] : [20, 14, 10]));
    expect(sepia(measured(sunset))).toBe(0);
  });
});
