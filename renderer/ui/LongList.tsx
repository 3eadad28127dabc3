import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import styles from './LongList.module.css';
import { useScrollParent } from './useScrollParent.ts';

export type LongListProps = {
  readonly label: string;
  readonly count: number;
  /** Pixels, about: rows are measured once they are drawn. */
  readonly estimatePixels: number;
  /** Told which rows are near the screen, from the first to one past the last. */
  readonly onRange?: (start: number, end: number) => void;
  readonly children: (index: number) => ReactNode;
};

/** A list of any length inside of what scrolls around it: only rows near the screen are drawn. */
export function LongList(props: LongListProps) {
  const { label, count, estimatePixels, onRange, children } = props;
  const list = useRef<HTMLUListElement>(null);
  const scrollParent = useScrollParent(list);
  const [margin, setMargin] = useState(0);
  // What lies above in the same scroll area may change its height with any render.
  useLayoutEffect(() => {
    const parent = scrollParent();
    if (!parent || !list.current) return;
    const top = list.current.getBoundingClientRect().top - parent.getBoundingClientRect().top;
    setMargin(Math.round(top + parent.scrollTop));
  });
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: scrollParent,
    estimateSize: () => estimatePixels,
    overscan: 6,
    scrollMargin: margin,
  });
  const items = virtualizer.getVirtualItems();
  const start = items[0]?.index ?? 0;
  const end = (items.at(-1)?.index ?? -1) + 1;
  useLayoutEffect(() => {
    onRange?.(start, end);
  }, [onRange, start, end]);
  return (
    <ul
      ref={list}
      className={styles['list']}
      aria-label={label}
      style={{ height: virtualizer.getTotalSize() }}
    >
      {items.map((item) => (
        <li
          key={item.index}
          ref={virtualizer.measureElement}
          data-index={item.index}
          className={styles['row']}
          aria-setsize={count}
          aria-posinset={item.index + 1}
          style={{ transform: `translateY(${item.start - margin}px)` }}
        >
          {children(item.index)}
        </li>
      ))}
    </ul>
  );
}
