/** How many photos of a result carry each tag. */
import type { TagCount } from '../../shared/model.ts';
import { addBit, type Bits, countBits, hasBit } from './bits.ts';
import type { Forward } from './forward.ts';
import {
  CONTAINER_SLOTS,
  CONTAINER_WORDS,
  endOfRun,
  type Postings,
  type PostingTail,
} from './postings.ts';
import type { Store, TagList } from './store.ts';

/** A container of which the result has something. */
type Part = {
  readonly container: number;
  /** Of the result. */
  readonly words: Uint32Array;
  /** All its slots are in the result: nothing needs to be looked at. */
  readonly whole: boolean;
  /** Photos of the result in it. */
  readonly photos: number;
};

/** Runs up to this are walked through without looking for their end first. */
const SHORT_RUN = 12;
/** A result of one photo in so many, or fewer, is looked at photo by photo. */
const SMALL = 2;

/** Ids of tags, and photos of each in the same order. */
export type TagNumbers = { readonly ids: Uint32Array; readonly counts: Uint32Array };

/**
 * Photos of a result by tag, at the lens or above it, most first; tags of nobody are left out. Each photo
 * counts once a tag, whoever gave it. Sensitivity labels are never told.
 */
export function countTags(store: Store, result: Bits, threshold: number): TagNumbers {
  const counter = new TagCounter(store, result, threshold * 2);
  const { tagLists } = store;
  const counts = new Uint32Array(tagLists.length);
  const found: number[] = [];
  for (let index = 0; index < tagLists.length; index += 1) {
    const count = counter.count((tagLists[index] as TagList).postings);
    counts[index] = count;
    if (count > 0) found.push(index);
  }
  counter.end();
  const idAt = (index: number): number => (tagLists[index] as TagList).id;
  found.sort((a, b) => (counts[b] as number) - (counts[a] as number) || idAt(a) - idAt(b));
  const told = { ids: new Uint32Array(found.length), counts: new Uint32Array(found.length) };
  for (let place = 0; place < found.length; place += 1) {
    const index = found[place] as number;
    told.ids[place] = idAt(index);
    told.counts[place] = counts[index] as number;
  }
  return told;
}

/** The same with names. */
export function toldTags(store: Store, { ids, counts }: TagNumbers): TagCount[] {
  const told: TagCount[] = [];
  for (let index = 0; index < ids.length; index += 1) {
    const tag = store.tags.tags.get(ids[index] as number);
    if (tag) {
      const { id, names, type } = tag;
      told.push({ id, names, type, count: counts[index] as number });
    }
  }
  return told;
}

class TagCounter {
  readonly #store: Store;
  readonly #result: Bits;
  readonly #lowest: number;
  readonly #parts: readonly Part[];
  /** Photos that another label of the same tag told already. Made when first needed; empty between two tags. */
  #seen: Bits | null = null;
  /** Of a small result: photos of each usual label, by its number. */
  readonly #usual: Uint32Array | null;
  readonly #forward: Forward | null;
  /** What of a container is still to be told. */
  readonly #open = new Uint32Array(CONTAINER_WORDS);

  constructor(store: Store, result: Bits, lowest: number) {
    this.#store = store;
    this.#result = result;
    this.#lowest = lowest;
    this.#parts = partsOf(store, result);
    const photos = this.#parts.reduce((sum, part) => sum + part.photos, 0);
    const isSmall = photos * SMALL < this.#parts.length * CONTAINER_SLOTS;
    this.#forward = isSmall ? store.forward : null;
    this.#forward?.pair(store.tagLists);
    this.#usual = this.#forward?.count(result, lowest) ?? null;
  }

  /** Of a tag: one of each label, the longest first. */
  count(postings: readonly Postings[]): number {
    const [longest, ...others] = postings;
    if (!longest) return 0;
    if (this.#forward && this.#forward.numberOf(longest.base) >= 0) {
      return this.#countUsual(this.#forward, longest, others);
    }
    if (others.length === 0) return this.#countOne(longest);
    // Several sources may name the same photo: the short lists are marked, the longest only looks.
    this.#seen ??= this.#store.emptyBits();
    let count = 0;
    for (const other of others) count += this.#countAndMark(other, this.#seen);
    count += this.#countUnmarked(longest, this.#seen);
    for (const other of others) this.#unmark(other, this.#seen);
    return count;
  }

  /** What is known of the usual labels, and photos that only other labels of the tag name. */
  #countUsual(forward: Forward, longest: Postings, rest: readonly Postings[]): number {
    const first = forward.numberOf(longest.base);
    // The second one was counted only where the first one is not.
    const second = forward.secondOf(first);
    const isSecond = (other: Postings): boolean =>
      second >= 0 && forward.numberOf(other.base) === second;
    let count = this.#usual?.[first] ?? 0;
    if (second >= 0) count += this.#usual?.[second] ?? 0;
    const others = rest.filter((other) => !isSecond(other));
    const tails = rest.filter(isSecond).concat(longest);
    if (others.length === 0 && tails.every(({ tail }) => tail.length === 0)) return count;
    this.#seen ??= this.#store.emptyBits();
    const seen = this.#seen;
    const lowest = this.#lowest;
    const look = (slot: number): void => {
      if (hasBit(seen, slot)) return;
      addBit(seen, slot);
      if (forward.has(slot, first, lowest)) return;
      if (second < 0 || !forward.has(slot, second, lowest)) count += 1;
    };
    for (const other of others) this.#eachFound(other, look);
    for (const { tail } of tails) this.#eachInTail(tail, look);
    for (const other of others) this.#unmark(other, seen);
    for (const { tail } of tails) unmarkTail(tail, seen);
    return count;
  }

  #eachFound({ base, tail }: Postings, visit: (slot: number) => void): void {
    const lowest = this.#lowest;
    const { low, confidence, starts } = base;
    for (const { container, words } of this.#parts) {
      if (container + 1 >= starts.length) break;
      const from = starts[container] as number;
      const end = endOfRun(confidence, from, starts[container + 1] as number, lowest);
      for (let index = from; index < end; index += 1) {
        const place = low[index] as number;
        if (((words[place >>> 5] as number) >>> (place & 31)) & 1) {
          visit(container * CONTAINER_SLOTS + place);
        }
      }
    }
    this.#eachInTail(tail, visit);
  }

  #eachInTail(tail: PostingTail, visit: (slot: number) => void): void {
    for (let index = 0; index < tail.length; index += 1) {
      if ((tail.confidence[index] as number) < this.#lowest) continue;
      const slot = tail.slots[index] as number;
      if (hasBit(this.#result, slot)) visit(slot);
    }
  }

  end(): void {
    if (this.#seen) this.#store.giveBack(this.#seen);
    this.#seen = null;
  }

  #countOne({ base, tail }: Postings): number {
    const lowest = this.#lowest;
    const { low, confidence, starts } = base;
    let count = 0;
    for (const { container, words, whole } of this.#parts) {
      if (container + 1 >= starts.length) break;
      const from = starts[container] as number;
      const to = starts[container + 1] as number;
      if (to - from <= SHORT_RUN) {
        for (let index = from; index < to; index += 1) {
          if ((confidence[index] as number) < lowest) break;
          const place = low[index] as number;
          count += ((words[place >>> 5] as number) >>> (place & 31)) & 1;
        }
        continue;
      }
      const end = endOfRun(confidence, from, to, lowest);
      count += whole ? end - from : countIn(words, low, from, end);
    }
    for (let index = 0; index < tail.length; index += 1) {
      if ((tail.confidence[index] as number) < lowest) continue;
      if (hasBit(this.#result, tail.slots[index] as number)) count += 1;
    }
    return count;
  }

  #countUnmarked({ base, tail }: Postings, seen: Bits): number {
    const lowest = this.#lowest;
    const { low, confidence, starts } = base;
    let count = 0;
    for (const { container, words } of this.#parts) {
      if (container + 1 >= starts.length) break;
      const from = starts[container] as number;
      const end = endOfRun(confidence, from, starts[container + 1] as number, lowest);
      const first = container * CONTAINER_WORDS;
      if (end - from > CONTAINER_WORDS * 2) {
        const open = this.#open;
        for (let word = 0; word < words.length; word += 1) {
          open[word] = (words[word] as number) & ~(seen[first + word] as number);
        }
        count += countIn(open, low, from, end);
        continue;
      }
      for (let index = from; index < end; index += 1) {
        const place = low[index] as number;
        const word = place >>> 5;
        const open = (words[word] as number) & ~(seen[first + word] as number);
        count += (open >>> (place & 31)) & 1;
      }
    }
    for (let index = 0; index < tail.length; index += 1) {
      const slot = tail.slots[index] as number;
      if ((tail.confidence[index] as number) < lowest) continue;
      if (hasBit(this.#result, slot) && !hasBit(seen, slot)) count += 1;
    }
    return count;
  }

  #countAndMark({ base, tail }: Postings, seen: Bits): number {
    const lowest = this.#lowest;
    const { low, confidence, starts } = base;
    let count = 0;
    for (const { container, words } of this.#parts) {
      if (container + 1 >= starts.length) break;
      const from = starts[container] as number;
      const end = endOfRun(confidence, from, starts[container + 1] as number, lowest);
      const first = container * CONTAINER_WORDS;
      for (let index = from; index < end; index += 1) {
        const place = low[index] as number;
        const word = place >>> 5;
        const before = seen[first + word] as number;
        const after = before | ((words[word] as number) & (1 << (place & 31)));
        seen[first + word] = after;
        // A bit that was not there makes the two differ.
        count += ((before ^ after) >>> (place & 31)) & 1;
      }
    }
    for (let index = 0; index < tail.length; index += 1) {
      const slot = tail.slots[index] as number;
      if ((tail.confidence[index] as number) < lowest) continue;
      if (!hasBit(this.#result, slot) || hasBit(seen, slot)) continue;
      seen[slot >>> 5] = (seen[slot >>> 5] as number) | (1 << (slot & 31));
      count += 1;
    }
    return count;
  }

  #unmark({ base, tail }: Postings, seen: Bits): void {
    const { low, confidence, starts } = base;
    for (const { container } of this.#parts) {
      if (container + 1 >= starts.length) break;
      const from = starts[container] as number;
      const end = endOfRun(confidence, from, starts[container + 1] as number, this.#lowest);
      const first = container * CONTAINER_WORDS;
      if (end - from > CONTAINER_WORDS) {
        seen.fill(0, first, first + CONTAINER_WORDS);
        continue;
      }
      for (let index = from; index < end; index += 1) {
        seen[first + ((low[index] as number) >>> 5)] = 0;
      }
    }
    unmarkTail(tail, seen);
  }
}

function unmarkTail(tail: PostingTail, seen: Bits): void {
  for (let index = 0; index < tail.length; index += 1) {
    seen[(tail.slots[index] as number) >>> 5] = 0;
  }
}

/** No branch in this loop: nobody could predict it, and a wrong guess costs ten steps. */
function countIn(words: Uint32Array, low: Uint16Array, from: number, end: number): number {
  let count = 0;
  for (let index = from; index < end; index += 1) {
    const place = low[index] as number;
    count += ((words[place >>> 5] as number) >>> (place & 31)) & 1;
  }
  return count;
}

function partsOf(store: Store, result: Bits): Part[] {
  const parts: Part[] = [];
  for (let first = 0; first < store.slots; first += CONTAINER_SLOTS) {
    const words = result.subarray(first >>> 5, (first >>> 5) + CONTAINER_WORDS);
    const count = countBits(words);
    const slots = Math.min(CONTAINER_SLOTS, store.slots - first);
    if (count > 0) {
      const container = first / CONTAINER_SLOTS;
      parts.push({ container, words, whole: count === slots, photos: count });
    }
  }
  return parts;
}
