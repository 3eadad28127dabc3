import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printQuery } from '../../../main/search/print.ts';
import { parseQuery } from '../../../main/search/query.ts';
import type { QueryNode } from '../../../main/search/tree.ts';
import { TagrollError } from '../../../shared/errors.ts';
import { anyQueryText, anyTree } from './arbitraries.ts';

const dog = { kind: 'tag', name: 'dog', prefix: false, bound: null } as const;
const word = (text: string): QueryNode => ({ kind: 'word', text });

function mistake(query: string): TagrollError {
  try {
    parseQuery(query);
  } catch (error) {
    if (error instanceof TagrollError) return error;
    throw error;
  }
  throw new Error(`"${query}" was accepted`);
}

describe('parseQuery', () => {
  it('binds juxtaposition tighter than OR', () => {
    expect(parseQuery('a b OR -c')).toEqual({
      kind: 'or',
      children: [
        { kind: 'and', children: [word('a'), word('b')] },
        { kind: 'not', child: word('c') },
      ],
    });
    expect(parseQuery('a (b OR c)')).toMatchObject({ kind: 'and', children: [{}, { kind: 'or' }] });
    expect(parseQuery('a or b')).toMatchObject({ children: [word('a'), word('or'), word('b')] });
  });

  it('takes quotes literally', () => {
    expect(parseQuery('"tag:dog"')).toEqual(word('tag:dog'));
    expect(parseQuery('"OR"')).toEqual(word('OR'));
    expect(parseQuery('"-x"')).toEqual(word('-x'));
    expect(parseQuery('tag:"x*"')).toEqual({ ...dog, name: 'x*' });
    expect(parseQuery('tag:"dog>80"')).toEqual({ ...dog, name: 'dog>80' });
    expect(parseQuery('tag:-x')).toEqual({ ...dog, name: '-x' });
    expect(parseQuery('tag:a:b')).toEqual({ ...dog, name: 'a:b' });
    expect(parseQuery('"say ""hi"""')).toEqual(word('say "hi"'));
  });

  it('reads tags with prefix and bound', () => {
    expect(parseQuery('tag:dog')).toEqual(dog);
    expect(parseQuery('tag:"golden ret"*')).toEqual({ ...dog, name: 'golden ret', prefix: true });
    expect(parseQuery('tag:dog>80')).toMatchObject({ bound: { min: 80, minOpen: true } });
    expect(parseQuery('tag:"big dog"<=20')).toMatchObject({ name: 'big dog', bound: { max: 20 } });
    expect(parseQuery('tag:dog=50-80')).toMatchObject({ bound: { min: 50, max: 80 } });
    expect(parseQuery('tag：狗＞80')).toEqual(parseQuery('tag:狗>80'));
    expect(parseQuery('tag:*')).toEqual({ ...dog, name: '', prefix: true });
  });

  it.each([
    ['iso:>=1600', { min: 1600, minOpen: false, max: Infinity }],
    ['iso:100', { min: 100, max: 100 }],
    ['iso:=100', { min: 100, max: 100 }],
    ['focal:24-70', { min: 24, max: 70 }],
    ['focal:24-70mm', { min: 24, max: 70 }],
    ['f:<2.8', { max: 2.8, maxOpen: true }],
    ['size:>10mb', { min: 10_000_000, minOpen: true }],
    ['size:1.1MB', { min: 1_100_000 }],
    ['size:1-5mb', { min: 1_000_000, max: 5_000_000 }],
    ['iso:-5--3', { min: -5, max: -3 }],
    ['hour:22-3', { min: 22, max: 3 }],
  ])('reads %s', (query, range) => {
    expect(parseQuery(query)).toMatchObject({ kind: 'number', range });
  });

  it('reads dates and ages', () => {
    const june = { year: 2019, month: 6, day: null };
    expect(parseQuery('from:2019-06')).toMatchObject({ comparison: '>=', first: june });
    expect(parseQuery('to:2019-6')).toMatchObject({ comparison: '<=', first: june });
    expect(parseQuery('date:2018-2020')).toMatchObject({
      first: { year: 2018 },
      last: { year: 2020 },
    });
    expect(parseQuery('date:2019-06-2019-08')).toMatchObject({ first: june, last: { month: 8 } });
    expect(parseQuery('date:2019-06..2019-08')).toMatchObject({ first: june, last: { month: 8 } });
    expect(parseQuery('added:<7d')).toMatchObject({
      kind: 'age',
      range: { max: 168, maxOpen: true },
    });
    expect(parseQuery('added:2w')).toMatchObject({ kind: 'age', range: { max: 336 } });
    expect(parseQuery('added:>2019')).toMatchObject({ kind: 'date', comparison: '>' });
    expect(parseQuery('on:02-29')).toEqual({ kind: 'on', month: 2, day: 29 });
  });

  it('is empty for nothing but white space', () => {
    expect(parseQuery(' \u3000\n')).toEqual({ kind: 'all' });
  });

  it.each([
    ['beach camra:canon', 'unknown_key', 6, 5, 'camera'],
    ['tga:dog', 'unknown_key', 0, 3, 'tag'],
    ['tag:', 'missing_value', 0, 4, undefined],
    ['""', 'missing_value', 0, 2, undefined],
    ['a "b c', 'unclosed_quote', 2, 4, undefined],
    ['a (b', 'unclosed_group', 2, 1, undefined],
    ['a) b', 'unopened_group', 1, 1, undefined],
    [')', 'unopened_group', 0, 1, undefined],
    ['a ()', 'missing_term', 3, 1, undefined],
    ['a OR', 'missing_term', 4, 0, undefined],
    ['OR a', 'missing_term', 0, 2, undefined],
    ['a OR OR b', 'missing_term', 5, 2, undefined],
    ['a - b', 'missing_term', 2, 1, undefined],
    ['(-)', 'missing_term', 1, 1, undefined],
    ['from:2019-02-30', 'no_such_date', 5, 10, undefined],
    ['from:2019-13', 'no_such_date', 5, 7, undefined],
    ['date:2020-2019', 'reversed_range', 5, 9, undefined],
    ['on:02-30', 'no_such_date', 3, 5, undefined],
    ['on:2019', 'bad_value', 3, 4, undefined],
    ['from:yesterday', 'bad_value', 5, 9, undefined],
    ['from:>2019', 'bad_value', 5, 5, undefined],
    ['iso:fast', 'bad_value', 4, 4, undefined],
    ['iso:70-24', 'reversed_range', 4, 5, undefined],
    ['month:13', 'bad_value', 6, 2, undefined],
    ['hour:24', 'bad_value', 5, 2, undefined],
    ['conf:>60.5', 'bad_value', 5, 5, undefined],
    ['tag:dog>101', 'bad_value', 4, 7, undefined],
    ['added:<7', 'bad_value', 6, 2, undefined],
    ['is:portait', 'bad_value', 3, 7, 'portrait'],
    ['is:untagged-by:', 'bad_value', 3, 12, undefined],
    ['has:wings', 'bad_value', 4, 5, undefined],
    ['near:91,0,5', 'bad_value', 5, 6, undefined],
    ['near:1,2', 'bad_value', 5, 3, undefined],
  ])('answers %s with %s', (query, reason, position, length, suggestion) => {
    const error = mistake(query);
    expect(error.code).toBe('query_invalid');
    expect(error.data).toMatchObject({ reason, position, length });
    if (reason !== 'bad_value' || suggestion) expect(error.data['suggestion']).toBe(suggestion);
    expect(error.message.length).toBeGreaterThan(10);
  });

  it('bounds depth and number of terms without exhausting the stack', () => {
    expect(mistake('('.repeat(10_000)).data).toMatchObject({ reason: 'too_deep', position: 100 });
    expect(mistake('-('.repeat(10_000)).data).toMatchObject({ reason: 'too_deep' });
    expect(mistake('a '.repeat(10_000)).data).toMatchObject({ reason: 'too_many_terms' });
    expect(mistake('"'.repeat(9_999)).code).toBe('query_invalid');
    expect(parseQuery(`${'-'.repeat(10_000)}a`)).toEqual(word('a'));
    expect(parseQuery(`${'a OR '.repeat(499)}a`)).toMatchObject({ kind: 'or' });
    expect(parseQuery(`${'('.repeat(100)}a${')'.repeat(100)}`)).toEqual(word('a'));
    const long = 'x'.repeat(10_000);
    expect(parseQuery(long)).toEqual(word(long));
    expect(mistake(`iso:${'1'.repeat(10_000)}`).data).toMatchObject({ reason: 'bad_value' });
    expect(mistake(`${'k'.repeat(10_000)}:1`).data).toMatchObject({ reason: 'unknown_key' });
  });
});

describe('round trip', () => {
  it('prints any tree as text that reads the same', () => {
    fc.assert(
      fc.property(anyTree, (tree) => {
        expect(parseQuery(printQuery(tree))).toEqual(tree);
      }),
      { numRuns: 3000 },
    );
  });

  it('answers any text with a tree that survives, or a place in the text', () => {
    fc.assert(
      fc.property(anyQueryText, (query) => {
        let tree: QueryNode;
        try {
          tree = parseQuery(query);
        } catch (error) {
          if (!(error instanceof TagrollError)) throw error;
          expect(error.code).toBe('query_invalid');
          const position = Number(error.data['position']);
          const length = Number(error.data['length']);
          expect(position).toBeGreaterThanOrEqual(0);
          expect(length).toBeGreaterThanOrEqual(0);
          expect(position + length).toBeLessThanOrEqual(query.length);
          return;
        }
        expect(parseQuery(printQuery(tree))).toEqual(tree);
      }),
      { numRuns: 5000 },
    );
  });
});
