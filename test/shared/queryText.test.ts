import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addTerm,
  quoteTerm,
  removeTerm,
  splitTerms,
  tokenize,
  wordAt,
} from '../../shared/queryText.ts';

const texts = (query: string): string[] => splitTerms(query).map((term) => term.text);

describe('splitTerms', () => {
  it('cuts words, quoted values, negations, groups and OR', () => {
    expect(texts('beach tag:"golden retriever">80 -(a OR b) OR 桥')).toEqual([
      'beach',
      'tag:"golden retriever">80',
      '-(a OR b)',
      'OR',
      '桥',
    ]);
    expect(splitTerms('-tag:dog (x)').map((term) => [term.kind, term.negated])).toEqual([
      ['term', true],
      ['group', false],
    ]);
  });

  it('takes full-width signs and curly quotes for their ASCII twins', () => {
    expect(texts('tag：“金 毛”　（a OR b）')).toEqual(['tag：“金 毛”', '（a OR b）']);
    expect(tokenize('tag：狗＞80')[0]).toMatchObject({ key: 'tag', segments: [{ text: '狗>80' }] });
  });

  it('covers half-typed text', () => {
    expect(texts('tag:"golden re')).toEqual(['tag:"golden re']);
    expect(texts('a (b OR')).toEqual(['a', '(b OR']);
    expect(texts('a ) - b')).toEqual(['a', ')', '-', 'b']);
  });

  it('gives places that hold the text and never overlap', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (query) => {
        let end = 0;
        for (const term of splitTerms(query)) {
          expect(query.slice(term.start, term.end)).toBe(term.text);
          expect(term.start).toBeGreaterThanOrEqual(end);
          end = term.end;
        }
      }),
    );
  });
});

describe('quoteTerm', () => {
  it('quotes only what would mean something else', () => {
    expect(['dog', '桥', 'a-b', 'ＯＲ'].map(quoteTerm)).toEqual(['dog', '桥', 'a-b', '"ＯＲ"']);
    expect(['golden retriever', 'OR', '-x', 'a:b', 'x*', '', 'say "hi"'].map(quoteTerm)).toEqual([
      '"golden retriever"',
      '"OR"',
      '"-x"',
      '"a:b"',
      '"x*"',
      '""',
      '"say ""hi"""',
    ]);
  });

  it('makes any text one literal word', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.string({ unit: fc.constantFrom(...'"“”-():*> ＂：OR狗a'), maxLength: 12 }),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        const tokens = tokenize(quoteTerm(text));
        expect(tokens).toHaveLength(1);
        expect(tokens[0]).toMatchObject({ kind: 'term', key: null, unclosedAt: null });
        const [token] = tokens;
        const read = token?.kind === 'term' ? token.segments.map((part) => part.text).join('') : '';
        expect(read).toBe(text.replaceAll('＂', '"'));
      }),
    );
  });
});

describe('addTerm and removeTerm', () => {
  it('adds once, and turns an exclusion round', () => {
    expect(addTerm('', 'tag:dog')).toBe('tag:dog');
    expect(addTerm('beach', 'tag:dog')).toBe('beach tag:dog');
    expect(addTerm('beach tag:dog', 'tag:dog')).toBe('beach tag:dog');
    expect(addTerm('-tag:dog beach', 'tag:dog')).toBe('tag:dog beach');
    expect(addTerm('tag:dog', '-tag:dog')).toBe('-tag:dog');
  });

  it('keeps what was there together', () => {
    expect(addTerm('a OR b', 'c')).toBe('(a OR b) c');
    expect(addTerm('"a b', 'c')).toBe('"a b" c');
    expect(addTerm('(a OR b', 'c')).toBe('(a OR b) c');
  });

  it('removes a term and an OR left alone', () => {
    expect(removeTerm('a tag:dog b', 'tag:dog')).toBe('a b');
    expect(removeTerm('a OR tag:dog OR b', 'tag:dog')).toBe('a OR b');
    expect(removeTerm('tag:dog OR b', 'tag:dog')).toBe('b');
    expect(removeTerm('b OR tag:dog', 'tag:dog')).toBe('b');
    expect(removeTerm('(a OR b) c', '(a OR b)')).toBe('c');
  });
});

describe('wordAt', () => {
  it('finds the term before the cursor', () => {
    expect(wordAt('beach ta', 8)).toEqual({ start: 6, end: 8, text: 'ta' });
    expect(wordAt('beach tag:dog', 8)).toEqual({ start: 6, end: 13, text: 'ta' });
    expect(wordAt('tag:"golden re', 14)).toEqual({ start: 0, end: 14, text: 'tag:"golden re' });
    expect(wordAt('-(tag:go', 8)).toEqual({ start: 2, end: 8, text: 'tag:go' });
    expect(wordAt('a  b', 2)).toEqual({ start: 2, end: 2, text: '' });
    expect(wordAt('', 0)).toEqual({ start: 0, end: 0, text: '' });
  });
});
