import type { LibraryCounts } from '../../shared/model.ts';
import { type Bits, countBits, intersect, unite } from './bits.ts';
import { ageFilter, stateFilter } from './filters.ts';
import { ANY_RANGE } from './tree.ts';
import type { Views } from './views.ts';

/** "Recently added" means: in the last 30 days. The same as the query `added:<30d`. */
const RECENT_HOURS = 30 * 24;

/** The fixed views of the sidebar, in the whole library whatever is searched for. */
export function countLibrary(views: Views, now: number): LibraryCounts {
  const { store } = views;
  const normal = views.normal(now);
  const inNormal = (bits: Bits, within = normal): number => {
    intersect(bits, within);
    const count = countBits(bits);
    store.giveBack(bits);
    return count;
  };
  const recent = { ...ANY_RANGE, max: RECENT_HOURS, maxOpen: true };
  const problems = stateFilter(store, 'failed');
  unite(problems, stateFilter(store, 'unsupported'));
  return {
    all: countBits(normal),
    recent: inNormal(ageFilter(store, recent, now)),
    untagged: inNormal(store.copyOf(views.untagged)),
    favorites: inNormal(stateFilter(store, 'favorite')),
    // Of files: one behind another photo can be damaged too.
    problems: inNormal(problems, views.normalFiles(now)),
    missing: views.missing.length,
  };
}
