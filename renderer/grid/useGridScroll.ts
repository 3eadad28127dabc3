import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type GridLayout, rowsBetween } from './layout.ts';
import {
  contentTop,
  createScrollMap,
  followScroll,
  type ScrollMap,
  scrollRange,
  scrollToContent,
} from './scrollMap.ts';
import { createVelocityGauge } from './velocity.ts';

/** Drawn above and below the window, so that a scroll finds photos there. */
export const OVERSCAN_PIXELS = 600;
/** After this long without a scroll event the scroll has ended. */
const STILL_AFTER_MS = 80;

export type GridScroll = {
  readonly startRow: number;
  readonly endRow: number;
  /** Height of the scrolled element, which may be lower than the content. */
  readonly elementPixels: number;
  /** Place in the element minus place in the content. */
  readonly offset: number;
  /** Scrolled too fast to see anything: loading waits. */
  readonly isFast: boolean;
  /** The content's place at the top of the window right now. */
  readonly getTop: () => number;
  readonly scrollTo: (topPixels: number) => void;
  /** Scrolls as little as needed to show a band of the content. */
  readonly reveal: (topPixels: number, bottomPixels: number) => void;
  /** Calls back with every new place, at once with the present one; answers how to stop. */
  readonly follow: (listener: (topPixels: number) => void) => () => void;
};

/**
 * Follows one scroll container. Renders happen when other rows come into view, not with each pixel.
 * `placeAfterLayout` answers where to stand when the layout has changed.
 */
export function useGridScroll(
  container: RefObject<HTMLElement | null>,
  layout: GridLayout,
  viewportPixels: number,
  placeAfterLayout: (before: { readonly layout: GridLayout; readonly top: number }) => number,
): GridScroll {
  const [drawnTop, setDrawnTop] = useState(0);
  const [isFast, setFast] = useState(false);
  const map = useRef<ScrollMap>(createScrollMap(0, 0));
  const elementTop = useRef(0);
  const shownLayout = useRef(layout);
  const drawnRows = useRef({ start: 0, end: 0 });
  const listeners = useRef(new Set<(topPixels: number) => void>());

  const size = createScrollMap(layout.heightPixels, viewportPixels);
  const getTop = useCallback(() => contentTop(map.current, elementTop.current), []);

  const place = useCallback(
    (topPixels: number) => {
      const placed = scrollToContent(map.current, topPixels);
      const staysAtTop = placed.elementTop === 0 && elementTop.current === 0;
      map.current = placed.map;
      elementTop.current = placed.elementTop;
      // Asking a browser where it stands makes it lay out the page at once.
      if (container.current && !staysAtTop) {
        container.current.scrollTop = placed.elementTop;
        // The browser rounds it, and clamps it to what there is.
        elementTop.current = container.current.scrollTop;
      }
      const top = getTop();
      setDrawnTop(top);
      for (const listener of listeners.current) listener(top);
    },
    [container, getTop],
  );

  const placeAfter = useRef(placeAfterLayout);
  placeAfter.current = placeAfterLayout;
  useLayoutEffect(() => {
    const before = { layout: shownLayout.current, top: getTop() };
    const top = before.layout === layout ? before.top : placeAfter.current(before);
    shownLayout.current = layout;
    map.current = createScrollMap(layout.heightPixels, viewportPixels);
    place(top);
  }, [layout, viewportPixels, getTop, place]);

  useEffect(() => {
    const element = container.current;
    if (!element) return;
    const isFastAt = createVelocityGauge();
    let stillTimer: ReturnType<typeof setTimeout> | undefined;
    const onScroll = (): void => {
      // Our own placements arrive here too, and have been answered already.
      if (element.scrollTop === elementTop.current) return;
      const offsetBefore = map.current.offset;
      const followed = followScroll(map.current, elementTop.current, element.scrollTop);
      map.current = followed.map;
      elementTop.current = followed.elementTop;
      if (element.scrollTop !== followed.elementTop) element.scrollTop = followed.elementTop;
      const top = getTop();
      for (const listener of listeners.current) listener(top);
      setFast(isFastAt(top, performance.now()));
      const rows = rowsAround(shownLayout.current, top, map.current.viewportPixels);
      const { start, end } = drawnRows.current;
      if (rows.start !== start || rows.end !== end || map.current.offset !== offsetBefore) {
        setDrawnTop(top);
      }
      clearTimeout(stillTimer);
      stillTimer = setTimeout(() => setFast(false), STILL_AFTER_MS);
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      clearTimeout(stillTimer);
      element.removeEventListener('scroll', onScroll);
    };
  }, [container, getTop]);

  const reveal = useCallback(
    (topPixels: number, bottomPixels: number) => {
      const top = getTop();
      const height = map.current.viewportPixels;
      if (topPixels < top) place(topPixels);
      else if (bottomPixels > top + height) place(Math.min(topPixels, bottomPixels - height));
    },
    [getTop, place],
  );
  const follow = useCallback(
    (listener: (topPixels: number) => void) => {
      listeners.current.add(listener);
      listener(getTop());
      return () => listeners.current.delete(listener);
    },
    [getTop],
  );

  const clampedTop = Math.min(drawnTop, scrollRange(size));
  const rows = rowsAround(layout, clampedTop, viewportPixels);
  useLayoutEffect(() => {
    drawnRows.current = rows;
  });
  return {
    startRow: rows.start,
    endRow: rows.end,
    elementPixels: size.elementPixels,
    offset: size.elementPixels === layout.heightPixels ? 0 : map.current.offset,
    isFast,
    getTop,
    scrollTo: place,
    reveal,
    follow,
  };
}

function rowsAround(layout: GridLayout, top: number, viewportPixels: number) {
  return rowsBetween(layout, top - OVERSCAN_PIXELS, top + viewportPixels + OVERSCAN_PIXELS);
}
