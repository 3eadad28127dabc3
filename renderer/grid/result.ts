import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { deserializeError, type SerializedError } from '../../shared/errors.ts';
import type { SearchRequest } from '../../shared/model.ts';
import { decodeResult, type PackedResult } from '../../shared/resultCodec.ts';
import { resultUrl, toTagrollError } from '../api/client.ts';
import { useEngineEvent } from '../api/useLive.ts';
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
  useEffect(() => resultStore.load(request), [request]);

  const refresh = useGathered(resultStore.refresh);
  useEngineEvent('photos-changed', refresh);
  useEngineEvent('tags-changed', refresh);
  useEngineEvent('folders-changed', refresh);
  return useSyncExternalStore(resultStore.subscribe, resultStore.getState);
}

/** Calls `action` once for a burst of calls. */
function useGathered(action: () => void): () => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const lastMs = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useMemo(
    () => () => {
      clearTimeout(timer.current);
      const restMs = lastMs.current + REFRESH_EVERY_MS - performance.now();
      timer.current = setTimeout(
        () => {
          lastMs.current = performance.now();
          action();
        },
        Math.max(GATHER_MS, restMs),
      );
    },
    [action],
  );
}
