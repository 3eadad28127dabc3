import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from '../i18n/index.ts';
import { classes } from '../ui/classes.ts';
import { ListRow } from './ListRow.tsx';
import type { ListItem } from './listItems.ts';
import styles from './SuggestionList.module.css';
import { queryWords } from './termText.ts';

/** The element id of an option, for `aria-activedescendant`. */
export function optionId(listId: string, index: number): string {
  return `${listId}-${index}`;
}

type SuggestionListProps = {
  readonly id: string;
  readonly items: readonly ListItem[];
  /** Index of the one that enter takes; -1 for none. */
  readonly marked: number;
  readonly onTake: (item: ListItem) => void;
  readonly onForget: (query: string) => void;
};

/** What could follow, under the search field. The keyboard stays in the field. */
export function SuggestionList(props: SuggestionListProps) {
  const { id, items, marked, onTake, onForget } = props;
  const { t, i18n } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (marked < 0) list.current?.scrollTo({ top: 0 });
    else document.getElementById(optionId(id, marked))?.scrollIntoView({ block: 'nearest' });
  }, [id, marked]);
  return (
    // Before the field loses the focus and closes the list.
    <div ref={list} className={styles['popup']} onPointerDown={(event) => event.preventDefault()}>
      <div id={id} role="listbox" aria-label={t('search.suggestions')}>
        {items.map((item, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field handles the keys
          <div
            key={item.id}
            id={optionId(id, index)}
            role="option"
            aria-selected={index === marked}
            className={classes(styles['option'], item.kind === 'help' && styles['help'])}
            onClick={() => onTake(item)}
          >
            <ListRow item={item} />
          </div>
        ))}
      </div>
      {/* Beside the options, not in them: what chooses one cannot hold another button. */}
      <div className={styles['forgets']}>
        {items.map((item) =>
          item.kind === 'recent' ? (
            <button
              key={item.id}
              type="button"
              tabIndex={-1}
              className={styles['forget']}
              aria-label={t('search.forget', {
                query: queryWords(item.query, t, i18n.exists)
                  .map(({ spoken }) => spoken)
                  .join(' '),
              })}
              title={t('shortcuts.forgetSearch')}
              onClick={() => onForget(item.query)}
            >
              <X size={12} aria-hidden="true" />
            </button>
          ) : (
            <span key={item.id} className={styles['space']} />
          ),
        )}
      </div>
    </div>
  );
}
