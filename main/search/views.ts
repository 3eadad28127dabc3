/** Sets and orders that many queries share, made when first asked for and kept until something changes. */
import { addBit, type Bits, hasBit, removeBit, subtract } from './bits.ts';
import { taggedBy } from './entries.ts';
import { whereFlagged } from './filters.ts';
import { sortByKey } from './order.ts';
import type { Store } from './store.ts';

const DAY_MS = 86_400_000;
/** Missing photos leave the normal views after these days. */
const MISSING_DAYS = 60;

export class Views {
  readonly store: Store;
  #everything: Bits | null = null;
  #missing: number[] | null = null;
  #duplicates: Bits | null = null;
  #untagged: Bits | null = null;
  #byAdded: Uint32Array | null = null;

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
    if (!this.#missing) {
      const { missingSince } = this.store.columns;
      this.#missing = [];
      for (let slot = 0; slot < this.store.slots; slot += 1) {
        const isMissing = !Number.isNaN(missingSince[slot] as number);
        if (isMissing && hasBit(this.everything, slot)) this.#missing.push(slot);
      }
    }
    return this.#missing;
  }

  /** `everything` without photos that are missing for long. Not to be changed. */
  normal(now: number): Bits {
    const { missingSince } = this.store.columns;
    const before = now - MISSING_DAYS * DAY_MS;
    const hidden = this.missing.filter((slot) => (missingSince[slot] as number) < before);
    if (hidden.length === 0) return this.everything;
    const normal = this.everything.slice();
    for (const slot of hidden) removeBit(normal, slot);
    return normal;
  }

  /** Pictures that lie at two places or more; what is missing lies nowhere. */
  get duplicates(): Bits {
    if (!this.#duplicates) {
      const { store, everything } = this;
      const { picture, missingSince } = store.columns;
      const present = (slot: number): boolean =>
        picture[slot] !== 0 &&
        Number.isNaN(missingSince[slot] as number) &&
        hasBit(everything, slot);
      const places = new Map<number, number>();
      for (let slot = 0; slot < store.slots; slot += 1) {
        if (!present(slot)) continue;
        const id = picture[slot] as number;
        places.set(id, (places.get(id) ?? 0) + 1);
      }
      this.#duplicates = store.emptyBits();
      for (let slot = 0; slot < store.slots; slot += 1) {
        if (present(slot) && (places.get(picture[slot] as number) ?? 0) > 1) {
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

  /** All slots, last added first. */
  get byAdded(): Uint32Array {
    this.#byAdded ??= sortByKey(this.store.order, this.store.columns.added, true);
    return this.#byAdded;
  }
}
