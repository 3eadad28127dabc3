import type { LibraryCounts } from '../../shared/model.ts';
import { type Bits, countBits, intersect, subtract, unite } from './bits.ts';
import { ageFilter, stateFilter } from './filters.ts';
import type { Store } from './store.ts';
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
  return {
    all: countBits(normal),
    recent: inNormal(ageFilter(store, recent, now)),
    untagged: inNormal(store.copyOf(views.untagged)),
    favorites: inNormal(stateFilter(store, 'favorite')),
    // Of files: one behind another photo can be damaged too.
    problems: inNormal(problemsAtHand(store), views.normalFiles(now)),
    missing: views.missing.length,
  };
}

/** What the list of problems holds: of photos that are away nothing can be said or done now. */
function problemsAtHand(store: Store): Bits {
  const problems = stateFilter(store, 'failed');
  const others = stateFilter(store, 'unsupported');
  unite(problems, others);
  store.giveBack(others);
  for (const away of [stateFilter(store, 'offline'), stateFilter(store, 'missing')]) {
    subtract(problems, away);
    store.giveBack(away);
  }
  return problems;
}
