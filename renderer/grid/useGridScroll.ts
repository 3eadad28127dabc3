import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createStore, type Store, useStore } from '../state/store.ts';
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

/** Where the grid was when its rows were last chosen. */
type Drawn = {
  readonly top: number;
  /** Place in the element minus place in the content. */
  readonly offset: number;
  /** Scrolled too fast to see anything. */
  readonly isFast: boolean;
};

/** Scrolls one grid, and tells where it is. Stays the same while the grid lives. */
export type GridScroll = {
  /** The content's place at the top of the window right now. */
  readonly getTop: () => number;
  readonly scrollTo: (topPixels: number) => void;
  /** Scrolls as little as needed to show a band of the content. */
  readonly reveal: (topPixels: number, bottomPixels: number) => void;
  /** Calls back with every new place, at once with the present one; answers how to stop. */
  readonly follow: (listener: (topPixels: number) => void) => () => void;
  /** For `useDrawnRows`. */
  readonly drawn: Store<Drawn>;
};

/** The rows to draw. */
export type DrawnRows = {
  readonly startRow: number;
  readonly endRow: number;
  /** Height of the scrolled element, which may be lower than the content. */
  readonly elementPixels: number;
  /** Place in the element minus place in the content. */
  readonly offset: number;
  /** Scrolled too fast to see anything: loading waits. */
  readonly isFast: boolean;
};

/** The rows near the window. Renders when other rows come into view, not with each pixel. */
export function useDrawnRows(
  { drawn }: GridScroll,
  layout: GridLayout,
  viewportPixels: number,
): DrawnRows {
  const { top, offset, isFast } = useStore(drawn);
  const size = createScrollMap(layout.heightPixels, viewportPixels);
  const { start, end } = rowsAround(layout, Math.min(top, scrollRange(size)), viewportPixels);
  return {
    startRow: start,
    endRow: end,
    elementPixels: size.elementPixels,
    offset: size.elementPixels === layout.heightPixels ? 0 : offset,
    isFast,
  };
}

/**
 * Follows one scroll container. `placeAfterLayout` answers where to stand when the layout has changed.
 */
export function useGridScroll(
  container: RefObject<HTMLElement | null>,
  layout: GridLayout,
  viewportPixels: number,
  placeAfterLayout: (before: { readonly layout: GridLayout; readonly top: number }) => number,
): GridScroll {
  const [scroller] = useState(() => createScroller(container, layout));
  const shownLayout = useRef(layout);
  const placeAfter = useRef(placeAfterLayout);
  placeAfter.current = placeAfterLayout;
  useLayoutEffect(() => {
    const before = { layout: shownLayout.current, top: scroller.getTop() };
    const top = before.layout === layout ? before.top : placeAfter.current(before);
    shownLayout.current = layout;
    scroller.fit(layout, viewportPixels, top);
  }, [layout, viewportPixels, scroller]);
  useEffect(() => scroller.listen(), [scroller]);
  return scroller;
}

type Scroller = GridScroll & {
  /** Takes another layout or height of the window, and stands at a place of it. */
  readonly fit: (layout: GridLayout, viewportPixels: number, topPixels: number) => void;
  /** Follows the container's own scrolling; answers how to stop. */
  readonly listen: () => () => void;
};

function createScroller(
  container: RefObject<HTMLElement | null>,
  firstLayout: GridLayout,
): Scroller {
  let layout = firstLayout;
  let map: ScrollMap = createScrollMap(0, 0);
  let elementTop = 0;
  const drawn = createStore<Drawn>({ top: 0, offset: map.offset, isFast: false });
  const listeners = new Set<(topPixels: number) => void>();
  const getTop = (): number => contentTop(map, elementTop);
  const tell = (top: number): void => {
    for (const listener of listeners) listener(top);
  };
  const setFast = (isFast: boolean): void => {
    if (isFast !== drawn.get().isFast) drawn.set({ ...drawn.get(), isFast });
  };

  const scrollTo = (topPixels: number): void => {
    const placed = scrollToContent(map, topPixels);
    const staysAtTop = placed.elementTop === 0 && elementTop === 0;
    map = placed.map;
    elementTop = placed.elementTop;
    // Asking a browser where it stands makes it lay out the page at once.
    if (container.current && !staysAtTop) {
      container.current.scrollTop = placed.elementTop;
      // The browser rounds it, and clamps it to what there is.
      elementTop = container.current.scrollTop;
    }
    const top = getTop();
    const before = drawn.get();
    if (top !== before.top || map.offset !== before.offset) {
      drawn.set({ ...before, top, offset: map.offset });
    }
    tell(top);
  };

  const onScroll = (element: HTMLElement, isFast: (top: number) => boolean): void => {
    // Asked once, before anything is changed: each time may lay out the page.
    const { scrollTop } = element;
    // Our own placements arrive here too, and have been answered already.
    if (scrollTop === elementTop) return;
    const followed = followScroll(map, elementTop, scrollTop);
    map = followed.map;
    elementTop = followed.elementTop;
    if (scrollTop !== elementTop) element.scrollTop = elementTop;
    const top = getTop();
    tell(top);
    const before = drawn.get();
    const fast = isFast(top);
    const { viewportPixels } = map;
    if (
      fast !== before.isFast ||
      map.offset !== before.offset ||
      !sameRows(layout, before.top, top, viewportPixels)
    ) {
      drawn.set({ top, offset: map.offset, isFast: fast });
    }
  };

  return {
    getTop,
    scrollTo,
    drawn,
    reveal(topPixels, bottomPixels) {
      const top = getTop();
      const height = map.viewportPixels;
      if (topPixels < top) scrollTo(topPixels);
      else if (bottomPixels > top + height) scrollTo(Math.min(topPixels, bottomPixels - height));
    },
    follow(listener) {
      listeners.add(listener);
      listener(getTop());
      return () => listeners.delete(listener);
    },
    fit(nextLayout, viewportPixels, topPixels) {
      layout = nextLayout;
      map = createScrollMap(layout.heightPixels, viewportPixels);
      scrollTo(topPixels);
    },
    listen() {
      const element = container.current;
      if (!element) return () => undefined;
      const gauge = createVelocityGauge();
      let stillTimer: ReturnType<typeof setTimeout> | undefined;
      const listener = (): void => {
        onScroll(element, (top) => gauge(top, performance.now()));
        clearTimeout(stillTimer);
        stillTimer = setTimeout(() => setFast(false), STILL_AFTER_MS);
      };
      element.addEventListener('scroll', listener, { passive: true });
      return () => {
        clearTimeout(stillTimer);
        element.removeEventListener('scroll', listener);
      };
    },
  };
}

function sameRows(layout: GridLayout, top: number, other: number, viewportPixels: number): boolean {
  const one = rowsAround(layout, top, viewportPixels);
  const two = rowsAround(layout, other, viewportPixels);
  return one.start === two.start && one.end === two.end;
}

function rowsAround(layout: GridLayout, top: number, viewportPixels: number) {
  return rowsBetween(layout, top - OVERSCAN_PIXELS, top + viewportPixels + OVERSCAN_PIXELS);
}
