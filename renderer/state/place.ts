/** Where the person stands in the photos: a photo that is looked at, not a number of pixels, so that it holds. */
import type { SearchRequest } from '../../shared/model.ts';
import { createStore } from './store.ts';

export type Place = {
  /** The photo that is looked at. */
  readonly photoId: number;
  /** Where it was in the result, from 0: that is where to stand when it is no longer there. */
  readonly index: number;
  /** Pixels from the top of the grid's window to the top of the photo; negative when it begins above it. */
  readonly y: number;
};

/** What has to be the same for a place to mean something: the lens only thins out the photos. */
export type PhotoOrder = Pick<SearchRequest, 'query' | 'sort' | 'ascending'>;

/** Null as place: at the very top. */
export type Standing = { readonly order: PhotoOrder; readonly place: Place | null };

let read: (() => Standing | null) | null = null;
const moves = new Set<() => void>();
const wanted = createStore<Standing | null>(null);

export function sameOrder(left: PhotoOrder, right: PhotoOrder): boolean {
  return (
    left.query === right.query && left.sort === right.sort && left.ascending === right.ascending
  );
}

/** The grid says how to tell where it stands. Answers how to stop. */
export function tellStanding(reader: () => Standing | null): () => void {
  read = reader;
  return () => {
    if (read === reader) read = null;
  };
}

/**
 * Where the person stands in photos of this order: on the way there counts as being there. Undefined when
 * photos of this order are not on screen.
 */
export function standingIn(order: PhotoOrder): Place | null | undefined {
  for (const standing of [wanted.get(), read?.() ?? null]) {
    if (standing && sameOrder(standing.order, order)) return standing.place;
  }
  return undefined;
}

/** The grid was scrolled. */
export function placeMoved(): void {
  for (const listener of moves) listener();
}

/** Calls back with every scroll of the grid: be quick. Answers how to stop. */
export function onPlaceMoved(listener: () => void): () => void {
  moves.add(listener);
  return () => moves.delete(listener);
}

/** Brings the grid to a place as soon as it shows photos of this order. Null: it goes where it would anyway. */
export function wantStanding(standing: Standing | null): void {
  wanted.set(standing);
}

/** Calls back when the grid is wanted elsewhere, or no more. Answers how to stop. */
export function onWantedStanding(listener: () => void): () => void {
  return wanted.subscribe(listener);
}

export function wantedStanding(): Standing | null {
  return wanted.get();
}
