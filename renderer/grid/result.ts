import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { deserializeError, type SerializedError } from '../../shared/errors.ts';
import type { SearchRequest } from '../../shared/model.ts';
import { decodeResult, type PackedResult } from '../../shared/resultCodec.ts';
import { resultUrl, toTagrollError } from '../api/client.ts';
import { onEngineEvent } from '../api/useLive.ts';
import { useView } from '../state/view.ts';
import { createResultStore, type ResultState } from './resultStore.ts';

/** Changes of the library are gathered for this long before the result is asked for again. */
const GATHER_MS = 150;
/** While changes keep coming, at most this often: a large result takes time on both sides. */
const REFRESH_EVERY_MS = 800;

const resultStore = createResultStore(fetchResult, toTagrollError);

async function fetchResult(request: SearchRequest, signal: AbortSignal): Promise<PackedResult> {
  const response = await fetch(resultUrl(request), { signal });
  if (!response.ok) throw deserializeError((await response.json()) as SerializedError);
  return decodeResult(await response.arrayBuffer());
}

/** The current result as it was last answered, without asking for anything. */
export function getResult(): ResultState {
  return resultStore.getState();
}

/** The result of the view's question, kept up to date while the library changes. */
export function useResult(): ResultState {
  const { query, threshold, sort, ascending } = useView();
  const request = useMemo<SearchRequest>(
    () => ({ query, threshold, sort, ascending }),
    [query, threshold, sort, ascending],
  );
  // Subscribed before it is asked for: nobody's question would be put off.
  const state = useSyncExternalStore(resultStore.subscribe, resultStore.getState);
  useEffect(() => resultStore.load(request), [request]);
  return state;
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
