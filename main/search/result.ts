import type { Sort } from '../../shared/model.ts';
import { createResult, type PackedResult, packAspect, UNDATED } from '../../shared/resultCodec.ts';
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
 * The photos of a result in order, at most `limit`, as the window needs them to lay them out. The sort's
 * own key goes up or down; ties are newest first, then by id. Undated photos are last either way when
 * sorted by date.
 */
export function packResult(
  views: Views,
  names: NameOrder,
  { plan, bits }: { readonly plan: Plan; readonly bits: Bits },
  ordering: Ordering,
  limit: number,
  revision: number,
): PackedResult & { readonly total: number } {
  const { store } = views;
  const total = countBits(bits);
  const count = Math.min(limit, total);
  const result = createResult(count, revision);
  const { ids, days, aspects } = result;
  const slots = orderedSlots(views, names, bits, plan, ordering, ids);
  const { id, day, width, height } = store.columns;
  for (let index = 0; index < count; index += 1) {
    // The very place where its id is written, perhaps.
    const slot = slots[index] as number;
    ids[index] = id[slot] as number;
    days[index] = day[slot] as number;
    aspects[index] = packAspect(width[slot] as number, height[slot] as number);
  }
  return { ...result, total };
}

/** At least as many as there is room for in `room`, where they may be put. */
function orderedSlots(
  views: Views,
  names: NameOrder,
  found: Bits,
  plan: Plan,
  ordering: Ordering,
  room: Uint32Array,
): Uint32Array {
  const { store } = views;
  const { ascending } = ordering;
  switch (ordering.sort) {
    case 'taken':
      if (!ascending) return store.ordered(found, room.length, room);
      return oldestFirst(store.ordered(found), store);
    case 'added': {
      if (ascending) return sortByKey(store.ordered(found), store.columns.added, false);
      return pick(views.byAdded, found);
    }
    case 'name': {
      const slots = pick(names.current(), found);
      return ascending ? slots : reverseKeepingTies(slots, (a, b) => store.names.isSame(a, b));
    }
    case 'confidence': {
      const term = firstTagTerm(plan);
      if (term?.term.kind !== 'tag') return store.ordered(found, room.length, room);
      const { name, prefix, bound } = term.term;
      const test = entryTest(term.conditions, bound, ordering.threshold);
      const keys = confidences(store, store.tags.named(name, prefix), test);
      return sortByKey(store.ordered(found), keys, !ascending);
    }
  }
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

/** From newest first: the other way round, but of the same moment by id, and undated last. */
function oldestFirst(slots: Uint32Array, store: Store): Uint32Array {
  const { day, second } = store.columns;
  let dated = slots.length;
  while (dated > 0 && day[slots[dated - 1] as number] === UNDATED) dated -= 1;
  const reversed = slots.slice();
  const same = (a: number, b: number): boolean => day[a] === day[b] && second[a] === second[b];
  reversed.set(reverseKeepingTies(slots.subarray(0, dated), same));
  return reversed;
}

/** Those that are the same stay in their order. */
function reverseKeepingTies(
  slots: Uint32Array,
  same: (a: number, b: number) => boolean,
): Uint32Array {
  const reversed = new Uint32Array(slots.length);
  let end = slots.length;
  let index = 0;
  while (index < slots.length) {
    let next = index + 1;
    const first = slots[index] as number;
    while (next < slots.length && same(first, slots[next] as number)) next += 1;
    end -= next - index;
    if (next - index === 1) reversed[end] = first;
    else reversed.set(slots.subarray(index, next), end);
    index = next;
  }
  return reversed;
}
