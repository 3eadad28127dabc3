/** The search index: every question, answered from the library in memory. */
import type { LibraryCounts, TagCount } from '../../shared/model.ts';
import { DEFAULT_SETTINGS } from '../../shared/settings.ts';
import type { LibraryChanges } from '../library/changes.ts';
import type { ReadableDB } from '../library/database.ts';
import { type Sensitivity, sensitivityOf } from '../library/sensitivity.ts';
import { type Bits, countBits } from './bits.ts';
import { groupFacets } from './facetGroups.ts';
import { countLibrary, countTags } from './facets.ts';
import { hintsFor } from './hints.ts';
import { type KeeperOptions, SnapshotKeeper } from './keeper.ts';
import { checkWork } from './limits.ts';
import { LiveStore } from './live.ts';
import { Pinyin } from './pinyin.ts';
import { type Plan, planQuery } from './plan.ts';
import { parseQuery } from './query.ts';
import { orderResult, packResult } from './result.ts';
import { runPlan } from './run.ts';
import { readSnapshot } from './snapshot.ts';
import type { Store } from './store.ts';
import { suggest } from './suggest.ts';
import type { Facets, FoundPhotos, SearchIndex } from './types.ts';
import { verifyStore } from './verify.ts';
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
  /** Where the index is kept between two starts; nowhere when left out. */
  readonly snapshot?: KeeperOptions;
};

/** An answer that depends on the time of day is good for so long. */
const SAME_MOMENT_MS = 5000;
/** Answers that are kept until something changes: a window asks for result and facets of a few. */
const KEPT_ANSWERS = 16;
/** Who typed within this time may type on. */
const STILL_TYPING_MS = 60_000;
/** Tags of so many photos are counted between two keystrokes. */
const QUICKLY_COUNTED = 20_000;
/** Values of a facet group that are told. */
const USUAL_VALUES = 50;

const usualSensitivity = (): Sensitivity => sensitivityOf(DEFAULT_SETTINGS);
const nothing = (): void => undefined;

/** Reads all photos at once, then their tags in steps. Throws what the database throws. */
export function createSearchIndex(options: SearchIndexOptions): SearchIndex {
  return new Index(options);
}

/** What a query found, with what was derived from it since. */
type Found = {
  readonly plan: Plan;
  readonly bits: Bits;
  facets: (Omit<Facets, 'counts'> & { readonly limit: number }) | null;
};

class Index implements SearchIndex {
  revision = 1;
  readonly #options: SearchIndexOptions;
  readonly #live: LiveStore;
  readonly #keeper: SnapshotKeeper | null;
  #views: Views;
  /** Latest last. */
  readonly #found = new Map<string, Found>();
  #counts: { moment: number; counts: LibraryCounts } | null = null;
  /** Photos of each tag, for suggestions; may be a moment old. */
  #tagCounts: { tagCounts: ReadonlyMap<number, number>; revision: number } | null = null;
  #lastSuggested = 0;
  readonly #pinyin = new Pinyin();
  /** The tags whose names were read as pinyin. */
  #spelled: unknown = null;

  constructor(options: SearchIndexOptions) {
    this.#options = options;
    this.#live = new LiveStore({
      db: options.db,
      start: options.snapshot ? readSnapshot(options.snapshot.path, options.db) : null,
      tagsAfterMs: options.tagsAfterMs ?? 0,
      onChange: () => this.#changed(),
      onReady: options.onReady ?? nothing,
      onSettled: options.onSettled ?? nothing,
      onFailed: options.onFailed ?? nothing,
      onRest: () => this.#rest(),
    });
    this.#keeper = options.snapshot ? new SnapshotKeeper(this.#live, options.snapshot) : null;
    this.#views = new Views(this.#live.store);
  }

  get ready(): Promise<void> {
    return this.#live.ready;
  }

  get #store(): Store {
    return this.#live.store;
  }

  apply(changes: LibraryChanges): void {
    this.#live.apply(changes);
  }

  result(...[request, limit = Number.POSITIVE_INFINITY]: Parameters<SearchIndex['result']>) {
    const { plan, bits } = this.#find(request.query, request.threshold);
    const slots = orderResult(this.#views, this.#live.names, bits, plan, request, limit);
    const total = slots.length < limit ? slots.length : countBits(bits);
    const shown = slots.length > limit ? slots.subarray(0, limit) : slots;
    return { ...packResult(this.#store, shown, this.revision), total } satisfies FoundPhotos;
  }

  facets(query: string, threshold: number, limit = USUAL_VALUES): Facets {
    const found = this.#find(query, threshold);
    const { bits } = found;
    if (found.facets?.limit !== limit) {
      const store = this.#store;
      found.facets = {
        total: countBits(bits),
        tags: found.facets?.tags ?? countTags(store, bits, threshold),
        groups: groupFacets(store, bits, threshold, limit),
        hints: hintsFor(store, query),
        limit,
      };
    }
    const { total, tags, groups, hints } = found.facets;
    return { total, tags, groups, hints, counts: this.counts() };
  }

  counts(): LibraryCounts {
    const now = this.#options.now();
    const moment = Math.floor(now / SAME_MOMENT_MS);
    if (this.#counts?.moment !== moment) {
      this.#counts = { moment, counts: countLibrary(this.#views, now) };
    }
    return this.#counts.counts;
  }

  suggest(...[text, language, limit]: Parameters<SearchIndex['suggest']>) {
    const store = this.#store;
    void this.prepareSuggestions();
    const { tagCounts } = this.#tagCounts ?? this.#countAllTags();
    this.#lastSuggested = this.#options.now();
    return suggest({ store, tagCounts, pinyin: this.#pinyin, language, limit }, text);
  }

  async prepareSuggestions(): Promise<void> {
    const { tags } = this.#store.tags;
    const known = this.#spelled === tags;
    this.#spelled = tags;
    await this.#pinyin.learn(known ? [] : [...tags.values()].flatMap((tag) => tag.chinese));
  }

  async verify(): Promise<readonly string[]> {
    const problems = await verifyStore(this.#options.db, this.#live);
    if (problems.length > 0) await this.#keeper?.forget();
    return problems;
  }

  async close(): Promise<void> {
    await this.#keeper?.close();
  }

  /** What a query finds; kept for the next questions about the same. */
  #find(query: string, threshold: number): Found {
    const now = this.#options.now();
    const sensitivity = (this.#options.sensitivity ?? usualSensitivity)();
    const moment = Math.floor(now / SAME_MOMENT_MS);
    const key = JSON.stringify([query, threshold, moment, sensitivity]);
    const known = this.#found.get(key);
    if (known) {
      this.#found.delete(key);
      this.#found.set(key, known);
      return known;
    }
    const tree = parseQuery(query);
    checkWork(query);
    const plan = planQuery(tree);
    const context = { views: this.#views, now, threshold, sensitivity };
    const found: Found = { plan, bits: runPlan(context, plan), facets: null };
    this.#found.set(key, found);
    const [oldest] = this.#found.keys();
    if (this.#found.size > KEPT_ANSWERS && oldest !== undefined) this.#found.delete(oldest);
    return found;
  }

  #countAllTags(): { tagCounts: ReadonlyMap<number, number>; revision: number } {
    const all = this.#views.normal(this.#options.now());
    const tags: readonly TagCount[] = countTags(this.#store, all, 0);
    const tagCounts = new Map(tags.map((tag) => [tag.id, tag.count]));
    this.#tagCounts = { tagCounts, revision: this.revision };
    return this.#tagCounts;
  }

  /** Counting every tag takes longer than a keystroke may: done while nobody waits for it. */
  #rest(): void {
    this.#keeper?.rest();
    if (!this.#tagCounts || this.#tagCounts.revision === this.revision) return;
    if (this.#options.now() - this.#lastSuggested < STILL_TYPING_MS) this.#countAllTags();
    else this.#tagCounts = null;
  }

  #changed(): void {
    this.revision += 1;
    this.#views = new Views(this.#store);
    this.#found.clear();
    this.#counts = null;
    if (this.#store.slots < QUICKLY_COUNTED) this.#tagCounts = null;
  }
}
