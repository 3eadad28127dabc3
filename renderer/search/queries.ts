import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Suggestion } from '../../shared/model.ts';
import { client } from '../api/client.ts';
import { queryKeys } from '../api/queryKeys.ts';
import { useLanguage } from '../i18n/index.ts';

const NONE: readonly Suggestion[] = [];
const MOST_SUGGESTIONS = 10;

/** What could follow the word before the cursor; nothing while `text` is null. */
export function useSuggestions(text: string | null): readonly Suggestion[] {
  const language = useLanguage();
  const { data } = useQuery({
    queryKey: [...queryKeys.suggestions, language, text],
    queryFn: ({ signal }) =>
      client.tags.suggest({ text: text ?? '', language, limit: MOST_SUGGESTIONS }, { signal }),
    enabled: text !== null,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  return text === null ? NONE : (data?.suggestions ?? NONE);
}
