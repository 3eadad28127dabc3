/**
 * The search index: the whole library in memory, kept in step with every committed write. Nothing here
 * holds the serving thread for long: big changes are followed in steps, a reading of everything goes
 * into a second store that then takes the place of the first.
 */
import type { LibraryCounts, TagCount } from '../../shared/model.ts';
import type { PackedResult } from '../../shared/resultCodec.ts';
import { DEFAULT_SETTINGS } from '../../shared/settings.ts';
import type { LibraryChanges } from '../library/changes.ts';
import type { ReadableDB } from '../library/database.ts';
import { type Sensitivity, sensitivityOf } from '../library/sensitivity.ts';
import { type Bits, countBits } from './bits.ts';
import { countLibrary, countTags } from './facets.ts';
import { Loader } from './load.ts';
import { NameOrder } from './nameOrder.ts';
import { type Plan, planQuery } from './plan.ts';
import { parseQuery } from './query.ts';
import { orderResult, packResult } from './result.ts';
import { runPlan } from './run.ts';
import { suggest } from './suggest.ts';
import type { SearchIndex } from './types.ts';
import { compareStores } from './verify.ts';
import { Views } from './views.ts';

export type SearchIndexOptions = {
  readonly db: ReadableDB;
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
  /** What `is:sensitive` means now. Default: the settings' defaults. */
  readonly sensitivity?: () => Sensitivity;
  /** Tags are loaded after this, so that a window's first requests need not share the thread. Default 0. */
  readonly tagsAfterMs?: number;
  /** Tags are there: facets and suggestions are right from now on. */
  readonly onReady?: () => void;
  /** A change that `apply` could not follow at once is in the index now. */
  readonly onSettled?: () => void;
  /** The database could not be read in the background; `ready` rejects with the same error. */
  readonly onFailed?: (error: unknown) => void;
};

/** Photos that are read anew within one call of `apply`, or one step; the rest follow in steps. */
const PHOTOS_PER_STEP = 1000;
/** An answer that depends on the time of day is good for so long. */
const SAME_MOMENT_MS = 5000;
/** So many dead slots beyond half of the living ones are worth reading everything anew. */
const DEAD_SLOTS = 20_000;

const usualSensitivity = (): Sensitivity => sensitivityOf(DEFAULT_SETTINGS);

/** Reads all photos at once, then their tags in steps. Throws what the database throws. */
export function createSearchIndex(options: SearchIndexOptions): SearchIndex {
  return new Index(options);
}

class Index implements SearchIndex {
  revision = 1;
  readonly #options: SearchIndexOptions;
  readonly #db: ReadableDB;
  #loader: Loader;
  #views: Views;
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
  #lastFound: { key: string; plan: Plan; bits: Bits } | null = null;
  #counts: { moment: number; counts: LibraryCounts } | null = null;
  #tagCounts: ReadonlyMap<number, number> | null = null;

  constructor(options: SearchIndexOptions) {
    this.#options = options;
    this.#db = options.db;
    this.#loader = new Loader(options.db);
    while (!this.#loader.hasPhotos) this.#loader.step();
    this.#views = new Views(this.#loader.store);
    this.#names = new NameOrder(this.#loader.store);
    this.#ready = this.#unsettled();
    setTimeout(() => this.#pump(), options.tagsAfterMs ?? 0);
  }

  get ready(): Promise<void> {
    return this.#ready;
  }

  apply(changes: LibraryChanges): void {
    const { photoIds, removedPhotoIds, folders, tags } = changes;
    const named = photoIds === null || photoIds.length + removedPhotoIds.length > 0;
    if (!named && !folders && !tags) return;
    if (folders) {
      this.#loader.refreshFolders();
      this.#next?.refreshFolders();
    }
    if (tags) {
      const remapped = this.#loader.refreshTags();
      const nextRemapped = this.#next?.refreshTags() ?? false;
      if (remapped || nextRemapped) this.#reload(true);
    }
    if (photoIds === null) {
      this.#reload(true);
    } else {
      for (const id of photoIds) this.#pending.add(id);
      for (const id of removedPhotoIds) this.#pending.add(id);
      this.#drain();
      if (this.#pending.size > 0) {
        if (!this.#settle) this.#ready = this.#unsettled();
        this.#pump();
      }
    }
    this.#changed();
  }

  result(request: Parameters<SearchIndex['result']>[0]): PackedResult {
    const { plan, bits } = this.#find(request.query, request.threshold);
    const slots = orderResult(this.#views, this.#names, bits, plan, request);
    return packResult(this.#loader.store, slots, this.revision);
  }

  facets(
    query: string,
    threshold: number,
  ): { total: number; tags: readonly TagCount[]; counts: LibraryCounts } {
    const { bits } = this.#find(query, threshold);
    const tags = countTags(this.#loader.store, bits, threshold);
    return { total: countBits(bits), tags, counts: this.#libraryCounts() };
  }

  suggest(...[text, language, limit]: Parameters<SearchIndex['suggest']>) {
    const { store } = this.#loader;
    if (!this.#tagCounts) {
      const tags = countTags(store, this.#views.normal(this.#options.now()), 0);
      this.#tagCounts = new Map(tags.map((tag) => [tag.id, tag.count]));
    }
    return suggest({ store, tagCounts: this.#tagCounts, language, limit }, text);
  }

  verify(): readonly string[] {
    if (!this.#loader.isComplete) return [];
    const truth = new Loader(this.#db);
    while (!truth.isComplete) truth.step();
    return compareStores(this.#loader.store, truth.store);
  }

  /** What a query finds; kept for the next question about the same. */
  #find(query: string, threshold: number): { plan: Plan; bits: Bits } {
    const now = this.#options.now();
    const sensitivity = (this.#options.sensitivity ?? usualSensitivity)();
    const moment = Math.floor(now / SAME_MOMENT_MS);
    const key = JSON.stringify([query, threshold, moment, sensitivity]);
    if (this.#lastFound?.key === key) return this.#lastFound;
    const plan = planQuery(parseQuery(query));
    const context = { views: this.#views, db: this.#db, now, threshold, sensitivity };
    const bits = runPlan(context, plan);
    this.#lastFound = { key, plan, bits };
    return this.#lastFound;
  }

  #libraryCounts(): LibraryCounts {
    const now = this.#options.now();
    const moment = Math.floor(now / SAME_MOMENT_MS);
    if (this.#counts?.moment !== moment) {
      this.#counts = { moment, counts: countLibrary(this.#views, now) };
    }
    return this.#counts.counts;
  }

  #changed(): void {
    this.revision += 1;
    this.#views = new Views(this.#loader.store);
    this.#lastFound = null;
    this.#counts = null;
    this.#tagCounts = null;
  }

  /** A promise for the moment when everything known so far is in the index. */
  #unsettled(): Promise<void> {
    const ready = new Promise<void>((resolve, reject) => {
      this.#settle = resolve;
      this.#fail = reject;
    });
    // Who waits hears of a failure; without anybody waiting it must not end the process.
    ready.catch(() => undefined);
    return ready;
  }

  /** Reads everything anew. `wait`: until then the index is known to be behind. */
  #reload(wait: boolean): void {
    if (this.#next || !this.#loader.isComplete) this.#again = true;
    else this.#next = new Loader(this.#db);
    if (wait && !this.#settle) this.#ready = this.#unsettled();
    this.#pump();
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
    const { store } = this.#loader;
    if (!this.#next && store.deadCount > store.aliveCount / 2 + DEAD_SLOTS) this.#reload(false);
  }

  /** Does what is left to do, a step at a time. */
  #pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    let names: Generator<void> | null = null;
    const step = (): void => {
      if (!this.#db.open) return;
      try {
        if (this.#work()) {
          names = null;
        } else {
          if (!this.#names.isBuilt) names ??= this.#names.build();
          if (!names || names.next().done) {
            this.#pumping = false;
            return;
          }
        }
      } catch (error) {
        this.#pumping = false;
        this.#fail?.(error);
        this.#settle = null;
        this.#fail = null;
        this.#options.onFailed?.(error);
        return;
      }
      setImmediate(step);
    };
    setImmediate(step);
  }

  /** One step. False when nothing is left. */
  #work(): boolean {
    if (this.#pending.size > 0) {
      this.#drain();
      this.#changed();
      return true;
    }
    if (!this.#loader.isComplete) {
      this.#loader.step();
      if (this.#loader.isComplete) {
        this.#changed();
        this.#options.onReady?.();
      }
      return true;
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
      this.#settle();
      this.#settle = null;
      this.#fail = null;
      this.#options.onSettled?.();
      return true;
    }
    return false;
  }

  #swap(next: Loader): void {
    this.#loader = next;
    this.#next = null;
    this.#names = new NameOrder(next.store);
    this.#changed();
  }
}
