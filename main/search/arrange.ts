/**
 * A store whose slots all lie in the order of dates: made once everything is read, and again when many
 * photos have changed. The photos are copied in steps, so that the old store answers meanwhile; the tags,
 * which are most of the memory, are handed over at the end without a second copy.
 */
import { hasBit } from './bits.ts';
import { COLUMN_NAMES } from './columns.ts';
import { sortByKey } from './order.ts';
import { PostingSorter } from './postings.ts';
import { Store } from './store.ts';

/** What a pause is made after; about 5 ms each. */
const NAMES_PER_STEP = 30_000;
const SLOTS_PER_STEP = 200_000;
/** Dates are whole seconds. */
const SECOND_MS = 1000;

export type Arranged = {
  /** Everything but tags. */
  readonly store: Store;
  /** The new slot of each old one, and one more; 0 for those that died. */
  readonly slotOf: Uint32Array;
};

/** Photos that `from` is told of meanwhile are not in it: they are to be read anew afterwards. */
export function* arrange(from: Store): Generator<void, Arranged> {
  const order = from.base > 0 ? from.ordered(from.alive) : byDate(from);
  yield;
  const { slots } = from;
  const store = new Store(from);
  store.reserve(order.length, from.highestId);
  for (const name of COLUMN_NAMES) {
    const source = from.columns[name];
    const target = store.columns[name];
    for (let slot = 0; slot < order.length; slot += 1) {
      target[slot] = source[order[slot] as number] as number;
    }
    yield;
  }
  store.names.reserve(from.names);
  for (let slot = 0; slot < order.length; slot += 1) {
    store.names.pushFrom(from.names, order[slot] as number);
    if (slot % NAMES_PER_STEP === NAMES_PER_STEP - 1) yield;
  }
  store.names.shareFilter(from.names);
  const slotOf = new Uint32Array(slots);
  const { id } = store.columns;
  for (let slot = 0; slot < order.length; slot += 1) {
    slotOf[order[slot] as number] = slot + 1;
    store.adopt(slot, id[slot] as number);
    if (slot % SLOTS_PER_STEP === SLOTS_PER_STEP - 1) yield;
  }
  store.slots = order.length;
  store.base = order.length;
  for (const [slot, since] of from.missing) {
    const moved = slotOf[slot];
    if (moved) store.missing.set(moved - 1, since);
  }
  return { store, slotOf };
}

/** Hands the tags of `from` over; it has none afterwards. */
export function handOverTags(from: Store, { store, slotOf }: Arranged): void {
  const sorter = new PostingSorter();
  for (const [labelId, postings] of from.postings) {
    postings.move(slotOf, sorter);
    if (postings.length > 0) store.postings.set(labelId, postings);
  }
  from.postings.clear();
  store.regroup();
}

function byDate(store: Store): Uint32Array {
  const { id } = store.columns;
  const taken = new Float64Array(store.slots);
  const living = new Uint32Array(store.aliveCount);
  let count = 0;
  let rising = true;
  for (let slot = 0; slot < store.slots; slot += 1) {
    if (!hasBit(store.alive, slot)) continue;
    taken[slot] = store.takenAt(slot);
    if (count > 0) rising &&= (id[living[count - 1] as number] as number) < (id[slot] as number);
    living[count] = slot;
    count += 1;
  }
  if (!rising) living.sort((a, b) => (id[a] as number) - (id[b] as number));
  return sortByKey(living, taken, true, SECOND_MS);
}
