import { type PointerEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useLanguage, useTranslation } from '../i18n/index.ts';
import styles from './DateScrubber.module.css';
import { monthText } from './dateText.ts';
import { type GridLayout, sectionAt } from './layout.ts';
import { placeTicks, yearTicks } from './timeline.ts';
import type { GridScroll } from './useGridScroll.ts';

const MIN_THUMB_PIXELS = 28;
/** Room above and below the track, so that the first and last number are whole. */
const MARGIN_PIXELS = 8;

export type DateScrubberProps = {
  readonly layout: GridLayout;
  readonly scroll: GridScroll;
  readonly viewportPixels: number;
  /** The element that is scrolled. */
  readonly controls: string;
  /** Sections are days: years are marked and the place is told as a month. */
  readonly dated: boolean;
};

/** The grid's scroll bar: years as marks, the place as a month. Drag it, or press anywhere on it. */
export function DateScrubber(props: DateScrubberProps) {
  const { layout, scroll, viewportPixels, dated } = props;
  const { t } = useTranslation();
  const language = useLanguage();
  const track = useRef<HTMLDivElement>(null);
  const thumb = useRef<HTMLDivElement>(null);
  const bubble = useRef<HTMLDivElement>(null);
  const grabbedAt = useRef(0);
  const [dragging, setDragging] = useState(false);

  const trackPixels = Math.max(0, viewportPixels - 2 * MARGIN_PIXELS);
  const rangePixels = Math.max(0, layout.heightPixels - viewportPixels);
  const thumbPixels = Math.min(
    trackPixels,
    Math.max(MIN_THUMB_PIXELS, (viewportPixels / Math.max(1, layout.heightPixels)) * trackPixels),
  );
  const travelPixels = Math.max(1, trackPixels - thumbPixels);
  const ticks = useMemo(
    () => (dated ? placeTicks(yearTicks(layout), layout.heightPixels, trackPixels) : []),
    [dated, layout, trackPixels],
  );

  const { follow } = scroll;
  useLayoutEffect(
    () =>
      follow((top) => {
        const y = rangePixels === 0 ? 0 : (top / rangePixels) * travelPixels;
        if (thumb.current) thumb.current.style.transform = `translateY(${y}px)`;
        track.current?.setAttribute(
          'aria-valuenow',
          String(rangePixels === 0 ? 0 : Math.round((top / rangePixels) * 100)),
        );
        if (!bubble.current) return;
        const middle = y + thumbPixels / 2;
        bubble.current.style.transform = `translateY(calc(${middle}px - 50%))`;
        const day = layout.sectionDays[sectionAt(layout, top + 1)];
        const text = day === undefined ? '' : (monthText(day, language) ?? t('grid.undated'));
        bubble.current.textContent = text;
        track.current?.setAttribute('aria-valuetext', text);
      }),
    [follow, layout, rangePixels, travelPixels, thumbPixels, language, t],
  );

  useEffect(() => {
    if (!dragging) return;
    const stop = (): void => setDragging(false);
    window.addEventListener('blur', stop);
    return () => window.removeEventListener('blur', stop);
  }, [dragging]);

  if (rangePixels === 0) return null;

  const yOf = (event: PointerEvent): number =>
    event.clientY - (track.current?.getBoundingClientRect().top ?? 0);
  const moveTo = (y: number): void => scroll.scrollTo((y / travelPixels) * rangePixels);
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    const y = yOf(event);
    const thumbTop = (scroll.getTop() / rangePixels) * travelPixels;
    const onThumb = y >= thumbTop && y <= thumbTop + thumbPixels;
    // Beside the thumb the press is a jump: its middle comes under the pointer.
    grabbedAt.current = onThumb ? y - thumbTop : thumbPixels / 2;
    setDragging(true);
    if (!onThumb) moveTo(y - grabbedAt.current);
  };

  return (
    <div
      ref={track}
      className={styles['track']}
      role="scrollbar"
      aria-controls={props.controls}
      aria-label={t('grid.scrubber')}
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={0}
      tabIndex={-1}
      data-dragging={dragging || undefined}
      data-dated={dated || undefined}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => dragging && moveTo(yOf(event) - grabbedAt.current)}
      onPointerUp={() => setDragging(false)}
      onPointerCancel={() => setDragging(false)}
    >
      {ticks.map((tick) => (
        <span key={tick.year} className={styles['tick']} style={{ top: tick.y }}>
          <span className={styles['year']}>{tick.year}</span>
        </span>
      ))}
      <div ref={thumb} className={styles['thumb']} style={{ height: thumbPixels }} />
      {dated && <div ref={bubble} className={styles['bubble']} aria-hidden="true" />}
    </div>
  );
}
