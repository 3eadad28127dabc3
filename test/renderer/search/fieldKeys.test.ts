import { describe, expect, it } from 'vitest';
import { type FieldState, pressFieldKey } from '../../../renderer/search/fieldKeys.ts';
import type { ListItem } from '../../../renderer/search/listItems.ts';

const SUGGESTION: ListItem = {
  kind: 'suggestion',
  id: 'tag tag:dog',
  suggestion: { kind: 'tag', text: 'dog', detail: null, insert: 'tag:dog', count: 1 },
  place: { start: 0, end: 2 },
  word: 'do',
};
const RECENT: ListItem = { kind: 'recent', id: 'recent a', query: 'a' };
const HELP: ListItem = { kind: 'help', id: 'help' };

type Situation = {
  readonly typed?: string;
  readonly hasTerms?: boolean;
  readonly items?: readonly ListItem[];
  readonly marked?: number;
  readonly hasNote?: boolean;
};

/** What a key does, and whether it was used. */
function press(keys: string, situation: Situation = {}): readonly [used: boolean, done: string] {
  const { typed = '', hasTerms = false, items = [], marked = -1, hasNote = false } = situation;
  const done: string[] = [];
  const tell = (what: string) => (): void => {
    done.push(what);
  };
  const field: FieldState = {
    typed,
    hasTerms,
    list: {
      items,
      marked,
      setOpen: (open) => done.push(open ? 'open' : 'close'),
      move: (step) => done.push(`move ${step}`),
    },
    take: (item) => done.push(`take ${item.id}`),
    finish: tell('finish'),
    clear: tell('clear'),
    leave: tell('leave'),
    editLast: tell('edit last'),
    forget: (query) => done.push(`forget ${query}`),
    focusLastChip: tell('last chip'),
    focusNote: () => hasNote && done.push('note') > 0,
  };
  const shiftKey = keys.startsWith('shift+');
  const key = keys.replace('shift+', '');
  const used = pressFieldKey({ key, shiftKey, isAtStart: typed === '' }, field);
  return [used, done.join()];
}

const LISTED = { typed: 'do', items: [SUGGESTION, HELP] };

describe('pressFieldKey', () => {
  it('moves in the list, opens it, or goes to the note', () => {
    expect(press('ArrowDown', LISTED)).toEqual([true, 'move 1']);
    expect(press('ArrowUp', LISTED)).toEqual([true, 'move -1']);
    expect(press('ArrowDown')).toEqual([false, 'open']);
    expect(press('ArrowDown', { hasNote: true })).toEqual([true, 'note']);
    expect(press('ArrowUp')).toEqual([false, '']);
  });

  it('takes what is marked, or searches for what is typed', () => {
    expect(press('Enter', { ...LISTED, marked: 0 })).toEqual([true, 'take tag tag:dog']);
    expect(press('Enter', LISTED)).toEqual([true, 'finish']);
  });

  it('completes with Tab, and lets those pass who only come by', () => {
    expect(press('Tab', LISTED)).toEqual([true, 'take tag tag:dog']);
    expect(press('shift+Tab', LISTED)).toEqual([false, '']);
    expect(press('Tab', { items: [RECENT, HELP] })).toEqual([false, '']);
    expect(press('Tab', { typed: 'a', items: [RECENT, HELP] })).toEqual([false, '']);
    expect(press('Tab', { ...LISTED, marked: 1 })).toEqual([false, '']);
    expect(press('Tab', { typed: 'zz' })).toEqual([false, '']);
  });

  it('closes, empties, leaves with Escape, in that order', () => {
    expect(press('Escape', LISTED)).toEqual([true, 'close']);
    expect(press('Escape', { typed: 'do' })).toEqual([true, 'clear']);
    expect(press('Escape')).toEqual([true, 'leave']);
  });

  it('forgets only a marked search, and only with shift', () => {
    const recents = { items: [RECENT, HELP], marked: 0 };
    expect(press('shift+Delete', recents)).toEqual([true, 'forget a']);
    expect(press('Delete', recents)).toEqual([false, '']);
    expect(press('shift+Delete', { ...recents, marked: 1 })).toEqual([false, '']);
  });

  it('goes to the chips from the beginning of the text', () => {
    expect(press('ArrowLeft', { hasTerms: true })).toEqual([true, 'last chip']);
    expect(press('ArrowLeft')).toEqual([false, '']);
    expect(press('ArrowLeft', { hasTerms: true, typed: 'a' })).toEqual([false, '']);
    expect(press('Backspace', { hasTerms: true })).toEqual([true, 'edit last']);
    expect(press('Backspace', { hasTerms: true, typed: 'a' })).toEqual([false, '']);
    expect(press('a', { hasTerms: true })).toEqual([false, '']);
  });
});
