import type { KeyboardEvent, MouseEvent, ReactNode } from 'react';
import type { ValueTerms } from '../../../shared/facetTerms.ts';
import { translate } from '../../i18n/index.ts';
import type { MenuItem } from '../../ui/Menu.tsx';
import { NavRow } from '../NavRow.tsx';
import { clickOf, clickOfKey, useFacetValue } from './clicks.ts';
import { ExcludedMark } from './ExcludedMark.tsx';
import styles from './Facets.module.css';
import { facetItems } from './facetItems.tsx';
import { useRowMenu } from './RowMenu.tsx';

export type FacetRowProps = {
  readonly value: ValueTerms;
  readonly label: string;
  /** What those who do not see the line in its place need besides the label. */
  readonly unseen?: string | undefined;
  readonly count: number | null;
  readonly icon?: ReactNode;
  readonly className?: string | undefined;
  readonly muted?: boolean;
  /** A sentence on hover; without it the whole label. */
  readonly hint?: string | undefined;
  readonly title?: string | undefined;
  /** Of a value with others below it. */
  readonly expanded?: boolean | undefined;
  /** Lines of the menu after those about the search. */
  readonly moreItems?: () => readonly MenuItem[];
  /** Has the first look at a click and a key; answers whether it was for it. */
  readonly onFirst?: (event: MouseEvent | KeyboardEvent) => boolean;
};

/**
 * A value that photos have in common, with their number. A click adds it to the search, with alt it is
 * excluded, with shift it is an alternative; on a value that is searched for it is taken away. Its menu
 * is that of the `RowMenu` around it.
 */
export function FacetRow(props: FacetRowProps) {
  const { value, label, count, moreItems, onFirst } = props;
  const state = useFacetValue(value);
  const menu = useRowMenu(() => [...facetItems(state, translate), ...(moreItems?.() ?? [])]);
  const excluded = state.use === 'excluded';
  const onKeyDown = (event: KeyboardEvent): void => {
    const how = clickOfKey(event);
    if (how !== null) state.click(how);
    if (how !== null || onFirst?.(event)) event.preventDefault();
  };
  return (
    <NavRow
      {...menu}
      label={label}
      icon={props.icon}
      className={props.className}
      muted={props.muted ?? false}
      hint={props.hint}
      title={props.title}
      count={excluded ? null : count}
      mark={
        <>
          {props.unseen && <span className={styles['unseen']}>{props.unseen}</span>}
          {excluded && <ExcludedMark />}
        </>
      }
      active={state.use === 'included'}
      excluded={excluded}
      data-value={value.writings[0]}
      aria-pressed={state.use !== 'none'}
      aria-expanded={props.expanded}
      onClick={(event) => {
        if (!onFirst?.(event)) state.click(clickOf(event));
      }}
      onKeyDown={onKeyDown}
    />
  );
}
