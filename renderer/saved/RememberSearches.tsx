import { useEffect } from 'react';
import { useResult } from '../grid/result.ts';
import { LIBRARY_VIEWS } from '../sidebar/libraryViewList.ts';
import { useSelection } from '../state/selection.ts';
import { useView } from '../state/view.ts';
import { rememberSearch } from './recent.ts';

/** Who looks at the same photos for so long has found what they typed. */
const SETTLED_AFTER_MS = 4000;

/** Remembers searches that found something and that the person stayed with. Belongs beside the grid. */
export function RememberSearches() {
  const { query, viewerId } = useView();
  const { request, result } = useResult();
  const { ids } = useSelection();
  const isFound = request?.query === query && (result?.ids.length ?? 0) > 0;
  const isChosen = viewerId !== null || ids.size > 0;
  // The fixed views are one click away as they are.
  const isSearch = query.trim() !== '' && !LIBRARY_VIEWS.some((view) => view.query === query);
  useEffect(() => {
    if (!isSearch || !isFound) return;
    if (isChosen) return rememberSearch(query);
    const timer = setTimeout(() => rememberSearch(query), SETTLED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [query, isSearch, isFound, isChosen]);
  return null;
}
