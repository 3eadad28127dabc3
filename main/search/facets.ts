import type { LibraryCounts, TagCount } from '../../shared/model.ts';
import { type Bits, countBits, hasBit, intersect, unite } from './bits.ts';
import { ageFilter, stateFilter } from './filters.ts';
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
  // The number of the tag that last counted a slot, where several labels may name the same photo.
  const counted = new Uint32Array(store.slots);
  let number = 0;
  for (const tag of store.tags.tags.values()) {
    if (tag.type === SENSITIVITY) continue;
    number += 1;
    const count = countTag(store, tag, result, threshold * 2, counted, number);
    if (count === 0) continue;
    counts.push({ id: tag.id, names: { ...tag.names }, type: tag.type, count });
  }
  return counts.sort((a, b) => b.count - a.count || a.id - b.id);
}

function countTag(
  store: Store,
  tag: TagInfo,
  result: Bits,
  lowest: number,
  counted: Uint32Array,
  number: number,
): number {
  const known = tag.labels.map((label) => store.postings.get(label.id)).filter((one) => !!one);
  let count = 0;
  for (const { slots, confidence, length } of known) {
    for (let index = 0; index < length; index += 1) {
      const slot = slots[index] as number;
      if ((confidence[index] as number) < lowest || !hasBit(result, slot)) continue;
      // One label names a photo once; several may name the same.
      if (known.length > 1) {
        if (counted[slot] === number) continue;
        counted[slot] = number;
      }
      count += 1;
    }
  }
  return count;
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
