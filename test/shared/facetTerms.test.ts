import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printQuery } from '../../main/search/print.ts';
import { parseQuery } from '../../main/search/query.ts';
import {
  clickTerm,
  type FacetClick,
  hasOwnTerms,
  keyOfTerm,
  readTermUses,
  termsOfKey,
  termUse,
  type ValueTerms,
  withoutKey,
  withoutTerms,
} from '../../shared/facetTerms.ts';
import { quoteTerm, splitTerms } from '../../shared/queryText.ts';
import { anyTree } from '../main/search/arbitraries.ts';

const tag = (name: string): ValueTerms => ({
  writings: [`tag:${quoteTerm(name)}`],
  exclusive: false,
});
const camera = (name: string): ValueTerms => ({
  writings: [`camera:${quoteTerm(name)}`],
  exclusive: true,
});
const year = (name: string): ValueTerms => ({ writings: [`date:${name}`], exclusive: true });
const click = (query: string, value: ValueTerms, how: FacetClick): string =>
  clickTerm(query, value, how);

describe('a click', () => {
  it('adds tags side by side', () => {
    expect(click('', tag('dog'), 'add')).toBe('tag:dog');
    expect(click('tag:cat beach', tag('golden retriever'), 'add')).toBe(
      'tag:cat beach tag:"golden retriever"',
    );
    expect(click('a OR b', tag('dog'), 'add')).toBe('(a OR b) tag:dog');
    expect(click('tag:cat OR tag:cow', tag('dog'), 'add')).toBe('(tag:cat OR tag:cow) tag:dog');
  });

  it('replaces the value of a kind that a photo has once, where it stands', () => {
    expect(click('camera:A tag:dog', camera('B'), 'add')).toBe('camera:B tag:dog');
    expect(click('tag:dog camera:A -camera:C camera:D', camera('B'), 'add')).toBe(
      'tag:dog camera:B -camera:C',
    );
    expect(click('(camera:A OR camera:C) tag:dog', camera('B'), 'add')).toBe('camera:B tag:dog');
    expect(click('camera:A OR camera:C', camera('B'), 'add')).toBe('camera:B');
    expect(click('date:2019-07 dog', year('2020'), 'add')).toBe('date:2020 dog');
    expect(click('-camera:A', camera('B'), 'add')).toBe('-camera:A camera:B');
  });

  it('takes away what stands there', () => {
    expect(click('beach  tag:dog   桥', tag('dog'), 'add')).toBe('beach   桥');
    expect(click('tag:dog', tag('dog'), 'or')).toBe('');
    expect(click('-tag:dog x', tag('dog'), 'exclude')).toBe('x');
    expect(click('(camera:A OR camera:B) x', camera('A'), 'add')).toBe('camera:B x');
    expect(click('(camera:A OR camera:B OR camera:C)', camera('B'), 'or')).toBe(
      '(camera:A OR camera:C)',
    );
    expect(click('tag:a OR tag:b OR tag:c', tag('b'), 'add')).toBe('tag:a OR tag:c');
    expect(click('tag:a OR tag:b', tag('b'), 'add')).toBe('tag:a');
    expect(click('tag:a OR beach', tag('a'), 'add')).toBe('beach');
  });

  it('with the alt key excludes, also what was asked for', () => {
    expect(click('x', tag('dog'), 'exclude')).toBe('x -tag:dog');
    expect(click('tag:dog x', tag('dog'), 'exclude')).toBe('x -tag:dog');
    expect(click('(camera:A OR camera:B)', camera('A'), 'exclude')).toBe('camera:B -camera:A');
    expect(click('a OR b', tag('dog'), 'exclude')).toBe('(a OR b) -tag:dog');
    expect(click('-tag:dog x', tag('dog'), 'add')).toBe('x tag:dog');
  });

  it('with the shift key makes an alternative of the last value of the kind', () => {
    expect(click('camera:A x', camera('B'), 'or')).toBe('(camera:A OR camera:B) x');
    expect(click('(camera:A OR camera:B) x', camera('C'), 'or')).toBe(
      '(camera:A OR camera:B OR camera:C) x',
    );
    expect(click('tag:a tag:b x', tag('c'), 'or')).toBe('tag:a (tag:b OR tag:c) x');
    expect(click('tag:a OR tag:b', tag('c'), 'or')).toBe('tag:a OR tag:b OR tag:c');
    expect(click('（camera:A OR camera:B）', camera('C'), 'or')).toBe(
      '（camera:A OR camera:B OR camera:C）',
    );
    expect(click('(date:2019)', year('2021'), 'or')).toBe('(date:2019 OR date:2021)');
  });

  it('with the shift key adds where there is nothing to be an alternative to', () => {
    expect(click('', tag('a'), 'or')).toBe('tag:a');
    expect(click('camera:A', tag('a'), 'or')).toBe('camera:A tag:a');
    expect(click('-tag:b', tag('a'), 'or')).toBe('-tag:b tag:a');
    expect(click('(tag:b OR beach)', tag('a'), 'or')).toBe('(tag:b OR beach) tag:a');
    expect(click('tag:b OR beach', tag('a'), 'or')).toBe('(tag:b OR beach) tag:a');
    expect(click('-tag:a tag:b', tag('a'), 'or')).toBe('(tag:b OR tag:a)');
  });

  it('knows a value by each of its writings, and writes the first', () => {
    const dog: ValueTerms = { writings: ['tag:狗', 'tag:dog'], exclusive: false };
    expect(click('x', dog, 'add')).toBe('x tag:狗');
    expect(click('tag:dog x', dog, 'add')).toBe('x');
    expect(click('(tag:dog OR tag:cat)', dog, 'exclude')).toBe('tag:cat -tag:狗');
  });

  it('leaves groups and terms alone that say something else', () => {
    expect(click('-(tag:a OR tag:b) tag:a>80', tag('a'), 'add')).toBe(
      '-(tag:a OR tag:b) tag:a>80 tag:a',
    );
    expect(withoutTerms('(tag:a beach)  TAG:a', ['tag:a'])).toBe('(tag:a beach)  TAG:a');
  });

  it('closes what is left open before it adds', () => {
    expect(click('x "golden re', tag('a'), 'add')).toBe('x "golden re" tag:a');
    expect(click('(tag:b OR', tag('a'), 'or')).toBe('(tag:b OR) tag:a');
  });
});

describe('how a value stands', () => {
  const use = (query: string, name: string) => termUse(readTermUses(query), tag(name).writings);

  it('is told by top-level terms and groups of one key', () => {
    expect(use('tag:a -tag:b (tag:c OR tag:d)', 'a')).toBe('included');
    expect(use('tag:a -tag:b (tag:c OR tag:d)', 'b')).toBe('excluded');
    expect(use('tag:a -tag:b (tag:c OR tag:d)', 'd')).toBe('included');
    expect(use('tag:c OR tag:d', 'd')).toBe('included');
    expect(use('(tag:c OR beach) -(tag:d OR tag:e) (tag:f tag:g)', 'c')).toBe('none');
    expect(use('(tag:c OR beach) -(tag:d OR tag:e)', 'd')).toBe('none');
    expect(use('tag:"a"', 'a')).toBe('none');
  });

  it('tells whether there is something to be an alternative to', () => {
    expect(hasOwnTerms('tag:a x', 'tag')).toBe(true);
    expect(hasOwnTerms('(tag:a OR tag:b) x', 'tag')).toBe(true);
    expect(hasOwnTerms('-tag:a camera:x', 'tag')).toBe(false);
    expect(hasOwnTerms('tag:a OR x', 'tag')).toBe(false);
  });

  it('reads keys of any case, and none where there is no term', () => {
    expect(keyOfTerm('Camera:"X T"')).toBe('camera');
    expect([keyOfTerm('dog'), keyOfTerm('-tag:a'), keyOfTerm(''), keyOfTerm('a:b c')]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});

describe('the query without a key', () => {
  it('is what the values of the key can be chosen from', () => {
    expect(withoutKey('x camera:A  -camera:B tag:a', 'camera')).toBe('x tag:a');
    expect(withoutKey('(camera:A OR camera:B) tag:a', 'camera')).toBe('tag:a');
    expect(withoutKey('camera:A OR camera:B', 'camera')).toBe('');
    expect(withoutKey('camera:A OR tag:a', 'camera')).toBe('camera:A OR tag:a');
    expect(withoutKey('-(camera:A OR camera:B) x', 'camera')).toBe('-(camera:A OR camera:B) x');
  });

  it('lists what was chosen', () => {
    const query = 'x (camera:A OR camera:"B C") -camera:D camera:A';
    expect(termsOfKey(query, 'camera')).toEqual(['camera:A', 'camera:"B C"', 'camera:D']);
    expect(termsOfKey('tag:a OR tag:b', 'tag')).toEqual(['tag:a', 'tag:b']);
  });
});

const anyValue: fc.Arbitrary<ValueTerms> = fc
  .tuple(
    fc.constantFrom('tag', 'camera', 'date'),
    fc.constantFrom('2019', '2020-07', '狗', 'golden retriever', 'OR', '-x', 'a"b', 'Ａ'),
  )
  .filter(([key, name]) => key !== 'date' || /^\d/.test(name))
  .map(([key, name]) => ({ writings: [`${key}:${quoteTerm(name)}`], exclusive: key !== 'tag' }));
const anyClick = fc.constantFrom<FacetClick>('add', 'exclude', 'or');
/** Queries as they come from clicks among those that were typed. */
const anyQuery = fc
  .tuple(anyTree, fc.array(fc.tuple(anyValue, anyClick), { maxLength: 6 }))
  .map(([tree, clicks]) =>
    clicks.reduce((query, [value, how]) => clickTerm(query, value, how), printQuery(tree)),
  );

describe('for every query', () => {
  it('the result of a click can be read', () => {
    fc.assert(
      fc.property(anyQuery, anyValue, anyClick, (query, value, how) => {
        const result = clickTerm(query, value, how);
        expect(() => parseQuery(result)).not.toThrow();
        expect(() =>
          parseQuery(withoutKey(result, keyOfTerm(value.writings[0]) ?? '')),
        ).not.toThrow();
      }),
    );
  });

  it('the same click twice gives the same search back', () => {
    fc.assert(
      fc.property(anyQuery, anyValue, anyClick, (query, value, how) => {
        fc.pre(termUse(readTermUses(query), value.writings) === 'none');
        // A value that was replaced does not come back.
        const key = keyOfTerm(value.writings[0]) ?? '';
        fc.pre(how !== 'add' || !value.exclusive || !hasOwnTerms(query, key));
        const twice = clickTerm(clickTerm(query, value, how), value, how);
        expect(parseQuery(twice)).toEqual(parseQuery(query));
      }),
    );
  });

  it('a click shows in how the value stands', () => {
    fc.assert(
      fc.property(anyQuery, anyValue, anyClick, (query, value, how) => {
        const before = termUse(readTermUses(query), value.writings);
        const wanted = how === 'exclude' ? 'excluded' : 'included';
        const after = termUse(readTermUses(clickTerm(query, value, how)), value.writings);
        expect(after).toBe(before === wanted ? 'none' : wanted);
      }),
    );
  });

  it('what is not about the key stays as it is written', () => {
    fc.assert(
      fc.property(anyQuery, anyValue, anyClick, (query, value, how) => {
        const pieces = splitTerms(query);
        fc.pre(pieces.every(({ kind }) => kind !== 'or'));
        const key = keyOfTerm(value.writings[0]) ?? '';
        const rest = (text: string): string => withoutKey(text, key);
        expect(splitTerms(rest(clickTerm(query, value, how))).map(({ text }) => text)).toEqual(
          splitTerms(rest(query)).map(({ text }) => text),
        );
      }),
    );
  });

  it('half-typed text never throws', () => {
    const text = fc.string({ unit: fc.constantFrom(...'"“():-OR tag:a 狗'), maxLength: 40 });
    fc.assert(
      fc.property(text, anyValue, anyClick, (query, value, how) => {
        const result = clickTerm(query, value, how);
        expect(typeof result).toBe('string');
        expect(withoutKey(result, 'tag').length).toBeLessThanOrEqual(result.length);
      }),
    );
  });
});
