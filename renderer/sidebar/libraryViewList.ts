import { CircleAlert, Clock, Heart, Images, type LucideIcon, Tag } from 'lucide-react';
import type { LibraryCounts } from '../../shared/model.ts';
import { setView, type ViewState } from '../state/view.ts';

/** A fixed view of the library. */
export type LibraryView = {
  readonly key: Exclude<keyof LibraryCounts, 'missing'>;
  readonly Icon: LucideIcon;
  /** Null for the list of problems, which is no search. */
  readonly query: string | null;
};

export const LIBRARY_VIEWS: readonly LibraryView[] = [
  { key: 'all', Icon: Images, query: '' },
  { key: 'recent', Icon: Clock, query: 'added:<30d' },
  { key: 'untagged', Icon: Tag, query: 'is:untagged' },
  { key: 'favorites', Icon: Heart, query: 'is:favorite' },
  { key: 'problems', Icon: CircleAlert, query: null },
];

export function isActive(item: LibraryView, view: ViewState): boolean {
  return item.query === null
    ? view.section === 'problems'
    : view.section === 'photos' && view.query === item.query;
}

export function openLibraryView({ query }: LibraryView): void {
  const patch: Partial<ViewState> =
    query === null ? { section: 'problems' } : { section: 'photos', query };
  setView(patch, { push: true });
}
