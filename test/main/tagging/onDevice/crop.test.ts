import { describe, expect, it } from 'vitest';
import { measureCrop } from '../../../../main/tagging/onDevice/crop.ts';

/** Grey, with the columns repeating these lumas. */
function columns(width: number, height: number, lumas: readonly number[]) {
  const data = Uint8Array.from(
    { length: width * height },
    (_, at) => lumas[(at % width) % lumas.length] ?? 0,
  );
  return { data, width, height };
}

describe('measureCrop', () => {
  it('tells how steep and how sudden changes are, in either direction', () => {
    // Three columns differ by 255, 255 and 0 two apart, and bend by 255, 255 and 510.
    const crop = measureCrop(columns(255, 256, [0, 255, 0]));
    expect(crop?.across.gradient).toBeCloseTo(Math.sqrt((2 / 3) * 255 ** 2), 9);
    expect(crop?.across.suddenness).toBeCloseTo(3, 9);
    expect(crop?.down).toEqual({ gradient: 0, suddenness: 0 });
    expect(crop?.lumaSpan).toBe(1);
  });

  it('finds thin strokes and the lines they stand in', () => {
    const dark = measureCrop(columns(256, 256, [20, 240, 240, 240, 240]));
    expect(dark?.text.darkStrokes).toBeCloseTo(0.2, 9);
    expect(dark?.text.brightStrokes).toBe(0);
    expect(dark?.text.pageLuma).toBe(240);
    expect(dark?.text.emptyLines).toBeCloseTo(0.8, 9);
    expect(dark?.text.writtenLines).toBeCloseTo(0.2, 9);
    const bright = measureCrop(columns(256, 256, [240, 20, 20, 20, 20]));
    expect(bright?.text).toMatchObject({ darkStrokes: 0, brightStrokes: 0.2 });
  });

  it('says nothing of what is too small or cut short', () => {
    expect(measureCrop(columns(47, 200, [9]))).toBeNull();
    expect(measureCrop({ ...columns(60, 60, [9]), height: 61 })).toBeNull();
  });
});
