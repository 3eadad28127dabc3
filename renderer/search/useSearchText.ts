import { type RefObject, useEffect, useState } from 'react';
import { setView, useViewPart } from '../state/view.ts';
import {
  editAll,
  editLast,
  finish,
  followQuery,
  joinText,
  type SearchText,
  type Stretch,
  takeSuggestion,
} from './draft.ts';

export type SearchTextControl = {
  readonly text: SearchText;
  /** UTF-16 units into the typed part. */
  readonly cursor: number;
  readonly setCursor: (cursor: number) => void;
  /** What the person types; while an input method composes it is not searched for yet. */
  readonly type: (typed: string, composing: boolean) => void;
  readonly finish: () => void;
  /** A suggestion in place of a part of the typed text. */
  readonly take: (place: Stretch, insert: string) => void;
  readonly editLast: () => void;
  /** Everything becomes text, with `[start, end)` of the query selected. */
  readonly editAll: (start: number, end: number) => void;
  /** Replaces the whole query. */
  readonly replace: (query: string) => void;
  /** Another text for `[start, end)` of the chips. Changes in a row with the same `step` are one step of the way back. */
  readonly rewrite: (start: number, end: number, term: string, step?: string) => void;
};

/** The text of the search field, in step with the query of the view. */
export function useSearchText(input: RefObject<HTMLInputElement | null>): SearchTextControl {
  const query = useViewPart('query');
  const [text, setText] = useState<SearchText>({ done: query, typed: '' });
  const [cursor, setCursor] = useState(0);
  const [selected, setSelected] = useState<readonly [number, number] | null>(null);

  useEffect(() => setText((before) => followQuery(before, query)), [query]);
  // Selecting has to wait until the input shows the text.
  useEffect(() => {
    if (!selected) return;
    input.current?.focus();
    input.current?.setSelectionRange(selected[0], selected[1]);
    setCursor(selected[1]);
    setSelected(null);
  }, [selected, input]);

  const apply = (next: SearchText, push: boolean, step?: string): void => {
    setText(next);
    const options = step === undefined ? { push } : { push, step };
    setView({ query: joinText(next), section: 'photos' }, options);
  };
  return {
    text,
    cursor,
    setCursor,
    type(typed, composing) {
      const next = { ...text, typed };
      // The way back leads to before the typing, not through each letter.
      if (composing) setText(next);
      else apply(next, text.typed === '' && typed !== '');
    },
    finish: () => apply(finish(text), false),
    take(place, insert) {
      const taken = takeSuggestion(text, place, insert);
      apply(taken.text, false);
      setSelected([taken.cursor, taken.cursor]);
    },
    editLast() {
      const next = editLast(text);
      setText(next);
      setSelected([next.typed.length, next.typed.length]);
    },
    editAll(start, end) {
      setText(editAll(text));
      setSelected([start, end]);
    },
    replace: (next) => apply({ done: next.trim(), typed: '' }, true),
    rewrite(start, end, term, step) {
      const done = text.done.slice(0, start) + term + text.done.slice(end);
      apply({ ...text, done }, true, step);
    },
  };
}
