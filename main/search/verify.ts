import { hasBit } from './bits.ts';
import { COLUMN_NAMES } from './columns.ts';
import type { Store } from './store.ts';

/** Differences that are told one by one; more are counted. */
const MAX_TOLD = 20;

/** How an index differs from one read just now, as sentences. Empty when they agree. */
export function compareStores(index: Store, truth: Store): string[] {
  const problems: string[] = [];
  let untold = 0;
  const tell = (problem: string): void => {
    if (problems.length < MAX_TOLD) problems.push(problem);
    else untold += 1;
  };
  compareOrder(index, truth, tell);
  for (const slot of truth.order) {
    const id = truth.columns.id[slot] as number;
    const own = index.slotOf(id);
    if (own < 0) tell(`Photo ${id} is not in the search index.`);
    else comparePhoto(index, own, truth, slot, tell);
  }
  for (const slot of index.order) {
    const id = index.columns.id[slot] as number;
    if (truth.slotOf(id) < 0) tell(`Photo ${id} is in the search index, but not in the library.`);
  }
  compareTags(index, truth, tell);
  if (untold > 0) problems.push(`${untold} more differences between search index and library.`);
  return problems;
}

function compareOrder(index: Store, truth: Store, tell: (problem: string) => void): void {
  if (index.order.length !== truth.order.length || index.order.length !== index.aliveCount) {
    tell(`The search index lists ${index.order.length} photos, the library ${truth.order.length}.`);
    return;
  }
  const different = index.order.some(
    (slot, place) => index.columns.id[slot] !== truth.columns.id[truth.order[place] as number],
  );
  if (different) tell('The search index has another order by date than the library.');
}

function comparePhoto(
  index: Store,
  own: number,
  truth: Store,
  slot: number,
  tell: (problem: string) => void,
): void {
  const id = truth.columns.id[slot] as number;
  for (const name of COLUMN_NAMES) {
    const first = index.columns[name][own] as number;
    const second = truth.columns[name][slot] as number;
    const dictionary =
      name === 'camera'
        ? 'cameras'
        : name === 'lens'
          ? 'lenses'
          : name === 'extension'
            ? 'extensions'
            : name === 'format'
              ? 'formats'
              : null;
    const same = dictionary
      ? index[dictionary].texts[first] === truth[dictionary].texts[second]
      : Object.is(first, second);
    if (!same) tell(`Photo ${id} has another "${name}" in the search index than in the library.`);
  }
  if (index.names.at(own) !== truth.names.at(slot)) {
    tell(`Photo ${id} has another name in the search index than in the library.`);
  }
}

/** Photos of each label and the sum of their confidences: a difference shows in one of the two. */
function compareTags(index: Store, truth: Store, tell: (problem: string) => void): void {
  for (const label of new Set([...index.postings.keys(), ...truth.postings.keys()])) {
    const own = labelSums(index, label);
    const real = labelSums(truth, label);
    if (own.photos === real.photos && own.sum === real.sum && own.ids === real.ids) continue;
    tell(
      `Label ${label} is on ${own.photos} photos in the search index and on ${real.photos} in the library, or with other confidences.`,
    );
  }
  const names = (store: Store): string =>
    JSON.stringify([...store.tags.tags.values()].sort((a, b) => a.id - b.id));
  if (names(index) !== names(truth)) {
    tell('The search index knows other tags or names than the library.');
  }
  const folders = (store: Store): string => JSON.stringify([...store.folders.folders.values()]);
  if (folders(index) !== folders(truth)) {
    tell('The search index knows other folders than the library.');
  }
}

function labelSums(store: Store, label: number): { photos: number; sum: number; ids: number } {
  const sums = { photos: 0, sum: 0, ids: 0 };
  const postings = store.postings.get(label);
  if (!postings) return sums;
  for (let index = 0; index < postings.length; index += 1) {
    const slot = postings.slots[index] as number;
    if (!hasBit(store.alive, slot)) continue;
    const id = store.columns.id[slot] as number;
    const confidence = postings.confidence[index] as number;
    sums.photos += 1;
    sums.sum += confidence * 65_536 + (postings.fraction[index] as number);
    // Tells apart the same confidences on other photos.
    sums.ids += (confidence + 1) * (id % 9973);
  }
  return sums;
}
