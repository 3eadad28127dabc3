import type { LibraryCounts, TagCount } from '../../shared/model.ts';
import { type Bits, countBits, hasBit, intersect, unite } from './bits.ts';
import { ageFilter, stateFilter } from './filters.ts';
import type { Postings } from './postings.ts';
import type { Store } from './store.ts';
import { SENSITIVITY, type TagInfo } from './tagTable.ts';
import { ANY_RANGE } from './tree.ts';
import type { Views } from './views.ts';

/** "Recently added" means: in the last 30 days. The same as the query `added:<30d`. */
const RECENT_HOURS = 30 * 24;

/**
 * How many photos of a result carry each tag at the lens or above it, most first; those of nobody are
 * left out. Each photo counts once a tag, whoever gave it. Sensitivity labels are never told.
 */
export function countTags(store: Store, result: Bits, threshold: number): TagCount[] {
  const counts: TagCount[] = [];
  const seen = store.emptyBits();
  for (const tag of store.tags.tags.values()) {
    if (tag.type === SENSITIVITY) continue;
    const count = countTag(store, tag, result, threshold * 2, seen);
    if (count === 0) continue;
    counts.push({ id: tag.id, names: { ...tag.names }, type: tag.type, count });
  }
  return counts.sort((a, b) => b.count - a.count || a.id - b.id);
}

/** `seen` is empty before and afterwards. */
function countTag(store: Store, tag: TagInfo, result: Bits, lowest: number, seen: Bits): number {
  const known: Postings[] = [];
  for (const label of tag.labels) {
    const postings = store.postings.get(label.id);
    if (postings) known.push(postings);
  }
  const [first] = known;
  if (!first) return 0;
  if (known.length === 1) return countOne(first, result, lowest);
  // Several sources may name the same photo: the short lists are marked, the longest only looks.
  known.sort((a, b) => a.length - b.length);
  const longest = known.pop() as Postings;
  let count = 0;
  for (const postings of known) count += countAndMark(postings, result, lowest, seen);
  count += countUnmarked(longest, result, lowest, seen);
  for (const postings of known) unmark(postings, seen);
  return count;
}

// No branches in these loops: nobody could predict them, and a wrong guess costs ten steps. A difference
// that is negative where the confidence reaches the lens has its sign bit as the answer.

function countOne(postings: Postings, result: Bits, lowest: number): number {
  const below = lowest - 1;
  let count = 0;
  for (const { slots, confidence, length } of postings.chunks) {
    for (let index = 0; index < length; index += 1) {
      const slot = slots[index] as number;
      const reaches = (below - (confidence[index] as number)) >>> 31;
      count += ((result[slot >>> 5] as number) >>> (slot & 31)) & reaches;
    }
  }
  return count;
}

function countUnmarked(postings: Postings, result: Bits, lowest: number, seen: Bits): number {
  const below = lowest - 1;
  let count = 0;
  for (const { slots, confidence, length } of postings.chunks) {
    for (let index = 0; index < length; index += 1) {
      const slot = slots[index] as number;
      const word = slot >>> 5;
      const reaches = (below - (confidence[index] as number)) >>> 31;
      const open = (result[word] as number) & ~(seen[word] as number);
      count += (open >>> (slot & 31)) & reaches;
    }
  }
  return count;
}

function countAndMark(postings: Postings, result: Bits, lowest: number, seen: Bits): number {
  let count = 0;
  for (const { slots, confidence, length } of postings.chunks) {
    for (let index = 0; index < length; index += 1) {
      const slot = slots[index] as number;
      if ((confidence[index] as number) < lowest) continue;
      if (!hasBit(result, slot) || hasBit(seen, slot)) continue;
      seen[slot >>> 5] = (seen[slot >>> 5] as number) | (1 << (slot & 31));
      count += 1;
    }
  }
  return count;
}

function unmark(postings: Postings, seen: Bits): void {
  for (const { slots, length } of postings.chunks) {
    for (let index = 0; index < length; index += 1) seen[(slots[index] as number) >>> 5] = 0;
  }
}

/** The fixed views of the sidebar, in the whole library whatever is searched for. */
export function countLibrary(views: Views, now: number): LibraryCounts {
  const { store } = views;
  const normal = views.normal(now);
  const inNormal = (bits: Bits): number => {
    intersect(bits, normal);
    return countBits(bits);
  };
  const recent = { ...ANY_RANGE, max: RECENT_HOURS, maxOpen: true };
  const problems = stateFilter(store, 'failed');
  unite(problems, stateFilter(store, 'unsupported'));
  return {
    all: countBits(normal),
    recent: inNormal(ageFilter(store, recent, now)),
    untagged: inNormal(views.untagged.slice()),
    favorites: inNormal(stateFilter(store, 'favorite')),
    problems: inNormal(problems),
    missing: views.missing.length,
  };
}
