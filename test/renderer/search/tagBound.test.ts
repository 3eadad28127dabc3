import { describe, expect, it } from 'vitest';
import { printQuery } from '../../../main/search/print.ts';
import { parseQuery } from '../../../main/search/query.ts';
import {
  boundLevel,
  boundText,
  readTagTerm,
  withLevel,
  withNegation,
  withoutMinus,
} from '../../../renderer/search/tagBound.ts';

const level = (text: string): number | null => {
  const tag = readTagTerm(text);
  if (!tag) throw new Error(`${text} is not about a tag.`);
  return boundLevel(tag);
};

describe('readTagTerm', () => {
  it('takes names and bounds apart, quoted or not', () => {
    expect(readTagTerm('tag:dog>80')).toEqual({
      key: 'tag',
      negated: false,
      name: 'dog',
      bound: '>80',
    });
    expect(readTagTerm('-TAG:"golden retriever"<=40')).toEqual({
      key: 'tag',
      negated: true,
      name: 'golden retriever',
      bound: '<=40',
    });
    expect(readTagTerm('tag:gold*')).toMatchObject({ name: 'gold*', bound: '' });
    expect(readTagTerm('tag:狗＞＝７０')).toMatchObject({ name: '狗', bound: '>=70' });
    expect(readTagTerm('box:dog>0.25')).toMatchObject({ key: 'box', bound: '>0.25' });
  });

  it('leaves signs in quotes to the name', () => {
    expect(readTagTerm('tag:"a>b"')).toMatchObject({ name: 'a>b', bound: '' });
    expect(readTagTerm('tag:"a>b">=5')).toMatchObject({ name: 'a>b', bound: '>=5' });
    expect(readTagTerm('tag:"OR"')).toMatchObject({ name: 'OR' });
    expect(readTagTerm('tag:-x')).toMatchObject({ name: '-x', negated: false });
    expect(readTagTerm('tag:"a:b"')).toMatchObject({ name: 'a:b' });
  });

  it('is about one tag only', () => {
    for (const text of ['dog', 'camera:x', '(tag:a)', 'tag:', 'tag:>80', 'tag:"dog', 'OR', '']) {
      expect(readTagTerm(text), text).toBeNull();
    }
  });
});

describe('withLevel', () => {
  const cases = [
    ['tag:dog', 'tag:dog>=70'],
    ['tag:dog>80', 'tag:dog>=70'],
    ['tag:dog=60-80', 'tag:dog>=70'],
    ['-tag:dog<5', '-tag:dog>=70'],
    ['tag:"golden retriever"', 'tag:"golden retriever">=70'],
    ['tag:"a ""b"" > c">=1', 'tag:"a ""b"" > c">=70'],
    ['tag:gold*', 'tag:gold*>=70'],
    ['tag:狗', 'tag:狗>=70'],
    ['tag：“金毛 犬”＞８０', 'tag：“金毛 犬”>=70'],
    ['tag:👩‍🚀', 'tag:👩‍🚀>=70'],
    ['tag:"OR"', 'tag:"OR">=70'],
    ['box:dog>0.25', 'box:dog>=0.7'],
    ['box:dog', 'box:dog>=0.7'],
  ] as const;

  it.each(cases)('%s becomes %s', (before, after) => {
    expect(withLevel(before, 70)).toBe(after);
    expect(level(after)).toBe(70);
  });

  it.each(cases)('%s means the same tag afterwards, and asks for at least 70', (before, after) => {
    const [old, made] = [parseQuery(before), parseQuery(after)].map((node) =>
      node.kind === 'not' ? node.child : node,
    );
    if (old?.kind === 'tag' && made?.kind === 'tag') {
      expect(made).toEqual({
        ...old,
        bound: { min: 70, max: Number.POSITIVE_INFINITY, minOpen: false, maxOpen: false },
      });
    } else {
      expect(made).toMatchObject({ kind: 'box', name: 'dog', range: { min: 0.7, minOpen: false } });
    }
    expect(parseQuery(printQuery(parseQuery(after)))).toEqual(parseQuery(after));
  });

  it('takes the bound away, and that is what there was before', () => {
    for (const term of ['tag:dog', '-tag:"golden retriever"', 'tag:x*', 'tag:狗', 'box:dog']) {
      expect(withLevel(withLevel(term, 33), null)).toBe(term);
      expect(withLevel(term, null)).toBe(term);
    }
  });

  it('writes every step of the slider so that it can be read', () => {
    for (let value = 0; value <= 100; value += 1) {
      for (const term of ['tag:dog', 'box:dog']) {
        const made = withLevel(term, value);
        expect(level(made)).toBe(value);
        expect(() => parseQuery(made)).not.toThrow();
      }
    }
  });

  it('leaves other terms alone', () => {
    expect(withLevel('camera:x', 70)).toBe('camera:x');
  });
});

describe('boundLevel', () => {
  it('is where the slider stands', () => {
    expect(level('tag:dog>80')).toBe(80);
    expect(level('tag:dog=60-80')).toBe(60);
    expect(level('box:dog>0.25')).toBe(25);
    expect(level('tag:dog>500')).toBe(100);
    expect(level('tag:dog')).toBeNull();
    expect(level('tag:dog>x')).toBeNull();
  });
});

describe('boundText', () => {
  it('shows comparisons and ranges as they are', () => {
    expect(['>80', '>=70', '<5', '<=5', '=80', '=60-80', '>0.25', '>x'].map(boundText)).toEqual([
      '> 80',
      '≥ 70',
      '< 5',
      '≤ 5',
      '= 80',
      '60–80',
      '> 0.25',
      '>x',
    ]);
  });
});

describe('withNegation', () => {
  it('puts one minus sign before the term, or none', () => {
    expect(withNegation('tag:dog', true)).toBe('-tag:dog');
    expect(withNegation('-tag:dog', true)).toBe('-tag:dog');
    expect(withNegation('－tag:狗', false)).toBe('tag:狗');
    expect(withoutMinus('--tag:-x')).toBe('tag:-x');
  });
});
