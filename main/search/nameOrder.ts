import { hasBit } from './bits.ts';
import { compareNewestFirst } from './columns.ts';
import { mergeOrdered } from './order.ts';
import { livingOnly, type Store } from './store.ts';

/** Slots that are sorted at once; longer runs come from merging. */
const RUN = 1024;
/** Elements between two pauses of a merge; about 5 ms. */
const PAUSE = 16_384;

/** Living slots by file name. Sorting text is slow, so it is done in steps, and kept up afterwards. */
export class NameOrder {
  readonly #store: Store;
  #sorted: Uint32Array = new Uint32Array(0);
  /** Slots below this are in `#sorted`, or dead. */
  #covered = 0;
  #built = false;

  /** `sorted`: the slots below `covered` by name, when that is known already. */
  constructor(store: Store, sorted?: { readonly slots: Uint32Array; readonly covered: number }) {
    this.#store = store;
    if (!sorted) return;
    this.#sorted = sorted.slots;
    this.#covered = sorted.covered;
    this.#built = true;
  }

  get isBuilt(): boolean {
    return this.#built;
  }

  /** What is known so far; may hold dead slots. */
  get sorted(): { readonly slots: Uint32Array; readonly covered: number } {
    return { slots: this.#sorted, covered: this.#covered };
  }

  /** The same order in a store whose photos have other slots; `slotOf` as `arrange` tells it. */
  moved(store: Store, slotOf: Uint32Array): NameOrder {
    if (!this.#built) return new NameOrder(store);
    const slots = new Uint32Array(store.base);
    let length = 0;
    for (const slot of this.current()) {
      const moved = slotOf[slot];
      if (moved) slots[length++] = moved - 1;
    }
    return new NameOrder(store, { slots: slots.subarray(0, length), covered: store.base });
  }

  /** Sorts everything; may be left to rest at each step. */
  *build(): Generator<void> {
    const store = this.#store;
    const upTo = store.slots;
    let sorted: Uint32Array = store.ordered(store.alive);
    const compare = (a: number, b: number): number => this.#compare(a, b);
    for (let start = 0; start < sorted.length; start += RUN) {
      sorted.subarray(start, start + RUN).sort(compare);
      yield;
    }
    let merged: Uint32Array = new Uint32Array(sorted.length);
    for (let width = RUN; width < sorted.length; width *= 2) {
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
      [sorted, merged] = [merged, sorted];
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
    const compare = (a: number, b: number): number => this.#compare(a, b);
    const added = Uint32Array.from(fresh).sort(compare);
    this.#sorted = added.length > 0 ? mergeOrdered(kept, added, (a, b) => compare(a, b) < 0) : kept;
    this.#covered = store.slots;
    return this.#sorted;
  }

  /** `img7` and `img007`: as text; the same name: newest first. */
  #compare(a: number, b: number): number {
    const { names, columns } = this.#store;
    return names.compareNaturally(a, b) || compareNewestFirst(columns, a, b);
  }
}
