import type { Place } from '../state/place.ts';
import { createIdSet } from './idSet.ts';
import { cellOf, type GridLayout, rowAt } from './layout.ts';

export type Placed = { readonly layout: GridLayout; readonly ids: Uint32Array };
export type Stood = Placed & { readonly top: number };

/** Closer to the top than this, a person looks at the newest, not at a certain photo. */
const AT_TOP_PIXELS = 8;

/**
 * Where to stand after the layout changed, so that what a person looks at stays where it is on screen:
 * the focused photo if it is in view, else the first photo in view that is still there, else the nearest
 * one that is. Who stands at the very top while photos arrive stays at the top and sees them.
 */
export function topAfterChange(
  before: Stood,
  after: Placed,
  viewportPixels: number,
  focusId: number | null,
): number {
  const sameOrder = before.ids === after.ids;
  if (!sameOrder && before.top <= AT_TOP_PIXELS) return 0;
  const looked = lookedAt(before, viewportPixels, focusId);
  if (looked === null) return before.top;
  if (sameOrder) return (topOf(after, looked.index) ?? before.top + looked.y) - looked.y;
  const at = after.ids.indexOf(looked.photoId);
  const found = at < 0 ? null : topOf(after, at);
  if (found !== null) return found - looked.y;
  const next = nearestKept(before, after.ids, viewportPixels);
  const top = next && topOf(after, after.ids.indexOf(next.photoId));
  if (next === null || top === null) return before.top;
  return top - (isInView(next, viewportPixels) ? next.y : Math.max(0, looked.y));
}

/** The photo that is looked at, and where it is; null at the very top, and where there are no photos. */
export function placeIn(view: Stood, viewportPixels: number, focusId: number | null): Place | null {
  return view.top <= AT_TOP_PIXELS ? null : lookedAt(view, viewportPixels, focusId);
}

/** Where to stand so that a place is as it was; beside it when its photo has gone. */
export function topOfPlace(place: Place | null, view: Placed): number {
  if (place === null) return 0;
  const at = view.ids.indexOf(place.photoId);
  const top = topOf(view, at >= 0 ? at : Math.min(place.index, view.ids.length - 1));
  return top === null ? 0 : Math.max(0, top - place.y);
}

function lookedAt(view: Stood, viewportPixels: number, focusId: number | null): Place | null {
  const focused = focusId === null ? null : screenPlace(view, view.ids.indexOf(focusId));
  const place =
    focused && focused.y >= 0 && focused.y < viewportPixels
      ? focused
      : screenPlace(view, firstInView(view));
  return place && { photoId: place.photoId, index: place.index, y: place.y };
}

/** Index of the first photo that is looked at. A row that only peeks in at the top is not. */
function firstInView({ layout, top }: Stood): number {
  const row = rowAt(layout, top);
  const first = layout.rowStarts[row] ?? 0;
  const cell = cellOf(layout, first);
  const peeksIn = cell !== null && cell.top + cell.height / 2 < top;
  return peeksIn ? (layout.rowStarts[row + 1] ?? first) : first;
}

/** Of the photos that are still there, one in view, else the one nearest to it in the order. */
function nearestKept(before: Stood, kept: Uint32Array, viewportPixels: number): Seen | null {
  const { ids } = before;
  const isKept = createIdSet(kept);
  const from = firstInView(before);
  let after = from;
  while (after < ids.length && !isKept(ids[after] ?? 0)) after += 1;
  const next = screenPlace(before, after);
  if (next && isInView(next, viewportPixels)) return next;
  let earlier = from - 1;
  while (earlier >= 0 && !isKept(ids[earlier] ?? 0)) earlier -= 1;
  const last = screenPlace(before, earlier);
  return next && last ? (after - from <= from - earlier ? next : last) : (next ?? last);
}

type Seen = Place & { readonly height: number };

function isInView({ y, height }: Seen, viewportPixels: number): boolean {
  return y + height > 0 && y < viewportPixels;
}

function screenPlace(view: Stood, index: number): Seen | null {
  const cell = cellOf(view.layout, index);
  const photoId = view.ids[index];
  if (!cell || photoId === undefined) return null;
  return { photoId, index, y: cell.top - view.top, height: cell.height };
}

function topOf(view: Placed, index: number): number | null {
  return cellOf(view.layout, index)?.top ?? null;
}
