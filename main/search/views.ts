/** Sets and orders that many queries share, made when first asked for and kept until something changes. */
import { addBit, type Bits, hasBit, isEmpty, removeBit, subtract } from './bits.ts';
import { type ColumnCounts, countColumns } from './columnCounts.ts';
import { STACKED } from './columns.ts';
import { taggedBy } from './entries.ts';
import { whereFlagged } from './filters.ts';
import { findNamed } from './named.ts';
import { sortByKey } from './order.ts';
import type { Store } from './store.ts';

const DAY_MS = 86_400_000;
/** Missing photos leave the normal views after these days. */
const MISSING_DAYS = 60;
const FOUR_STACKED = STACKED * 0x01010101;
/** Words of which it is kept what they name: the lens moves, and the words of the query stay. */
const KEPT_WORDS = 8;

export class Views {
  readonly store: Store;
  #everything: Bits | null = null;
  #missing: readonly number[] | null = null;
  #duplicates: Bits | null = null;
  #untagged: Bits | null = null;
  #byAdded: Uint32Array | null = null;
  readonly #named = new Map<string, Bits>();
  #columnCounts: { readonly of: Bits; readonly counts: ColumnCounts } | null = null;
  #stacked: Bits | null = null;
  /** `everything` without stacked photos. */
  #fronts: Bits | null = null;
  #normal: { readonly hidden: string; readonly bits: Bits } | null = null;

  constructor(store: Store) {
    this.store = store;
  }

  /** All photos of roots that are not removed, long missing ones too. Not to be changed. */
  get everything(): Bits {
    if (!this.#everything) {
      const { store } = this;
      this.#everything = store.alive.slice();
      if (store.folders.anyRemoved) {
        const removed = store.folders.matching((folder) => folder.removed);
        subtract(this.#everything, whereFlagged(store, 'folder', removed));
      }
    }
    return this.#everything;
  }

  /** Missing photos that are in `everything`. */
  get missing(): readonly number[] {
    this.#missing ??= [...this.store.missing.keys()].filter((slot) =>
      hasBit(this.everything, slot),
    );
    return this.#missing;
  }

  /** Photos that stand behind another one of the same shot. Not to be changed. */
  get stacked(): Bits {
    if (!this.#stacked) {
      this.#stacked = this.store.emptyBits();
      for (const slot of stackedSlots(this.store)) addBit(this.#stacked, slot);
    }
    return this.#stacked;
  }

  /** `everything` without photos that stand behind another one. Not to be changed. */
  get fronts(): Bits {
    if (!this.#fronts) {
      this.#fronts = this.everything;
      if (!isEmpty(this.stacked)) {
        this.#fronts = this.everything.slice();
        subtract(this.#fronts, this.stacked);
      }
    }
    return this.#fronts;
  }

  /**
   * What people see where nothing else is asked for: `everything` without photos that are missing for long
   * or stand behind another one. Not to be changed.
   */
  normal(now: number): Bits {
    return this.#withoutMissing(now, this.fronts);
  }

  /** The same with photos that stand behind another one. Not to be changed, nor kept. */
  normalFiles(now: number): Bits {
    if (this.fronts === this.everything) return this.normal(now);
    const files = this.normal(now).slice();
    for (const slot of stackedSlots(this.store)) {
      if (hasBit(this.everything, slot)) addBit(files, slot);
    }
    return files;
  }

  #withoutMissing(now: number, from: Bits): Bits {
    const before = now - MISSING_DAYS * DAY_MS;
    const hidden = this.missing.filter((slot) => (this.store.missing.get(slot) ?? now) < before);
    if (hidden.length === 0) return from;
    const key = hidden.join();
    if (this.#normal?.hidden !== key) {
      const bits = from.slice();
      for (const slot of hidden) removeBit(bits, slot);
      this.#normal = { hidden: key, bits };
    }
    return this.#normal.bits;
  }

  /** Of what is in `normal`. */
  columnCounts(now: number): ColumnCounts {
    const normal = this.normal(now);
    if (this.#columnCounts?.of !== normal) {
      this.#columnCounts = { of: normal, counts: countColumns(this.store, normal) };
    }
    return this.#columnCounts.counts;
  }

  /** Pictures that lie at two places or more; what is missing lies nowhere. */
  get duplicates(): Bits {
    if (!this.#duplicates) {
      const { store } = this;
      const { picture } = store.columns;
      const present = this.everything.slice();
      for (const slot of store.missing.keys()) removeBit(present, slot);
      let highest = 0;
      for (let slot = 0; slot < store.slots; slot += 1) {
        highest = Math.max(highest, picture[slot] as number);
      }
      // 0 nowhere yet, 1 once, 2 more often.
      const places = new Uint8Array(highest + 1);
      for (let slot = 0; slot < store.slots; slot += 1) {
        if (!hasBit(present, slot)) continue;
        const id = picture[slot] as number;
        places[id] = Math.min(2, (places[id] as number) + 1);
      }
      places[0] = 0;
      this.#duplicates = store.emptyBits();
      for (let slot = 0; slot < store.slots; slot += 1) {
        if (places[picture[slot] as number] === 2 && hasBit(present, slot)) {
          addBit(this.#duplicates, slot);
        }
      }
    }
    return this.#duplicates;
  }

  /** Without a tag from a person, from the file itself or from a cloud service. */
  get untagged(): Bits {
    if (!this.#untagged) {
      const { sources } = this.store.tags;
      this.#untagged = this.everything.slice();
      subtract(
        this.#untagged,
        taggedBy(this.store, (source) => sources.get(source) !== 'device', false),
      );
    }
    return this.#untagged;
  }

  /** Slots whose folder, camera, lens or file name holds a folded text. Not to be changed, nor kept. */
  named(key: string): Bits {
    const found = this.#named.get(key) ?? findNamed(this.store, key, this.everything);
    // Latest last.
    this.#named.delete(key);
    this.#named.set(key, found);
    const [oldest] = this.#named;
    if (this.#named.size > KEPT_WORDS && oldest) {
      this.#named.delete(oldest[0]);
      this.store.giveBack(oldest[1]);
    }
    return found;
  }

  /** All slots, last added first. */
  get byAdded(): Uint32Array {
    const { store } = this;
    this.#byAdded ??= sortByKey(store.ordered(store.alive), store.columns.added, true);
    return this.#byAdded;
  }
}

/** Slots of photos that stand behind another one: four flags are looked at at once, and mostly none has it. */
function stackedSlots({ columns: { flags }, slots, alive }: Store): number[] {
  const found: number[] = [];
  const take = (slot: number): void => {
    if (((flags[slot] as number) & STACKED) !== 0 && hasBit(alive, slot)) found.push(slot);
  };
  const words = new Uint32Array(flags.buffer, flags.byteOffset, slots >> 2);
  for (let word = 0; word < words.length; word += 1) {
    if (((words[word] as number) & FOUR_STACKED) === 0) continue;
    for (let slot = word * 4; slot < word * 4 + 4; slot += 1) take(slot);
  }
  for (let slot = words.length * 4; slot < slots; slot += 1) take(slot);
  return found;
}
