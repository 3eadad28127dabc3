import type { PhotoTile } from '../../shared/model.ts';

export type TileStore = {
  /** What is known of a photo, perhaps stale; undefined while it was never loaded or when it is gone. */
  readonly get: (id: number) => PhotoTile | undefined;
  /**
   * Says which photos are near the screen: what is missing or stale among them is loaded, and loads of
   * which nothing is wanted any more are cancelled.
   */
  readonly want: (ids: ArrayLike<number>, start: number, end: number) => void;
  /** Marks photos as changed, all when null. Their old tiles stay until the new ones are there. */
  readonly invalidate: (photoIds: readonly number[] | null) => void;
  readonly subscribe: (listener: () => void) => () => void;
  /** Grows with every change. */
  readonly getVersion: () => number;
};

export type TileStoreOptions = {
  /** Answers the tiles of at most `pageSize` ids; ids that are gone are left out. */
  readonly fetchTiles: (
    ids: readonly number[],
    signal: AbortSignal,
  ) => Promise<readonly PhotoTile[]>;
  /** Tiles kept, least recently wanted out first. */
  readonly capacity?: number;
  readonly pageSize?: number;
  /** How long after a failed load listeners are told, so that they ask again. */
  readonly retryAfterMs?: number;
};

type Entry = { tile: PhotoTile | undefined; stale: boolean };
type Load = { readonly ids: readonly number[]; readonly controller: AbortController };

export function createTileStore(options: TileStoreOptions): TileStore {
  const { fetchTiles, capacity = 20_000, pageSize = 200, retryAfterMs = 1500 } = options;
  const entries = new Map<number, Entry>();
  const loads = new Set<Load>();
  const underway = new Map<number, Load>();
  const listeners = new Set<() => void>();
  let version = 0;

  const notify = (): void => {
    version += 1;
    for (const listener of listeners) listener();
  };

  const finish = (load: Load): void => {
    loads.delete(load);
    for (const id of load.ids) if (underway.get(id) === load) underway.delete(id);
  };

  const keep = (id: number, tile: PhotoTile | undefined, stale: boolean): void => {
    const before = entries.get(id);
    // Overtaken: a newer answer is here already.
    if (stale && before && !before.stale) return;
    const same = before?.tile && tile && sameTile(before.tile, tile);
    entries.delete(id);
    entries.set(id, { tile: same ? before.tile : tile, stale });
  };

  const evict = (): void => {
    for (const id of entries.keys()) {
      if (entries.size <= capacity) return;
      entries.delete(id);
    }
  };

  const start = (ids: readonly number[]): void => {
    const load: Load = { ids, controller: new AbortController() };
    loads.add(load);
    for (const id of ids) underway.set(id, load);
    fetchTiles(ids, load.controller.signal).then(
      (tiles) => {
        if (!loads.has(load)) return;
        const found = new Map(tiles.map((tile) => [tile.id, tile]));
        // A photo that changed while its tile was on its way is no longer in `underway`: shown, and
        // asked again. Dropping it would leave the screen empty while much is changing.
        for (const id of ids) keep(id, found.get(id), underway.get(id) !== load);
        finish(load);
        evict();
        notify();
      },
      () => {
        if (!loads.has(load)) return;
        finish(load);
        // The connection's own notice says what is wrong; here it only matters to ask again.
        setTimeout(notify, retryAfterMs);
      },
    );
  };

  return {
    get: (id) => entries.get(id)?.tile,
    want: (ids, from, to) => {
      const wanted = new Set<number>();
      const missing: number[] = [];
      for (let index = Math.max(0, from); index < Math.min(to, ids.length); index += 1) {
        const id = ids[index];
        if (id === undefined) continue;
        wanted.add(id);
        const entry = entries.get(id);
        if (entry) {
          entries.delete(id);
          entries.set(id, entry);
        }
        if ((!entry || entry.stale) && !underway.has(id)) missing.push(id);
      }
      for (const load of [...loads]) {
        if (load.ids.some((id) => wanted.has(id))) continue;
        finish(load);
        load.controller.abort();
      }
      for (let at = 0; at < missing.length; at += pageSize) start(missing.slice(at, at + pageSize));
    },
    invalidate: (photoIds) => {
      if (photoIds === null) {
        for (const entry of entries.values()) entry.stale = true;
        underway.clear();
      } else {
        for (const id of photoIds) {
          const entry = entries.get(id);
          if (entry) entry.stale = true;
          underway.delete(id);
        }
      }
      notify();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    getVersion: () => version,
  };
}

function sameTile(left: PhotoTile, right: PhotoTile): boolean {
  return (
    left.name === right.name &&
    left.state === right.state &&
    left.takenAt === right.takenAt &&
    left.thumbHash === right.thumbHash &&
    left.imageHash === right.imageHash &&
    left.hasEmbedded === right.hasEmbedded &&
    left.favorite === right.favorite &&
    left.failureCode === right.failureCode &&
    left.stackedFiles === right.stackedFiles &&
    left.sensitive === right.sensitive
  );
}
