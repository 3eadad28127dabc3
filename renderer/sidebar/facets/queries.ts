import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { termsOfKey, withoutKey } from '../../../shared/facetTerms.ts';
import type { FacetGroups } from '../../../shared/model.ts';
import { client } from '../../api/client.ts';
import { queryKeys } from '../../api/queryKeys.ts';
import { useView } from '../../state/view.ts';
import { facetsQuery, useFacets } from '../queries.ts';

/** The most values of a group that the engine tells. */
const ALL_VALUES = 10_000;
/** The most folders of one question. */
const FOLDERS_AT_ONCE = 5000;

/**
 * What the values of a key can be chosen from: the result of the query without the key's own terms.
 * Null until it is known. With `all` every value, else the first ones.
 */
export function useGroups(key: string, all: boolean): FacetGroups | null {
  const { query, threshold } = useView();
  const { facets } = useFacets();
  const { data } = useQuery(
    facetsQuery(withoutKey(query, key), threshold, all ? ALL_VALUES : undefined),
  );
  // A query that cannot be understood has no values: the last ones stay.
  return (data ?? facets)?.groups ?? null;
}

/** The values of a key that the search asks for or excludes. */
export function useChosenTerms(key: string): readonly string[] {
  return termsOfKey(useView().query, key);
}

function folderCountsQuery(query: string, threshold: number, folderIds: readonly number[]) {
  return queryOptions({
    queryKey: [...queryKeys.facets, 'folders', query, threshold, folderIds],
    async queryFn({ signal }): Promise<ReadonlyMap<number, number>> {
      const found = new Map<number, number>();
      for (let first = 0; first < folderIds.length; first += FOLDERS_AT_ONCE) {
        const part = folderIds.slice(first, first + FOLDERS_AT_ONCE);
        const input = { query, threshold, folderIds: part };
        const { counts } = await client.tags.folderCounts(input, { signal });
        for (const [index, id] of part.entries()) found.set(id, counts[index] ?? 0);
      }
      return found;
    },
    enabled: query.trim() !== '' && folderIds.length > 0,
    placeholderData: keepPreviousData,
    gcTime: 15_000,
    // Each map is a new one.
    structuralSharing: false,
  });
}

/**
 * Photos of the result in folders and below them, by id; the search's own folders do not narrow it.
 * Null where nothing else is searched for: then the folders' own totals are the answer.
 */
export function useFolderCounts(folderIds: readonly number[]): ReadonlyMap<number, number> | null {
  const { query, threshold } = useView();
  const asked = withoutKey(query, 'folder');
  const { data } = useQuery(folderCountsQuery(asked, threshold, folderIds));
  return asked.trim() === '' ? null : (data ?? NOTHING_KNOWN);
}

const NOTHING_KNOWN: ReadonlyMap<number, number> = new Map();
