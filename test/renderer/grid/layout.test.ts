import { describe, expect, it } from 'vitest';
import {
  asPartOf,
  cellOf,
  cellsOfRow,
  type GridLayout,
  indexByDistance,
  indexVertically,
  layoutGrid,
  rowAt,
  rowOfIndex,
  rowsBetween,
  sectionAt,
  sectionOfIndex,
} from '../../../renderer/grid/layout.ts';
import { packAspect } from '../../../shared/resultCodec.ts';

/** Repeatable numbers in 0..1. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function randomLibrary(count: number, seed: number): { aspects: Uint16Array; days: Int32Array } {
  const random = createRandom(seed);
  const aspects = new Uint16Array(count);
  const days = new Int32Array(count);
  let day = 18_000;
  for (let index = 0; index < count; index += 1) {
    const kind = random();
    if (kind < 0.05) aspects[index] = 0;
    else if (kind < 0.08) aspects[index] = packAspect(50, 1);
    else if (kind < 0.11) aspects[index] = packAspect(1, 50);
    else aspects[index] = packAspect(300 + random() * 900, 300 + random() * 900);
    if (random() < 0.1) day -= 1;
    days[index] = day;
  }
  return { aspects, days };
}

function layoutOf(
  library: { aspects: Uint16Array; days: Int32Array | null },
  widthPixels = 1100,
  rowHeightPixels = 200,
): GridLayout {
  return layoutGrid({ ...library, widthPixels, rowHeightPixels, gapPixels: 4, headerPixels: 44 });
}

describe('layoutGrid', () => {
  it('places every photo exactly once, in order and without overlap, at every width and zoom', () => {
    const library = randomLibrary(3000, 7);
    for (const width of [320, 652, 1117, 3840]) {
      for (const height of [96, 200, 400]) {
        const layout = layoutOf(library, width, height);
        let next = 0;
        let bottom = 0;
        for (let row = 0; row < layout.rowTops.length; row += 1) {
          const top = layout.rowTops[row] ?? Number.NaN;
          expect(top).toBeGreaterThanOrEqual(bottom);
          let right = -4;
          for (const cell of cellsOfRow(layout, row)) {
            expect(cell.index).toBe(next);
            expect(cell.left).toBe(right + 4);
            expect(cell.width).toBeGreaterThan(0);
            right = cell.left + cell.width;
            next += 1;
          }
          if (layout.rowFilled[row] === 1) expect(right).toBe(layout.widthPixels);
          else expect(right).toBeLessThanOrEqual(layout.widthPixels);
          bottom = top + (layout.rowHeights[row] ?? 0);
        }
        expect(next).toBe(3000);
        expect(layout.heightPixels).toBe(bottom);
      }
    }
  });

  it('begins a section with each day and leaves only last rows unfilled', () => {
    const library = randomLibrary(1000, 11);
    const layout = layoutOf(library);
    const starts = new Set(layout.sectionStarts);
    for (let index = 1; index < 1000; index += 1) {
      expect(starts.has(index)).toBe(library.days[index] !== library.days[index - 1]);
    }
    for (let row = 0; row < layout.rowTops.length; row += 1) {
      const end = layout.rowStarts[row + 1] ?? 0;
      if (layout.rowFilled[row] === 0) expect(starts.has(end)).toBe(true);
    }
    layout.sectionTops.forEach((top, section) => {
      const first = cellOf(layout, layout.sectionStarts[section] ?? -1);
      expect(first?.top).toBe(top + 44);
      expect(sectionOfIndex(layout, layout.sectionStarts[section] ?? -1)).toBe(section);
    });
  });

  it('keeps the wanted height in the last row, and stays near it elsewhere', () => {
    const aspects = new Uint16Array(201).fill(packAspect(3, 2));
    const layout = layoutOf({ aspects, days: null }, 1100, 200);
    expect(layout.rowHeights.at(-1)).toBe(200);
    for (const height of layout.rowHeights) {
      expect(height).toBeGreaterThan(150);
      expect(height).toBeLessThan(260);
    }
    expect(layout.sectionTops.length).toBe(1);
    expect(layout.rowTops[0]).toBe(0);
  });

  it('clamps strips and uses 3:2 for photos of unknown size', () => {
    const aspects = new Uint16Array([packAspect(1, 50), packAspect(50, 1), 0]);
    const layout = layoutOf({ aspects, days: new Int32Array([1, 2, 3]) }, 5000, 200);
    expect(cellOf(layout, 0)).toMatchObject({ width: 67, height: 200 });
    expect(cellOf(layout, 1)).toMatchObject({ width: 1000, height: 200 });
    expect(cellOf(layout, 2)).toMatchObject({ width: 300, height: 200 });
  });

  it('gives a photo that is wider than the window a row of its own', () => {
    const aspects = new Uint16Array([packAspect(2, 3), packAspect(9, 1), packAspect(2, 3)]);
    const layout = layoutOf({ aspects, days: null }, 600, 200);
    for (const height of layout.rowHeights) expect(height).toBeLessThanOrEqual(300);
    expect(cellOf(layout, 2)?.index).toBe(2);
  });

  it('survives an empty result and a window without width', () => {
    const empty = layoutOf({ aspects: new Uint16Array(0), days: new Int32Array(0) });
    expect(empty.heightPixels).toBe(0);
    expect(rowsBetween(empty, 0, 1000)).toEqual({ start: 0, end: 0 });
    expect(cellOf(empty, 0)).toBeNull();
    const narrow = layoutOf({ aspects: new Uint16Array(10), days: null }, 0);
    expect(narrow.rowStarts.at(-1)).toBe(10);
  });

  it('lays out a million photos', () => {
    const library = randomLibrary(1_000_000, 3);
    const layout = layoutOf(library);
    expect(layout.rowStarts.at(-1)).toBe(1_000_000);
    expect(layout.heightPixels).toBeGreaterThan(17_000_000);
    const row = rowOfIndex(layout, 999_999);
    expect(row).toBe(layout.rowTops.length - 1);
  });
});

describe('finding places', () => {
  const library = randomLibrary(5000, 5);
  const layout = layoutOf(library);

  it('finds rows by height and by photo', () => {
    for (let row = 0; row < layout.rowTops.length; row += 1) {
      const top = layout.rowTops[row] ?? 0;
      expect(rowAt(layout, top)).toBe(row);
      expect(rowAt(layout, top + 0.5)).toBe(row);
      expect(rowOfIndex(layout, layout.rowStarts[row] ?? 0)).toBe(row);
      expect(rowOfIndex(layout, (layout.rowStarts[row + 1] ?? 0) - 1)).toBe(row);
    }
    expect(rowAt(layout, -10)).toBe(0);
    expect(rowAt(layout, layout.heightPixels + 1e6)).toBe(layout.rowTops.length - 1);
    expect(sectionAt(layout, layout.heightPixels)).toBe(layout.sectionTops.length - 1);
  });

  it('answers the rows that touch a band', () => {
    const { start, end } = rowsBetween(layout, 10_000, 10_800);
    expect((layout.rowTops[start] ?? 0) <= 10_000).toBe(true);
    expect((layout.rowTops[start + 1] ?? 0) > 10_000).toBe(true);
    expect((layout.rowTops[end - 1] ?? 0) <= 10_800).toBe(true);
    expect((layout.rowTops[end] ?? Infinity) > 10_800).toBe(true);
  });

  it('moves up and down to the nearest photo, and stays at the edges', () => {
    const same = new Uint16Array(40).fill(packAspect(3, 2));
    const even = layoutOf({ aspects: same, days: null }, 1216, 200);
    const perRow = even.rowStarts[1] ?? 0;
    expect(indexVertically(even, 1, 1)).toBe(1 + perRow);
    expect(indexVertically(even, 1 + perRow, -1)).toBe(1);
    expect(indexVertically(even, 2, -1)).toBe(2);
    expect(indexVertically(even, 39, 1)).toBe(39);
  });

  it('reaches every row by moving down, and comes back up', () => {
    let index = 0;
    let steps = 0;
    for (;;) {
      const next = indexVertically(layout, index, 1);
      if (next === index) break;
      expect(rowOfIndex(layout, next)).toBe(rowOfIndex(layout, index) + 1);
      index = next;
      steps += 1;
    }
    expect(steps).toBe(layout.rowTops.length - 1);
  });

  it('moves by a page, at least one row', () => {
    expect(rowOfIndex(layout, indexByDistance(layout, 0, 10))).toBe(1);
    const far = indexByDistance(layout, 0, 3000);
    const top = cellOf(layout, far)?.top ?? 0;
    expect(top).toBeGreaterThan(2500);
    expect(top).toBeLessThanOrEqual(3100);
    expect(rowOfIndex(layout, indexByDistance(layout, far, -1e9))).toBe(0);
  });
});

describe('asPartOf', () => {
  it('is as high as the whole, more or less, and lies as the whole does', () => {
    const { aspects, days } = randomLibrary(20_000, 5);
    const whole = layoutOf({ aspects, days });
    const first = layoutOf({ aspects: aspects.subarray(0, 1000), days: days.subarray(0, 1000) });
    const part = asPartOf(first, 20_000);
    expect(part.heightPixels / whole.heightPixels).toBeGreaterThan(0.9);
    expect(part.heightPixels / whole.heightPixels).toBeLessThan(1.1);
    expect(part.count).toBe(1000);
    expect(cellOf(part, 500)).toEqual(cellOf(whole, 500));
    expect(asPartOf(whole, 20_000)).toBe(whole);
  });
});
