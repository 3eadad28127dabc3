import { type KeyboardEvent, type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import type { QueryTerm } from '../../shared/queryText.ts';
import { useTranslation } from '../i18n/index.ts';
import { Chip } from '../ui/Chip.tsx';
import type { QueryMark } from './queryProblem.ts';
import styles from './SearchField.module.css';
import { TermChip } from './TermChip.tsx';
import { readTagTerm, withoutMinus } from './tagBound.ts';

/** A pasted page of words stays quick: what is left over is one chip. */
const MOST_CHIPS = 60;

export type FieldChipsHandle = { readonly focusLast: () => void };

type FieldChipsProps = {
  readonly ref: Ref<FieldChipsHandle>;
  readonly terms: readonly QueryTerm[];
  readonly marks: readonly QueryMark[];
  /** Makes text of everything, with a part of it selected. */
  readonly onEdit: (start: number, end: number) => void;
  readonly onRemove: (term: QueryTerm) => void;
  readonly onRewrite: (term: QueryTerm, text: string, step?: string) => void;
  /** The arrows lead back to where a person types. */
  readonly onLeave: () => void;
};

/** The terms that are done. Arrows move between them, Delete takes one away. */
export function FieldChips(props: FieldChipsProps) {
  const { ref, terms, marks, onEdit, onRemove, onRewrite, onLeave } = props;
  const { t } = useTranslation();
  const row = useRef<HTMLFieldSetElement>(null);
  const shown = terms.length > MOST_CHIPS ? terms.slice(0, MOST_CHIPS) : terms;
  const rest = terms[shown.length];

  const buttons = (): HTMLElement[] =>
    [...(row.current?.children ?? [])].flatMap((chip) => chip.querySelector('button') ?? []);
  useImperativeHandle(ref, () => ({ focusLast: () => buttons().at(-1)?.focus() }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: new chips are brought into sight
  useEffect(() => {
    if (row.current) row.current.scrollLeft = row.current.scrollWidth;
  }, [terms.length]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const { key } = event;
    const all = buttons();
    const index = all.indexOf(event.target as HTMLElement);
    if (index < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    if (key === 'ArrowLeft') all[Math.max(0, index - 1)]?.focus();
    else if (key === 'ArrowRight' && index === all.length - 1) onLeave();
    else if (key === 'ArrowRight') all[index + 1]?.focus();
    else if (key === 'Home') all[0]?.focus();
    else if (key === 'End' || key === 'Escape') onLeave();
    else if (key === 'Delete' || key === 'Backspace') {
      const term = shown.filter(({ kind }) => kind !== 'or')[index];
      if (!term) return;
      onRemove(term);
    } else return;
    event.preventDefault();
  };

  return (
    <fieldset
      ref={row}
      className={styles['chips']}
      aria-label={t('search.terms')}
      onKeyDown={onKeyDown}
    >
      {shown.map((term) => (
        <TermChip
          // The same chip while its bound or its minus sign changes.
          key={`${term.start} ${readTagTerm(term.text)?.name ?? withoutMinus(term.text)}`}
          term={term}
          mark={markOf(term, marks)}
          onEdit={() => onEdit(term.start, term.end)}
          onRemove={() => onRemove(term)}
          onRewrite={(text, step) => onRewrite(term, text, step)}
        />
      ))}
      {rest && (
        <Chip
          invalid={marks.some(({ kind, end }) => kind === 'mistake' && end > rest.start)}
          onClick={() => onEdit(rest.start, terms.at(-1)?.end ?? rest.end)}
        >
          {t('search.moreTerms', { count: terms.length - shown.length })}
        </Chip>
      )}
    </fieldset>
  );
}

/** A mistake is worse than a hint. */
function markOf(term: QueryTerm, marks: readonly QueryMark[]): QueryMark['kind'] | null {
  const own = marks.filter(({ start, end }) => start < term.end && end > term.start);
  return own.find(({ kind }) => kind === 'mistake')?.kind ?? own[0]?.kind ?? null;
}
