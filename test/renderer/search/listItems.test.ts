import { describe, expect, it } from 'vitest';
import { type Completion, listItems } from '../../../renderer/search/listItems.ts';
import type { Suggestion } from '../../../shared/model.ts';

const tag = (text: string): Suggestion => ({
  kind: 'tag',
  text,
  detail: null,
  insert: `tag:${text}`,
  count: 1,
});

const word = (text: string, ...suggestions: Suggestion[]): Completion => ({
  place: { start: 0, end: text.length },
  word: text,
  suggestions,
});

const RECENTS = ['tag:dog', 'tag:beach from:2019', 'Lake', 'tag:bird', 'tag:beech', 'beacon'];

const ids = (sources: Partial<Parameters<typeof listItems>[0]>): string[] =>
  listItems({ query: '', typed: '', completions: [], recents: RECENTS, ...sources }).map(
    ({ id }) => id,
  );

describe('listItems', () => {
  it('offers the last searches while nothing is written', () => {
    expect(ids({ recents: ['tag:dog', 'Lake'] })).toEqual([
      'recent tag:dog',
      'recent Lake',
      'forget-all',
      'help',
    ]);
    expect(ids({ recents: [] })).toEqual([]);
    expect(ids({ query: 'tag:dog' })).toEqual([]);
  });

  it('offers suggestions, then at most three searches that have what is typed', () => {
    const completions = [word('BE', tag('beach'), tag('bee'))];
    expect(ids({ query: 'BE', typed: 'BE', completions })).toEqual([
      'tag tag:beach',
      'tag tag:bee',
      'recent tag:beach from:2019',
      'recent tag:beech',
      'recent beacon',
      'help',
    ]);
    expect(ids({ query: 'zzz', typed: 'zzz', completions: [word('zzz')] })).toEqual([]);
    expect(ids({ query: 'lake', typed: 'ＬＡＫＥ', completions: [word('lake')] })).toEqual([
      'recent Lake',
      'help',
    ]);
  });

  it('does not offer the search that is there, nor anything twice', () => {
    const completions = [word('July 2019', tag('x')), word('2019', tag('x'))];
    const items = listItems({ query: 'x', typed: 'x', completions, recents: ['x'] });
    expect(items.map(({ id }) => id)).toEqual(['tag tag:x', 'help']);
    expect(items[0]).toMatchObject({ word: 'July 2019' });
  });
});
