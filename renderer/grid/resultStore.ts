import type { TagrollError } from '../../shared/errors.ts';
import type { SearchRequest } from '../../shared/model.ts';
import type { PackedResult } from '../../shared/resultCodec.ts';

export type ResultState = {
  /** What `result` answers; null before the first answer. */
  readonly request: SearchRequest | null;
  /** The newest answer. The one before stays while the next is on its way, or if it fails. */
  readonly result: PackedResult | null;
  readonly loading: boolean;
  /** Why the newest question has no answer. */
  readonly error: TagrollError | null;
};

export type ResultStore = {
  readonly getState: () => ResultState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Asks, unless this very question is already asked or answered. */
  readonly load: (request: SearchRequest) => void;
  /** Asks the newest question again: the library changed. While nobody looks it waits for the next `load`. */
  readonly refresh: () => void;
};

/**
 * Holds the current search result. A new question cancels the one before, and answers that come late
 * all the same are dropped.
 */
export function createResultStore(
  fetchResult: (request: SearchRequest, signal: AbortSignal) => Promise<PackedResult>,
  toError: (error: unknown) => TagrollError,
): ResultStore {
  let state: ResultState = { request: null, result: null, loading: false, error: null };
  let asked: SearchRequest | null = null;
  let running: AbortController | null = null;
  const listeners = new Set<() => void>();

  const setState = (next: ResultState): void => {
    state = next;
    for (const listener of listeners) listener();
  };

  const ask = (request: SearchRequest): void => {
    running?.abort();
    const controller = new AbortController();
    running = controller;
    asked = request;
    setState({ ...state, loading: true });
    fetchResult(request, controller.signal).then(
      (result) => {
        if (running !== controller) return;
        running = null;
        const same = state.result !== null && sameResult(state.result, result);
        const kept = same && state.result ? state.result : result;
        setState({ request, result: kept, loading: false, error: null });
      },
      (error: unknown) => {
        if (running !== controller) return;
        running = null;
        setState({ ...state, loading: false, error: toError(error) });
      },
    );
  };

  return {
    getState: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    load: (request) => {
      if (asked === null || !sameRequest(asked, request)) ask(request);
    },
    refresh: () => {
      if (!asked) return;
      if (listeners.size > 0) ask(asked);
      else asked = null;
    },
  };
}

export function sameRequest(left: SearchRequest, right: SearchRequest): boolean {
  return (
    left.query === right.query &&
    left.threshold === right.threshold &&
    left.sort === right.sort &&
    left.ascending === right.ascending
  );
}

/** Whether two results show the same, so that nothing has to be laid out or drawn again. */
function sameResult(left: PackedResult, right: PackedResult): boolean {
  return (
    sameValues(left.ids, right.ids) &&
    sameValues(left.days, right.days) &&
    sameValues(left.aspects, right.aspects)
  );
}

function sameValues(left: ArrayLike<number>, right: ArrayLike<number>): boolean {
  if (left.length !== right.length) return false;
  for (let index = 0; index < left.length; index += 1) {
    if (left[index] !== right[index]) return false;
  }
  return true;
}
