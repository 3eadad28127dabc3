import { X } from 'lucide-react';
import { type KeyboardEvent, type Ref, useImperativeHandle, useRef } from 'react';
import { useTranslation } from '../i18n/index.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import type { QueryNote } from './queryProblem.ts';
import styles from './SearchField.module.css';

export type FieldNoteHandle = {
  /** Answers whether there is something to choose. */
  readonly focusFirst: () => boolean;
};

type FieldNoteProps = {
  readonly ref: Ref<FieldNoteHandle>;
  readonly id: string;
  /** Null while there is nothing to say: what appears later is announced. */
  readonly note: QueryNote | null;
  readonly onUse: (query: string) => void;
  readonly onLeave: () => void;
  readonly onDismiss: () => void;
};

/** What there is to say about the query, under the search field, with what can be done about it. */
export function FieldNote({ ref, id, note, onUse, onLeave, onDismiss }: FieldNoteProps) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  useImperativeHandle(ref, () => ({
    focusFirst() {
      const first = box.current?.querySelector('button');
      first?.focus();
      return first !== null && first !== undefined;
    },
  }));
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.key !== 'Escape' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    onLeave();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its buttons have the focus
    <div ref={box} className={note ? styles['note'] : undefined} onKeyDown={onKeyDown}>
      <p id={id} role="status" className={note ? undefined : styles['silent']}>
        {note?.sentence}
      </p>
      {note && (
        <span className={styles['noteActions']}>
          {note.actions.map(({ label, query }) => (
            <Button key={label} variant="quiet" onClick={() => onUse(query)}>
              {label}
            </Button>
          ))}
          <IconButton
            size="small"
            label={t('search.dismiss')}
            icon={<X size={14} aria-hidden="true" />}
            onClick={onDismiss}
          />
        </span>
      )}
    </div>
  );
}
