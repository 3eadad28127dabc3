import { useState } from 'react';
import { wordAt } from '../../shared/queryText.ts';
import { useRecentSearches } from '../saved/recent.ts';
import { joinText, phrasesAt, type SearchText } from './draft.ts';
import { type Completion, type ListItem, listItems } from './listItems.ts';
import { useDateSuggestions, useSuggestions } from './queries.ts';

export type FieldList = {
  /** What is offered; empty while the list is closed. */
  readonly items: readonly ListItem[];
  /** Index of the one that enter takes; -1 for none. */
  readonly marked: number;
  readonly setOpen: (open: boolean) => void;
  /** Marks the next one or the one before; past the ends none is marked. */
  readonly move: (step: 1 | -1) => void;
};

/** The list under the search field: open or not, what it offers, and which of it is marked. */
export function useFieldList(text: SearchText, cursor: number, composing: boolean): FieldList {
  const [wanted, setWanted] = useState(false);
  // By name: the mark stays where it is when other offers arrive.
  const [markedId, setMarkedId] = useState<string | null>(null);
  const recents = useRecentSearches();
  const isOpen = wanted && !composing;
  const completions = useCompletions(isOpen ? text.typed : '', cursor);
  const items = isOpen
    ? listItems({ query: joinText(text), typed: text.typed, completions, recents })
    : [];
  const marked = items.findIndex((item) => item.id === markedId);
  return {
    items,
    marked,
    setOpen(next) {
      setWanted(next);
      setMarkedId(null);
    },
    move(step) {
      const places = items.length + 1;
      const next = ((marked + 1 + step + places) % places) - 1;
      setMarkedId(items[next]?.id ?? null);
    },
  };
}

/** What the last words before the cursor could become: dates of several words, then all that the last one could. */
function useCompletions(typed: string, cursor: number): readonly Completion[] {
  const word = wordAt(typed, cursor);
  const [longer, shorter] = phrases(typed, cursor);
  const ofThree = useDateSuggestions(longer?.text ?? null);
  const ofTwo = useDateSuggestions(shorter?.text ?? null);
  const ofOne = useSuggestions(word.text === '' ? null : word.text);
  if (word.text === '') return [];
  return [
    ...(longer ? [{ place: longer, word: longer.text, suggestions: ofThree }] : []),
    ...(shorter ? [{ place: shorter, word: shorter.text, suggestions: ofTwo }] : []),
    { place: word, word: word.text, suggestions: ofOne },
  ];
}

/** Three words and two. */
function phrases(typed: string, cursor: number) {
  const found = phrasesAt(typed, cursor);
  return found.length > 1 ? found : [undefined, found[0]];
}
