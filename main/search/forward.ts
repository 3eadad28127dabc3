/**
 * The labels of each photo, one photo after the other: what is in a small result is told by looking at its
 * photos, and not at everybody who has one of these labels. The rarest have short lists, which are walked
 * through anyway. Made in steps when there is time, from the blocks of postings as they are then.
 */
import type { Bits } from './bits.ts';
import { CONTAINER_SLOTS, type PostingBlock, type Postings } from './postings.ts';

/** A label is usual when one photo in so many has it. */
const USUAL = 2048;
/** As many as two bytes tell apart. */
const MOST_LABELS = 65_535;
/** Entries a photo, on average: more would take more memory than they are worth. */
const MOST_ENTRIES = 16;
/** Slots that share a place to begin at. */
const TOGETHER = 8;
/** Smaller libraries are counted quickly enough. */
const LEAST_SLOTS = 20_000;

/** Postings of each tag, the longest first. */
export type TagLists = readonly { readonly postings: readonly Postings[] }[];

export class Forward {
  /** Blocks by their number; nothing is added to a block, so it is these entries that are here. */
  readonly #numbers = new Map<PostingBlock, number>();
  /** The second usual label of the same tag, by the number of the first. */
  readonly #seconds = new Map<number, number>();
  /** The reverse, by number; -1 for what is no second one. */
  readonly #firstOf: Int32Array;
  #paired: TagLists | null = null;
  /** Entries of each slot. */
  readonly #lengths: Uint16Array;
  /** Where the entries of each eight slots begin. */
  readonly #starts: Uint32Array;
  /** Number of the label, and its confidence byte. */
  readonly #labels: Uint16Array;
  readonly #confidences: Uint8Array;

  /** Without entries; see `build`. */
  constructor(blocks: readonly PostingBlock[], slots: number) {
    for (const [number, block] of blocks.entries()) this.#numbers.set(block, number);
    const entries = blocks.reduce((sum, block) => sum + block.length, 0);
    this.#firstOf = new Int32Array(blocks.length).fill(-1);
    this.#lengths = new Uint16Array(Math.ceil(slots / 32) * 32);
    this.#starts = new Uint32Array(this.#lengths.length / TOGETHER);
    this.#labels = new Uint16Array(entries);
    this.#confidences = new Uint8Array(entries);
  }

  /** Of all slots that were given out, in steps of a few milliseconds. Null where it would be of no use. */
  static *build(lists: TagLists, slots: number): Generator<void, Forward | null> {
    if (slots < LEAST_SLOTS) return null;
    const isUsual = (block: PostingBlock): boolean => block.length >= slots / USUAL;
    const sorted = lists
      .flatMap(({ postings }) => postings.map(({ base }) => base).filter(isUsual))
      .sort((a, b) => b.length - a.length);
    const usual = mostUsual(sorted, slots * MOST_ENTRIES);
    const forward = new Forward(usual, slots);
    let end = 0;
    for (let first = 0; first < slots; first += CONTAINER_SLOTS) {
      end = forward.#fill(usual, first, Math.min(slots, first + CONTAINER_SLOTS), end);
      yield;
    }
    return forward;
  }

  /** The entries of a container, from a place on; answers where they end. */
  #fill(blocks: readonly PostingBlock[], first: number, last: number, place: number): number {
    const container = first / CONTAINER_SLOTS;
    const lengths = this.#lengths;
    for (const { low, starts } of blocks) {
      const end = starts[container + 1] ?? 0;
      for (let index = starts[container] ?? 0; index < end; index += 1) {
        const slot = first + (low[index] as number);
        lengths[slot] = (lengths[slot] as number) + 1;
      }
    }
    const places = new Uint32Array(last - first);
    let end = place;
    for (let slot = first; slot < last; slot += 1) {
      if (slot % TOGETHER === 0) this.#starts[slot / TOGETHER] = end;
      places[slot - first] = end;
      end += lengths[slot] as number;
    }
    for (const [number, { low, confidence, starts }] of blocks.entries()) {
      const stop = starts[container + 1] ?? 0;
      for (let index = starts[container] ?? 0; index < stop; index += 1) {
        const at = low[index] as number;
        const to = places[at] as number;
        places[at] = to + 1;
        this.#labels[to] = number;
        this.#confidences[to] = confidence[index] as number;
      }
    }
    return end;
  }

  /** The number of a block; -1 for one that is not here. */
  numberOf(block: PostingBlock): number {
    return this.#numbers.get(block) ?? -1;
  }

  /** Which labels are of the same tag; before anything is counted. */
  pair(lists: TagLists): void {
    if (this.#paired === lists) return;
    this.#paired = lists;
    this.#seconds.clear();
    this.#firstOf.fill(-1);
    for (const { postings } of lists) {
      const [one, other] = postings;
      if (!one || !other) continue;
      const [first, second] = [this.numberOf(one.base), this.numberOf(other.base)];
      if (first < 0 || second < 0) continue;
      this.#seconds.set(first, second);
      this.#firstOf[second] = first;
    }
  }

  /** The number of the second label of the same tag, as a tag's list has them; -1 without one. */
  secondOf(first: number): number {
    return this.#seconds.get(first) ?? -1;
  }

  /**
   * Photos of a result by number of the label, at `lowest`, a confidence byte, or above. The second label of
   * a tag is counted only where the first one is not.
   */
  count(result: Bits, lowest: number): Uint32Array {
    const counts = new Uint32Array(this.#firstOf.length);
    const lengths = this.#lengths;
    const labels = this.#labels;
    const confidences = this.#confidences;
    const firstOf = this.#firstOf;
    const below = lowest - 1;
    const words = lengths.length / 32;
    for (let word = 0; word < words; word += 1) {
      let rest = result[word] as number;
      while (rest !== 0) {
        const lowestBit = rest & -rest;
        rest ^= lowestBit;
        const slot = (word << 5) + 31 - Math.clz32(lowestBit);
        const from = this.#startOf(slot);
        const end = from + (lengths[slot] as number);
        for (let place = from; place < end; place += 1) {
          const label = labels[place] as number;
          // 1 where the confidence is above `below`, without a branch that nobody could predict.
          let reaches = (below - (confidences[place] as number)) >>> 31;
          const other = firstOf[label] as number;
          if (other >= 0 && this.#reaches(from, end, other, lowest)) reaches = 0;
          counts[label] = (counts[label] as number) + reaches;
        }
      }
    }
    return counts;
  }

  /** Whether a photo has the label of a number, at `lowest` or above. */
  has(slot: number, number: number, lowest: number): boolean {
    if (slot >= this.#lengths.length) return false;
    const from = this.#startOf(slot);
    return this.#reaches(from, from + (this.#lengths[slot] as number), number, lowest);
  }

  #startOf(slot: number): number {
    let place = this.#starts[slot >>> 3] as number;
    for (let before = slot & ~(TOGETHER - 1); before < slot; before += 1) {
      place += this.#lengths[before] as number;
    }
    return place;
  }

  /** Whether one of the entries from `from` to `end` is of that label and reaches `lowest`. */
  #reaches(from: number, end: number, number: number, lowest: number): boolean {
    for (let place = from; place < end; place += 1) {
      if (this.#labels[place] === number) return (this.#confidences[place] as number) >= lowest;
    }
    return false;
  }
}

/** The first blocks that have no more than so many entries together. */
function mostUsual(blocks: readonly PostingBlock[], mostEntries: number): readonly PostingBlock[] {
  let entries = 0;
  let end = 0;
  while (end < Math.min(blocks.length, MOST_LABELS)) {
    entries += (blocks[end] as PostingBlock).length;
    if (entries > mostEntries) break;
    end += 1;
  }
  return blocks.slice(0, end);
}
