import { useVirtualizer } from '@tanstack/react-virtual';
import {
  createContext,
  type ReactNode,
  type RefObject,
  use,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import styles from './VirtualRows.module.css';

/** Pixels. */
const ROW_HEIGHT = 28;
/** Shorter lists are drawn whole. */
const VIRTUAL_FROM = 200;

/** The element of the sidebar that scrolls. */
export const ScrollElement = createContext<RefObject<HTMLElement | null>>({ current: null });

export type VirtualRowsProps<Row> = {
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string | number;
  readonly children: (row: Row, index: number) => ReactNode;
};

/** Rows of one height inside the scrolling sidebar; of long lists only those near the screen are drawn. */
export function VirtualRows<Row>({ rows, keyOf, children }: VirtualRowsProps<Row>) {
  const virtual = rows.length > VIRTUAL_FROM;
  if (virtual) {
    return (
      <WindowedRows rows={rows} keyOf={keyOf}>
        {children}
      </WindowedRows>
    );
  }
  return rows.map((row, index) => (
    <div key={keyOf(row)} role="none" className={styles['row']}>
      {children(row, index)}
    </div>
  ));
}

function WindowedRows<Row>({ rows, keyOf, children }: VirtualRowsProps<Row>) {
  const scroll = use(ScrollElement);
  const container = useRef<HTMLDivElement>(null);
  const [margin, setMargin] = useState(0);
  // What lies above in the same scroll area may change its height with any render.
  useLayoutEffect(() => {
    const top = container.current?.getBoundingClientRect().top ?? 0;
    const scrolled = scroll.current?.getBoundingClientRect().top ?? 0;
    setMargin(Math.round(top - scrolled + (scroll.current?.scrollTop ?? 0)));
  });
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 16,
    scrollMargin: margin,
  });
  return (
    <div
      ref={container}
      role="none"
      className={styles['rows']}
      style={{ height: virtualizer.getTotalSize() }}
    >
      {virtualizer.getVirtualItems().map((item) => {
        const row = rows[item.index];
        if (row === undefined) return null;
        const top = item.start - margin;
        return (
          <div
            key={keyOf(row)}
            role="none"
            className={styles['placed']}
            style={{ transform: `translateY(${top}px)` }}
          >
            {children(row, item.index)}
          </div>
        );
      })}
    </div>
  );
}
