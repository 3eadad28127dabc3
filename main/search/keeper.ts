/** When the index is written to disk: seldom, because it is as large as the library's own tables. */
import { rm } from 'node:fs/promises';
import type { LiveStore } from './live.ts';
import { writeSnapshot } from './snapshot.ts';

export type KeeperOptions = {
  readonly path: string;
  /** Smaller libraries are read faster than it is worth. Default 20,000 photos. */
  readonly leastPhotos?: number;
  /** Without a change for so long it is written. Default 10,000. */
  readonly quietMs?: number;
  /** It could not be written; nothing is lost but time at the next start. */
  readonly onProblem?: (error: unknown) => void;
};

const LEAST_PHOTOS = 20_000;
const QUIET_MS = 10_000;
/** Fewer changed photos are read anew at the next start as quickly as it is written. */
const CHANGED_AT_CLOSE = 500;
const CHANGED_MEANWHILE = 5000;
const CHANGED_PART = 0.02;

export class SnapshotKeeper {
  readonly #live: LiveStore;
  readonly #options: KeeperOptions;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | null = null;
  #closed = false;

  constructor(live: LiveStore, options: KeeperOptions) {
    this.#live = live;
    this.#options = options;
  }

  /** The index has nothing left to do. */
  rest(): void {
    clearTimeout(this.#timer);
    const least = Math.max(CHANGED_MEANWHILE, this.#live.store.aliveCount * CHANGED_PART);
    if (this.#closed || this.#live.changedPhotos < least) return;
    this.#timer = setTimeout(() => void this.#write(), this.#options.quietMs ?? QUIET_MS);
    this.#timer.unref();
  }

  /** What lies on disk is not to be trusted. */
  async forget(): Promise<void> {
    await this.#writing;
    this.#live.changedPhotos = Number.POSITIVE_INFINITY;
    await rm(this.#options.path, { force: true });
  }

  /** Writes what is not on disk yet, when it is worth it. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#closed = true;
    await this.#writing;
    if (this.#live.changedPhotos >= CHANGED_AT_CLOSE) await this.#write();
  }

  async #write(): Promise<void> {
    const { state, store } = this.#live;
    if (!state || store.aliveCount < (this.#options.leastPhotos ?? LEAST_PHOTOS)) return;
    this.#writing ??= this.#writeNow().finally(() => {
      this.#writing = null;
    });
    await this.#writing;
  }

  async #writeNow(): Promise<void> {
    const live = this.#live;
    const release = await live.hold();
    const changed = live.changedPhotos;
    try {
      const { state } = live;
      if (!state) return;
      live.changedPhotos = 0;
      const written = await writeSnapshot(this.#options.path, live.store, live.names, state);
      if (!written) live.changedPhotos += changed;
    } catch (error) {
      live.changedPhotos += changed;
      this.#options.onProblem?.(error);
    } finally {
      release();
    }
  }
}
