import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { TagCount } from '../../shared/model.ts';
import type { KeptSearch, SavedSearch } from '../../shared/searchesContract.ts';
import { client } from '../api/client.ts';
import { queryClient } from '../api/queryClient.ts';
import { queryKeys } from '../api/queryKeys.ts';
import { useEngineEvent } from '../api/useLive.ts';
import { translate } from '../i18n/index.ts';
import { attempt } from '../state/report.ts';
import { showToast } from '../state/toasts.ts';
import { useThrottled } from '../state/useThrottled.ts';
import { getView, setView, useView } from '../state/view.ts';
import { keptOf, viewOf } from './savedView.ts';

/** While photos are read changes come all the time, and each saved search is a question of its own. */
const COUNT_EVERY_MS = 2000;
/** The lens is followed once it rests. */
const LENS_RESTS_MS = 200;

const NONE: readonly SavedSearch[] = [];
const NO_TAGS: readonly TagCount[] = [];
const NO_COUNTS: ReadonlyMap<number, number | null> = new Map();

const savedQuery = queryOptions({
  queryKey: queryKeys.searches,
  queryFn: async ({ signal }) => (await client.searches.list(undefined, { signal })).searches,
});

/** Saved searches in the person's order; none until they are known. */
export function useSavedSearches(): readonly SavedSearch[] {
  return useQuery(savedQuery).data ?? NONE;
}

/**
 * Photos of each saved search by its id, null for one that is no longer understood. Kept up to date; the
 * last figures stay until the next ones are there. Use it once.
 */
export function useSavedCounts(enabled: boolean): ReadonlyMap<number, number | null> {
  const threshold = useRested(useView().threshold, LENS_RESTS_MS);
  const { data } = useQuery({
    queryKey: [...queryKeys.searchCounts, threshold],
    async queryFn({ signal }) {
      const { counts } = await client.searches.counts({ threshold }, { signal });
      return new Map(counts.map(({ id, count }) => [id, count]));
    },
    enabled,
    placeholderData: keepPreviousData,
    gcTime: 15_000,
  });
  const refresh = useThrottled(() => {
    // A question under way would never be answered if each change began it anew.
    if (queryClient.isFetching({ queryKey: queryKeys.searchCounts }) > 0) return changed();
    void queryClient.invalidateQueries({ queryKey: queryKeys.searchCounts });
  }, COUNT_EVERY_MS);
  const changed = (): void => refresh.call(undefined);
  useEngineEvent('photos-changed', changed);
  useEngineEvent('tags-changed', changed);
  useEngineEvent('folders-changed', changed);
  return data ?? NO_COUNTS;
}

/** All tags of the library, for their names in both languages: a search also names tags that its photos have not. */
export function useAllTags(enabled: boolean): readonly TagCount[] {
  const { data } = useQuery({
    queryKey: [...queryKeys.facets, 'names'],
    queryFn: async ({ signal }) =>
      (await client.tags.facets({ query: '', threshold: 0, limit: 1 }, { signal })).tags,
    enabled,
    gcTime: 15_000,
  });
  return data ?? NO_TAGS;
}

/** A value once it has stayed the same for a while. */
function useRested<Value>(value: Value, afterMs: number): Value {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), afterMs);
    return () => clearTimeout(timer);
  }, [value, afterMs]);
  return rested;
}

/** Shows what a saved search finds; the person comes back with the back button. */
export function openSaved(search: SavedSearch): void {
  setView(viewOf(search), { push: true });
}

/** Answers whether it was saved; a failure is told. */
export function saveSearch(kept: KeptSearch & { readonly name: string }): Promise<boolean> {
  return attempt(async () => {
    await client.searches.save(kept);
    await refetchSaved();
  });
}

/** Answers whether it was changed; a failure is told. */
export function changeSaved(
  id: number,
  patch: Partial<KeptSearch & { readonly name: string; readonly place: number }>,
): Promise<boolean> {
  return attempt(async () => {
    await client.searches.change({ id, ...patch });
    await refetchSaved();
  });
}

/** The saved search becomes the one on screen. One with a lens of its own takes the present one. */
export async function updateSaved(search: SavedSearch): Promise<void> {
  const { id, name, ...before } = search;
  const changed = await changeSaved(id, keptOf(getView(), search.threshold !== null));
  if (!changed) return;
  showToast({
    text: translate('saved.updated', { name }),
    undo: () => void changeSaved(id, before),
  });
}

/** Deletes a saved search; the message offers to put it back where it stood. */
export async function removeSaved({ id }: SavedSearch): Promise<void> {
  await attempt(async () => {
    const { search, place } = await client.searches.remove({ id });
    await refetchSaved();
    const { id: _gone, ...kept } = search;
    const undo = (): void =>
      void attempt(async () => {
        await client.searches.save({ ...kept, place });
        await refetchSaved();
      });
    showToast({ text: translate('saved.removed', { name: search.name }), undo });
  });
}

async function refetchSaved(): Promise<void> {
  void queryClient.invalidateQueries({ queryKey: queryKeys.searchCounts });
  await queryClient.invalidateQueries({ queryKey: queryKeys.searches });
}
