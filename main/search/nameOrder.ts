import { hasBit } from './bits.ts';
import { mergeOrdered } from './order.ts';
import { livingOnly, type Store } from './store.ts';

/** Slots that are sorted at once; longer runs come from merging. */
const RUN = 2048;
/** Elements between two pauses of a build; about 5 ms. */
const PAUSE = 8192;

/** Living slots by file name. Sorting text is slow, so it is done in steps, and kept up afterwards. */
export class NameOrder {
  readonly #store: Store;
  #sorted = new Uint32Array(0);
  /** Slots below this are in `#sorted`, or dead. */
  #covered = 0;

  #built = false;

  constructor(store: Store) {
    this.#store = store;
  }

  get isBuilt(): boolean {
    return this.#built;
  }

  /** Sorts everything; may be left to rest at each step. */
  *build(): Generator<void> {
    const store = this.#store;
    const upTo = store.slots;
    let sorted = store.order.slice();
    const keys: string[] = new Array(upTo);
    for (let slot = 0; slot < upTo; slot += 1) {
      keys[slot] = naturalKey(store.names.at(slot));
      if (slot % PAUSE === PAUSE - 1) yield;
    }
    const compare = (a: number, b: number): number =>
      compareKeys(keys[a] as string, keys[b] as string) || this.#compareTies(a, b);
    for (let start = 0; start < sorted.length; start += RUN) {
      sorted.subarray(start, start + RUN).sort(compare);
      yield;
    }
    for (let width = RUN; width < sorted.length; width *= 2) {
      const merged = new Uint32Array(sorted.length);
      for (let start = 0; start < sorted.length; start += width * 2) {
        const middle = Math.min(start + width, sorted.length);
        const end = Math.min(start + width * 2, sorted.length);
        let left = start;
        let right = middle;
        for (let index = start; index < end; index += 1) {
          const takeLeft =
            right >= end ||
            (left < middle && compare(sorted[left] as number, sorted[right] as number) <= 0);
          merged[index] = sorted[takeLeft ? left++ : right++] as number;
          if (index % PAUSE === PAUSE - 1) yield;
        }
      }
      sorted = merged;
    }
    this.#sorted = sorted;
    this.#covered = upTo;
    this.#built = true;
  }

  /** The order as of now. Builds it at once when `build` did not come to its end yet. */
  current(): Uint32Array {
    const store = this.#store;
    if (store.slots - this.#covered > store.slots / 4) for (const _ of this.build());
    const fresh: number[] = [];
    for (let slot = this.#covered; slot < store.slots; slot += 1) {
      if (hasBit(store.alive, slot)) fresh.push(slot);
    }
    const kept = livingOnly(this.#sorted, store.alive);
    const compare = (a: number, b: number): number =>
      compareKeys(naturalKey(store.names.at(a)), naturalKey(store.names.at(b))) ||
      this.#compareTies(a, b);
    const added = Uint32Array.from(fresh).sort(compare);
    this.#sorted = added.length > 0 ? mergeOrdered(kept, added, (a, b) => compare(a, b) < 0) : kept;
    this.#covered = store.slots;
    return this.#sorted;
  }

  /** `img7` and `img007`: as text; the same name: newest first. */
  #compareTies(a: number, b: number): number {
    const { names } = this.#store;
    return (
      (names.isSame(a, b) ? 0 : compareKeys(names.at(a), names.at(b))) ||
      compareNewestFirst(this.#store, a, b)
    );
  }
}

/** Newest first, then by id; undated last. */
export function compareNewestFirst(store: Store, a: number, b: number): number {
  const { id, taken } = store.columns;
  const first = taken[a] as number;
  const second = taken[b] as number;
  if (first === second || (Number.isNaN(first) && Number.isNaN(second))) {
    return (id[a] as number) - (id[b] as number);
  }
  if (Number.isNaN(first)) return 1;
  return Number.isNaN(second) ? -1 : second - first;
}

function compareKeys(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Text that compares as a person expects: `img2` before `img10`. Each number begins with a sign for
 * its length; leading zeros do not count.
 */
export function naturalKey(name: string): string {
  return name.replace(/\d+/gu, (digits) => {
    const number = digits.replace(/^0+(?=.)/u, '');
    return String.fromCharCode(0x30 + number.length) + number;
  });
}
