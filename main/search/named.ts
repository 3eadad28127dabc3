/** What a word finds besides tags. */
import { type Bits, countBits, holdsAll, subtract, unite } from './bits.ts';
import { whereFlagged } from './filters.ts';
import type { Store } from './store.ts';

/** Fewer than one slot in so many are looked at one by one. */
const FEW = 4;

/**
 * Slots whose folder, camera, lens or file name holds a folded text. What is shared by many comes first:
 * names are looked through only for the rest of `wanted`, and slots beyond it may be left out.
 */
export function findNamed(store: Store, key: string, wanted: Bits): Bits {
  const found = store.emptyBits();
  const has = (text: string): boolean => text.includes(key);
  const shared = [
    ['folder', store.folders.containing(key)],
    ['camera', store.cameras.matching(has)],
    ['lens', store.lenses.matching(has)],
    // The end of the file name.
    ['extension', store.extensions.matching(has)],
  ] as const;
  for (const [column, flags] of shared) {
    if (!flags) continue;
    const flagged = whereFlagged(store, column, flags);
    unite(found, flagged);
    store.giveBack(flagged);
  }
  if (holdsAll(found, wanted)) return found;
  const rest = store.copyOf(wanted);
  subtract(rest, found);
  if (countBits(rest) < store.slots / FEW) store.names.findAmong(key, rest, found);
  else store.names.find(key, found);
  store.giveBack(rest);
  return found;
}
