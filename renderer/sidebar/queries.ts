import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { TagrollError } from '../../shared/errors.ts';
import type {
  FacetGroups,
  LibraryCounts,
  QueryHint,
  TagCount,
  TagNames,
} from '../../shared/model.ts';
import { client, toTagrollError } from '../api/client.ts';
import { queryKeys } from '../api/queryKeys.ts';
import { useCalmView } from '../state/useCalmView.ts';
import { useView } from '../state/view.ts';

export type Facets = {
  readonly total: number;
  readonly tags: readonly TagCount[];
  /** The first values of each. */
  readonly groups: FacetGroups;
  /** Tags of the query that the library does not have. */
  readonly hints: readonly QueryHint[];
  readonly counts: LibraryCounts;
};

/** Shown while a query cannot be understood. */
let lastFacets: Facets | null = null;

/** Values of a group that are asked for until the person wants all of them. */
const FIRST_VALUES = 50;

/** What is in the result of a query; at most `limit` values of each group. */
export function facetsQuery(query: string, threshold: number, limit = FIRST_VALUES) {
  return queryOptions({
    queryKey: [...queryKeys.facets, query, threshold, limit],
    queryFn: ({ signal }): Promise<Facets> =>
      client.tags.facets({ query, threshold, limit }, { signal }),
    // The last answer stays on screen until the next one is there: counts never jump to nothing.
    placeholderData: keepPreviousData,
    // Each step of the lens is a question of its own; old ones are not worth keeping for long.
    gcTime: 15_000,
  });
}

/** What services call their types of tags; a group's title where the window has no word of its own. */
export function useTypeNames(): Readonly<Record<string, TagNames>> {
  const { data } = useQuery({
    queryKey: queryKeys.typeNames,
    queryFn: async ({ signal }) => (await client.tags.typeNames(undefined, { signal })).types,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data ?? NO_NAMES;
}

const NO_NAMES: Readonly<Record<string, TagNames>> = {};

/** All tags of the library at the lens, once they are wanted. */
export function useLibraryTags(wanted: boolean): readonly TagCount[] | undefined {
  const { threshold } = useView();
  const { data } = useQuery({ ...facetsQuery('', threshold), enabled: wanted });
  return wanted ? data?.tags : undefined;
}

/** Tags and counts of what is on screen, and why there are none. They follow once the photos are drawn. */
export function useFacets(): {
  readonly facets: Facets | null;
  readonly error: TagrollError | null;
} {
  const { query, threshold } = useCalmView();
  const { data, error } = useQuery(facetsQuery(query, threshold));
  useEffect(() => {
    if (data) lastFacets = data;
  }, [data]);
  // A window that opens with a query nobody understands still shows the library around it.
  const whole = useQuery({
    ...facetsQuery('', threshold),
    enabled: error !== null && lastFacets === null,
  });
  return {
    facets: data ?? lastFacets ?? whole.data ?? null,
    error: error ? toTagrollError(error) : null,
  };
}
