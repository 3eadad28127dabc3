import { describe, expect, it } from 'vitest';
import {
  editAll,
  editLast,
  finish,
  followQuery,
  joinText,
  takeSuggestion,
} from '../../../renderer/search/draft.ts';

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
  it('replaces the word before the cursor and is done', () => {
    const taken = takeSuggestion({ done: 'a', typed: 'be' }, 2, 'tag:beach');
    expect(taken).toEqual({ text: { done: 'a tag:beach', typed: '' }, cursor: 0 });
  });

  it('keeps the minus sign in front of the word', () => {
    expect(takeSuggestion({ done: '', typed: '-be' }, 3, 'tag:beach').text.done).toBe('-tag:beach');
  });

  it('waits for the value of a key', () => {
    const taken = takeSuggestion({ done: '', typed: 'fr' }, 2, 'from:');
    expect(taken).toEqual({ text: { done: '', typed: 'from:' }, cursor: 5 });
  });

  it('stays in the text when more follows', () => {
    const taken = takeSuggestion({ done: '', typed: 'be dog' }, 2, 'tag:beach');
    expect(taken).toEqual({ text: { done: '', typed: 'tag:beach dog' }, cursor: 9 });
  });
});
