/** The search index: every question, answered from the library in memory. */
import type { LibraryCounts } from '../../shared/model.ts';
import { DEFAULT_SETTINGS } from '../../shared/settings.ts';
import type { LibraryChanges } from '../library/changes.ts';
import type { ReadableDB } from '../library/database.ts';
import { type Sensitivity, sensitivityOf } from '../library/sensitivity.ts';
import { type Bits, countBits } from './bits.ts';
import { Calendar } from './calendar.ts';
import { countFolders, groupFacets } from './facetGroups.ts';
import { countLibrary } from './facets.ts';
import { hintsFor } from './hints.ts';
import { type KeeperOptions, SnapshotKeeper } from './keeper.ts';
import { checkWork } from './limits.ts';
import { LiveStore } from './live.ts';
import { Pinyin } from './pinyin.ts';
import { type Plan, planQuery } from './plan.ts';
import { parseQuery } from './query.ts';
import { packResult } from './result.ts';
import { runPlan } from './run.ts';
import { readSnapshot } from './snapshot.ts';
import type { Store } from './store.ts';
import { suggest } from './suggest.ts';
import { countTags, type TagNumbers, toldTags } from './tagCounts.ts';
import type { Facets, SearchIndex } from './types.ts';
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
/** Numbers of photos that are kept until something changes. */
const KEPT_TOTALS = 500;
/** Who typed within this time may type on. */
const STILL_TYPING_MS = 60_000;
/** Tags of so many photos are counted between two keystrokes. */
const QUICKLY_COUNTED = 20_000;
/** A pause between two keystrokes. */
const COUNTED_AFTER_MS = 300;
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
  facets: KeptFacets | null;
  /** By folder id. */
  folders: Uint32Array | null;
};

/** Tags are told by their names anew each time: thousands of objects are not kept with every answer. */
type KeptFacets = Omit<Facets, 'counts' | 'tags'> & {
  readonly tags: TagNumbers;
  readonly limit: number;
};

/** Figures of the whole library. */
type LibraryFigures = {
  /** Photos of each tag. */
  readonly tagCounts: ReadonlyMap<number, number>;
  readonly calendar: Calendar;
  /** Of the index, when it was counted. */
  readonly revision: number;
};

class Index implements SearchIndex {
  revision = 1;
  readonly #options: SearchIndexOptions;
  readonly #live: LiveStore;
  readonly #keeper: SnapshotKeeper | null;
  #views: Views;
  /** Latest last. */
  readonly #found = new Map<string, Found>();
  /** Photos of queries that were only counted. */
  readonly #totals = new Map<string, number>();
  #counts: { moment: number; counts: LibraryCounts } | null = null;
  /** What suggestions count; may be a moment old. */
  #library: LibraryFigures | null = null;
  #lastSuggested = 0;
  #counting: NodeJS.Timeout | undefined;
  readonly #pinyin = new Pinyin();
  /** State of the tags whose names were read as pinyin. */
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
    const found = this.#find(request.query, request.threshold);
    return packResult(this.#views, this.#live.names, found, request, limit, this.revision);
  }

  facets(query: string, threshold: number, limit = USUAL_VALUES): Facets {
    const found = this.#find(query, threshold);
    const { bits } = found;
    const store = this.#store;
    if (found.facets?.limit !== limit) {
      found.facets = {
        total: countBits(bits),
        tags: found.facets?.tags ?? countTags(store, bits, threshold),
        groups: groupFacets(this.#views, bits, threshold, limit, this.#options.now()),
        hints: hintsFor(store, query),
        limit,
      };
    }
    const { total, tags, groups, hints } = found.facets;
    return { total, tags: toldTags(store, tags), groups, hints, counts: this.counts() };
  }

  folderCounts(query: string, threshold: number, folderIds: readonly number[]): readonly number[] {
    const found = this.#find(query, threshold);
    found.folders ??= countFolders(this.#views, found.bits, this.#options.now());
    const counts = found.folders;
    return folderIds.map((id) => counts[id] ?? 0);
  }

  /** Only the number is kept: many of them must not push out what a window asks for. */
  count(query: string, threshold: number): number {
    const key = this.#keyOf(query, threshold);
    const known = this.#totals.get(key);
    if (known !== undefined) return known;
    const { bits } = this.#found.get(key) ?? this.#run(query, threshold);
    const total = countBits(bits);
    if (this.#totals.size >= KEPT_TOTALS) this.#totals.clear();
    this.#totals.set(key, total);
    return total;
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
    const { tagCounts, calendar } = this.#libraryFigures();
    const now = this.#options.now();
    this.#lastSuggested = now;
    const pinyin = this.#pinyin;
    return suggest({ store, tagCounts, calendar, now, pinyin, language, limit }, text);
  }

  async prepareSuggestions(): Promise<void> {
    const { tags, state } = this.#store.tags;
    const known = this.#spelled === state;
    this.#spelled = state;
    await this.#pinyin.learn(known ? [] : [...tags.values()].flatMap((tag) => tag.chinese));
  }

  async verify(): Promise<readonly string[]> {
    const problems = await verifyStore(this.#options.db, this.#live);
    if (problems.length > 0) await this.#keeper?.forget();
    return problems;
  }

  async close(): Promise<void> {
    clearTimeout(this.#counting);
    await this.#keeper?.close();
  }

  /** What a query finds; kept for the next questions about the same. */
  #find(query: string, threshold: number): Found {
    const key = this.#keyOf(query, threshold);
    const known = this.#found.get(key);
    if (known) {
      this.#found.delete(key);
      this.#found.set(key, known);
      return known;
    }
    const found: Found = { ...this.#run(query, threshold), facets: null, folders: null };
    this.#found.set(key, found);
    const [oldest] = this.#found;
    if (this.#found.size > KEPT_ANSWERS && oldest) {
      this.#found.delete(oldest[0]);
      this.#store.giveBack(oldest[1].bits);
    }
    return found;
  }

  /** The same for everything that has the same answer, as long as nothing changes. */
  #keyOf(query: string, threshold: number): string {
    const moment = Math.floor(this.#options.now() / SAME_MOMENT_MS);
    return JSON.stringify([query, threshold, moment, this.#sensitivity()]);
  }

  #sensitivity(): Sensitivity {
    return (this.#options.sensitivity ?? usualSensitivity)();
  }

  #run(query: string, threshold: number): { readonly plan: Plan; readonly bits: Bits } {
    const tree = parseQuery(query);
    checkWork(query, this.#store);
    const plan = planQuery(tree);
    const sensitivity = this.#sensitivity();
    const context = { views: this.#views, now: this.#options.now(), threshold, sensitivity };
    return { plan, bits: runPlan(context, plan) };
  }

  /** May be a moment old: counting takes longer than a keystroke may. */
  #libraryFigures(): LibraryFigures {
    const known = this.#library;
    if (!known) return this.#countLibrary();
    if (known.revision !== this.revision) {
      clearTimeout(this.#counting);
      this.#counting = setTimeout(() => this.#countLibrary(), COUNTED_AFTER_MS);
      this.#counting.unref();
    }
    return known;
  }

  #countLibrary(): LibraryFigures {
    clearTimeout(this.#counting);
    const all = this.#views.normal(this.#options.now());
    const tags = toldTags(this.#store, countTags(this.#store, all, 0));
    const tagCounts = new Map(tags.map((tag) => [tag.id, tag.count]));
    const calendar = new Calendar(this.#store, all);
    this.#library = { tagCounts, calendar, revision: this.revision };
    return this.#library;
  }

  /** Nobody waits: the first keystroke shall find everything counted, and so shall who types on. */
  #rest(): void {
    this.#keeper?.rest();
    if (this.#library?.revision === this.revision) return;
    const types = this.#options.now() - this.#lastSuggested < STILL_TYPING_MS;
    const isLarge = this.#store.slots >= QUICKLY_COUNTED;
    if (types || (isLarge && !this.#library)) this.#countLibrary();
  }

  #changed(): void {
    this.revision += 1;
    this.#views = new Views(this.#store);
    this.#found.clear();
    this.#totals.clear();
    this.#counts = null;
    if (this.#store.slots < QUICKLY_COUNTED) this.#library = null;
  }
}
