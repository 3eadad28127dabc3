import type { Sort } from '../../shared/model.ts';
import { createResult, type PackedResult, packAspect } from '../../shared/resultCodec.ts';
import { type Bits, countBits, hasBit } from './bits.ts';
import { confidences } from './entries.ts';
import { entryTest } from './entryTest.ts';
import type { NameOrder } from './nameOrder.ts';
import { sortByKey } from './order.ts';
import { firstTagTerm, type Plan } from './plan.ts';
import type { Store } from './store.ts';
import type { Views } from './views.ts';

export type Ordering = {
  readonly sort: Sort;
  readonly ascending: boolean;
  /** The lens, whole 0..100. */
  readonly threshold: number;
};

/**
 * The slots of a result in order. The sort's own key goes up or down; ties are newest first, then by
 * id. Undated photos are last either way when sorted by date.
 */
export function orderResult(
  views: Views,
  names: NameOrder,
  found: Bits,
  plan: Plan,
  ordering: Ordering,
): Uint32Array {
  const { store } = views;
  const { ascending } = ordering;
  switch (ordering.sort) {
    case 'taken': {
      const slots = pick(store.order, found);
      return ascending ? sortByKey(byId(store, slots), store.columns.taken, false) : slots;
    }
    case 'added': {
      if (ascending) return sortByKey(pick(store.order, found), store.columns.added, false);
      return pick(views.byAdded, found);
    }
    case 'name': {
      const slots = pick(names.current(), found);
      return ascending ? slots : reverseKeepingTies(slots, store);
    }
    case 'confidence': {
      const slots = pick(store.order, found);
      const term = firstTagTerm(plan);
      if (term?.term.kind !== 'tag') return slots;
      const { name, prefix, bound } = term.term;
      const test = entryTest(term.conditions, bound, ordering.threshold);
      return sortByKey(slots, confidences(store, store.tags.named(name, prefix), test), !ascending);
    }
  }
}

/** What the window needs of a result to lay it out. */
export function packResult(store: Store, slots: Uint32Array, revision: number): PackedResult {
  const count = slots.length;
  const result = createResult(count, revision);
  const { ids, days, aspects } = result;
  const { id, day, width, height } = store.columns;
  for (let index = 0; index < count; index += 1) {
    const slot = slots[index] as number;
    ids[index] = id[slot] as number;
    days[index] = day[slot] as number;
    aspects[index] = packAspect(width[slot] as number, height[slot] as number);
  }
  return result;
}

function pick(order: Uint32Array, found: Bits): Uint32Array {
  const slots = new Uint32Array(countBits(found));
  let count = 0;
  for (let index = 0; index < order.length && count < slots.length; index += 1) {
    const slot = order[index] as number;
    if (hasBit(found, slot)) slots[count++] = slot;
  }
  return slots;
}

function byId(store: Store, slots: Uint32Array): Uint32Array {
  const { id } = store.columns;
  return slots.sort((a, b) => (id[a] as number) - (id[b] as number));
}

/** Names that are the same stay newest first. */
function reverseKeepingTies(slots: Uint32Array, store: Store): Uint32Array {
  const reversed = new Uint32Array(slots.length);
  let end = slots.length;
  let index = 0;
  while (index < slots.length) {
    let next = index + 1;
    const first = slots[index] as number;
    while (next < slots.length && store.names.isSame(first, slots[next] as number)) next += 1;
    end -= next - index;
    reversed.set(slots.subarray(index, next), end);
    index = next;
  }
  return reversed;
}
