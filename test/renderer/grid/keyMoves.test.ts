import { describe, expect, it } from 'vitest';
import { indexAfterKey } from '../../../renderer/grid/keyMoves.ts';
import { layoutGrid } from '../../../renderer/grid/layout.ts';
import { packAspect } from '../../../shared/resultCodec.ts';

const layout = layoutGrid({
  aspects: new Uint16Array(100).fill(packAspect(3, 2)),
  days: null,
  // Four photos of 300 and three gaps: every row has four.
  widthPixels: 1212,
  rowHeightPixels: 200,
  gapPixels: 4,
  headerPixels: 0,
});

describe('indexAfterKey', () => {
  it.each([
    ['ArrowLeft', 5, 4],
    ['ArrowLeft', 0, 0],
    ['ArrowRight', 3, 4],
    ['ArrowRight', 99, 99],
    ['ArrowDown', 1, 5],
    ['ArrowUp', 5, 1],
    ['ArrowUp', 2, 2],
    ['PageDown', 0, 12],
    ['PageUp', 13, 1],
    ['Home', 50, 0],
    ['End', 50, 99],
  ])('%s from %i leads to %i', (key, from, to) => {
    expect(indexAfterKey(key, layout, from, 620)).toBe(to);
  });

  it('leaves other keys alone', () => {
    expect(indexAfterKey('a', layout, 5, 620)).toBeNull();
  });
});
