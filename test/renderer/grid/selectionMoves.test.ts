import { describe, expect, it } from 'vitest';
import {
  EMPTY_SELECTION,
  keepExisting,
  moveFocus,
  selectAll,
  selectOne,
  selectRange,
  toggleOne,
} from '../../../renderer/grid/selectionMoves.ts';

const ORDER = new Uint32Array([50, 40, 30, 20, 10]);
const ids = (selection: { ids: ReadonlySet<number> }): number[] => [...selection.ids].sort();

describe('selection', () => {
  it('selects one, toggles others, and ranges from the last toggled', () => {
    const toggled = toggleOne(selectOne(50), 30);
    expect(ids(toggled)).toEqual([30, 50]);
    const range = selectRange(toggled, ORDER, 10);
    expect(ids(range)).toEqual([10, 20, 30]);
    expect(range).toMatchObject({ anchor: 30, focus: 10 });
    expect(ids(selectRange(toggled, ORDER, 20, true))).toEqual([20, 30, 50]);
    expect(ids(toggleOne(range, 20))).toEqual([10, 30]);
  });

  it('turns a range around its anchor', () => {
    const down = selectRange(selectOne(30), ORDER, 10);
    const up = selectRange(down, ORDER, 50);
    expect(ids(up)).toEqual([30, 40, 50]);
    expect(up.anchor).toBe(30);
  });

  it('moves the focus alone, and a range goes on from its anchor', () => {
    const moved = moveFocus(selectOne(50), 20);
    expect(ids(moved)).toEqual([50]);
    expect(moved).toMatchObject({ anchor: 50, focus: 20 });
    expect(ids(selectRange(moved, ORDER, 20))).toEqual([20, 30, 40, 50]);
    const fresh = moveFocus(EMPTY_SELECTION, 40);
    expect(ids(fresh)).toEqual([]);
    expect(ids(selectRange(fresh, ORDER, 20))).toEqual([20, 30, 40]);
  });

  it('begins anew where the anchor is gone', () => {
    expect(ids(selectRange(selectOne(99), ORDER, 20))).toEqual([20]);
    expect(selectRange(EMPTY_SELECTION, ORDER, 12345)).toBe(EMPTY_SELECTION);
  });

  it('selects all and keeps the focus', () => {
    const all = selectAll(selectOne(20), ORDER);
    expect(all.ids.size).toBe(5);
    expect(all.focus).toBe(20);
  });

  it('drops photos that left the result, and keeps the object when none did', () => {
    const all = selectAll(selectOne(20), ORDER);
    expect(keepExisting(all, ORDER)).toBe(all);
    const fewer = keepExisting(all, new Uint32Array([50, 40]));
    expect(ids(fewer)).toEqual([40, 50]);
    expect(fewer.focus).toBeNull();
  });

  it('drops them alike from few and from many', () => {
    const order = Uint32Array.from({ length: 1000 }, (_, index) => 5000 - index);
    const many = selectRange(selectOne(4990), order, 4500);
    const kept = keepExisting(many, order.subarray(0, 100));
    expect(kept.ids.size).toBe(90);
    expect(kept).toMatchObject({ anchor: 4990, focus: null });
    const few = keepExisting(toggleOne(selectOne(4990), 4500), order.subarray(0, 100));
    expect(ids(few)).toEqual([4990]);
    expect(few).toMatchObject({ anchor: null, focus: null });
  });
});
