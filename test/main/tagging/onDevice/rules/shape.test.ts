import { describe, expect, it } from 'vitest';
import {
  panorama,
  square,
  upright,
  wide,
} from '../../../../../main/tagging/onDevice/rules/shape.ts';

describe('shape', () => {
  it.each([
    [3000, 4000, 'upright'],
    [4000, 3000, 'wide'],
    [1080, 1080, 'square'],
    [1000, 1010, 'square'],
    [1010, 1000, 'square'],
    [1000, 1011, 'upright'],
    [1011, 1000, 'wide'],
    [1, 1, 'square'],
  ])('calls %i × %i %s and nothing else', (width, height, name) => {
    const given = Object.entries({ upright, wide, square }).filter(
      ([, rule]) => rule({ width, height }) > 0,
    );
    expect(given.map(([rule]) => rule)).toEqual([name]);
  });

  it('is less sure of a square that is not quite one', () => {
    expect(square({ width: 1000, height: 1000 })).toBe(100);
    expect(square({ width: 1000, height: 1010 })).toBeCloseTo(50, 6);
  });

  it('calls a panorama what is at least twice as long as short, either way up', () => {
    expect(panorama({ width: 1999, height: 1000 })).toBe(0);
    expect(panorama({ width: 2000, height: 1000 })).toBe(50);
    expect(panorama({ width: 1000, height: 2500 })).toBe(75);
    expect(panorama({ width: 9000, height: 1000 })).toBe(100);
  });

  it('says nothing of a picture without sides', () => {
    for (const rule of [upright, wide, square, panorama]) {
      expect(rule({ width: 0, height: 100 })).toBe(0);
      expect(rule({ width: Number.NaN, height: 100 })).toBe(0);
      expect(rule({ width: Number.POSITIVE_INFINITY, height: 100 })).toBe(0);
    }
  });
});
