import { useLayoutEffect, useRef, useState } from 'react';
import { useLanguage, useTranslation } from '../i18n/index.ts';
import styles from './DateHeaders.module.css';
import { daysText } from './dateText.ts';
import { type GridLayout, sectionAt, sectionOfIndex } from './layout.ts';
import type { GridScroll } from './useGridScroll.ts';

function useSectionTitle(layout: GridLayout, days: Int32Array): (section: number) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  return (section) => {
    const start = layout.sectionStarts[section] ?? 0;
    const end = layout.sectionStarts[section + 1] ?? start;
    const dates = daysText(days[start] ?? 0, days[end - 1] ?? 0, language) ?? t('grid.undated');
    return `${dates} · ${t('common.photos', { count: end - start })}`;
  };
}

export type DateHeadersProps = {
  readonly layout: GridLayout;
  /** The day of each photo: a section may hold several short ones. */
  readonly days: Int32Array;
  readonly first: number;
  readonly end: number;
  readonly offset: number;
};

/** The titles of the days near the screen. A photo's own label tells its date, so they are not read out. */
export function DateHeaders({ layout, days, first, end, offset }: DateHeadersProps) {
  const titleOf = useSectionTitle(layout, days);
  if (first >= end) return null;
  const from = sectionOfIndex(layout, first);
  const to = sectionOfIndex(layout, end - 1);
  return Array.from({ length: to - from + 1 }, (_, at) => from + at).map((section) => (
    <div
      key={section}
      className={styles['header']}
      aria-hidden="true"
      style={{ top: (layout.sectionTops[section] ?? 0) + offset, height: layout.headerPixels }}
    >
      {titleOf(section)}
    </div>
  ));
}

export type StickyDateProps = {
  readonly layout: GridLayout;
  readonly days: Int32Array;
  readonly scroll: GridScroll;
  readonly left: number;
  readonly right: number;
};

/** The day at the top of the window, pushed out by the next one. */
export function StickyDate({ layout, days, scroll, left, right }: StickyDateProps) {
  const titleOf = useSectionTitle(layout, days);
  const element = useRef<HTMLDivElement>(null);
  const [section, setSection] = useState(0);
  const { follow } = scroll;
  useLayoutEffect(
    () =>
      follow((top) => {
        const current = sectionAt(layout, top);
        setSection(current);
        const nextTop = layout.sectionTops[current + 1] ?? Infinity;
        const pushed = Math.min(0, nextTop - top - layout.headerPixels);
        if (!element.current) return;
        element.current.style.transform = `translateY(${pushed}px)`;
        // The first title is in its own place until the content moves under it.
        element.current.dataset['afloat'] = String(top > (layout.sectionTops[current] ?? 0));
      }),
    [follow, layout],
  );
  if (layout.count === 0) return null;
  return (
    <div className={styles['sticky']} style={{ left, right }} aria-hidden="true">
      <div ref={element} className={styles['stickyTitle']} style={{ height: layout.headerPixels }}>
        {titleOf(section)}
      </div>
    </div>
  );
}
