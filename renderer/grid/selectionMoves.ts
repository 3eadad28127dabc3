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

/** Drops what is no longer in the result; the same object when nothing is. */
export function keepExisting(selection: PhotoSelection, order: Uint32Array): PhotoSelection {
  if (selection.ids.size === 0 && selection.focus === null) return selection;
  // One pass over the result instead of a search for each selected photo.
  const ids = new Set<number>();
  let focus: number | null = null;
  let anchor: number | null = null;
  for (const id of order) {
    if (selection.ids.has(id)) ids.add(id);
    if (id === selection.focus) focus = id;
    if (id === selection.anchor) anchor = id;
  }
  const same = ids.size === selection.ids.size && focus === selection.focus;
  if (same && anchor === selection.anchor) return selection;
  return { ids, anchor, focus };
}
