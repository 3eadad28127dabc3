import {
  type KeyboardEvent,
  type PointerEvent,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useLanguage, useTranslation } from '../i18n/index.ts';
import styles from './DateScrubber.module.css';
import { firstDayOfMonth, type MonthRuns, type ResultDates } from './dates/dayRuns.ts';
import {
  namedPlace,
  photoAtPlace,
  placeOfPhoto,
  rowPlaceOfPhoto,
  runOfPhoto,
  topThatNames,
} from './dates/places.ts';
import { photoAfterKey } from './dates/scrubberKeys.ts';
import { Timeline } from './dates/Timeline.tsx';
import { monthText } from './dateText.ts';
import type { GridLayout } from './layout.ts';
import type { GridScroll } from './useGridScroll.ts';

const MIN_THUMB_PIXELS = 28;
/** Room above and below the track, so that the first and last number are whole. */
const MARGIN_PIXELS = 8;
/** Half the height of the bubble stays within the margin and the track. */
const BUBBLE_HALF_PIXELS = 13;
/** Browsers round how far they are scrolled: a month begins this much before its first row. */
const ROUNDING_PIXELS = 4;
/** What an arrow key scrolls where there are no months, as a share of the window. */
const ARROW_SHARE = 0.15;
const PAGE_SHARE = 0.9;

/** What the bar stands for at a place of the scroll. */
type Standing = {
  readonly layout: GridLayout;
  readonly top: number;
  readonly place: number;
  readonly photo: number;
};

export type DateScrubberProps = {
  readonly layout: GridLayout;
  readonly scroll: GridScroll;
  readonly viewportPixels: number;
  /** The element that is scrolled. */
  readonly controls: string;
  /** Days and months of a result that is in the order of dates; null for any other order. */
  readonly dates: ResultDates | null;
};

/**
 * The grid's scroll bar. Of dated photos it shows how many there are per day, and years and months as
 * marks; the place is told as a month. Drag it, press anywhere on it, or use the keyboard.
 */
export function DateScrubber(props: DateScrubberProps) {
  const { layout, scroll, viewportPixels, dates } = props;
  const { t } = useTranslation();
  const language = useLanguage();
  const track = useRef<HTMLDivElement>(null);
  const thumb = useRef<HTMLDivElement>(null);
  const hand = useRef<HTMLDivElement>(null);
  const bubble = useRef<HTMLDivElement>(null);
  /** Where the pointer is on the track while nothing is dragged; null when it is elsewhere. */
  const hoveredAt = useRef<number | null>(null);
  /** Pixels below the top of the thumb; null when it was not taken by the thumb. */
  const grabbedAt = useRef<number | null>(null);
  const pointed = useRef<Standing | null>(null);
  /** The month that the bubble tells of. */
  const bubbleOf = useRef<number | null>(null);
  const [dragging, setDragging] = useState(false);

  const scrolled = { contentPixels: layout.heightPixels, viewportPixels };
  const contentPixels = Math.max(1, layout.heightPixels);
  const trackPixels = Math.max(0, viewportPixels - 2 * MARGIN_PIXELS);
  const rangePixels = Math.max(0, layout.heightPixels - viewportPixels);
  const thumbPixels = Math.min(
    trackPixels,
    Math.max(MIN_THUMB_PIXELS, (viewportPixels / contentPixels) * trackPixels),
  );
  const travelPixels = Math.max(1, trackPixels - thumbPixels);

  const yOfPlace = (place: number): number =>
    Math.max(0, Math.min(1, place / contentPixels)) * trackPixels;
  const photoAt = (place: number): number =>
    Math.max(0, Math.min(layout.count - 1, Math.floor(photoAtPlace(layout, place))));
  /** What the bar stands for. Several months may share a row: the one that was pointed at is named. */
  const standing = (top: number): Standing => {
    if (pointed.current?.layout === layout && pointed.current.top === top) return pointed.current;
    const place = namedPlace(top, scrolled) + ROUNDING_PIXELS;
    return { layout, top, place, photo: photoAt(place) };
  };
  const nameOf = (month: number): string =>
    monthText(firstDayOfMonth(month), language) ?? t('grid.undated');
  /** Tells the month of a photo in the bubble, at a height of the track. */
  const point = (y: number, photo: number): void => {
    if (!dates || !bubble.current || !hand.current) return;
    const most = Math.max(BUBBLE_HALF_PIXELS, trackPixels - BUBBLE_HALF_PIXELS);
    const bubbleY = Math.max(BUBBLE_HALF_PIXELS, Math.min(most, y));
    hand.current.style.transform = `translateY(${y}px)`;
    bubble.current.style.transform = `translateY(calc(${bubbleY}px - 50%))`;
    const { month, count } = monthOfPhoto(dates.months, photo);
    if (bubbleOf.current === month) return;
    bubbleOf.current = month;
    bubble.current.textContent = `${nameOf(month)} · ${t('common.photos', { count })}`;
  };
  const show = (top: number): void => {
    const y = rangePixels === 0 ? 0 : (top / rangePixels) * travelPixels;
    if (thumb.current) thumb.current.style.transform = `translateY(${y}px)`;
    if (!track.current) return;
    const percent = rangePixels === 0 ? 0 : Math.round((top / rangePixels) * 100);
    setIfOther(track.current, 'aria-valuenow', String(percent));
    const { place, photo } = standing(top);
    if (hoveredAt.current === null) point(yOfPlace(place), photo);
    const text = dates
      ? nameOf(monthOfPhoto(dates.months, photo).month)
      : t('grid.scrubberPlace', { position: photo + 1, total: layout.count });
    setIfOther(track.current, 'aria-valuetext', text);
  };

  const { follow } = scroll;
  const latest = useRef(show);
  useLayoutEffect(() => {
    latest.current = show;
    // Other counts, or another language.
    bubbleOf.current = null;
    show(scroll.getTop());
  });
  useLayoutEffect(() => follow((top) => latest.current(top)), [follow]);

  useEffect(() => {
    if (!dragging) return;
    const stop = (): void => setDragging(false);
    window.addEventListener('blur', stop);
    return () => window.removeEventListener('blur', stop);
  }, [dragging]);

  if (rangePixels === 0) return null;

  const yOf = (event: PointerEvent): number =>
    event.clientY - (track.current?.getBoundingClientRect().top ?? 0);
  const placeOfY = (y: number): number =>
    Math.max(0, Math.min(1, y / Math.max(1, trackPixels))) * layout.heightPixels;
  const goTo = (scrolledPlace: number, place: number, photo: number): void => {
    scroll.scrollTo(Math.ceil(topThatNames(scrolledPlace, scrolled)));
    pointed.current = { layout, top: scroll.getTop(), place, photo };
    show(scroll.getTop());
  };
  const moveTo = (y: number): void => {
    const place = placeOfY(y);
    if (grabbedAt.current === null) goTo(place, place, photoAt(place));
    else scroll.scrollTo(((y - grabbedAt.current) / travelPixels) * rangePixels);
  };

  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    const y = yOf(event);
    const thumbTop = (scroll.getTop() / rangePixels) * travelPixels;
    const onThumb = event.target === thumb.current;
    // Beside the thumb the press is a jump to what the bubble named.
    grabbedAt.current = onThumb ? y - thumbTop : null;
    hoveredAt.current = null;
    setDragging(true);
    if (!onThumb) moveTo(y);
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (dragging) {
      moveTo(yOf(event));
      return;
    }
    if (event.pointerType === 'touch') return;
    // The thumb names where it stands, all else what a press would lead to.
    hoveredAt.current = event.target === thumb.current ? null : yOf(event);
    if (hoveredAt.current === null) show(scroll.getTop());
    else point(hoveredAt.current, photoAt(placeOfY(hoveredAt.current)));
  };
  const onPointerLeave = (): void => {
    hoveredAt.current = null;
    show(scroll.getTop());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const top = scroll.getTop();
    if (dates) {
      const photo = photoAfterKey(event.key, dates.months, standing(top).photo);
      if (photo === null) return;
      if (photo < layout.count) {
        goTo(rowPlaceOfPhoto(layout, photo), placeOfPhoto(layout, photo), photo);
      } else {
        goTo(layout.heightPixels, layout.heightPixels, layout.count - 1);
      }
    } else {
      const next = topAfterKey(event.key, top, viewportPixels, rangePixels);
      if (next === null) return;
      scroll.scrollTo(next);
    }
    event.preventDefault();
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
      tabIndex={0}
      data-dragging={dragging || undefined}
      data-dated={dates !== null || undefined}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => setDragging(false)}
      onPointerCancel={() => setDragging(false)}
      onPointerLeave={onPointerLeave}
      onWheel={(event) => scroll.scrollTo(scroll.getTop() + event.deltaY)}
    >
      {dates && <Timeline layout={layout} dates={dates} trackPixels={trackPixels} />}
      {dates && <div ref={hand} className={styles['hand']} />}
      <div ref={thumb} className={styles['thumb']} style={{ height: thumbPixels }} />
      {dates && <div ref={bubble} className={styles['bubble']} aria-hidden="true" />}
    </div>
  );
}

/** Each writing makes the browser look at the page again: scrolling writes often, and mostly the same. */
function setIfOther(element: HTMLElement, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

function monthOfPhoto({ months, starts }: MonthRuns, photo: number) {
  const run = runOfPhoto(starts, photo);
  const start = starts[run] ?? 0;
  return { month: months[run] ?? 0, count: (starts[run + 1] ?? start) - start };
}

function topAfterKey(
  key: string,
  top: number,
  viewportPixels: number,
  rangePixels: number,
): number | null {
  switch (key) {
    case 'ArrowUp':
    case 'ArrowLeft':
      return top - viewportPixels * ARROW_SHARE;
    case 'ArrowDown':
    case 'ArrowRight':
      return top + viewportPixels * ARROW_SHARE;
    case 'PageUp':
      return top - viewportPixels * PAGE_SHARE;
    case 'PageDown':
      return top + viewportPixels * PAGE_SHARE;
    case 'Home':
      return 0;
    case 'End':
      return rangePixels;
    default:
      return null;
  }
}
