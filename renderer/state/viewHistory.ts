/** The trail of this window beside the browser's history: its numbers are in `history.state`, the rest is here. */
import { useSyncExternalStore } from 'react';
import type { Place } from './place.ts';
import { createStore } from './store.ts';
import {
  decodeTrail,
  EMPTY_TRAIL,
  encodeTrail,
  moveTo,
  placeAt,
  pushEntry,
  replaceKey,
  replacePlace,
  stepsToOther,
  type Trail,
} from './trail.ts';

const STORED_AS = 'tagroll-trail';
const KEEP_AFTER_MS = 200;
let keepTimer: ReturnType<typeof setTimeout> | undefined;
/** No window gets there; a number beyond is not one of ours. */
const MOST_STEPS = 100_000;

const trail = createStore<Trail>(EMPTY_TRAIL);

export type Steps = { readonly canGoBack: boolean; readonly canGoForward: boolean };

/** Whether back and forward lead anywhere. */
export function getSteps(): Steps {
  return stepsOf(trail.get());
}

/** The same; the component renders anew only when one of them changes. */
export function useSteps(): Steps {
  return {
    canGoBack: useSyncExternalStore(trail.subscribe, () => getSteps().canGoBack),
    canGoForward: useSyncExternalStore(trail.subscribe, () => getSteps().canGoForward),
  };
}

function stepsOf(now: Trail): Steps {
  return {
    canGoBack: stepsToOther(now, -1) !== 0,
    canGoForward: stepsToOther(now, 1) !== 0,
  };
}

/** To what was shown before. Answers whether there is such a thing. */
export function goBack(): boolean {
  return goOn(-1);
}

/** To what was shown before going back. Answers whether there is such a thing. */
export function goForward(): boolean {
  return goOn(1);
}

function goOn(direction: -1 | 1): boolean {
  const steps = stepsToOther(trail.get(), direction);
  if (steps !== 0) window.history.go(steps);
  return steps !== 0;
}

/** Begins with the entry the page was loaded for. Answers where the person stood in it, after a reload. */
export function startTrail(key: string): Place | null {
  const at = entryNumber();
  const kept = at === null ? null : decodeTrail(readStored());
  // Without a number this is a new entry of the browser: what it may have had ahead is gone.
  trail.set(replaceKey(at === null ? EMPTY_TRAIL : moveTo(kept ?? EMPTY_TRAIL, at), key));
  return placeAt(trail.get());
}

/** The present entry has another address. */
export function writeEntry(hash: string): void {
  if (window.location.hash === hash && entryNumber() === trail.get().at) return;
  window.history.replaceState({ at: trail.get().at }, '', hash);
  keepTrailSoon();
}

/** A new entry. */
export function addEntry(hash: string, key: string): void {
  trail.set(pushEntry(trail.get(), key));
  window.history.pushState({ at: trail.get().at }, '', hash);
  keepTrailSoon();
}

/** The present entry shows something else. */
export function renameEntry(key: string): void {
  trail.set(replaceKey(trail.get(), key));
}

/** Where the person stands in the present entry. */
export function markPlace(place: Place | null): void {
  trail.set(replacePlace(trail.get(), place));
}

export type Arrival = {
  /** What the entry shows; its address, while nothing else is known. */
  readonly key: string;
  /** Where the person stood there. */
  readonly place: Place | null;
  /** Back or forward; 0 for an entry that is new, because its address was typed. */
  readonly direction: number;
};

/** The browser moved to another entry. */
export function arrive(): Arrival {
  const before = trail.get();
  const at = entryNumber();
  const { hash } = window.location;
  trail.set(at === null ? pushEntry(before, hash) : moveTo(before, at));
  keepTrailSoon();
  const now = trail.get();
  return {
    // The person may have gone before the entry's last change was in its address.
    key: now.entries[now.at]?.key ?? hash,
    place: placeAt(now),
    direction: at === null ? 0 : Math.sign(at - before.at),
  };
}

/** Goes on in a direction, past entries that show the same. */
export function passBy(direction: number): void {
  if (direction !== 0) goOn(direction < 0 ? -1 : 1);
}

/** Keeps the trail for a reload, in a moment: the photos come first. */
function keepTrailSoon(): void {
  keepTimer ??= setTimeout(keepTrail, KEEP_AFTER_MS);
}

/** Keeps the trail for a reload. */
export function keepTrail(): void {
  clearTimeout(keepTimer);
  keepTimer = undefined;
  try {
    window.sessionStorage.setItem(STORED_AS, encodeTrail(trail.get()));
  } catch {
    // Full, or not allowed: after a reload the buttons know less, and nothing else.
  }
}

function readStored(): string | null {
  try {
    return window.sessionStorage.getItem(STORED_AS);
  } catch {
    // Not allowed: as if nothing had been kept.
    return null;
  }
}

function entryNumber(): number | null {
  const state: unknown = window.history.state;
  if (typeof state !== 'object' || state === null || !('at' in state)) return null;
  const { at } = state;
  return typeof at === 'number' && Number.isSafeInteger(at) && at >= 0 && at <= MOST_STEPS
    ? at
    : null;
}
