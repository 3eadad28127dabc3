import { describe, expect, it } from 'vitest';
import { ramp, tidyConfidence } from '../../../../main/tagging/onDevice/confidence.ts';

describe('confidence', () => {
  it('runs from 0 over 50 at the threshold to 100, in either direction', () => {
    expect([0, 1, 2, 3, 4, 5, 6].map((value) => ramp(value, 1, 5))).toEqual([
      0, 0, 25, 50, 75, 100, 100,
    ]);
    expect([6, 4, 3, 2, 0].map((value) => ramp(value, 5, 1))).toEqual([0, 25, 50, 75, 100]);
  });

  it('takes no value for certain that is not a number', () => {
    expect(ramp(Number.NaN, 0, 1)).toBe(0);
    expect(ramp(Number.POSITIVE_INFINITY, 0, 1)).toBe(100);
    expect(tidyConfidence(Number.NaN)).toBe(0);
  });

  it('clamps and keeps one decimal', () => {
    expect([-3, 33.333, 99.97, 140].map(tidyConfidence)).toEqual([0, 33.3, 100, 100]);
  });
});
