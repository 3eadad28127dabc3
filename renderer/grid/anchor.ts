import { cellOf, type GridLayout, rowAt } from './layout.ts';

export type Placed = { readonly layout: GridLayout; readonly ids: Uint32Array };

/** Closer to the top than this, a person looks at the newest, not at a certain photo. */
const AT_TOP_PIXELS = 8;

/**
 * Where to stand after the layout changed, so that what a person looks at stays where it is on screen:
 * the focused photo if it is in view, else the first photo in view that is still there. Who stands at the
 * very top while photos arrive stays at the top and sees them.
 */
export function topAfterChange(
  before: Placed & { readonly top: number },
  after: Placed,
  viewportPixels: number,
  focusId: number | null,
): number {
  const sameOrder = before.ids === after.ids;
  if (!sameOrder && before.top <= AT_TOP_PIXELS) return 0;
  const focused = focusId === null ? null : screenPlace(before, before.ids.indexOf(focusId));
  if (focused && focused.y >= 0 && focused.y < viewportPixels) {
    const found = placeOf(after, sameOrder ? focused.index : after.ids.indexOf(focused.id));
    if (found !== null) return found - focused.y;
  }
  const row = rowAt(before.layout, before.top);
  const first = before.layout.rowStarts[row] ?? 0;
  const last = Math.min(first + 200, before.layout.count);
  for (let index = first; index < last; index += 1) {
    const place = screenPlace(before, index);
    // A row that only peeks in at the top is not what is looked at.
    if (!place || place.y + place.height / 2 < 0) continue;
    const found = placeOf(after, sameOrder ? place.index : after.ids.indexOf(place.id));
    if (found !== null) return found - place.y;
  }
  return before.top;
}

function screenPlace(view: Placed & { readonly top: number }, index: number) {
  const cell = cellOf(view.layout, index);
  const id = view.ids[index];
  if (!cell || id === undefined) return null;
  return { id, index, y: cell.top - view.top, height: cell.height };
}

function placeOf(view: Placed, index: number): number | null {
  return cellOf(view.layout, index)?.top ?? null;
}
