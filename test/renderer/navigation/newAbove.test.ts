import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createIdSet } from '../../../renderer/grid/idSet.ts';
import {
  ALL_SEEN,
  type Unseen,
  unseenAfter,
  unseenAt,
} from '../../../renderer/navigation/newAbove.ts';

const list = (...values: number[]): Uint32Array => Uint32Array.from(values);
const unseen = (above: number[], below: number[] = []): Unseen => ({
  above: list(...above),
  below: list(...below),
});
const screen = (first: number, end: number) => ({ first, end });

describe('photos that came and were not seen', () => {
  it('are those that were not there, above and below the screen', () => {
    const after = unseenAfter(list(1, 2, 3), ALL_SEEN, list(9, 1, 8, 2, 7, 3, 6), screen(3, 6));
    expect(after).toEqual(unseen([0, 2], [6]));
    expect(unseenAfter(list(1, 2, 3), ALL_SEEN, list(3, 2, 1), screen(1, 2))).toEqual(ALL_SEEN);
  });

  it('are not those that come on screen', () => {
    expect(unseenAfter(list(1, 2), ALL_SEEN, list(9, 1, 2), screen(0, 3))).toEqual(ALL_SEEN);
  });

  it('are still unseen after the next change, until they go', () => {
    const first = unseenAfter(list(1, 2), ALL_SEEN, list(9, 1, 2), screen(1, 2));
    expect(first).toEqual(unseen([0]));
    const second = unseenAfter(list(9, 1, 2), first, list(8, 9, 1, 2), screen(2, 3));
    expect(second).toEqual(unseen([0, 1]));
    const third = unseenAfter(list(8, 9, 1, 2), second, list(8, 1, 2), screen(1, 2));
    expect(third).toEqual(unseen([0]));
  });

  it('are above once their date is known, though they came at the end', () => {
    const undated = unseenAfter(list(1, 2, 3), ALL_SEEN, list(1, 2, 3, 9), screen(1, 2));
    expect(undated).toEqual(unseen([], [3]));
    const dated = unseenAfter(list(1, 2, 3, 9), undated, list(9, 1, 2, 3), screen(2, 3));
    expect(dated).toEqual(unseen([0]));
  });

  it('are seen when the person scrolls to them or past them', () => {
    const some = unseen([0, 2, 9], [60, 80]);
    expect(unseenAt(some, screen(40, 60))).toBe(some);
    expect(unseenAt(some, screen(9, 29))).toEqual(unseen([0, 2], [60, 80]));
    expect(unseenAt(some, screen(41, 61))).toEqual(unseen([0, 2, 9], [80]));
    expect(unseenAt(some, screen(0, 20))).toEqual(unseen([], [60, 80]));
  });
});

describe('a set of ids', () => {
  it('answers like a Set', () => {
    const id = fc.integer({ min: 0, max: 5000 });
    fc.assert(
      fc.property(fc.array(id), fc.array(id), (members, asked) => {
        const known = new Set(members);
        const isMember = createIdSet(Uint32Array.from(members));
        for (const candidate of [...asked, ...members, 2 ** 32 - 1]) {
          expect(isMember(candidate)).toBe(known.has(candidate));
        }
      }),
    );
  });
});
