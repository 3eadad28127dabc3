import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { QueryHint, Suggestion } from '../../shared/model.ts';
import { client } from '../api/client.ts';
import { queryKeys } from '../api/queryKeys.ts';
import { useLanguage } from '../i18n/index.ts';
import { facetsQuery } from '../sidebar/queries.ts';
import { useCalmView } from '../state/useCalmView.ts';

const NONE: readonly Suggestion[] = [];
const NO_HINTS: readonly QueryHint[] = [];
/** Two rounds of the list. */
const MOST_SUGGESTIONS = 20;
/** The engine takes no longer word; nothing of that length could become a suggestion. */
const LONGEST_WORD = 1000;

/** What a half-typed text could become; nothing while it is null. */
export function useSuggestions(text: string | null): readonly Suggestion[] {
  const language = useLanguage();
  const word = text !== null && text.length <= LONGEST_WORD ? text : null;
  const { data } = useQuery({
    queryKey: [...queryKeys.suggestions, language, word],
    queryFn: async ({ signal }) => {
      const request = { text: word ?? '', language, limit: MOST_SUGGESTIONS };
      return (await client.tags.suggest(request, { signal })).suggestions;
    },
    enabled: word !== null,
    // The list stays while a word goes on: it never jumps from letter to letter.
    placeholderData: (before, query) => (goesOn(query?.queryKey.at(-1), word) ? before : undefined),
    gcTime: 60_000,
  });
  return word === null ? NONE : (data ?? NONE);
}

/** The dates among what several words could become. */
export function useDateSuggestions(text: string | null): readonly Suggestion[] {
  return useSuggestions(text).filter(({ kind }) => kind === 'date');
}

/** Whether one is the beginning of the other. */
function goesOn(before: unknown, word: string | null): boolean {
  if (typeof before !== 'string' || word === null) return false;
  return word.startsWith(before) || before.startsWith(word);
}

/**
 * Tags of the view's query that the library does not have. They do not depend on the lens, and stay while
 * another step of it is asked for.
 */
export function useHints(): readonly QueryHint[] {
  const { query, threshold } = useCalmView();
  const { data, isPlaceholderData } = useQuery(facetsQuery(query, threshold));
  const [known, setKnown] = useState({ query, hints: NO_HINTS });
  const isNew = known.query !== query || known.hints !== data?.hints;
  if (data && !isPlaceholderData && isNew) setKnown({ query, hints: data.hints });
  return known.query === query ? known.hints : NO_HINTS;
}
