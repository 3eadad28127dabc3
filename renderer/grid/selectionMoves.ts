import { createIdSet } from './idSet.ts';

/** Which photos are selected, by id. */
export type PhotoSelection = {
  readonly ids: ReadonlySet<number>;
  /** Where a range begins. */
  readonly anchor: number | null;
  /** Where the keyboard stands. */
  readonly focus: number | null;
};

export const EMPTY_SELECTION: PhotoSelection = { ids: new Set(), anchor: null, focus: null };

/** Only this photo. */
export function selectOne(id: number): PhotoSelection {
  return { ids: new Set([id]), anchor: id, focus: id };
}

/** The keyboard stands on the photo; what is selected stays so, and a range goes on from where it began. */
export function moveFocus(selection: PhotoSelection, id: number): PhotoSelection {
  return { ids: selection.ids, anchor: selection.anchor ?? id, focus: id };
}

/** Adds the photo or takes it out, as ctrl-click does. */
export function toggleOne(selection: PhotoSelection, id: number): PhotoSelection {
  const ids = new Set(selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ids, anchor: id, focus: id };
}

/**
 * Everything from the anchor to the photo, as shift-click does. `add` keeps what was selected before.
 * An anchor that is no longer in the result begins at the photo itself.
 */
export function selectRange(
  selection: PhotoSelection,
  order: Uint32Array,
  id: number,
  add = false,
): PhotoSelection {
  const to = order.indexOf(id);
  if (to < 0) return selection;
  const anchorAt = selection.anchor === null ? -1 : order.indexOf(selection.anchor);
  const from = anchorAt < 0 ? to : anchorAt;
  const range = order.subarray(Math.min(from, to), Math.max(from, to) + 1);
  const ids = new Set(add ? selection.ids : []);
  for (const member of range) ids.add(member);
  return { ids, anchor: order[from] ?? id, focus: id };
}

export function selectAll(selection: PhotoSelection, order: Uint32Array): PhotoSelection {
  return {
    ids: new Set(order),
    anchor: selection.anchor ?? order[0] ?? null,
    focus: selection.focus ?? order[0] ?? null,
  };
}

/** So many photos are looked for one by one; more are found in one pass over the result. */
const FEW = 8;

/** Drops what is no longer in the result; the same object when nothing is. */
export function keepExisting(selection: PhotoSelection, order: Uint32Array): PhotoSelection {
  if (selection.ids.size === 0 && selection.focus === null) return selection;
  const isThere =
    selection.ids.size > FEW ? createIdSet(order) : (id: number) => order.includes(id);
  const existing = (id: number | null): number | null => (id !== null && isThere(id) ? id : null);
  const ids = new Set<number>();
  for (const id of selection.ids) if (isThere(id)) ids.add(id);
  const focus = existing(selection.focus);
  const anchor = existing(selection.anchor);
  const same = ids.size === selection.ids.size && focus === selection.focus;
  if (same && anchor === selection.anchor) return selection;
  return { ids, anchor, focus };
}
