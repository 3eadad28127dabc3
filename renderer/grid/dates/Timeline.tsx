import { memo, useMemo } from 'react';
import { useLanguage } from '../../i18n/index.ts';
import { shortMonthText } from '../dateText.ts';
import type { GridLayout } from '../layout.ts';
import { timelineMarks } from '../timeline.ts';
import type { ResultDates } from './dayRuns.ts';
import { densityBands, densityOutline, fullDensity } from './density.ts';
import styles from './Timeline.module.css';

/** The longest bar; a narrow window cuts off what is beyond its scroll bar. */
const BAR_PIXELS = 20;

export type TimelineProps = {
  readonly layout: GridLayout;
  readonly dates: ResultDates;
  readonly trackPixels: number;
};

/** Photos per day along the scroll bar, with the names of years and months. */
export const Timeline = memo(function Timeline({ layout, dates, trackPixels }: TimelineProps) {
  const language = useLanguage();
  const marks = useMemo(
    () => timelineMarks(layout, dates.months, trackPixels),
    [layout, dates, trackPixels],
  );
  const outline = useMemo(() => {
    const bands = densityBands(layout, dates.days, trackPixels);
    return densityOutline(bands, fullDensity(bands, dates.days), BAR_PIXELS);
  }, [layout, dates, trackPixels]);
  return (
    <>
      <svg className={styles['density']} width={BAR_PIXELS} height={trackPixels} aria-hidden="true">
        <path d={outline} />
      </svg>
      {marks.map(({ kind, year, month, y }) => (
        <span
          key={`${kind} ${year} ${month}`}
          className={styles[kind]}
          style={{ top: y }}
          aria-hidden="true"
        >
          <span className={styles['name']}>
            {kind === 'year' ? year : shortMonthText(month, language)}
          </span>
        </span>
      ))}
    </>
  );
});
