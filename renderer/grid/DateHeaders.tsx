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
  const { t } = useTranslation();
  const language = useLanguage();
  if (first >= end) return null;
  const from = sectionOfIndex(layout, first);
  const to = sectionOfIndex(layout, end - 1);
  const drawnTop = (layout.rowTops[startRow] ?? 0) - REACH_PIXELS;
  const drawnBottom = (layout.rowTops[endRow] ?? layout.heightPixels) + REACH_PIXELS;
  return Array.from({ length: to - from + 1 }, (_, at) => {
    const section = from + at;
    const start = layout.sectionStarts[section] ?? 0;
    const next = layout.sectionStarts[section + 1] ?? start;
    const top = Math.max(drawnTop, layout.sectionTops[section] ?? 0);
    const bottom = Math.min(drawnBottom, layout.sectionTops[section + 1] ?? layout.heightPixels);
    const dates = daysText(days[start] ?? 0, days[next - 1] ?? 0, language) ?? t('grid.undated');
    return (
      <div
        key={section}
        className={styles['section']}
        aria-hidden="true"
        style={{ top: top + offset, height: bottom - top }}
      >
        <div className={styles['header']} style={{ height: layout.headerPixels }}>
          <Tooltip text={t('grid.jump.title')} keys="g">
            <button
              type="button"
              className={styles['title']}
              tabIndex={-1}
              onClick={(event) => {
                // A click beside the photos would select nothing.
                event.stopPropagation();
                onJump();
              }}
            >
              {`${dates} · ${t('common.photos', { count: next - start })}`}
            </button>
          </Tooltip>
        </div>
      </div>
    );
  });
}
