/** Photos that came above what a person looks at, so that a quiet note can tell of them. */
import { createIdSet } from '../grid/idSet.ts';

/**
 * Photos that came while one question stood and were not on screen yet, as indices into its result,
 * ascending. Those below are kept in mind: a new photo is known before its date, and goes from the end of
 * the result to its place a moment later.
 */
export type Unseen = { readonly above: Uint32Array; readonly below: Uint32Array };

/** What is on screen: from the index `first` to before `end`. */
export type OnScreen = { readonly first: number; readonly end: number };

export const ALL_SEEN: Unseen = { above: new Uint32Array(0), below: new Uint32Array(0) };

/** After the result changed from `before`, where `unseen` was, to `now`. */
export function unseenAfter(
  before: Uint32Array,
  unseen: Unseen,
  now: Uint32Array,
  screen: OnScreen,
): Unseen {
  const wasThere = createIdSet(before);
  const idsOf = (indices: Uint32Array): Uint32Array => indices.map((index) => before[index] ?? 0);
  const stillAbove = createIdSet(idsOf(unseen.above));
  const stillBelow = createIdSet(idsOf(unseen.below));
  const above: number[] = [];
  const below: number[] = [];
  for (let index = 0; index < now.length; index += 1) {
    const id = now[index] ?? 0;
    if (wasThere(id) && !stillAbove(id) && !stillBelow(id)) continue;
    if (index < screen.first) above.push(index);
    else if (index >= screen.end) below.push(index);
  }
  return { above: Uint32Array.from(above), below: Uint32Array.from(below) };
}

/** After a scroll: what came into sight or was passed by is seen. The same object when nothing was. */
export function unseenAt(unseen: Unseen, { first, end }: OnScreen): Unseen {
  const { above, below } = unseen;
  let kept = above.length;
  while (kept > 0 && (above[kept - 1] ?? 0) >= first) kept -= 1;
  let passed = 0;
  while (passed < below.length && (below[passed] ?? 0) < end) passed += 1;
  if (kept === above.length && passed === 0) return unseen;
  return { above: above.subarray(0, kept), below: below.subarray(passed) };
}
