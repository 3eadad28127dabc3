import { describe, expect, it } from 'vitest';
import { createResultStore } from '../../../renderer/grid/resultStore.ts';
import { TagrollError } from '../../../shared/errors.ts';
import type { SearchRequest } from '../../../shared/model.ts';
import type { PackedResult } from '../../../shared/resultCodec.ts';

function request(query: string): SearchRequest {
  return { query, threshold: 50, sort: 'taken', ascending: false };
}

function resultOf(...ids: number[]): PackedResult {
  return {
    revision: 1,
    ids: new Uint32Array(ids),
    days: new Int32Array(ids.length),
    aspects: new Uint16Array(ids.length),
  };
}

function createHarness() {
  const asked: {
    readonly query: string;
    readonly signal: AbortSignal;
    readonly answer: (result: PackedResult) => void;
    readonly fail: (error: unknown) => void;
  }[] = [];
  const store = createResultStore(
    ({ query }, signal) => {
      const { promise, resolve, reject } = Promise.withResolvers<PackedResult>();
      asked.push({ query, signal, answer: resolve, fail: reject });
      return promise;
    },
    (error) => new TagrollError('internal', String(error)),
  );
  const at = (index: number) => {
    const entry = asked[index];
    if (!entry) throw new Error(`Question ${index} was never asked.`);
    return entry;
  };
  return { asked, at, store };
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
