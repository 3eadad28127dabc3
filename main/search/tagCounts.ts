/** How many photos of a result carry each tag. */
import type { TagCount } from '../../shared/model.ts';
import { type Bits, countBits, hasBit } from './bits.ts';
import { CONTAINER_SLOTS, CONTAINER_WORDS, endOfRun, type Postings } from './postings.ts';
import type { Store } from './store.ts';
import { SENSITIVITY, type TagInfo } from './tagTable.ts';

/** A container of which the result has something. */
type Part = {
  readonly container: number;
  /** Of the result. */
  readonly words: Uint32Array;
  /** All its slots are in the result: nothing needs to be looked at. */
  readonly whole: boolean;
};

/** Runs up to this are walked through without looking for their end first. */
const SHORT_RUN = 12;

/**
 * Photos of a result by tag, at the lens or above it, most first; tags of nobody are left out. Each photo
 * counts once a tag, whoever gave it. Sensitivity labels are never told.
 */
export function countTags(store: Store, result: Bits, threshold: number): TagCount[] {
  const counter = new TagCounter(store, result, threshold * 2);
  const counts: TagCount[] = [];
  for (const tag of store.tags.tags.values()) {
    if (tag.type === SENSITIVITY) continue;
    const count = counter.count(tag);
    if (count > 0) counts.push({ id: tag.id, names: tag.names, type: tag.type, count });
  }
  counter.end();
  return counts.sort((a, b) => b.count - a.count || a.id - b.id);
}

class TagCounter {
  readonly #store: Store;
  readonly #result: Bits;
  readonly #lowest: number;
  readonly #parts: readonly Part[];
  /** Photos that another label of the same tag told already. Made when first needed; empty between two tags. */
  #seen: Bits | null = null;
  /** What of a container is still to be told. */
  readonly #open = new Uint32Array(CONTAINER_WORDS);

  constructor(store: Store, result: Bits, lowest: number) {
    this.#store = store;
    this.#result = result;
    this.#lowest = lowest;
    this.#parts = partsOf(store, result);
  }

  count(tag: TagInfo): number {
    const known: Postings[] = [];
    for (const label of tag.labels) {
      const postings = this.#store.postings.get(label.id);
      if (postings) known.push(postings);
    }
    const [first] = known;
    if (!first) return 0;
    if (known.length === 1) return this.#countOne(first);
    // Several sources may name the same photo: the short lists are marked, the longest only looks.
    known.sort((a, b) => b.length - a.length);
    const [longest = first, ...others] = known;
    this.#seen ??= this.#store.emptyBits();
    let count = 0;
    for (const postings of others) count += this.#countAndMark(postings, this.#seen);
    count += this.#countUnmarked(longest, this.#seen);
    for (const postings of others) this.#unmark(postings, this.#seen);
    return count;
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
    for (let index = 0; index < tail.length; index += 1) {
      seen[(tail.slots[index] as number) >>> 5] = 0;
    }
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
      parts.push({ container: first / CONTAINER_SLOTS, words, whole: count === slots });
    }
  }
  return parts;
}
