import { useEffect, useLayoutEffect, useRef } from 'react';
import type { SearchRequest } from '../../shared/model.ts';
import { placeIn, topOfPlace } from '../grid/anchor.ts';
import type { GridLayout } from '../grid/layout.ts';
import type { GridScroll } from '../grid/useGridScroll.ts';
import {
  onWantedStanding,
  placeMoved,
  sameOrder,
  tellStanding,
  wantedStanding,
  wantStanding,
} from '../state/place.ts';
import { getSelection } from '../state/selection.ts';

export type GridPlaceInput = {
  readonly layout: GridLayout;
  readonly ids: Uint32Array;
  /** What `ids` answer. */
  readonly request: SearchRequest;
  readonly scroll: GridScroll;
  readonly viewportPixels: number;
};

/** Lets the rest of the window know where the grid stands, and brings it to where it is wanted. */
export function useGridPlace(input: GridPlaceInput): void {
  const { layout, ids, request, scroll, viewportPixels } = input;
  const { follow, scrollTo } = scroll;
  const latest = useRef(input);
  useLayoutEffect(() => {
    latest.current = input;
  });
  useLayoutEffect(() => tellStanding(() => standingOf(latest.current)), []);
  // After the grid's own placing, before anything is painted. Nothing is drawn for a place in other photos.
  useLayoutEffect(() => {
    const stand = (): void => {
      const wanted = wantedStanding();
      if (!wanted || layout.count === 0 || viewportPixels === 0) return;
      if (!sameOrder(wanted.order, request)) return;
      wantStanding(null);
      scrollTo(topOfPlace(wanted.place, { layout, ids }));
    };
    stand();
    return onWantedStanding(stand);
  }, [request, layout, ids, viewportPixels, scrollTo]);
  useEffect(() => follow(placeMoved), [follow]);
}

function standingOf({ layout, ids, request, scroll, viewportPixels }: GridPlaceInput) {
  if (layout.count === 0) return null;
  const stood = { layout, ids, top: scroll.getTop() };
  return { order: request, place: placeIn(stood, viewportPixels, getSelection().focus) };
}
