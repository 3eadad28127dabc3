import { ChevronDown, ChevronRight } from 'lucide-react';
import { type KeyboardEvent, type MouseEvent, useMemo, useState } from 'react';
import type { ValueTerms } from '../../../shared/facetTerms.ts';
import type { FacetValue } from '../../../shared/model.ts';
import { useLanguage, useTranslation } from '../../i18n/index.ts';
import { useViewPart } from '../../state/view.ts';
import { useRovingFocus } from '../../ui/useRovingFocus.ts';
import { VirtualRows } from '../VirtualRows.tsx';
import { usesOf } from './clicks.ts';
import { monthName, yearName } from './dateNames.ts';
import { type DateRow, dateRows } from './dateRows.ts';
import { FacetRow } from './FacetRow.tsx';
import styles from './Facets.module.css';
import { MoreRow } from './MoreRow.tsx';
import { useGroups } from './queries.ts';
import { RowMenu } from './RowMenu.tsx';
import { Section } from './Section.tsx';

/** Years that open to months. Not there while no photo of the result has a date. */
export function DateGroup() {
  const { t } = useTranslation();
  const groups = useGroups('date', false);
  if (!groups || groups.years.total === 0) return null;
  return (
    <Section id="dates" title={t('facets.dates')}>
      <Dates groups={groups} />
    </Section>
  );
}

function Dates({ groups }: { readonly groups: NonNullable<ReturnType<typeof useGroups>> }) {
  const query = useViewPart('query');
  const [open, setOpen] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [expanded, setExpanded] = useState(false);
  const roving = useRovingFocus<HTMLDivElement>();
  const { years, months } = groups;
  const rows = useMemo(
    () => dateRows(years, months, { open, expanded, uses: usesOf(query) }),
    [years, months, open, expanded, query],
  );
  const row = (line: DateRow) => {
    switch (line.kind) {
      case 'year': {
        const year = line.value.text;
        return (
          <YearRow
            value={line.value}
            open={line.open}
            onToggle={() => setOpen(new Map(open).set(year, !line.open))}
          />
        );
      }
      case 'month':
        return <MonthRow value={line.value} year={line.year} />;
      case 'more':
        return <MoreRow hidden={line.hidden} onToggle={() => setExpanded(!expanded)} />;
    }
  };
  return (
    <RowMenu {...roving}>
      <VirtualRows rows={rows} keyOf={(line) => line.key}>
        {row}
      </VirtualRows>
    </RowMenu>
  );
}

function useTerms({ term }: FacetValue): ValueTerms {
  return useMemo(() => ({ writings: [term], exclusive: true }), [term]);
}

type YearRowProps = {
  readonly value: FacetValue;
  readonly open: boolean;
  readonly onToggle: () => void;
};

function YearRow({ value, open, onToggle }: YearRowProps) {
  const language = useLanguage();
  const Chevron = open ? ChevronDown : ChevronRight;
  /** The arrow in front, and the arrow keys. */
  const onFirst = (event: MouseEvent | KeyboardEvent): boolean => {
    const turns =
      'key' in event
        ? event.key === (open ? 'ArrowLeft' : 'ArrowRight')
        : (event.target as Element).closest('[data-chevron]') !== null;
    if (turns) onToggle();
    return turns;
  };
  return (
    <FacetRow
      value={useTerms(value)}
      label={yearName(value.text, language)}
      count={value.count}
      expanded={open}
      className={styles['year']}
      icon={
        <span className={styles['chevron']} data-chevron>
          <Chevron size={14} />
        </span>
      }
      onFirst={onFirst}
    />
  );
}

function MonthRow({ value, year }: { readonly value: FacetValue; readonly year: string }) {
  const language = useLanguage();
  /** To the year above, as in a tree. */
  const onFirst = (event: MouseEvent | KeyboardEvent): boolean => {
    if (!('key' in event) || event.key !== 'ArrowLeft') return false;
    const list = (event.target as Element).closest('[data-section]');
    const above = list?.querySelector<HTMLElement>(`[data-value="date:${year}"]`);
    above?.focus();
    return above !== null;
  };
  return (
    <FacetRow
      value={useTerms(value)}
      label={monthName(value.text, language)}
      unseen={yearName(year, language)}
      count={value.count}
      className={styles['month']}
      onFirst={onFirst}
    />
  );
}
