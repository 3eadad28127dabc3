import { memo, type RefObject, useLayoutEffect } from 'react';
import { useSelection } from '../state/selection.ts';
import { cellElementId } from './Cell.tsx';
import { DateHeaders } from './DateHeaders.tsx';
import { GridCells } from './GridCells.tsx';
import styles from './GridRows.module.css';
import type { GridLayout } from './layout.ts';
import { type GridScroll, useDrawnRows } from './useGridScroll.ts';

export type GridRowsProps = {
  /** The list that is scrolled. */
  readonly container: RefObject<HTMLElement | null>;
  readonly layout: GridLayout;
  readonly ids: Uint32Array;
  /** The day of each photo where days have titles; else null. */
  readonly days: Int32Array | null;
  /** Photos of the whole result. */
  readonly total: number;
  readonly scroll: GridScroll;
  readonly viewportPixels: number;
  readonly left: number;
  readonly right: number;
  /** Asked for a date to go to. */
  readonly onJump: () => void;
};

/** What is drawn of the grid. Scrolling renders this and nothing above it. */
export const GridRows = memo(function GridRows(props: GridRowsProps) {
  const { container, layout, ids, days, total, scroll, viewportPixels, left, right } = props;
  const rows = useDrawnRows(scroll, layout, viewportPixels);
  const { focus } = useSelection();
  const first = layout.rowStarts[rows.startRow] ?? 0;
  const end = layout.rowStarts[rows.endRow] ?? 0;
  const active =
    focus !== null && ids.subarray(first, end).includes(focus) ? cellElementId(focus) : null;
  // Not a property of the list: it would render with each row.
  useLayoutEffect(() => {
    if (active === null) container.current?.removeAttribute('aria-activedescendant');
    else container.current?.setAttribute('aria-activedescendant', active);
  }, [container, active]);
  return (
    <div className={styles['content']} style={{ height: rows.elementPixels }}>
      <div className={styles['cells']} style={{ left, right }}>
        {days && (
          <DateHeaders
            layout={layout}
            days={days}
            first={first}
            end={end}
            startRow={rows.startRow}
            endRow={rows.endRow}
            offset={rows.offset}
            onJump={props.onJump}
          />
        )}
        <GridCells layout={layout} ids={ids} total={total} rows={rows} first={first} end={end} />
      </div>
    </div>
  );
});
