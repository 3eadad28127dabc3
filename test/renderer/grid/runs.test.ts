import { describe, expect, it } from 'vitest';
import { endOfRun } from '../../../renderer/grid/runs.ts';

describe('endOfRun', () => {
  it('finds the end of runs of every length, wherever they begin', () => {
    for (let length = 1; length <= 40; length += 1) {
      for (let before = 0; before <= 5; before += 1) {
        const values = new Int32Array(before + length + 3).fill(7, 0, before);
        values.fill(5, before, before + length);
        values.fill(3, before + length);
        expect(endOfRun(values, before)).toBe(before + length);
      }
    }
  });

  it('ends where the values end', () => {
    expect(endOfRun(new Int32Array(1000).fill(9), 0)).toBe(1000);
    expect(endOfRun(Int32Array.of(1, 2), 1)).toBe(2);
  });
});
