/** Terms that are answered from tag entries. */
import { isSensitivityService, type Sensitivity, sensitiveWords } from '../library/sensitivity.ts';
import { addBit, type Bits } from './bits.ts';
import type { EntryTest } from './entryTest.ts';
import { single } from './filters.ts';
import { foldName } from './fold.ts';
import { CONTAINER_SLOTS, CONTAINER_WORDS, endOfRun } from './postings.ts';
import { reaching } from './sourceGroups.ts';
import type { Store } from './store.ts';
import { type LabelInfo, SENSITIVITY, type TagInfo } from './tagTable.ts';
import { inRange, type Range } from './tree.ts';

/** Adds the photos that have an entry of one of the tags that counts. */
export function addTagged(
  store: Store,
  tags: readonly TagInfo[],
  test: EntryTest,
  found: Bits,
): void {
  for (const tag of tags) for (const label of tag.labels) addLabelled(store, label, test, found);
}

/**
 * Photos with any tag that counts. What a moderation service says of a picture is no tag of it, unless
 * `moderation` asks for that too.
 */
export function taggedAtAll(store: Store, test: EntryTest, moderation: boolean): Bits {
  const groups: { group: Parameters<typeof lowestAllowed>[0]; lowest: number }[] = [];
  for (const group of store.sources.all) {
    if (group.sensitive && !moderation) continue;
    const lowest = lowestAllowed(group, test);
    // Not a matter of the surest entry alone: every one is looked at.
    if (lowest === null) return taggedOneByOne(store, test, moderation);
    if (Number.isFinite(lowest)) groups.push({ group, lowest });
  }
  return reaching(groups, store.slots, store.capacity);
}

/** The byte from which on every one counts; Infinity where none does, null where a higher one does not. */
function lowestAllowed(
  group: { readonly source: string; readonly highest: Uint8Array; readonly sensitive: boolean },
  test: EntryTest,
): number | null {
  const allowed = test.allowed(group.source);
  if (!allowed) return Number.POSITIVE_INFINITY;
  const lowest = allowed.indexOf(1);
  return allowed.indexOf(0, lowest) < 0 ? lowest : null;
}

function taggedOneByOne(store: Store, test: EntryTest, moderation: boolean): Bits {
  const found = store.emptyBits();
  const tags = [...store.tags.tags.values()];
  addTagged(store, moderation ? tags : tags.filter((tag) => tag.type !== SENSITIVITY), test, found);
  return found;
}

function addLabelled(store: Store, label: LabelInfo, test: EntryTest, found: Bits): void {
  const postings = store.postings.get(label.id);
  const allowed = postings && test.allowed(label.source);
  if (!allowed) return;
  const { base, tail } = postings;
  const [lowest, highest] = [allowed.indexOf(1), allowed.lastIndexOf(1)];
  const isOneRange = allowed.indexOf(0, lowest) < 0 || allowed.indexOf(0, lowest) > highest;
  const { low, confidence, starts } = base;
  for (let container = 0; container + 1 < starts.length; container += 1) {
    const to = starts[container + 1] as number;
    const from = endOfRun(confidence, starts[container] as number, to, highest + 1);
    const end = endOfRun(confidence, from, to, lowest);
    const first = container * CONTAINER_WORDS;
    if (isOneRange) addPlaces(found, first, low, from, end);
    else {
      for (let index = from; index < end; index += 1) {
        if (allowed[confidence[index] as number] !== 1) continue;
        addBit(found, container * CONTAINER_SLOTS + (low[index] as number));
      }
    }
  }
  for (let index = 0; index < tail.length; index += 1) {
    if (allowed[tail.confidence[index] as number] === 1) addBit(found, tail.slots[index] as number);
  }
}

function addPlaces(found: Bits, first: number, low: Uint16Array, from: number, end: number): void {
  for (let index = from; index < end; index += 1) {
    const place = low[index] as number;
    const word = first + (place >>> 5);
    found[word] = (found[word] as number) | (1 << (place & 31));
  }
}

/** Photos that one of these sources tagged, however sure it is; `moderation` as in `taggedAtAll`. */
export function taggedBy(
  store: Store,
  includes: (source: string) => boolean,
  moderation: boolean,
): Bits {
  const groups = [...store.sources.all].filter(
    (group) => includes(group.source) && (moderation || !group.sensitive),
  );
  return reaching(
    groups.map((group) => ({ group, lowest: 0 })),
    store.slots,
    store.capacity,
  );
}

/** Photos that a moderation service finds sensitive. */
export function sensitive(store: Store, sensitivity: Sensitivity): Bits {
  const found = store.emptyBits();
  const allowed = new Uint8Array(256).fill(1, sensitivity.threshold * 2);
  const words = sensitiveWords(sensitivity.extras);
  for (const { labels } of store.tags.tags.values()) {
    for (const label of labels) {
      if (!isSensitivityService(label.source) || !words.has(foldName(label.raw))) continue;
      addLabelled(store, label, { allowed: () => allowed }, found);
    }
  }
  return found;
}

/**
 * The highest confidence that counts among the tags, by slot, in 1/256 of a point and one more: 0 is
 * none.
 */
export function confidences(store: Store, tags: readonly TagInfo[], test: EntryTest): Float64Array {
  const highest = new Float64Array(store.slots);
  for (const label of tags.flatMap((tag) => tag.labels)) {
    const postings = store.postings.get(label.id);
    const allowed = postings && test.allowed(label.source);
    if (!allowed) continue;
    postings.each((slot, byte, fraction) => {
      if (allowed[byte] !== 1) return;
      const value = (byte >>> 1) * 256 + fraction + 1;
      if (value > (highest[slot] as number)) highest[slot] = value;
    });
  }
  return highest;
}

/** Photos on which the largest box of one of the tags covers this share of the picture. */
export function boxed(store: Store, tags: readonly TagInfo[], share: Range, test: EntryTest): Bits {
  const range = single(share);
  const found = store.emptyBits();
  for (const label of tags.flatMap((tag) => tag.labels)) {
    const boxes = store.postings.get(label.id)?.boxes;
    const allowed = boxes && test.allowed(label.source);
    if (!allowed) continue;
    for (let index = 0; index < boxes.length; index += 1) {
      if (allowed[boxes.confidence[index] as number] !== 1) continue;
      if (inRange(range, boxes.share[index] as number)) addBit(found, boxes.slots[index] as number);
    }
  }
  return found;
}
