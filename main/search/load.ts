/** Fills a store from the database, in steps short enough for the thread that serves. */

import type { GainedLabel } from '../library/changes.ts';
import { all, get, type ReadableDB } from '../library/database.ts';
import { arrange, handOverTags } from './arrange.ts';
import { addBit, hasBit } from './bits.ts';
import {
  type EntryRow,
  entriesBetween,
  entriesOf,
  idAfter,
  namedPhotos,
  nextPhotos,
} from './loadSql.ts';
import { Store } from './store.ts';

/** Rows of a step; about 10 ms each. */
const PHOTOS_PER_STEP = 3000;
const TAGGED_PHOTOS_PER_STEP = 1500;
/** Of a person's own tags. */
const OWN_CONFIDENCE = 100;

/** Fills one store, and keeps it in step meanwhile and afterwards. */
export class Loader {
  #store: Store;
  readonly #db: ReadableDB;
  /** Photos up to this id are in the store; those above are still to come. */
  #photosUpTo = 0;
  #tagsUpTo = 0;
  /** What is done in steps and needs no rows: putting photos in the order of dates, tags in that of photos. */
  #work: Generator<void> | null = null;
  /** Photos that changed while the store is being copied. */
  #changed: Set<number> | null = null;
  /** Set when the photos got other slots: the new one of each, and one more; 0 for those that died. */
  moved: Uint32Array | null = null;

  /** Begins to read everything; or follows from now on, with a store that has everything. */
  constructor(db: ReadableDB, complete?: Store) {
    this.#db = db;
    this.#store = complete ?? new Store();
    if (complete) {
      this.#photosUpTo = Number.POSITIVE_INFINITY;
      this.#tagsUpTo = Number.POSITIVE_INFINITY;
      return;
    }
    this.#store.folders.load(db);
    this.#store.tags.load(db);
    const size = get<{ photos: number; highestId: number | null }>(
      db,
      'SELECT COUNT(*) AS photos, MAX(id) AS highestId FROM photo',
    );
    this.#store.reserve(size?.photos ?? 0, size?.highestId ?? 0);
  }

  get store(): Store {
    return this.#store;
  }

  /** Everything but tags is there. */
  get hasPhotos(): boolean {
    return this.#photosUpTo === Number.POSITIVE_INFINITY && this.#changed === null;
  }

  /** Everything is there. */
  get isComplete(): boolean {
    return this.#tagsUpTo === Number.POSITIVE_INFINITY && this.#work === null;
  }

  /** Reads the next part. Photos first, then tags. */
  step(): void {
    if (this.#work) {
      if (this.#work.next().done) this.#work = null;
    } else if (!this.hasPhotos) this.#stepPhotos();
    else if (!this.isComplete) this.#stepTags();
  }

  #stepPhotos(): void {
    const rows = nextPhotos(this.#db, this.#photosUpTo, PHOTOS_PER_STEP);
    for (const row of rows) this.#store.put(row);
    const isLast = rows.length < PHOTOS_PER_STEP;
    this.#photosUpTo = isLast ? Number.POSITIVE_INFINITY : (rows.at(-1)?.[0] ?? 0);
    if (isLast) this.rearrange();
  }

  #stepTags(): void {
    const last = idAfter(this.#db, this.#tagsUpTo, TAGGED_PHOTOS_PER_STEP);
    const upTo = last ?? Number.MAX_SAFE_INTEGER;
    this.#addEntries(entriesBetween(this.#db, this.#tagsUpTo, upTo, this.#tagOf));
    this.#tagsUpTo = last ?? Number.POSITIVE_INFINITY;
    if (last === null) this.#work = this.#store.seal();
  }

  /** Puts all photos into the order of dates, in steps; `store` is another one then. */
  rearrange(): void {
    this.#changed = new Set();
    this.#work = this.#arrange();
  }

  *#arrange(): Generator<void> {
    const arranged = yield* arrange(this.#store);
    handOverTags(this.#store, arranged);
    this.#store = arranged.store;
    this.moved = arranged.slotOf;
    const changed = [...(this.#changed ?? [])];
    this.#changed = null;
    this.refresh(changed);
  }

  /** Reads these photos anew. Those that are gone leave the store; those not reached yet come later. */
  refresh(ids: readonly number[]): void {
    const store = this.#store;
    const reached = ids.filter((id) => id <= this.#photosUpTo);
    if (reached.length === 0) return;
    for (const id of reached) {
      this.#changed?.add(id);
      store.remove(id);
    }
    const rows = namedPhotos(this.#db, reached);
    for (const row of rows) {
      store.put(row);
      if (!store.folders.folders.has(row[1])) store.folders.load(this.#db);
    }
    const tagged = rows.filter(([id]) => id <= this.#tagsUpTo);
    this.#addEntries(entriesOf(this.#db, tagged, this.#tagOf));
    if (store.base > 0 || this.hasPhotos) store.reorder();
  }

  /**
   * Photos that a person gave a label, and that have not changed otherwise. Answers those that have to be
   * read anew all the same.
   */
  gain({ labelId, photoIds }: GainedLabel): readonly number[] {
    const store = this.#store;
    // While photos are read, or tags, or copied: what is there is not all that will be.
    if (!this.isComplete || this.#tagOf(labelId) === undefined) return photoIds;
    const there = store.emptyBits();
    store.postings.get(labelId)?.each((slot) => addBit(there, slot));
    const others: number[] = [];
    for (const id of photoIds) {
      const slot = store.slotOf(id);
      if (slot < 0) others.push(id);
      // Read since it was written, together with another change.
      else if (!hasBit(there, slot)) store.addTag(slot, labelId, OWN_CONFIDENCE, null);
    }
    store.giveBack(there);
    return others;
  }

  /** Reads labels that are new. False when tags must be read anew. */
  addLabels(ids: readonly number[]): boolean {
    return this.#store.tags.add(this.#db, ids);
  }

  /** Reads tags, names and labels anew. True when entries must be read anew too. */
  refreshTags(): boolean {
    const { tags } = this.#store;
    const before = tags.sensitiveLabels;
    const remapped = tags.load(this.#db);
    if (before !== tags.sensitiveLabels) this.#store.regroup();
    return this.rejects(remapped);
  }

  /** Rejections are about tags, entries about labels: which entries count may have changed. */
  rejects(tagIds: ReadonlySet<number>): boolean {
    if (tagIds.size === 0) return false;
    const rejected = all(
      this.#db,
      'SELECT 1 FROM rejection WHERE tag_id IN (SELECT value FROM json_each(?)) LIMIT 1',
      JSON.stringify([...tagIds]),
    );
    return rejected.length > 0;
  }

  refreshFolders(): void {
    this.#store.folders.load(this.#db);
  }

  /** A label that is new was made just now; the change that tells of it is on its way. */
  readonly #tagOf = (label: number): number | undefined => {
    const { tags } = this.#store;
    if (!tags.tagOfLabel.has(label)) tags.load(this.#db);
    return tags.tagOfLabel.get(label);
  };

  #addEntries(rows: readonly EntryRow[]): void {
    const store = this.#store;
    for (let index = 0; index < rows.length; index += 1) {
      const [photo, label, confidence, share] = rows[index] as EntryRow;
      const slot = store.slotOf(photo);
      // Not there: added to the database just now; the change that names it is on its way.
      if (slot < 0) continue;
      if (!store.postings.has(label)) this.#tagOf(label);
      store.addTag(slot, label, confidence, share);
    }
  }
}
