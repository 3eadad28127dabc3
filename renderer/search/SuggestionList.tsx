import { Camera, Folder, Hash, type LucideIcon, Tag } from 'lucide-react';
import type { Suggestion } from '../../shared/model.ts';
import { useFormat } from '../i18n/format.ts';
import { useTranslation } from '../i18n/index.ts';
import styles from './SearchField.module.css';

const ICONS: Readonly<Record<Suggestion['kind'], LucideIcon>> = {
  tag: Tag,
  folder: Folder,
  camera: Camera,
  key: Hash,
};

/** The element id of an option, for `aria-activedescendant`. */
export function optionId(listId: string, index: number): string {
  return `${listId}-${index}`;
}

type SuggestionListProps = {
  readonly id: string;
  readonly suggestions: readonly Suggestion[];
  /** Index of the one that enter takes; -1 for none. */
  readonly marked: number;
  readonly onTake: (index: number) => void;
};

/** What could follow, under the search field. The keyboard stays in the field. */
export function SuggestionList({ id, suggestions, marked, onTake }: SuggestionListProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div id={id} role="listbox" aria-label={t('search.suggestions')} className={styles['list']}>
      {suggestions.map((suggestion, index) => {
        const Icon = ICONS[suggestion.kind];
        return (
          // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field handles the keys
          <div
            key={`${suggestion.kind}:${suggestion.insert}`}
            id={optionId(id, index)}
            role="option"
            aria-selected={index === marked}
            className={styles['option']}
            // Before the field loses the focus and closes the list.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onTake(index)}
          >
            <Icon size={14} className={styles['icon']} aria-hidden="true" />
            <span className={styles['optionText']}>{suggestion.text}</span>
            {suggestion.detail && (
              <span className={styles['optionDetail']}>{suggestion.detail}</span>
            )}
            {suggestion.count !== null && (
              <span className={styles['optionCount']}>{format.number(suggestion.count)}</span>
            )}
          </div>
        );
      })}
    </div>
  );
}
