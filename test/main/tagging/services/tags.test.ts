import { describe, expect, it } from 'vitest';
import { boxOf, confidenceOf, gatherTags } from '../../../../main/tagging/services/tags.ts';
import type { ServiceTag } from '../../../../main/tagging/types.ts';

describe('a probability', () => {
  it('becomes a confidence without losing whole numbers', () => {
    for (let percent = 0; percent < 100; percent++) {
      expect(confidenceOf(Number(`0.${String(percent).padStart(2, '0')}`))).toBe(percent);
    }
    expect(confidenceOf(1)).toBe(100);
    expect(confidenceOf(0.9545053839683533)).toBe(95.45053839683533);
    expect(confidenceOf(8.085176887107082e-6)).toBe(8.085176887107082e-4);
  });

  it('is cut off outside 0..1', () => {
    expect(confidenceOf(1.5)).toBe(100);
    expect(confidenceOf(-1e-9)).toBe(0);
  });
});

describe('a box', () => {
  const content = { left: 10, top: 0, width: 100, height: 50 };

  it('is a share of the displayed picture', () => {
    const rectangle = { left: 35, top: 12.5, width: 50, height: 25 };
    expect(boxOf(rectangle, content, 7)).toEqual({
      x: 0.25,
      y: 0.25,
      width: 0.5,
      height: 0.5,
      confidence: 7,
    });
  });

  it('outside, empty or without numbers is none', () => {
    expect(boxOf({ left: 0, top: 0, width: 10, height: 50 }, content, 1)).toBeNull();
    expect(boxOf({ left: 20, top: 5, width: 0, height: 5 }, content, 1)).toBeNull();
    expect(boxOf({ left: 20, top: 5, width: -5, height: 5 }, content, 1)).toBeNull();
    expect(boxOf({ left: Number.NaN, top: 5, width: 5, height: 5 }, content, 1)).toBeNull();
    expect(
      boxOf({ left: 20, top: 5, width: 5, height: 5 }, { ...content, width: 0 }, 1),
    ).toBeNull();
  });
});

it('tags of one word are joined, the most confident first', () => {
  const tag = (raw: string, confidence: number, names: ServiceTag['names']): ServiceTag => {
    const box = { x: 0, y: 0, width: 1, height: 1, confidence };
    return { raw, names, type: 'thing', confidence, boxes: [box] };
  };
  const tags = gatherTags([
    tag('a', 1, { zh: '甲' }),
    tag('b', 2, { en: 'b' }),
    tag('a', 3, { en: 'a' }),
  ]);
  expect(tags.map(({ raw, confidence }) => [raw, confidence])).toEqual([
    ['a', 3],
    ['b', 2],
  ]);
  expect(tags[0]?.names).toEqual({ zh: '甲', en: 'a' });
  expect(tags[0]?.boxes).toHaveLength(2);
});
