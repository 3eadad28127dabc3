import { useEffect, useSyncExternalStore } from 'react';
import { client } from '../api/client.ts';
import { onEngineEvent } from '../api/useLive.ts';
import { createTileStore } from './tileStore.ts';

/** What is looked at is told to the engine when it has stayed for this long. */
const LOOKED_AT_AFTER_MS = 300;

/** Tiles of all photos that were near the screen lately. */
export const tileStore = createTileStore({
  fetchTiles: async (ids, signal) =>
    (await client.photos.tiles({ ids: [...ids] }, { signal })).tiles,
});

// For as long as the window lives: the library also changes while something else is shown.
onEngineEvent('photos-changed', (event) => tileStore.invalidate(event.photoIds));
onEngineEvent('folders-changed', () => tileStore.invalidate(null));

/** Whether each is known to be a favourite. Ends with the first that is not: a million may be selected. */
export function areAllFavorite(ids: Iterable<number>): boolean {
  for (const id of ids) if (tileStore.get(id)?.favorite !== true) return false;
  return true;
}

/** Loads the tiles of a part of the result and answers a number that grows when any tile changed. */
export function useTiles(ids: Uint32Array, start: number, end: number, mayLoad: boolean): number {
  const version = useSyncExternalStore(tileStore.subscribe, tileStore.getVersion);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with a new version, failed and changed tiles are asked for anew
  useEffect(() => {
    if (mayLoad) tileStore.want(ids, start, end);
  }, [ids, start, end, mayLoad, version]);
  return version;
}

/** Tells the engine which photos are on screen, so that they are read first. */
export function useOnScreen(ids: Uint32Array, start: number, end: number): void {
  useEffect(() => {
    if (start >= end) return;
    const timer = setTimeout(() => {
      const onScreen = [...ids.subarray(start, Math.min(end, start + 2000))];
      // Only a hint: without it the photos are read in their turn.
      client.photos.onScreen({ ids: onScreen }).catch(() => undefined);
    }, LOOKED_AT_AFTER_MS);
    return () => clearTimeout(timer);
  }, [ids, start, end]);
}
