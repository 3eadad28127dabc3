/** Saved and recent searches: the calls of `shared/searchesContract.ts`. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { TagrollError } from '../../shared/errors.ts';
import type { SavedSearchCount } from '../../shared/searchesContract.ts';
import type { EngineParts } from '../engineParts.ts';
import { recentSearches, savedSearches } from '../library/searches.ts';
import type { RouterBuilder } from './builder.ts';

export function createSearchesRouter(builder: RouterBuilder, parts: EngineParts) {
  const { db, writer, index } = parts;
  const { searches } = builder;

  const countOf = (query: string, threshold: number): number | null => {
    try {
      return index.count(query, threshold);
    } catch (error) {
      if (error instanceof TagrollError && error.code === 'query_invalid') return null;
      throw error;
    }
  };

  return {
    list: searches.list.handler(() => ({ searches: savedSearches(db) })),
    counts: searches.counts.handler(async ({ input, signal }) => {
      await index.ready;
      const counts: SavedSearchCount[] = [];
      for (const { id, query, threshold } of savedSearches(db)) {
        counts.push({ id, count: countOf(query, threshold ?? input.threshold) });
        // Two hundred of them must not hold up what others ask.
        await nextTurn();
        signal?.throwIfAborted();
      }
      return { counts };
    }),
    save: searches.save.handler(({ input }) => writer.run('saveSearch', input)),
    change: searches.change.handler(({ input }) => writer.run('changeSearch', input)),
    remove: searches.remove.handler(({ input }) => writer.run('removeSearch', input)),
    recent: searches.recent.handler(() => ({ queries: recentSearches(db) })),
    remember: searches.remember.handler(({ input }) => writer.run('rememberSearch', input)),
    forget: searches.forget.handler(({ input }) => writer.run('forgetSearch', input)),
  };
}
