/**
 * The store that answers, kept in step with every committed write. Nothing here holds the serving
 * thread for long: big changes are followed in steps, a reading of everything goes into a second store
 * that then takes the place of the first.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { GainedLabel, LibraryChanges } from '../library/changes.ts';
import type { ReadableDB } from '../library/database.ts';
import { type LibraryState, readLibraryState } from '../library/libraryState.ts';
import { Forward } from './forward.ts';
import { Loader } from './load.ts';
import { NameOrder } from './nameOrder.ts';
import type { Store } from './store.ts';

/** What was kept of an earlier time. */
export type Start = {
  readonly store: Store;
  readonly names: NameOrder;
  /** What the library is now. */
  readonly state: LibraryState;
  /** Photos to be read anew until then. */
  readonly changed: readonly number[];
};

export type LiveOptions = {
  readonly db: ReadableDB;
  /** Where to go on from; null: everything is read. */
  readonly start: Start | null;
  readonly tagsAfterMs: number;
  /** Something else is found than before. */
  readonly onChange: () => void;
  readonly onReady: () => void;
  readonly onSettled: () => void;
  readonly onFailed: (error: unknown) => void;
  /** Nothing is left to do. */
  readonly onRest: () => void;
};

/** Photos that are read anew within one call of `apply`, or one step; the rest follow in steps. */
const PHOTOS_PER_STEP = 1000;
/** Slots out of the order of dates, beyond a quarter of all, are worth putting everything in order again. */
const LATER_SLOTS = 20_000;
/** The same goes for dead ones. */
const DEAD_SLOTS = 20_000;
const HOLD_STEP_MS = 20;

export class LiveStore {
  readonly #options: LiveOptions;
  readonly #db: ReadableDB;
  #loader: Loader;
  #names: NameOrder;
  /** A second reading of everything, under way. */
  #next: Loader | null = null;
  /** Another one has to follow, because much changed since it began. */
  #again = false;
  /** Photos that are still to be read anew. */
  readonly #pending = new Set<number>();
  #pumping = false;
  #ready: Promise<void>;
  #settle: (() => void) | null = null;
  #fail: ((error: unknown) => void) | null = null;
  #held = 0;
  /** It was said that tags are there. */
  #announced = false;
  /** What the library was when this was last true of all of it. */
  #state: LibraryState;
  /** Photos that changed since the store was last kept elsewhere; Infinity: it never was. */
  changedPhotos = Number.POSITIVE_INFINITY;

  constructor(options: LiveOptions) {
    this.#options = options;
    this.#db = options.db;
    const { start } = options;
    this.#state = start?.state ?? readLibraryState(options.db);
    this.#loader = new Loader(options.db, start?.store);
    while (!this.#loader.hasPhotos) this.#loader.step();
    this.#names = start?.names ?? new NameOrder(this.#loader.store);
    this.#ready = this.#unsettled();
    if (start) {
      this.changedPhotos = start.changed.length;
      for (const id of start.changed) this.#pending.add(id);
      this.#drain();
      if (this.#pending.size === 0) this.#finish();
    }
    setTimeout(() => this.#pump(), start ? 0 : options.tagsAfterMs);
  }

  get store(): Store {
    return this.#loader.store;
  }

  get names(): NameOrder {
    return this.#names;
  }

  /** Resolves once everything known so far is in the store; a new promise after each big change. */
  get ready(): Promise<void> {
    return this.#ready;
  }

  /** Tags are there too. */
  get isComplete(): boolean {
    return this.#loader.isComplete;
  }

  /** What the library was when the store was last in step with all of it; null while it is behind. */
  get state(): LibraryState | null {
    return this.#isSettled ? this.#state : null;
  }

  get #isSettled(): boolean {
    return this.#loader.isComplete && !this.#next && !this.#again && this.#pending.size === 0;
  }

  /** Waits until everything is read; then the slots of a store stay what they are, until the answer is called. */
  async hold(): Promise<() => void> {
    this.#held += 1;
    while (!this.#loader.isComplete && this.#db.open) await sleep(HOLD_STEP_MS);
    return () => {
      this.#held -= 1;
      this.#pump();
    };
  }

  /** Follows a committed write. */
  apply(changes: LibraryChanges): void {
    const { photoIds, removedPhotoIds, folders, tags } = changes;
    if (changes.state) this.#state = changes.state;
    const named = photoIds === null || photoIds.length + removedPhotoIds.length > 0;
    if (!named && !folders && !tags) return;
    if (folders) {
      this.#loader.refreshFolders();
      this.#next?.refreshFolders();
    }
    if (tags && !this.#addLabels(changes.newLabels)) {
      const remapped = this.#loader.refreshTags();
      const nextRemapped = this.#next?.refreshTags() ?? false;
      if (remapped || nextRemapped) this.#reload();
    }
    if (photoIds === null) {
      this.#reload();
    } else {
      const gained = this.#gain(changes.gained ?? []);
      for (const id of photoIds) if (!gained.has(id)) this.#pending.add(id);
      for (const id of removedPhotoIds) this.#pending.add(id);
      this.changedPhotos += photoIds.length + removedPhotoIds.length;
      this.#drain();
      if (this.#pending.size > 0 && !this.#settle) this.#ready = this.#unsettled();
    }
    this.#options.onChange();
    this.#pump();
  }

  /** Follows labels that are new; false when that is not all that changed. */
  #addLabels(ids: readonly number[] | undefined): boolean {
    if (!ids || !this.#loader.addLabels(ids)) return false;
    return this.#next?.addLabels(ids) ?? true;
  }

  /** Adds what photos gained, where nothing else is to be done to them. Answers these. */
  #gain(labels: readonly GainedLabel[]): ReadonlySet<number> {
    const gained = new Set<number>();
    if (this.#next || this.#again) return gained;
    for (const label of labels) {
      const photoIds = label.photoIds.filter((id) => !this.#pending.has(id));
      const others = new Set(this.#loader.gain({ ...label, photoIds }));
      for (const id of photoIds) if (!others.has(id)) gained.add(id);
      for (const id of others) this.#pending.add(id);
    }
    return gained;
  }

  /** A promise for the moment when everything known so far is in the store. */
  #unsettled(): Promise<void> {
    const ready = new Promise<void>((resolve, reject) => {
      this.#settle = resolve;
      this.#fail = reject;
    });
    // Who waits hears of a failure; without anybody waiting it must not end the process.
    ready.catch(() => undefined);
    return ready;
  }

  #finish(): void {
    this.#settle?.();
    this.#settle = null;
    this.#fail = null;
  }

  /** Reads everything anew; until then the store is known to be behind. */
  #reload(): void {
    if (this.#next || !this.#loader.isComplete) this.#again = true;
    else this.#next = new Loader(this.#db);
    if (!this.#settle) this.#ready = this.#unsettled();
  }

  /** Reads the next pending photos anew, in both stores. */
  #drain(): void {
    const ids: number[] = [];
    for (const id of this.#pending) {
      ids.push(id);
      this.#pending.delete(id);
      if (ids.length === PHOTOS_PER_STEP) break;
    }
    if (ids.length === 0) return;
    this.#loader.refresh(ids);
    this.#next?.refresh(ids);
  }

  /** Does what is left to do, a step at a time. */
  #pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    let idle: Generator<void> | null = null;
    const step = (): void => {
      if (!this.#db.open) return;
      try {
        if (this.#work()) {
          idle = null;
        } else {
          idle ??= this.#whileIdle();
          if (idle.next().done) {
            this.#pumping = false;
            this.#options.onRest();
            return;
          }
        }
      } catch (error) {
        this.#pumping = false;
        this.#fail?.(error);
        this.#settle = null;
        this.#fail = null;
        this.#options.onFailed(error);
        return;
      }
      setImmediate(step);
    };
    setImmediate(step);
  }

  /** What makes answers faster, and is not needed for them. */
  *#whileIdle(): Generator<void> {
    const { store } = this;
    store.forward ??= yield* Forward.build(store.tagLists, store.slots);
    if (!this.#names.isBuilt) yield* this.#names.build();
  }

  /** One step. False when nothing is left. */
  #work(): boolean {
    if (this.#pending.size > 0) {
      this.#drain();
      this.#options.onChange();
      return true;
    }
    if (!this.#loader.isComplete) {
      this.#stepLoader();
      return true;
    }
    if (!this.#announced) {
      this.#announced = true;
      this.#options.onReady();
    }
    if (this.#next) {
      this.#next.step();
      if (this.#next.isComplete) this.#swap(this.#next);
      return true;
    }
    if (this.#again) {
      this.#again = false;
      this.#next = new Loader(this.#db);
      return true;
    }
    if (this.#settle) {
      this.#finish();
      this.#options.onSettled();
      return true;
    }
    if (this.#held === 0 && this.#isUntidy()) {
      this.#loader.rearrange();
      return true;
    }
    return false;
  }

  #stepLoader(): void {
    this.#loader.step();
    const { moved } = this.#loader;
    if (moved) {
      this.#names = this.#names.moved(this.#loader.store, moved);
      this.#loader.moved = null;
    }
    if (this.#loader.isComplete) this.#options.onChange();
  }

  #isUntidy(): boolean {
    const { slots, base, deadCount } = this.#loader.store;
    return slots - base > base / 4 + LATER_SLOTS || deadCount > slots / 4 + DEAD_SLOTS;
  }

  #swap(next: Loader): void {
    this.#loader = next;
    this.#next = null;
    this.#names = new NameOrder(next.store);
    this.changedPhotos = Number.POSITIVE_INFINITY;
    this.#options.onChange();
  }
}
