import { Search, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { removeTerm, splitTerms, wordAt } from '../../shared/queryText.ts';
import { useTranslation } from '../i18n/index.ts';
import { useFacets } from '../sidebar/queries.ts';
import { useShortcut } from '../state/shortcuts.ts';
import { useView } from '../state/view.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { MarkedInput } from './MarkedInput.tsx';
import { ProblemNote } from './ProblemNote.tsx';
import { useSuggestions } from './queries.ts';
import { queryProblem } from './queryProblem.ts';
import styles from './SearchField.module.css';
import { optionId, SuggestionList } from './SuggestionList.tsx';
import { TermChip } from './TermChip.tsx';
import { useSearchText } from './useSearchText.ts';

/** Nobody is told of a mistake in the middle of a word. */
const PROBLEM_AFTER_MS = 800;

/** Where people say what they look for: terms that are done as chips, then what is being typed. */
export function SearchField() {
  const { t } = useTranslation();
  const view = useView();
  const { error } = useFacets();
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const chips = useRef<HTMLSpanElement>(null);
  const search = useSearchText(input);
  const { text, cursor } = search;
  const [open, setOpen] = useState(false);
  const [marked, setMarked] = useState(-1);
  const [composing, setComposing] = useState(false);
  const [calm, setCalm] = useState(true);

  const word = open && !composing ? wordAt(text.typed, cursor).text : '';
  const suggestions = useSuggestions(word === '' ? null : word);
  const listed = word !== '' && suggestions.length > 0;
  const problem = calm ? queryProblem(error, view.query, t) : null;
  const terms = splitTerms(text.done);

  const focus = (): void => {
    input.current?.focus();
    input.current?.select();
  };
  useShortcut('/', focus, { label: t('shortcuts.search'), group: 'search' });
  useShortcut('mod+f', focus, { group: 'search', inFields: true });
  useEffect(() => {
    if (calm) return;
    const timer = setTimeout(() => setCalm(true), PROBLEM_AFTER_MS);
    return () => clearTimeout(timer);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: new chips are brought into sight
  useEffect(() => {
    if (chips.current) chips.current.scrollLeft = chips.current.scrollWidth;
  }, [text.done]);

  const type = (typed: string, isComposing: boolean): void => {
    setOpen(true);
    setMarked(-1);
    setCalm(false);
    search.type(typed, isComposing);
  };
  const take = (index: number): void => {
    const suggestion = suggestions[index];
    if (!suggestion) return;
    search.take(suggestion.insert);
    setMarked(-1);
    setOpen(suggestion.insert.endsWith(':'));
  };
  const done = (): void => {
    setCalm(true);
    setOpen(false);
    search.finish();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return;
    if (pressed(event)) event.preventDefault();
  };
  /** Answers whether the key was used. */
  const pressed = (event: KeyboardEvent<HTMLInputElement>): boolean => {
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp': {
        if (!listed) return false;
        const places = suggestions.length + 1;
        const step = event.key === 'ArrowDown' ? 1 : -1;
        setMarked(((marked + 1 + step + places) % places) - 1);
        return true;
      }
      case 'Enter':
        if (listed && marked >= 0) take(marked);
        else done();
        return true;
      case 'Tab':
        if (!listed || event.shiftKey) return false;
        take(Math.max(0, marked));
        return true;
      case 'Escape':
        if (listed) setOpen(false);
        else if (text.typed) type('', false);
        else input.current?.blur();
        return true;
      case 'Backspace':
        if (text.typed !== '' || terms.length === 0) return false;
        search.editLast();
        return true;
      default:
        return false;
    }
  };

  const doneLength = text.done ? text.done.length + 1 : 0;
  const indent = text.typed.length - text.typed.trimStart().length;
  const placeInTyped = (place: number): number => place - doneLength + indent;
  return (
    <search className={styles['search']}>
      <div
        className={styles['field']}
        data-invalid={problem !== null}
        onPointerDown={(event) => {
          if (event.target !== event.currentTarget) return;
          event.preventDefault();
          input.current?.focus();
        }}
      >
        <Search size={16} className={styles['icon']} aria-hidden="true" />
        {terms.length > 0 && (
          <span ref={chips} className={styles['chips']}>
            {terms.map((term) => (
              <TermChip
                key={term.start}
                term={term}
                invalid={problem !== null && problem.start < term.end && problem.end > term.start}
                onEdit={() => search.editAll(term.start, term.end)}
                onRemove={() => {
                  search.replace(removeTerm(view.query, term.text));
                  input.current?.focus();
                }}
              />
            ))}
          </span>
        )}
        <MarkedInput
          ref={input}
          value={text.typed}
          mark={
            problem ? { start: placeInTyped(problem.start), end: placeInTyped(problem.end) } : null
          }
          role="combobox"
          aria-label={t('search.label')}
          aria-autocomplete="list"
          aria-expanded={listed}
          aria-controls={listed ? listId : undefined}
          aria-activedescendant={listed && marked >= 0 ? optionId(listId, marked) : undefined}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? `${listId}-problem` : undefined}
          placeholder={terms.length === 0 ? t('search.placeholder') : ''}
          onChange={(event) => {
            // Pasted text and text of an input method come without a key: nothing else tells of the cursor.
            search.setCursor(event.target.selectionStart ?? 0);
            type(event.target.value, (event.nativeEvent as InputEvent).isComposing);
          }}
          onSelect={(event) => search.setCursor(event.currentTarget.selectionStart ?? 0)}
          onCompositionStart={() => setComposing(true)}
          onCompositionEnd={(event) => {
            setComposing(false);
            search.setCursor(event.currentTarget.selectionStart ?? 0);
            type(event.currentTarget.value, false);
          }}
          onKeyDown={onKeyDown}
          onBlur={() => {
            setOpen(false);
            if (text.typed.trim() && !composing) search.finish();
          }}
        />
        {(text.done || text.typed) && (
          <IconButton
            size="small"
            label={t('search.clear')}
            icon={<X size={14} aria-hidden="true" />}
            onClick={() => {
              search.replace('');
              input.current?.focus();
            }}
          />
        )}
      </div>
      {listed && (
        <SuggestionList id={listId} suggestions={suggestions} marked={marked} onTake={take} />
      )}
      {problem && !listed && (
        <ProblemNote
          id={`${listId}-problem`}
          problem={problem}
          onUse={(suggestion) => {
            const { query } = view;
            const fixed = query.slice(0, problem.start) + suggestion + query.slice(problem.end);
            search.replace(fixed);
          }}
        />
      )}
    </search>
  );
}
