import { Search, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { removeTerm, splitTerms } from '../../shared/queryText.ts';
import { useTranslation } from '../i18n/index.ts';
import { viewFromAddress } from '../navigation/address.ts';
import { forgetSearch, rememberSearch } from '../saved/recent.ts';
import { openDialog } from '../state/dialogs.ts';
import { useShortcut } from '../state/shortcuts.ts';
import { setView, useViewPart } from '../state/view.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { FieldChips, type FieldChipsHandle } from './FieldChips.tsx';
import { FieldNote, type FieldNoteHandle } from './FieldNote.tsx';
import { pressFieldKey } from './fieldKeys.ts';
import type { ListItem } from './listItems.ts';
import { MarkedInput } from './MarkedInput.tsx';
import styles from './SearchField.module.css';
import { optionId, SuggestionList } from './SuggestionList.tsx';
import { useFieldList } from './useFieldList.ts';
import { useQueryNote } from './useQueryNote.ts';
import { useSearchText } from './useSearchText.ts';

/** Where people say what they look for: terms that are done as chips, then what is being typed. */
export function SearchField() {
  const { t } = useTranslation();
  const query = useViewPart('query');
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const chips = useRef<FieldChipsHandle>(null);
  const noteBox = useRef<FieldNoteHandle>(null);
  const whole = useRef<HTMLElement>(null);
  const [composing, setComposing] = useState(false);
  const search = useSearchText(input);
  const { text, cursor } = search;
  const list = useFieldList(text, cursor, composing);
  const { marks, note, isMistaken, ...speech } = useQueryNote();

  const listed = list.items.length > 0;
  const shownNote = listed ? null : note;
  const terms = splitTerms(text.done);
  const isTold = shownNote !== null;
  const { dismiss } = speech;
  // Whoever goes on with the photos has read it, and needs the room.
  useEffect(() => {
    if (!isTold) return;
    const putAway = ({ target }: PointerEvent): void => {
      if (target instanceof Node && !whole.current?.contains(target)) dismiss();
    };
    document.addEventListener('pointerdown', putAway);
    return () => document.removeEventListener('pointerdown', putAway);
  }, [isTold, dismiss]);
  const focusInput = (): void => input.current?.focus();
  const focusAll = (): void => {
    focusInput();
    input.current?.select();
  };
  useShortcut('/', focusAll, { label: t('shortcuts.search'), group: 'search' });
  useShortcut('mod+f', focusAll, { group: 'search', inFields: true });

  const type = (typed: string, isComposing: boolean): void => {
    list.setOpen(true);
    speech.hush();
    search.type(typed, isComposing);
  };
  const replace = (next: string): void => {
    search.replace(next);
    speech.speak();
    focusInput();
    list.setOpen(next === '');
  };
  const done = (): void => {
    speech.speak();
    list.setOpen(false);
    search.finish();
    rememberSearch(query);
  };
  const take = (item: ListItem): void => {
    list.setOpen(item.kind === 'suggestion' && item.suggestion.insert.endsWith(':'));
    switch (item.kind) {
      case 'suggestion':
        search.take(item.place, item.suggestion.insert);
        return;
      case 'recent':
        rememberSearch(item.query);
        search.replace(item.query);
        return;
      case 'forget-all':
        void forgetSearch(null);
        return;
      case 'help':
        openDialog({ kind: 'search-help' });
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const { key, shiftKey, currentTarget, nativeEvent } = event;
    if (nativeEvent.isComposing) return;
    const isAtStart = currentTarget.selectionStart === 0 && currentTarget.selectionEnd === 0;
    const used = pressFieldKey(
      { key, shiftKey, isAtStart },
      {
        typed: text.typed,
        hasTerms: terms.length > 0,
        list,
        take,
        finish: done,
        clear: () => type('', false),
        leave: () => input.current?.blur(),
        editLast: search.editLast,
        forget: (forgotten) => void forgetSearch(forgotten),
        focusLastChip: () => chips.current?.focusLast(),
        focusNote: () => noteBox.current?.focusFirst() ?? false,
      },
    );
    if (used) event.preventDefault();
  };

  const doneLength = text.done ? text.done.length + 1 : 0;
  const indent = text.typed.length - text.typed.trimStart().length;
  const placeInTyped = (place: number): number => place - doneLength + indent;
  return (
    <search ref={whole} className={styles['search']}>
      <div
        className={styles['field']}
        data-invalid={isMistaken}
        onPointerDown={(event) => {
          if (event.target !== event.currentTarget) return;
          event.preventDefault();
          focusInput();
        }}
      >
        <Search size={16} className={styles['icon']} aria-hidden="true" />
        {terms.length > 0 && (
          <FieldChips
            ref={chips}
            terms={terms}
            marks={marks}
            onEdit={search.editAll}
            onRemove={(term) => replace(removeTerm(query, term.text))}
            onRewrite={(term, next, step) => search.rewrite(term.start, term.end, next, step)}
            onLeave={focusInput}
          />
        )}
        <MarkedInput
          ref={input}
          value={text.typed}
          marks={marks.map(({ start, end, kind }) => ({
            start: placeInTyped(start),
            end: placeInTyped(end),
            kind,
          }))}
          role="combobox"
          aria-label={t('search.label')}
          aria-autocomplete="list"
          aria-expanded={listed}
          aria-controls={listed ? listId : undefined}
          aria-activedescendant={list.marked >= 0 ? optionId(listId, list.marked) : undefined}
          aria-invalid={isMistaken ? true : undefined}
          aria-describedby={shownNote ? `${listId}-note` : undefined}
          placeholder={terms.length === 0 ? t('search.placeholder') : ''}
          onChange={(event) => {
            // Pasted text and text of an input method come without a key: nothing else tells of the cursor.
            search.setCursor(event.target.selectionStart ?? 0);
            type(event.target.value, (event.nativeEvent as InputEvent).isComposing);
          }}
          onPaste={(event) => {
            const view = viewFromAddress(event.clipboardData.getData('text/plain'));
            if (!view) return;
            event.preventDefault();
            list.setOpen(false);
            setView(view, { push: true });
          }}
          onSelect={(event) => search.setCursor(event.currentTarget.selectionStart ?? 0)}
          onCompositionStart={() => setComposing(true)}
          onCompositionEnd={(event) => {
            setComposing(false);
            search.setCursor(event.currentTarget.selectionStart ?? 0);
            type(event.currentTarget.value, false);
          }}
          onKeyDown={onKeyDown}
          onFocus={() => list.setOpen(!text.done && !text.typed)}
          onClick={() => {
            list.setOpen(true);
            speech.recall();
          }}
          onBlur={() => {
            list.setOpen(false);
            if (text.typed.trim() && !composing) search.finish();
          }}
        />
        {(text.done || text.typed) && (
          <IconButton
            size="small"
            label={t('search.clear')}
            icon={<X size={14} aria-hidden="true" />}
            onClick={() => replace('')}
          />
        )}
      </div>
      {listed && (
        <SuggestionList
          id={listId}
          items={list.items}
          marked={list.marked}
          onTake={take}
          onForget={(forgotten) => void forgetSearch(forgotten)}
        />
      )}
      <FieldNote
        ref={noteBox}
        id={`${listId}-note`}
        note={shownNote}
        onUse={replace}
        onLeave={focusInput}
        onDismiss={() => {
          speech.dismiss();
          focusInput();
        }}
      />
    </search>
  );
}
