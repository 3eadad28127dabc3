import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PhotosState } from '../../../renderer/api/turns.ts';
import type { FetchedResult } from '../../../renderer/grid/fetchResult.ts';
import { createResultStore } from '../../../renderer/grid/resultStore.ts';
import { TagrollError } from '../../../shared/errors.ts';
import type { SearchRequest } from '../../../shared/model.ts';
import type { PackedResult } from '../../../shared/resultCodec.ts';

function request(query: string, threshold = 50): SearchRequest {
  return { query, threshold, sort: 'taken', ascending: false };
}

function resultOf(...ids: number[]): PackedResult {
  return {
    revision: 1,
    ids: new Uint32Array(ids),
    days: new Int32Array(ids.length),
    aspects: new Uint16Array(ids.length),
  };
}

type Harness = {
  /** Photos asked for first; null: all at once. */
  readonly first?: number | null;
};

function createHarness({ first = null }: Harness = {}) {
  const asked: {
    readonly query: string;
    readonly threshold: number;
    readonly limit: number | null;
    readonly signal: AbortSignal;
    readonly answer: (result: PackedResult, total?: number) => void;
    readonly fail: (error: unknown) => void;
  }[] = [];
  const told: PhotosState[] = [];
  const store = createResultStore({
    fetchResult({ query, threshold }, limit, signal) {
      const { promise, resolve, reject } = Promise.withResolvers<FetchedResult>();
      const answer = (result: PackedResult, total = result.ids.length): void =>
        resolve({ result, total });
      asked.push({ query, threshold, limit, signal, answer, fail: reject });
      return promise;
    },
    toError: (error) => new TagrollError('internal', String(error)),
    firstPhotos: () => first,
    onPhotos: (state) => told.push(state),
  });
  const at = (index: number) => {
    const entry = asked[index];
    if (!entry) throw new Error(`Question ${index} was never asked.`);
    return entry;
  };
  const shownIds = (): number[] => [...(store.getShown().result?.ids ?? [])];
  const wholeIds = (): number[] => [...(store.getState().result?.ids ?? [])];
  return { asked, at, store, told, shownIds, wholeIds };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('createResultStore', () => {
  it('asks a question once, however often it is wanted', () => {
    const { asked, store } = createHarness();
    store.load(request('dog'));
    store.load(request('dog'));
    expect(asked.length).toBe(1);
    expect(store.getState().loading).toBe(true);
  });

  it('keeps the old result while the new one loads, cancels the old question and drops its late answer', async () => {
    const { at, store } = createHarness();
    store.load(request('dog'));
    at(0).answer(resultOf(1, 2));
    await settle();
    store.load(request('dog cat'));
    store.load(request('dog cat bird'));
    expect(at(1).signal.aborted).toBe(true);
    expect([...(store.getState().result?.ids ?? [])]).toEqual([1, 2]);
    at(2).answer(resultOf(3));
    await settle();
    at(1).answer(resultOf(99));
    await settle();
    expect([...(store.getState().result?.ids ?? [])]).toEqual([3]);
    expect(store.getState().request?.query).toBe('dog cat bird');
  });

  it('keeps the result and says why when a question fails', async () => {
    const { at, store } = createHarness();
    store.load(request('dog'));
    at(0).answer(resultOf(1));
    await settle();
    store.load(request('dog ('));
    at(1).fail('no closing bracket');
    await settle();
    expect(store.getState().error?.message).toContain('no closing bracket');
    expect(store.getState().loading).toBe(false);
    expect(store.getState().request?.query).toBe('dog');
    store.load(request('dog'));
    at(2).answer(resultOf(1));
    await settle();
    expect(store.getState().error).toBeNull();
  });

  it('keeps the very same result object when a refresh finds nothing new', async () => {
    const { at, store } = createHarness();
    store.subscribe(() => undefined);
    store.refresh();
    store.load(request('dog'));
    at(0).answer(resultOf(1, 2));
    await settle();
    const before = store.getState().result;
    store.refresh();
    at(1).answer(resultOf(1, 2));
    await settle();
    expect(store.getState().result).toBe(before);
    store.refresh();
    at(2).answer(resultOf(2, 1));
    await settle();
    expect([...(store.getState().result?.ids ?? [])]).toEqual([2, 1]);
  });
  it('asks anew for what changed while nobody looked, and not before', async () => {
    const { asked, at, store } = createHarness();
    const stop = store.subscribe(() => undefined);
    store.load(request('dog'));
    at(0).answer(resultOf(1));
    await settle();
    stop();
    store.refresh();
    expect(asked.length).toBe(1);
    store.subscribe(() => undefined);
    store.load(request('dog'));
    at(1).answer(resultOf(1, 2));
    await settle();
    expect([...(store.getState().result?.ids ?? [])]).toEqual([1, 2]);
  });
});

describe('the first photos of a result', () => {
  it('are shown while the rest of them is on its way', async () => {
    const { asked, at, store, told, shownIds, wholeIds } = createHarness({ first: 2 });
    store.load(request('dog'));
    expect(at(0).limit).toBe(2);
    // At once: the engine goes on with it while the window draws the first.
    expect(at(1).limit).toBeNull();
    at(0).answer(resultOf(1, 2), 4);
    await settle();
    expect(shownIds()).toEqual([1, 2]);
    expect(store.getShown()).toMatchObject({ total: 4, loading: true });
    // Nobody else takes a part for the whole.
    expect(store.getState()).toMatchObject({ result: null, loading: true });
    at(1).answer(resultOf(1, 2, 3, 4));
    await settle();
    expect(wholeIds()).toEqual([1, 2, 3, 4]);
    expect(store.getShown()).toBe(store.getState());
    expect(store.getState()).toMatchObject({ total: 4, loading: false });
    expect(asked.length).toBe(2);
    expect(told).toEqual(['asked', 'begun', 'there']);
  });

  it('are all there is of a small result', async () => {
    const { asked, at, store, wholeIds } = createHarness({ first: 200 });
    store.load(request('dog'));
    at(0).answer(resultOf(1, 2));
    await settle();
    expect(wholeIds()).toEqual([1, 2]);
    expect(store.getState().loading).toBe(false);
    expect(at(1).signal.aborted).toBe(true);
    expect(asked.length).toBe(2);
  });

  it('are not shown after all of them', async () => {
    const { at, store, shownIds } = createHarness({ first: 1 });
    store.load(request('dog'));
    at(1).answer(resultOf(1, 2, 3));
    await settle();
    at(0).answer(resultOf(1), 3);
    await settle();
    expect(shownIds()).toEqual([1, 2, 3]);
    expect(store.getShown().loading).toBe(false);
  });

  it('fail once with all the others', async () => {
    const { at, store, told } = createHarness({ first: 1 });
    store.load(request('dog ('));
    at(0).fail('no closing bracket');
    at(1).fail('no closing bracket');
    await settle();
    expect(at(1).signal.aborted).toBe(true);
    expect(store.getShown().error?.message).toContain('no closing bracket');
    expect(told).toEqual(['asked', 'there']);
  });

  it('do not come again when the library changed', async () => {
    const { at, store, shownIds } = createHarness({ first: 1 });
    store.subscribe(() => undefined);
    store.load(request('dog'));
    at(0).answer(resultOf(1), 2);
    await settle();
    at(1).answer(resultOf(1, 2));
    await settle();
    store.refresh();
    expect(at(2).limit).toBeNull();
    expect(shownIds()).toEqual([1, 2]);
  });

  it('give way to another question, with the rest of theirs', async () => {
    const { at, store, shownIds, wholeIds } = createHarness({ first: 1 });
    store.load(request('dog'));
    at(0).answer(resultOf(1), 3);
    await settle();
    store.load(request('cat'));
    expect(at(1).signal.aborted).toBe(true);
    at(1).answer(resultOf(1, 2, 3));
    at(2).answer(resultOf(9));
    await settle();
    expect(at(3).signal.aborted).toBe(true);
    expect(shownIds()).toEqual([9]);
    expect(wholeIds()).toEqual([9]);
  });

  it('stay when the rest of them cannot be had, and the reason is told', async () => {
    const { at, store, shownIds } = createHarness({ first: 1 });
    store.subscribe(() => undefined);
    store.load(request('dog'));
    at(0).answer(resultOf(1), 3);
    await settle();
    at(1).fail('the engine has gone');
    await settle();
    expect(shownIds()).toEqual([1]);
    expect(store.getShown().loading).toBe(false);
    expect(store.getShown().error?.message).toContain('the engine has gone');
    store.refresh();
    at(2).answer(resultOf(1, 2, 3));
    await settle();
    expect(shownIds()).toEqual([1, 2, 3]);
  });
});

describe('a lens that moves', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('shows a step that is answered before the newest one is asked for', async () => {
    const { asked, at, store, shownIds } = createHarness({ first: 2 });
    store.load(request('dog', 50));
    store.load(request('dog', 51));
    store.load(request('dog', 52));
    expect(asked.length).toBe(2);
    expect(at(0).signal.aborted).toBe(false);
    at(0).answer(resultOf(1, 2), 3);
    await settle();
    expect(shownIds()).toEqual([1, 2]);
    expect(store.getShown()).toMatchObject({ request: { threshold: 50 }, loading: true });
    expect(at(1).signal.aborted).toBe(true);
    expect(at(2).threshold).toBe(52);
    at(2).answer(resultOf(1, 2));
    await settle();
    expect(store.getState()).toMatchObject({ request: { threshold: 52 }, loading: false });
    expect(asked.length).toBe(3);
  });

  it('asks for the newest step also when the one before failed', async () => {
    const { at, store, shownIds } = createHarness();
    store.load(request('dog', 50));
    store.load(request('dog', 51));
    at(0).fail('too late');
    await settle();
    expect(store.getShown().error).toBeNull();
    at(1).answer(resultOf(1));
    await settle();
    expect(shownIds()).toEqual([1]);
  });

  it('asks for all photos after those of a single step', async () => {
    vi.useFakeTimers();
    const { asked, at, store, wholeIds } = createHarness({ first: 1 });
    store.load(request('dog', 50));
    at(0).answer(resultOf(1));
    await vi.advanceTimersByTimeAsync(2000);
    store.load(request('dog', 51));
    // The next step may be about to come.
    expect(asked.length).toBe(3);
    expect(at(2).limit).toBe(1);
    at(2).answer(resultOf(1), 2);
    await vi.advanceTimersByTimeAsync(0);
    expect(at(3).limit).toBeNull();
    at(3).answer(resultOf(1, 2));
    await vi.advanceTimersByTimeAsync(0);
    expect(wholeIds()).toEqual([1, 2]);
  });

  it('asks for all photos when it rests', async () => {
    vi.useFakeTimers();
    const { asked, at, store, shownIds } = createHarness({ first: 1 });
    store.load(request('dog', 50));
    at(0).answer(resultOf(1), 3);
    await vi.advanceTimersByTimeAsync(0);
    store.load(request('dog', 51));
    expect(at(1).signal.aborted).toBe(true);
    at(2).answer(resultOf(1), 2);
    await vi.advanceTimersByTimeAsync(0);
    expect(asked.length).toBe(3);
    store.load(request('dog', 52));
    at(3).answer(resultOf(2), 2);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked.length).toBe(5);
    expect(at(4)).toMatchObject({ threshold: 52, limit: null });
    at(4).answer(resultOf(2, 3));
    await vi.advanceTimersByTimeAsync(0);
    expect(shownIds()).toEqual([2, 3]);
  });

  it('is back where it was before its first step is answered', async () => {
    const { asked, at, store } = createHarness();
    store.load(request('dog', 50));
    store.load(request('dog', 51));
    store.load(request('dog', 50));
    at(0).answer(resultOf(1));
    await settle();
    expect(asked.length).toBe(1);
    expect(store.getState().loading).toBe(false);
  });
});
