/** How saved searches and what is on screen belong together. */
import type { KeptSearch, SavedSearch } from '../../shared/searchesContract.ts';
import type { ViewState } from '../state/view.ts';

type Shown = Pick<ViewState, 'query' | 'threshold' | 'sort' | 'ascending'>;

/** What opening a saved search changes of the view. One without a lens of its own leaves the window's. */
export function viewOf(search: KeptSearch): Partial<ViewState> {
  const { query, threshold, sort, ascending } = search;
  const lens = threshold === null ? {} : { threshold };
  return { section: 'photos', viewerId: null, query, sort, ascending, ...lens };
}

/** What is on screen, to be kept. */
export function keptOf(view: Shown, withLens: boolean): KeptSearch {
  const { query, threshold, sort, ascending } = view;
  return { query: query.trim(), threshold: withLens ? threshold : null, sort, ascending };
}

/** Whether opening the saved search would change nothing of what is found and how it is ordered. */
export function isSameSearch(search: KeptSearch, view: Shown): boolean {
  return (
    search.query.trim() === view.query.trim() &&
    search.sort === view.sort &&
    search.ascending === view.ascending &&
    (search.threshold === null || search.threshold === view.threshold)
  );
}

/** The saved search that the view shows, else the first with the same query; null for none. */
export function savedAs(searches: readonly SavedSearch[], view: Shown): SavedSearch | null {
  const query = view.query.trim();
  const exact = searches.find((search) => isSameSearch(search, view));
  return exact ?? searches.find((search) => search.query.trim() === query) ?? null;
}
