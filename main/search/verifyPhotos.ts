/** Photos of the index beside their rows. */
import type { ReadableDB } from '../library/database.ts';
import { COLUMN_NAMES } from './columns.ts';
import { entriesOf, namedPhotos } from './loadSql.ts';
import { confidenceByte, fractionOf, type Postings } from './postings.ts';
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
    if (first.sort().join() !== second.sort().join()) {
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

/** Tag entries by slot, where entries are kept by label: goes through all of them once. */
export class EntryCursor {
  readonly #store: Store;
  /** How far the entries of each label were read. */
  readonly #next = new Map<Postings, number>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Those of these slots, as texts. Slots rise, from call to call too. */
  of(slots: readonly number[]): Map<number, string[]> {
    const wanted = new Map<number, string[]>(slots.map((slot) => [slot, []]));
    const lowest = slots[0] ?? 0;
    const highest = slots.at(-1) ?? -1;
    for (const [label, postings] of this.#store.postings) {
      const shares = postings.boxes?.between(lowest, highest);
      const add = (chunk: Postings['base'], index: number): void => {
        const slot = chunk.slots[index] as number;
        const byte = chunk.confidence[index] as number;
        const share = shares?.get(slot) ?? null;
        wanted.get(slot)?.push(entryText(label, byte, chunk.fraction[index] as number, share));
      };
      const { base, tail } = postings;
      let next = this.#next.get(postings) ?? 0;
      for (; next < base.length && (base.slots[next] as number) <= highest; next += 1) {
        add(base, next);
      }
      this.#next.set(postings, next);
      for (let index = 0; index < tail.length; index += 1) add(tail, index);
    }
    return wanted;
  }
}
