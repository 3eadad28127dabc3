import { type TermUses, termUse } from '../../../shared/facetTerms.ts';
import type { FacetGroup } from '../../../shared/model.ts';
import { tokenize } from '../../../shared/queryText.ts';
import { foldFilter, SHOWN_VALUES } from './shown.ts';

/** A value of a group as it is listed. */
export type ListedValue = {
  /** As the library has it. */
  readonly text: string;
  readonly term: string;
  /** Null of one that is searched for, but not among the values. */
  readonly count: number | null;
};

/** One line of a group, top to bottom. */
export type FacetRow =
  | { readonly kind: 'value'; readonly key: string; readonly value: ListedValue }
  /** `hidden`: values that are not shown; 0 when all are and the row hides them again. */
  | { readonly kind: 'more'; readonly key: string; readonly hidden: number };

export type FacetRowOptions = {
  /** Shows only values with this text in what is shown of them, and all of those. */
  readonly filter: string;
  readonly expanded: boolean;
  /** Terms of the group's key in the query. */
  readonly chosen: readonly string[];
  readonly uses: TermUses;
  /** What is shown of a value. */
  readonly shownText: (text: string) => string;
};

/**
 * Lines of a group: what is searched for but not there, then the first values, and any that are
 * searched for.
 */
export function facetRows(group: FacetGroup, options: FacetRowOptions): FacetRow[] {
  const { filter, expanded, chosen, uses, shownText } = options;
  const needle = foldFilter(filter);
  const matches = (text: string): boolean =>
    needle === '' || foldFilter(`${text}\n${shownText(text)}`).includes(needle);
  const known = new Set(group.values.map(({ term }) => term));
  const rows: FacetRow[] = [];
  const add = (value: ListedValue): void => {
    rows.push({ kind: 'value', key: value.term, value });
  };
  for (const term of chosen) {
    const text = textOf(term);
    if (!known.has(term) && matches(text)) add({ text, term, count: null });
  }
  const whole = expanded || needle !== '' || group.total <= SHOWN_VALUES + 1;
  let shown = 0;
  for (const [index, value] of group.values.entries()) {
    const isChosen = termUse(uses, [value.term]) !== 'none';
    if (!whole && index >= SHOWN_VALUES && !isChosen) continue;
    if (!matches(value.text)) continue;
    shown += 1;
    add(value);
  }
  if (needle === '' && group.total > SHOWN_VALUES + 1) {
    rows.push({ kind: 'more', key: 'more', hidden: expanded ? 0 : group.total - shown });
  }
  return rows;
}

/** The value of a term, without key and quotes. */
function textOf(term: string): string {
  const [token] = tokenize(term);
  return token?.kind === 'term' ? token.segments.map(({ text }) => text).join('') : term;
}
