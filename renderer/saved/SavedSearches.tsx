import { Bookmark } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from '../i18n/index.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { useRovingFocus } from '../ui/useRovingFocus.ts';
import { useSavedCounts, useSavedSearches } from './queries.ts';
import styles from './Saved.module.css';
import { SavedRow } from './SavedRow.tsx';

/** The person's own searches with what they find now. Not there while there is none. */
export function SavedSearches({ onChoose }: { readonly onChoose: () => void }) {
  const { t } = useTranslation();
  const searches = useSavedSearches();
  const counts = useSavedCounts(searches.length > 0);
  const roving = useRovingFocus<HTMLUListElement>();
  const list = roving.ref;
  /** Where the row stood that is being deleted. */
  const removedAt = useRef<number | null>(null);

  // The keyboard stays where the deleted row was.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change of the list takes a row away
  useEffect(() => {
    if (removedAt.current === null || document.activeElement !== document.body) return;
    const rows = list.current?.querySelectorAll<HTMLElement>('[data-roving]');
    rows?.[Math.min(removedAt.current, rows.length - 1)]?.focus();
    removedAt.current = null;
  }, [searches]);

  if (searches.length === 0) return null;
  return (
    <section aria-labelledby="sidebar-saved">
      <h2 id="sidebar-saved" className={styles['heading']}>
        {t('saved.title')}
      </h2>
      <ul {...roving} aria-labelledby="sidebar-saved">
        {searches.map((search, place) => (
          <li key={search.id}>
            <SavedRow
              search={search}
              count={counts.get(search.id)}
              place={place}
              last={searches.length - 1}
              onChoose={onChoose}
              onRemove={() => {
                removedAt.current = place;
              }}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The way to them where the library pane is a column of icons. */
export function SavedRailButton({ onOpen }: { readonly onOpen: () => void }) {
  const { t } = useTranslation();
  if (useSavedSearches().length === 0) return null;
  return (
    <IconButton
      side="right"
      label={t('saved.title')}
      icon={<Bookmark size={16} aria-hidden="true" />}
      onClick={onOpen}
    />
  );
}
