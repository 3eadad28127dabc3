import {
  type KeyboardEvent,
  useEffect,
  useEffectEvent,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { TagNames } from '../../shared/model.ts';
import { useTranslation } from '../i18n/index.ts';
import { classes } from '../ui/classes.ts';
import { useTagSuggestions } from './queries.ts';
import styles from './TagField.module.css';
import { type TagChoice, tagChoices } from './tagChoices.ts';

export type TagFieldProps = {
  readonly label: string;
  /** A name that is no tag yet may be picked. */
  readonly allowNew: boolean;
  /** Only these can be picked; null: any tag of the library. */
  readonly choices: readonly (TagChoice & { readonly names: TagNames })[] | null;
  /** More choices are on their way: Enter waits for them. */
  readonly isLoading?: boolean;
  readonly autoFocus?: boolean;
  /** The offers lie over what follows instead of pushing it down. */
  readonly floating?: boolean;
  readonly onPick: (choice: TagChoice) => void;
  readonly onCancel?: () => void;
};

/**
 * A field for one tag that offers names of both languages while a person types. Enter takes what is
 * written or marked, Tab the first offer, arrows move, Esc leaves.
 */
export function TagField(props: TagFieldProps) {
  const { label, allowNew, choices, onPick, onCancel } = props;
  const { isLoading = false, autoFocus = false, floating = false } = props;
  const { t } = useTranslation();
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const [open, setOpen] = useState(autoFocus);
  /** The text that was entered before there was anything to pick. */
  const [entered, setEntered] = useState<string | null>(null);
  const suggestions = useTagSuggestions(choices === null ? text : '');
  const options = useMemo(
    () => tagChoices(text, choices, suggestions, allowNew),
    [text, choices, suggestions, allowNew],
  );
  useEffect(() => {
    if (autoFocus) input.current?.focus({ preventScroll: true });
  }, [autoFocus]);

  const marked = Math.min(active, options.length - 1);
  const pick = (choice: TagChoice | undefined): void => {
    if (!choice) return;
    setText('');
    setActive(0);
    onPick(choice);
  };
  const pickFirst = useEffectEvent(() => {
    setEntered(null);
    if (entered === text) pick(options[0]);
  });
  useEffect(() => {
    if (entered !== null && !isLoading) pickFirst();
  }, [entered, isLoading]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && options.length > 0) {
      setOpen(true);
      setActive((marked + step + options.length) % options.length);
    } else if (event.key === 'Enter') {
      if (isLoading && options.length === 0) setEntered(text);
      else pick(options[marked]);
    } else if (event.key === 'Tab' && !event.shiftKey && open && offer) {
      setText(offer.name);
      setActive(0);
    } else if (event.key === 'Escape') {
      if (text !== '') setText('');
      else if (onCancel) onCancel();
      else input.current?.blur();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const offer = options.find((option) => !option.isNew && option.name !== text.trim());
  const shown = open && options.length > 0;

  return (
    <div className={styles['field']}>
      <input
        ref={input}
        className={styles['input']}
        role="combobox"
        aria-label={label}
        aria-expanded={shown}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={shown ? `${listId}-${marked}` : undefined}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        placeholder={label}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      {shown ? (
        <div
          id={listId}
          className={classes(styles['list'], floating && styles['floating'])}
          role="listbox"
          aria-label={t('grid.tagSuggestions')}
        >
          {options.map((option, at) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field holds the focus and has the keys
            <div
              key={`${option.isNew ? 'new' : ''} ${option.tag}`}
              id={`${listId}-${at}`}
              role="option"
              tabIndex={-1}
              aria-selected={at === marked}
              className={classes(styles['option'], at === marked && styles['active'])}
              // Keeps the focus in the field, which would close the list.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => pick(option)}
              onMouseMove={() => setActive(at)}
            >
              <span className={styles['name']}>
                {option.isNew ? t('grid.tagCreate', { name: option.name }) : option.name}
              </span>
              {option.detail && <span className={styles['detail']}>{option.detail}</span>}
            </div>
          ))}
        </div>
      ) : (
        <div id={listId} hidden />
      )}
      {open && !isLoading && choices !== null && options.length === 0 && (
        <p className={styles['none']}>{t('grid.tagNone')}</p>
      )}
    </div>
  );
}
