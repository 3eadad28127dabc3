import { type TermUses, termUse } from '../../../shared/facetTerms.ts';
import type { FacetGroup, FacetValue } from '../../../shared/model.ts';
import { SHOWN_VALUES } from './shown.ts';

/** One line of the dates, top to bottom. */
export type DateRow =
  | {
      readonly kind: 'year';
      readonly key: string;
      readonly value: FacetValue;
      readonly open: boolean;
    }
  | {
      readonly kind: 'month';
      readonly key: string;
      readonly value: FacetValue;
      readonly year: string;
    }
  /** `hidden`: years that are not shown; 0 when all are and the row hides them again. */
  | { readonly kind: 'more'; readonly key: string; readonly hidden: number };

export type DateRowOptions = {
  /** Years that the person opened or closed; others are open while one of their months is searched for. */
  readonly open: ReadonlyMap<string, boolean>;
  readonly expanded: boolean;
  readonly uses: TermUses;
};

/** Years, latest first, with the months of those that are open. */
export function dateRows(
  years: FacetGroup,
  months: FacetGroup,
  options: DateRowOptions,
): DateRow[] {
  const { open, expanded, uses } = options;
  const byYear = Map.groupBy(months.values, ({ text }) => text.split('-')[0] ?? text);
  const isChosen = ({ term }: FacetValue): boolean => termUse(uses, [term]) !== 'none';
  const whole = expanded || years.total <= SHOWN_VALUES + 1;
  const rows: DateRow[] = [];
  let shown = 0;
  for (const [index, value] of years.values.entries()) {
    const year = value.text;
    const own = byYear.get(year) ?? [];
    const hasChosenMonth = own.some(isChosen);
    if (!whole && index >= SHOWN_VALUES && !isChosen(value) && !hasChosenMonth) continue;
    shown += 1;
    const isOpen = open.get(year) ?? hasChosenMonth;
    rows.push({ kind: 'year', key: value.term, value, open: isOpen });
    if (!isOpen) continue;
    for (const month of own) rows.push({ kind: 'month', key: month.term, value: month, year });
  }
  if (years.total > SHOWN_VALUES + 1) {
    rows.push({ kind: 'more', key: 'more', hidden: expanded ? 0 : years.total - shown });
  }
  return rows;
}
