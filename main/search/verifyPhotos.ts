/** Photos of the index beside their rows. */
import type { ReadableDB } from '../library/database.ts';
import { addBit, hasBit } from './bits.ts';
import { COLUMN_NAMES } from './columns.ts';
import { entriesOf, namedPhotos } from './loadSql.ts';
import { confidenceByte, fractionOf } from './postings.ts';
import { Store } from './store.ts';

const DICTIONARIES = {
  camera: 'cameras',
  lens: 'lenses',
  extension: 'extensions',
  format: 'formats',
} as const;

export type Difference = { readonly id: number; readonly problem: string };

/** How these living slots, rising, differ from their rows. */
export function comparePhotos(
  db: ReadableDB,
  store: Store,
  slots: readonly number[],
  entries: EntryCursor,
): Difference[] {
  if (slots.length === 0) return [];
  const ids = slots.map((slot) => store.columns.id[slot] as number);
  const truth = new Store();
  const rows = namedPhotos(db, ids);
  for (const row of rows) truth.put(row);
  const own = entries.of(slots);
  const real = new Map<number, string[]>();
  for (const [id, label, confidence, share] of entriesOf(db, rows, (label) =>
    store.tags.tagOfLabel.get(label),
  )) {
    const text = entryText(label, confidenceByte(confidence), fractionOf(confidence), share);
    real.set(id, [...(real.get(id) ?? []), text]);
  }
  const found: Difference[] = [];
  for (const [index, slot] of slots.entries()) {
    const id = ids[index] as number;
    const other = truth.slotOf(id);
    if (other < 0) {
      found.push({ id, problem: `Photo ${id} is in the search index, but not in the library.` });
      continue;
    }
    for (const what of differentColumns(store, slot, truth, other)) {
      const problem = `Photo ${id} has another "${what}" in the search index than in the library.`;
      found.push({ id, problem });
    }
    const [first, second] = [own.get(slot) ?? [], real.get(id) ?? []];
    if (first.toSorted().join() !== second.sort().join()) {
      const problem = `Photo ${id} has ${first.length} tags in the search index and ${second.length} in the library, or others.`;
      found.push({ id, problem });
    }
  }
  return found;
}

function differentColumns(store: Store, slot: number, truth: Store, other: number): string[] {
  const different: string[] = COLUMN_NAMES.filter((name) => {
    const first = store.columns[name][slot] as number;
    const second = truth.columns[name][other] as number;
    if (!(name in DICTIONARIES)) return !Object.is(first, second);
    const dictionary = DICTIONARIES[name as keyof typeof DICTIONARIES];
    return store[dictionary].texts[first] !== truth[dictionary].texts[second];
  });
  if (store.missing.get(slot) !== truth.missing.get(other)) different.push('missing');
  if (store.names.at(slot) !== truth.names.at(other)) different.push('name');
  return different;
}

function entryText(label: number, byte: number, fraction: number, share: number | null): string {
  return `${label} ${byte} ${fraction} ${share === null ? '' : Math.fround(share)}`;
}

/** Slots whose entries are looked up together; a few milliseconds of work. */
const PAGE_SLOTS = 2048;
/** Photos of more pages than this are looked up in one go through everything. */
const FEW_PAGES = 4;

/** Tag entries by slot, where entries are kept by label: a page of slots at a time, kept for the next call. */
export class EntryCursor {
  readonly #store: Store;
  #page = -1;
  #entries = new Map<number, string[]>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Those of these slots, as texts. */
  of(slots: readonly number[]): ReadonlyMap<number, readonly string[]> {
    const pages = new Set(slots.map((slot) => Math.floor(slot / PAGE_SLOTS)));
    if (pages.size > FEW_PAGES) {
      const wanted = this.#store.emptyBits();
      for (const slot of slots) addBit(wanted, slot);
      return this.#read(0, this.#store.slots, (slot) => hasBit(wanted, slot));
    }
    const found = new Map<number, readonly string[]>();
    for (const slot of slots) {
      const page = Math.floor(slot / PAGE_SLOTS);
      if (page !== this.#page) {
        this.#entries = this.#read(page * PAGE_SLOTS, (page + 1) * PAGE_SLOTS - 1, () => true);
        this.#page = page;
      }
      found.set(slot, this.#entries.get(slot) ?? []);
    }
    return found;
  }

  #read(first: number, last: number, isWanted: (slot: number) => boolean): Map<number, string[]> {
    const entries = new Map<number, string[]>();
    for (const [label, postings] of this.#store.postings) {
      const shares = postings.boxes?.between(first, last);
      postings.eachBetween(first, last, (slot, byte, fraction) => {
        if (!isWanted(slot)) return;
        const text = entryText(label, byte, fraction, shares?.get(slot) ?? null);
        const known = entries.get(slot);
        if (known) known.push(text);
        else entries.set(slot, [text]);
      });
    }
    return entries;
  }
}
