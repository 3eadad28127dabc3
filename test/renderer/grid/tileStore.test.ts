import { describe, expect, it } from 'vitest';
import { createTileStore } from '../../../renderer/grid/tileStore.ts';
import type { PhotoTile } from '../../../shared/model.ts';

function tile(id: number, imageHash = 'a'): PhotoTile {
  return {
    id,
    name: `IMG_${id}.jpg`,
    state: 'ok',
    takenAt: null,
    thumbHash: null,
    imageHash,
    hasEmbedded: false,
    favorite: false,
    sensitive: false,
    failureCode: null,
    stackedFiles: 0,
  };
}

function createHarness(capacity = 1000) {
  const loads: {
    readonly ids: readonly number[];
    readonly signal: AbortSignal;
    readonly answer: (tiles: PhotoTile[]) => void;
    readonly fail: (error: Error) => void;
  }[] = [];
  const store = createTileStore({
    fetchTiles: (ids, signal) => {
      const { promise, resolve, reject } = Promise.withResolvers<PhotoTile[]>();
      loads.push({ ids, signal, answer: resolve, fail: reject });
      return promise;
    },
    capacity,
    pageSize: 10,
    retryAfterMs: 1,
  });
  const at = (index: number) => {
    const load = loads[index];
    if (!load) throw new Error(`Load ${index} was never begun.`);
    return load;
  };
  return { loads, at, store };
}

const IDS = Uint32Array.from({ length: 100 }, (_, index) => index + 1);
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('createTileStore', () => {
  it('loads what is missing in pages, and nothing twice', async () => {
    const { loads, at, store } = createHarness();
    store.want(IDS, 0, 15);
    expect(loads.map((load) => load.ids.length)).toEqual([10, 5]);
    store.want(IDS, 0, 15);
    expect(loads.length).toBe(2);
    at(0).answer(at(0).ids.map((id) => tile(id)));
    await settle();
    expect(store.get(3)?.name).toBe('IMG_3.jpg');
    expect(store.get(12)).toBeUndefined();
    store.want(IDS, 0, 10);
    expect(loads.length).toBe(2);
  });

  it('cancels loads that have left the screen', async () => {
    const { at, store } = createHarness();
    store.want(IDS, 0, 10);
    store.want(IDS, 50, 60);
    expect(at(0).signal.aborted).toBe(true);
    at(0).answer([tile(1)]);
    await settle();
    expect(store.get(1)).toBeUndefined();
    store.want(IDS, 0, 10);
    expect(at(2).ids).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('keeps a changed tile until the new one is there, and the same object when nothing changed', async () => {
    const { at, store } = createHarness();
    store.want(IDS, 0, 2);
    at(0).answer([tile(1), tile(2)]);
    await settle();
    const second = store.get(2);
    store.invalidate([1, 2]);
    expect(store.get(1)?.imageHash).toBe('a');
    store.want(IDS, 0, 2);
    at(1).answer([tile(1, 'b'), tile(2)]);
    await settle();
    expect(store.get(1)?.imageHash).toBe('b');
    expect(store.get(2)).toBe(second);
  });

  it('shows an answer that was overtaken by a change, and asks again', async () => {
    const { loads, at, store } = createHarness();
    store.want(IDS, 0, 1);
    store.invalidate(null);
    at(0).answer([tile(1, 'old')]);
    await settle();
    expect(store.get(1)?.imageHash).toBe('old');
    store.want(IDS, 0, 1);
    expect(loads.length).toBe(2);
    at(1).answer([tile(1, 'new')]);
    await settle();
    expect(store.get(1)?.imageHash).toBe('new');
  });

  it('does not put an old answer over a newer one', async () => {
    const { at, store } = createHarness();
    store.want(IDS, 0, 1);
    store.invalidate([1]);
    store.want(IDS, 0, 1);
    at(1).answer([tile(1, 'new')]);
    await settle();
    at(0).answer([tile(1, 'old')]);
    await settle();
    expect(store.get(1)?.imageHash).toBe('new');
  });

  it('forgets a photo that is gone and does not ask for it over and over', async () => {
    const { loads, at, store } = createHarness();
    store.want(IDS, 0, 2);
    at(0).answer([tile(2)]);
    await settle();
    expect(store.get(1)).toBeUndefined();
    store.want(IDS, 0, 2);
    expect(loads.length).toBe(1);
  });

  it('keeps the most recently wanted tiles only', async () => {
    const { at, loads, store } = createHarness(20);
    for (let page = 0; page < 4; page += 1) {
      store.want(IDS, page * 10, page * 10 + 10);
      at(loads.length - 1).answer(at(loads.length - 1).ids.map((id) => tile(id)));
      await settle();
    }
    expect(store.get(1)).toBeUndefined();
    expect(store.get(40)?.id).toBe(40);
  });

  it('tells listeners to ask again after a failed load', async () => {
    const { at, loads, store } = createHarness();
    const { promise, resolve } = Promise.withResolvers<void>();
    store.subscribe(resolve);
    store.want(IDS, 0, 1);
    at(0).fail(new Error('connection lost'));
    await promise;
    store.want(IDS, 0, 1);
    expect(loads.length).toBe(2);
  });

  it('takes over that a photo has become sensitive, or no longer is', async () => {
    const { at, store } = createHarness();
    store.want(IDS, 0, 1);
    at(0).answer([tile(1)]);
    await settle();
    expect(store.get(1)?.sensitive).toBe(false);
    store.invalidate([1]);
    store.want(IDS, 0, 1);
    at(1).answer([{ ...tile(1), sensitive: true }]);
    await settle();
    expect(store.get(1)?.sensitive).toBe(true);
  });
});
