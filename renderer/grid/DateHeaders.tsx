import { memo, useMemo, useState } from 'react';
import { useLanguage, useTranslation } from '../i18n/index.ts';
import { Tooltip } from '../ui/Tooltip.tsx';
import styles from './DateHeaders.module.css';
import { daysText } from './dateText.ts';
import { type GridLayout, sectionOfIndex } from './layout.ts';

/** How far a section reaches beyond the rows that are drawn: browsers cannot place what is millions of pixels high. */
const REACH_PIXELS = 4000;

export type DateHeadersProps = {
  readonly layout: GridLayout;
  /** The day of each photo: a section may hold several short ones. */
  readonly days: Int32Array;
  /** First photo drawn, and one past the last. */
  readonly first: number;
  readonly end: number;
  /** The rows drawn. */
  readonly startRow: number;
  readonly endRow: number;
  /** Place in the scrolled element minus place in the content. */
  readonly offset: number;
  /** Asked for a date to go to. */
  readonly onJump: () => void;
};

/**
 * The titles of the days near the screen. The browser itself keeps each at the top of the window until
 * its section ends, so that it never trails behind the photos. A photo's own label tells its date: the
 * titles are not read out.
 */
export function DateHeaders(props: DateHeadersProps) {
  const { layout, days, first, end, startRow, endRow, offset, onJump } = props;
  const titleOf = useTitles(layout, days);
  if (first >= end) return null;
  const from = sectionOfIndex(layout, first);
  const to = sectionOfIndex(layout, end - 1);
  // In large steps: only the sections that are cut off change at all.
  const drawnTop = inSteps((layout.rowTops[startRow] ?? 0) - REACH_PIXELS, Math.floor);
  const drawnBottom = inSteps(
    (layout.rowTops[endRow] ?? layout.heightPixels) + REACH_PIXELS,
    Math.ceil,
  );
  return Array.from({ length: to - from + 1 }, (_, at) => {
    const section = from + at;
    const top = Math.max(drawnTop, layout.sectionTops[section] ?? 0);
    const bottom = Math.min(drawnBottom, layout.sectionTops[section + 1] ?? layout.heightPixels);
    return (
      <DateHeader
        key={section}
        title={titleOf(section)}
        top={top + offset}
        height={bottom - top}
        headerPixels={layout.headerPixels}
        onJump={onJump}
      />
    );
  });
}

function inSteps(pixels: number, round: (value: number) => number): number {
  return round(pixels / REACH_PIXELS) * REACH_PIXELS;
}

/** The title of a section; each is put into words once. */
function useTitles(layout: GridLayout, days: Int32Array): (section: number) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  return useMemo(() => {
    const titles = new Map<number, string>();
    return (section) => {
      let title = titles.get(section);
      if (title === undefined) {
        const start = layout.sectionStarts[section] ?? 0;
        const next = layout.sectionStarts[section + 1] ?? start;
        const dates =
          daysText(days[start] ?? 0, days[next - 1] ?? 0, language) ?? t('grid.undated');
        title = `${dates} · ${t('common.photos', { count: next - start })}`;
        titles.set(section, title);
      }
      return title;
    };
  }, [layout, days, t, language]);
}

type DateHeaderProps = {
  readonly title: string;
  readonly top: number;
  readonly height: number;
  readonly headerPixels: number;
  readonly onJump: () => void;
};

const DateHeader = memo(function DateHeader(props: DateHeaderProps) {
  const { title, top, height, headerPixels, onJump } = props;
  const { t } = useTranslation();
  /** A tooltip is dear to make, and titles come and go with every row. */
  const [isPointedAt, setPointedAt] = useState(false);
  const button = (
    <button
      type="button"
      className={styles['title']}
      tabIndex={-1}
      onPointerEnter={() => setPointedAt(true)}
      onClick={(event) => {
        // A click beside the photos would select nothing.
        event.stopPropagation();
        onJump();
      }}
    >
      {title}
    </button>
  );
  return (
    <div className={styles['section']} aria-hidden="true" style={{ top, height }}>
      <div className={styles['header']} style={{ height: headerPixels }}>
        {isPointedAt ? (
          <Tooltip text={t('grid.jump.title')} keys="g">
            {button}
          </Tooltip>
        ) : (
          button
        )}
      </div>
    </div>
  );
});
