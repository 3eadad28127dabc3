import { useLayoutEffect, useRef, useState } from 'react';
import type { SearchRequest } from '../../shared/model.ts';
import { cellOf, type GridLayout, rowsBetween } from '../grid/layout.ts';
import { sameRequest } from '../grid/resultStore.ts';
import type { GridScroll } from '../grid/useGridScroll.ts';
import { ALL_SEEN, type OnScreen, unseenAfter, unseenAt } from './newAbove.ts';

export type NewAboveInput = {
  readonly layout: GridLayout;
  readonly ids: Uint32Array;
  readonly request: SearchRequest;
  readonly scroll: GridScroll;
  readonly viewportPixels: number;
};

export type NewAbove = {
  /** Photos that came above the screen since the person was there. */
  readonly count: number;
  /** Scrolls to the first of them. */
  readonly goThere: () => void;
  /** Tells of them no longer. */
  readonly dismiss: () => void;
};

/** Follows what comes above the screen while one and the same question stands. */
export function useNewAbove(input: NewAboveInput): NewAbove {
  const { layout, ids, request, scroll, viewportPixels } = input;
  const before = useRef({ ids, request });
  const unseen = useRef(ALL_SEEN);
  const [count, setCount] = useState(0);
  const { follow, getTop, scrollTo } = scroll;

  useLayoutEffect(() => {
    const was = before.current;
    before.current = { ids, request };
    if (was.ids === ids && sameRequest(was.request, request)) return;
    const screen = onScreen(layout, getTop(), viewportPixels);
    unseen.current = sameRequest(was.request, request)
      ? unseenAfter(was.ids, unseen.current, ids, screen)
      : ALL_SEEN;
    setCount(unseen.current.above.length);
  }, [ids, request, layout, viewportPixels, getTop]);

  useLayoutEffect(
    () =>
      follow((top) => {
        unseen.current = unseenAt(unseen.current, onScreen(layout, top, viewportPixels));
        setCount(unseen.current.above.length);
      }),
    [follow, layout, viewportPixels],
  );

  const dismiss = (): void => {
    unseen.current = ALL_SEEN;
    setCount(0);
  };
  return {
    count,
    dismiss,
    goThere() {
      const cell = cellOf(layout, unseen.current.above[0] ?? -1);
      dismiss();
      if (cell) scrollTo(cell.top - layout.headerPixels);
    },
  };
}

function onScreen(layout: GridLayout, top: number, viewportPixels: number): OnScreen {
  const { start, end } = rowsBetween(layout, top, top + viewportPixels);
  return { first: layout.rowStarts[start] ?? 0, end: layout.rowStarts[end] ?? layout.count };
}
