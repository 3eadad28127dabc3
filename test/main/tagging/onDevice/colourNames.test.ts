import { describe, expect, it } from 'vitest';
import { nameColour, toOklch } from '../../../../main/tagging/onDevice/colourNames.ts';

/** Colours that nobody would argue about, as sRGB. */
const NAMED: readonly (readonly [string, number, number, number])[] = [
  ['red', 255, 0, 0],
  ['red', 178, 34, 34],
  ['orange', 255, 140, 0],
  ['orange', 255, 165, 0],
  ['yellow', 255, 255, 0],
  ['yellow', 255, 215, 0],
  ['yellow', 255, 250, 205],
  ['green', 0, 128, 0],
  ['green', 34, 139, 34],
  ['green', 0, 255, 0],
  ['green', 85, 107, 47],
  ['cyan', 0, 255, 255],
  ['cyan', 0, 139, 139],
  ['blue', 0, 0, 255],
  ['blue', 65, 105, 225],
  ['blue', 135, 206, 235],
  ['purple', 128, 0, 128],
  ['purple', 138, 43, 226],
  ['pink', 255, 192, 203],
  ['pink', 255, 105, 180],
  ['pink', 255, 224, 210],
  ['yellow', 255, 235, 205],
  ['brown', 210, 180, 140],
  ['brown', 139, 69, 19],
  ['brown', 101, 67, 33],
  ['black', 0, 0, 0],
  ['black', 20, 20, 24],
  ['white', 255, 255, 255],
  ['white', 245, 245, 240],
  ['grey', 128, 128, 128],
  ['grey', 190, 190, 192],
];

describe('nameColour', () => {
  it.each(NAMED)('says %s of %i, %i, %i', (name, red, green, blue) => {
    expect(nameColour(toOklch(red, green, blue))).toBe(name);
  });

  it('converts to Oklch as published', () => {
    const red = toOklch(255, 0, 0);
    expect(red.lightness).toBeCloseTo(0.628, 3);
    expect(red.chroma).toBeCloseTo(0.2577, 3);
    expect(red.hueDegrees).toBeCloseTo(29.23, 1);
    expect(toOklch(255, 255, 255).lightness).toBeCloseTo(1, 4);
    expect(toOklch(128, 128, 128).chroma).toBeLessThan(0.0001);
  });
});
