import { describe, expect, it } from 'vitest';
import {
  editAll,
  editLast,
  finish,
  followQuery,
  joinText,
  phrasesAt,
  takeSuggestion,
} from '../../../renderer/search/draft.ts';
import { wordAt } from '../../../shared/queryText.ts';

describe('joinText', () => {
  it('puts chips and typed text together', () => {
    expect(joinText({ done: 'tag:beach', typed: ' dog ' })).toBe('tag:beach dog');
    expect(joinText({ done: '', typed: 'dog' })).toBe('dog');
    expect(joinText({ done: 'tag:beach', typed: '  ' })).toBe('tag:beach');
  });
});

describe('followQuery', () => {
  it('leaves what is typed alone while both say the same', () => {
    const text = { done: 'tag:beach', typed: 'dog ' };
    expect(followQuery(text, 'tag:beach dog')).toBe(text);
  });

  it('takes a query from elsewhere as chips', () => {
    expect(followQuery({ done: 'a', typed: 'b' }, 'tag:x')).toEqual({ done: 'tag:x', typed: '' });
  });
});

describe('editing', () => {
  it('makes chips of what is typed and text of chips', () => {
    const text = { done: 'tag:beach', typed: 'dog' };
    expect(finish(text)).toEqual({ done: 'tag:beach dog', typed: '' });
    expect(editAll(text)).toEqual({ done: '', typed: 'tag:beach dog' });
  });

  it('takes back the last chip, quotes and all', () => {
    expect(editLast({ done: 'a -tag:"golden retriever"', typed: '' })).toEqual({
      done: 'a',
      typed: '-tag:"golden retriever"',
    });
    expect(editLast({ done: '', typed: '' })).toEqual({ done: '', typed: '' });
  });
});

describe('takeSuggestion', () => {
  it('replaces a part of what is typed and is done', () => {
    const taken = takeSuggestion({ done: 'a', typed: 'be' }, { start: 0, end: 2 }, 'tag:beach');
    expect(taken).toEqual({ text: { done: 'a tag:beach', typed: '' }, cursor: 0 });
  });

  it('keeps the minus sign in front of the word', () => {
    const place = wordAt('-be', 3);
    expect(takeSuggestion({ done: '', typed: '-be' }, place, 'tag:beach').text.done).toBe(
      '-tag:beach',
    );
  });

  it('waits for the value of a key', () => {
    const taken = takeSuggestion({ done: '', typed: 'fr' }, { start: 0, end: 2 }, 'from:');
    expect(taken).toEqual({ text: { done: '', typed: 'from:' }, cursor: 5 });
  });

  it('stays in the text when more follows', () => {
    const taken = takeSuggestion({ done: '', typed: 'be dog' }, { start: 0, end: 2 }, 'tag:beach');
    expect(taken).toEqual({ text: { done: '', typed: 'tag:beach dog' }, cursor: 9 });
  });
});

describe('phrasesAt', () => {
  const texts = (typed: string, cursor = typed.length): string[] =>
    phrasesAt(typed, cursor).map(({ text }) => text);

  it('answers the last three and two words up to the cursor', () => {
    expect(texts('beach 14 July 2019')).toEqual(['14 July 2019', 'July 2019']);
    expect(texts('July 20')).toEqual(['July 20']);
    expect(texts('July 2019 dog', 9)).toEqual(['July 2019']);
    expect(phrasesAt('dog  July 2019 x', 12)).toEqual([
      { start: 0, end: 14, text: 'dog  July 20' },
      { start: 5, end: 14, text: 'July 20' },
    ]);
  });

  it('ends at keys, quotes, signs and the place between words', () => {
    expect(texts('tag:dog 2019')).toEqual([]);
    expect(texts('"July" 2019')).toEqual([]);
    expect(texts('a OR 2019')).toEqual([]);
    expect(texts('dog -July 2019')).toEqual(['July 2019']);
    expect(texts('July 2019 ')).toEqual([]);
    expect(texts('')).toEqual([]);
    expect(texts('2019')).toEqual([]);
  });
});
