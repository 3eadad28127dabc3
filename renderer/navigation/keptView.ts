/** What the window shows, as the text that is kept for the next start. */
import { LONGEST_VIEW } from '../../shared/settings.ts';
import type { Place } from '../state/place.ts';
import { encodeView, isView, type ViewState } from '../state/viewHash.ts';

export type KeptView = { readonly hash: string; readonly place: Place | null };

const PLACE = /&at=(\d{1,16})\.(\d{1,9})\.(-?\d{1,9})$/;

/** Empty for a view that is too long to keep: the next start then begins with all photos. */
export function writeKeptView(view: ViewState, place: Place | null): string {
  const at = place ? `&at=${place.photoId}.${place.index}.${Math.round(place.y)}` : '';
  const text = encodeView(view) + at;
  return text.length > LONGEST_VIEW ? '' : text;
}

/** Undefined for anything else than a view. */
export function readKeptView(text: string): KeptView | undefined {
  const match = PLACE.exec(text);
  const hash = match ? text.slice(0, match.index) : text;
  if (!isView(hash)) return undefined;
  const [photoId = 0, index = 0, y = 0] = match ? match.slice(1).map(Number) : [];
  return { hash, place: photoId > 0 ? { photoId, index, y } : null };
}
