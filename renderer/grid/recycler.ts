/**
 * Gives each photo on screen a slot. A photo keeps its slot while it stays, slots of photos that left go
 * to photos that come: the window then changes elements instead of making them, and a photo that only
 * moved keeps its picture.
 */
export function createRecycler(): (ids: readonly number[]) => readonly number[] {
  let slots = new Map<number, number>();
  return (ids) => {
    const next = new Map<number, number>();
    const taken = new Set<number>();
    for (const id of ids) {
      const slot = slots.get(id);
      if (slot === undefined) continue;
      next.set(id, slot);
      taken.add(slot);
    }
    let free = 0;
    for (const id of ids) {
      if (next.has(id)) continue;
      while (taken.has(free)) free += 1;
      next.set(id, free);
      taken.add(free);
    }
    slots = next;
    return ids.map((id) => next.get(id) ?? 0);
  };
}
