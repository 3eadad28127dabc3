import { describe, expect, it } from 'vitest';
import { afterToggle, isVeiled } from '../../../renderer/sensitive/veil.ts';

const NONE = new Set<number>();

describe('a sensitive photo', () => {
  it('is blurred until it is uncovered, and only while that is wanted', () => {
    expect(isVeiled({ id: 1, sensitive: true }, true, NONE)).toBe(true);
    expect(isVeiled({ id: 1, sensitive: true }, true, new Set([1]))).toBe(false);
    expect(isVeiled({ id: 1, sensitive: true }, true, new Set([2]))).toBe(true);
    expect(isVeiled({ id: 1, sensitive: true }, false, NONE)).toBe(false);
    expect(isVeiled({ id: 1, sensitive: false }, true, NONE)).toBe(false);
  });
});

describe('a key over several photos', () => {
  const photos = [
    { id: 1, sensitive: true },
    { id: 2, sensitive: false },
    { id: 3, sensitive: true },
  ];

  it('uncovers all sensitive ones while one of them is blurred', () => {
    expect([...afterToggle(photos, new Set([3, 9]))].sort()).toEqual([1, 3, 9]);
  });

  it('blurs them again when all of them are shown, and no others', () => {
    expect([...afterToggle(photos, new Set([1, 3, 9]))]).toEqual([9]);
  });
});
