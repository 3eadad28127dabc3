import { useEffect, useSyncExternalStore } from 'react';
import type { SearchRequest } from '../../shared/model.ts';
import { toTagrollError } from '../api/client.ts';
import { drawWithPhotos, photosAre } from '../api/turns.ts';
import { onEngineEvent } from '../api/useLive.ts';
import { standingIn } from '../state/place.ts';
import { getView, onView, type ViewState } from '../state/view.ts';
import { fetchResult } from './fetchResult.ts';
import { createResultStore, type ResultState } from './resultStore.ts';
import { rowHeightOf } from './rowHeights.ts';
import { OVERSCAN_PIXELS } from './useGridScroll.ts';

/** Changes of the library are gathered for this long before the result is asked for again. */
const GATHER_MS = 150;
/** While changes keep coming, at most this often: a large result takes time on both sides. */
const REFRESH_EVERY_MS = 800;

/** At least so many photos come first. */
const FEWEST_FIRST = 200;
/** More than this are nearly all, or take as long. */
const MOST_FIRST = 2000;

const resultStore = createResultStore({
  fetchResult,
  toError: toTagrollError,
  firstPhotos,
  onPhotos: photosAre,
});

/** As many photos as fill the window. Null where they are not what is seen first, or take as long as all. */
function firstPhotos(request: SearchRequest): number | null {
  if (request.sort !== 'taken' || request.ascending) return null;
  if (standingIn(request)) return null;
  const rowHeight = rowHeightOf(getView().zoom);
  const seenPixels = window.innerWidth * (window.innerHeight + OVERSCAN_PIXELS);
  const seen = Math.ceil(seenPixels / rowHeight ** 2);
  return Math.max(FEWEST_FIRST, Math.min(MOST_FIRST, seen));
}

/** The current result as it was last answered as a whole, without asking for anything. */
export function getResult(): ResultState {
  return resultStore.getState();
}

/** The result of the view's question, kept up to date while the library changes; always a whole one. */
export function useResult(): ResultState {
  return useStateOf(resultStore.getState);
}

/** The same, but as soon as its first photos are there: `total` may be more than `result` has. */
export function useShownResult(): ResultState {
  return useStateOf(resultStore.getShown);
}

/** Calls back when photos are asked for, before anything is drawn for it. Answers how to stop. */
export function onAsked(listener: () => void): () => void {
  return resultStore.subscribe(() => {
    if (resultStore.getShown().loading) listener();
  });
}

/** How many photos the view's question finds; null before the first answer. */
export function useResultTotal(): number | null {
  return useSyncExternalStore(subscribe, shownTotal);
}

/** Whether the view's question is known to find any photo. */
export function useHasPhotos(): boolean {
  return useSyncExternalStore(subscribe, () => (shownTotal() ?? 0) > 0);
}

/** That something is asked for is drawn with its answer, if that comes soon. */
function subscribe(listener: () => void): () => void {
  return resultStore.subscribe(() => drawWithPhotos(listener));
}

function shownTotal(): number | null {
  const { result, total } = resultStore.getShown();
  return result && total;
}

function useStateOf(getState: () => ResultState): ResultState {
  // Subscribed before it is asked for: nobody's question would be put off.
  const state = useSyncExternalStore(subscribe, getState);
  useEffect(followView, []);
  return state;
}

/** How many components show the result. */
let followers = 0;
let stopFollowing: () => void = () => undefined;

/**
 * Asks what the view asks, as soon as it changes: before the window is drawn anew, which may take longer
 * than the answer. Answers how to stop.
 */
function followView(): () => void {
  followers += 1;
  if (followers === 1) stopFollowing = onView(loadView);
  loadView(getView());
  return () => {
    followers -= 1;
    if (followers === 0) stopFollowing();
  };
}

function loadView({ query, threshold, sort, ascending }: ViewState): void {
  resultStore.load({ query, threshold, sort, ascending });
}

let timer: ReturnType<typeof setTimeout> | undefined;
let lastMs = Number.NEGATIVE_INFINITY;

/** Asks anew once for a burst of changes. */
function refreshSoon(): void {
  clearTimeout(timer);
  const restMs = lastMs + REFRESH_EVERY_MS - performance.now();
  timer = setTimeout(
    () => {
      lastMs = performance.now();
      resultStore.refresh();
    },
    Math.max(GATHER_MS, restMs),
  );
}

// For as long as the window lives: the library also changes while something else is shown.
onEngineEvent('photos-changed', refreshSoon);
onEngineEvent('tags-changed', refreshSoon);
onEngineEvent('folders-changed', refreshSoon);
