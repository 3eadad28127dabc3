import { describe, expect, it } from 'vitest';
import { createRecycler } from '../../../renderer/grid/recycler.ts';

describe('createRecycler', () => {
  it('keeps the slots of photos that stay and hands on those of photos that left', () => {
    const assign = createRecycler();
    expect(assign([1, 2, 3])).toEqual([0, 1, 2]);
    expect(assign([2, 3, 4])).toEqual([1, 2, 0]);
    expect(assign([9, 2, 3, 4])).toEqual([3, 1, 2, 0]);
  });

  it('never gives one slot to two photos, and uses no more than are needed', () => {
    const assign = createRecycler();
    for (let first = 0; first < 500; first += 7) {
      const ids = Array.from({ length: 40 + (first % 5) }, (_, at) => first + at);
      const slots = assign(ids);
      expect(new Set(slots).size).toBe(ids.length);
    }
    expect(Math.max(...assign([1000, 1001]))).toBe(1);
  });
});
