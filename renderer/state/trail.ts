/**
 * The window's own account of the browser's history: a page is not told what lies before and after it, and
 * a button that leads nowhere must look like it.
 */
import type { Place } from './place.ts';

export type TrailEntry = {
  /** What the entry shows; null when that is not known. */
  readonly key: string | null;
  /** Where the person stood when they left it; null at the top. */
  readonly place: Place | null;
};

export type Trail = {
  /** Index of the entry that is shown. */
  readonly at: number;
  readonly entries: readonly TrailEntry[];
};

/** Browsers drop the oldest entries beyond this. */
export const MOST_ENTRIES = 50;

const UNKNOWN: TrailEntry = { key: null, place: null };

export const EMPTY_TRAIL: Trail = { at: 0, entries: [UNKNOWN] };

/** A new entry after the present one; what lay ahead is gone. */
export function pushEntry(trail: Trail, key: string): Trail {
  const entries = [...trail.entries.slice(0, trail.at + 1), { key, place: null }];
  return forgetOldest({ at: entries.length - 1, entries });
}

/** The present entry shows something else now. */
export function replaceKey(trail: Trail, key: string): Trail {
  if (trail.entries[trail.at]?.key === key) return trail;
  return withEntry(trail, { key, place: placeAt(trail) });
}

/** The person stands there in the present entry. */
export function replacePlace(trail: Trail, place: Place | null): Trail {
  return withEntry(trail, { key: trail.entries[trail.at]?.key ?? null, place });
}

/** Another entry is shown. Entries that were not known of until now are filled in. */
export function moveTo(trail: Trail, at: number): Trail {
  const missing = Math.max(0, at + 1 - trail.entries.length);
  const entries =
    missing === 0 ? trail.entries : [...trail.entries, ...Array(missing).fill(UNKNOWN)];
  return forgetOldest({ at, entries });
}

/** Where the person stood in the present entry. */
export function placeAt(trail: Trail): Place | null {
  return trail.entries[trail.at]?.place ?? null;
}

/**
 * How many entries to go, with its sign, to see something else than now; 0 when there is nothing. Closing
 * the viewer, for one, leaves two entries side by side that show the same.
 */
export function stepsToOther(trail: Trail, direction: -1 | 1): number {
  const present = trail.entries[trail.at]?.key ?? null;
  const oldest = Math.max(0, trail.entries.length - MOST_ENTRIES);
  for (
    let index = trail.at + direction;
    index >= oldest && index < trail.entries.length;
    index += direction
  ) {
    const { key } = trail.entries[index] ?? UNKNOWN;
    if (key === null || key !== present) return index - trail.at;
  }
  return 0;
}

/** As text for `sessionStorage`, which lives as long as the browser's history does. */
export function encodeTrail(trail: Trail): string {
  return JSON.stringify(trail);
}

/** The reverse. Null for anything that is not a trail. */
export function decodeTrail(text: string | null): Trail | null {
  if (text === null) return null;
  try {
    const { at, entries } = JSON.parse(text) as Partial<Trail>;
    if (!Number.isSafeInteger(at) || !Array.isArray(entries)) return null;
    if (at === undefined || at < 0 || at >= entries.length) return null;
    return { at, entries: entries.map(asEntry) };
  } catch {
    // Somebody else's text: as if there were none.
    return null;
  }
}

function asEntry(value: unknown): TrailEntry {
  if (typeof value !== 'object' || value === null) return UNKNOWN;
  const { key, place } = value as Partial<TrailEntry>;
  return { key: typeof key === 'string' ? key : null, place: isPlace(place) ? place : null };
}

/** Whether a value of unknown origin is a place. */
export function isPlace(value: unknown): value is Place {
  if (typeof value !== 'object' || value === null) return false;
  const { photoId, index, y } = value as Partial<Place>;
  return Number.isSafeInteger(photoId) && Number.isSafeInteger(index) && Number.isFinite(y);
}

function withEntry(trail: Trail, entry: TrailEntry): Trail {
  return { at: trail.at, entries: trail.entries.with(trail.at, entry) };
}

/** Entries that the browser has dropped keep their number, but nothing of what they held. */
function forgetOldest(trail: Trail): Trail {
  const oldest = trail.entries.length - MOST_ENTRIES;
  if (oldest <= 0 || trail.entries[oldest - 1] === UNKNOWN) return trail;
  return {
    at: trail.at,
    entries: trail.entries.map((entry, index) => (index < oldest ? UNKNOWN : entry)),
  };
}
