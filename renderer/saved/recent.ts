/** The last searches. The engine leaves out what would tell of sensitive photos, and what has a mistake. */
import { useQuery } from '@tanstack/react-query';
import { client } from '../api/client.ts';
import { queryKeys } from '../api/queryKeys.ts';
import { attempt } from '../state/report.ts';

const NONE: readonly string[] = [];

/** What was handed over last: a search that rests is not remembered again and again. */
let lastRemembered: string | null = null;

/** The last searches, the newest first; none until they are known. */
export function useRecentSearches(): readonly string[] {
  const { data } = useQuery({
    queryKey: queryKeys.recentSearches,
    queryFn: async ({ signal }) => (await client.searches.recent(undefined, { signal })).queries,
  });
  return data ?? NONE;
}

/** Remembers a search as the newest. Nobody asked for it, so a failure is not told: the next one may succeed. */
export function rememberSearch(query: string): void {
  const trimmed = query.trim();
  if (trimmed === '' || trimmed === lastRemembered) return;
  lastRemembered = trimmed;
  client.searches.remember({ query: trimmed }).catch(() => {
    lastRemembered = null;
  });
}

/** Forgets one of the last searches, or all. A failure is told. */
export async function forgetSearch(query: string | null): Promise<void> {
  lastRemembered = null;
  await attempt(() => client.searches.forget({ query }));
}
