import { describe, expect, it } from 'vitest';
import { largest, median, percentile } from '../../../bench/lib/statistics.ts';

describe('statistics', () => {
  it('takes the middle, or the mean of the two middle ones', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([])).toBeNaN();
  });

  it('goes linearly between neighbours', () => {
    expect(percentile([0, 10], 99)).toBeCloseTo(9.9);
    expect(percentile([3, 1, 2], 0)).toBe(1);
    expect(percentile([3, 1, 2], 100)).toBe(3);
  });

  it('finds the largest', () => {
    expect(largest([2, 7, 3])).toBe(7);
  });
});
