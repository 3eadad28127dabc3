import type { TagrollError } from '../../shared/errors.ts';
import type { SearchRequest } from '../../shared/model.ts';
import type { PackedResult } from '../../shared/resultCodec.ts';
import type { PhotosState } from '../api/turns.ts';
import { sameOrder } from '../state/place.ts';
import type { FetchedResult } from './fetchResult.ts';

export type ResultState = {
  /** What `result` answers; null before the first answer. */
  readonly request: SearchRequest | null;
  /** The newest answer. The one before stays while the next is on its way, or if it fails. */
  readonly result: PackedResult | null;
  /** Photos of the whole answer; `result` may have only the first of them. */
  readonly total: number;
  /** Something is asked for that is not there yet. */
  readonly loading: boolean;
  /** Why the newest question has no answer. */
  readonly error: TagrollError | null;
};

export type ResultStore = {
  /** The newest whole answer. */
  readonly getState: () => ResultState;
  /** The newest answer, if only its first photos: the rest of them is on its way. */
  readonly getShown: () => ResultState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Asks, unless this very question is already asked or answered. */
  readonly load: (request: SearchRequest) => void;
  /** Asks the newest question again: the library changed. While nobody looks it waits for the next `load`. */
  readonly refresh: () => void;
};

export type ResultStoreOptions = {
  readonly fetchResult: (
    request: SearchRequest,
    limit: number | null,
    signal: AbortSignal,
  ) => Promise<FetchedResult>;
  readonly toError: (error: unknown) => TagrollError;
  /** How many photos fill the screen and are asked for first; null asks for all at once. */
  readonly firstPhotos: (request: SearchRequest) => number | null;
  /** Is told of each question and of its answer, before they who `subscribe`. */
  readonly onPhotos?: (state: PhotosState) => void;
};

/** Steps of the lens within this time are a movement. */
const MOVING_MS = 400;
/** While the lens moves, all photos are asked for when it has rested for this long. */
const REST_AFTER_MS = 120;

/** Another question, a single step of the lens, or one of many: the more may follow, the less is asked for at once. */
type Pace = 'new' | 'step' | 'moving';

/** The questions that are on their way; they are cancelled together. */
type Running = {
  readonly controller: AbortController;
  /** The first photos are there, or will not come: what is missing is the rest. */
  isRest: boolean;
};

/**
 * Holds the current search result. The first photos are shown before all of them are there. Another
 * question cancels the one before, and answers that come late all the same are dropped; a step of the lens
 * lets the one before be answered and shown, or a lens that moves fast would never show anything.
 */
export function createResultStore(options: ResultStoreOptions): ResultStore {
  const { fetchResult, toError, firstPhotos, onPhotos } = options;
  let shown: ResultState = { request: null, result: null, total: 0, loading: false, error: null };
  let state = shown;
  let asked: SearchRequest | null = null;
  let askedAtMs = Number.NEGATIVE_INFINITY;
  let pace: Pace = 'new';
  let running: Running | null = null;
  let restTimer: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();

  const set = (nextShown: ResultState, nextState: ResultState, photos: PhotosState): void => {
    shown = nextShown;
    state = nextState;
    onPhotos?.(photos);
    for (const listener of listeners) listener();
  };

  const stop = (): void => {
    running?.controller.abort();
    running = null;
    clearTimeout(restTimer);
  };

  const begin = (request: SearchRequest, limit: number | null): void => {
    stop();
    const mine: Running = { controller: new AbortController(), isRest: false };
    running = mine;
    if (shown.loading) onPhotos?.('asked');
    else set({ ...shown, loading: true }, { ...state, loading: true }, 'asked');
    askFor(request, limit, mine);
    // Both at once: the engine goes on with the rest while the window draws the first.
    if (limit !== null && pace === 'new') askFor(request, null, mine);
  };

  const askFor = (request: SearchRequest, limit: number | null, mine: Running): void => {
    fetchResult(request, limit, mine.controller.signal).then(
      (answer) => {
        if (running === mine) arrived(request, answer, mine);
      },
      (error: unknown) => {
        if (running === mine) failed(request, error);
      },
    );
  };

  const arrived = (
    request: SearchRequest,
    { result, total }: FetchedResult,
    mine: Running,
  ): void => {
    const isWhole = result.ids.length >= total;
    const newest = asked ?? request;
    const isNewest = sameRequest(newest, request);
    // The rest of a small result is nothing new.
    if (isWhole || !isNewest) stop();
    mine.isRest = true;
    const loading = !isWhole || !isNewest;
    const same = shown.result !== null && sameResult(shown.result, result);
    const kept = same && shown.result ? shown.result : result;
    const answered = { request, result: kept, total, loading, error: null };
    set(answered, isWhole ? answered : { ...state, loading }, loading ? 'begun' : 'there');
    if (!isNewest) begin(newest, firstPhotos(newest));
    else if (!isWhole && pace === 'step') askFor(request, null, mine);
    else if (!isWhole && pace === 'moving') {
      restTimer = setTimeout(askFor, REST_AFTER_MS, request, null, mine);
    }
  };

  const failed = (request: SearchRequest, cause: unknown): void => {
    stop();
    if (asked && !sameRequest(asked, request)) {
      begin(asked, firstPhotos(asked));
      return;
    }
    const error = toError(cause);
    set({ ...shown, loading: false, error }, { ...state, loading: false, error }, 'there');
  };

  return {
    getState: () => state,
    getShown: () => shown,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    load: (request) => {
      if (asked !== null && sameRequest(asked, request)) return;
      const isStep = asked !== null && sameOrder(asked, request);
      const nowMs = performance.now();
      pace = isStep ? (nowMs - askedAtMs < MOVING_MS ? 'moving' : 'step') : 'new';
      askedAtMs = nowMs;
      asked = request;
      // Its answer is shown, and then this one is asked for.
      if (isStep && running && !running.isRest) return;
      begin(request, firstPhotos(request));
    },
    refresh: () => {
      if (!asked) return;
      if (listeners.size === 0) {
        asked = null;
        return;
      }
      const isShown = shown.request !== null && sameRequest(shown.request, asked);
      begin(asked, isShown ? null : firstPhotos(asked));
    },
  };
}

export function sameRequest(left: SearchRequest, right: SearchRequest): boolean {
  return sameOrder(left, right) && left.threshold === right.threshold;
}

/** Whether two results show the same, so that nothing has to be laid out or drawn again. */
function sameResult(left: PackedResult, right: PackedResult): boolean {
  return (
    sameValues(left.ids, right.ids) &&
    sameValues(left.days, right.days) &&
    sameValues(left.aspects, right.aspects)
  );
}

function sameValues(
  left: Uint32Array | Int32Array | Uint16Array,
  right: Uint32Array | Int32Array | Uint16Array,
): boolean {
  if (left.length !== right.length) return false;
  for (let index = 0; index < left.length; index += 1) {
    if (left[index] !== right[index]) return false;
  }
  return true;
}
