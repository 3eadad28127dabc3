/** Short ways to ask an index. */
import { createSearchIndex } from '../../../main/search/index.ts';
import type { SearchIndex } from '../../../main/search/types.ts';
import type { Sort } from '../../../shared/model.ts';
import { type Fixture, NOW } from './fixture.ts';

/** An index over the fixture, tags included. */
export async function indexOf(fixture: Fixture): Promise<SearchIndex> {
  const index = createSearchIndex({ db: fixture.db, now: () => NOW });
  await index.ready;
  return index;
}

/** Ids in the order asked for. */
export function ids(
  index: SearchIndex,
  query: string,
  threshold = 0,
  sort: Sort = 'taken',
  ascending = false,
): number[] {
  return [...index.result({ query, threshold, sort, ascending }).ids];
}

/** The same without an order. */
export function found(index: SearchIndex, query: string, threshold = 0): number[] {
  return ids(index, query, threshold).sort((a, b) => a - b);
}
