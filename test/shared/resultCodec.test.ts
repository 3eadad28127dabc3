import { describe, expect, it } from 'vitest';
import {
  ASPECT_UNIT,
  createResult,
  decodeResult,
  encodeResult,
  packAspect,
  UNDATED,
} from '../../shared/resultCodec.ts';

describe('a packed result', () => {
  it('arrives as it was sent, and is sent as it lies in memory', () => {
    const result = createResult(3, 7);
    result.ids.set([5, 4_000_000_000, 9]);
    result.days.set([18_000, UNDATED, -50_000]);
    result.aspects.set([packAspect(4000, 3000), 0, packAspect(3000, 4000)]);
    const bytes = encodeResult(result);
    expect(bytes.buffer).toBe(result.ids.buffer);
    expect(decodeResult(bytes.slice().buffer)).toEqual(result);
  });

  it('is the same from arrays of their own', () => {
    const loose = {
      revision: 2,
      ids: Uint32Array.of(1, 2),
      days: Int32Array.of(3, 4),
      aspects: Uint16Array.of(5, 6),
    };
    const { revision, ids, days, aspects } = decodeResult(encodeResult(loose).buffer);
    expect({ revision, ids, days, aspects }).toEqual(loose);
  });

  it('may be empty', () => {
    expect(decodeResult(encodeResult(createResult(0, 1)).buffer).ids).toHaveLength(0);
  });

  it.each([0, 11, 12 + 9, 12 + 11])('is refused when it is %d bytes long', (length) => {
    const whole = encodeResult(createResult(1, 1));
    const cut = new Uint8Array(length);
    cut.set(whole.subarray(0, Math.min(length, whole.length)));
    expect(() => decodeResult(cut.buffer)).toThrow(/search result/);
  });
});

describe('packAspect', () => {
  it('keeps ratios and says when there is none', () => {
    expect(packAspect(3000, 1000) / ASPECT_UNIT).toBe(3);
    expect(packAspect(1, 1_000_000)).toBe(1);
    expect(packAspect(1_000_000, 1)).toBe(65_535);
    expect(packAspect(null, 100)).toBe(0);
    expect(packAspect(100, 0)).toBe(0);
  });
});
