/**
 * Photos that carry one label of one source, with how sure the source is. Most lie in a block, to which
 * nothing is added; what came later is behind it.
 *
 * The block is cut into containers of 65,536 slots, and in each of them the surest come first: those that
 * reach a lens are a run at its beginning, so nobody looks at the others, nor at any confidence; and a
 * container of which a result has nothing is left out.
 */
import { Boxes } from './boxes.ts';
import type { SourceGroup } from './sourceGroups.ts';

/** Slots of a container: as many as two bytes tell apart. */
export const CONTAINER_SLOTS = 65_536;
/** Words of a set that a container covers. */
export const CONTAINER_WORDS = CONTAINER_SLOTS / 32;

export type PostingBlock = {
  readonly length: number;
  /** Place of each slot in its container. */
  readonly low: Uint16Array;
  /** `confidenceByte` of each; falls within a container. */
  readonly confidence: Uint8Array;
  /** What the byte leaves out, in 1/256: for sorting only. */
  readonly fraction: Uint8Array;
  /** Where each container begins, and the last one ends. */
  readonly starts: Uint32Array;
};

export type PostingTail = {
  length: number;
  slots: Uint32Array;
  confidence: Uint8Array;
  fraction: Uint8Array;
};

export type EntryVisitor = (slot: number, byte: number, fraction: number) => void;

/** Highest value of a confidence byte: 100. */
export const HIGHEST_BYTE = 200;

const NO_BLOCK: PostingBlock = {
  length: 0,
  low: new Uint16Array(0),
  confidence: new Uint8Array(0),
  fraction: new Uint8Array(0),
  starts: new Uint32Array(1),
};

export class Postings {
  base: PostingBlock = NO_BLOCK;
  /** In any order. */
  tail: PostingTail = emptyTail(0);
  /** Null until a picture has boxes of the label. */
  boxes: Boxes | null = null;

  group: SourceGroup;

  constructor(group: SourceGroup) {
    this.group = group;
  }

  get length(): number {
    return this.base.length + this.tail.length;
  }

  /**
   * `confidence` 0..100; answers its byte. `share`: of the picture, that the largest box covers; null
   * without boxes.
   */
  push(slot: number, confidence: number, share: number | null = null): number {
    if (this.tail.length === this.tail.slots.length) this.tail = grown(this.tail);
    const { tail } = this;
    const byte = confidenceByte(confidence);
    const at = tail.length;
    tail.slots[at] = slot;
    tail.confidence[at] = byte;
    tail.fraction[at] = fractionOf(confidence);
    tail.length = at + 1;
    if (share !== null) {
      this.boxes ??= new Boxes();
      this.boxes.push(slot, byte, share);
    }
    return byte;
  }

  /** Every entry, in no order. */
  each(visit: EntryVisitor): void {
    this.eachBetween(0, Number.MAX_SAFE_INTEGER, visit);
  }

  /** The entries of slots from `first` to `last`, in no order. */
  eachBetween(first: number, last: number, visit: EntryVisitor): void {
    const { base, tail } = this;
    const containers = base.starts.length - 1;
    const lastContainer = Math.min(containers - 1, Math.floor(last / CONTAINER_SLOTS));
    for (let at = Math.floor(first / CONTAINER_SLOTS); at <= lastContainer; at += 1) {
      const end = base.starts[at + 1] as number;
      for (let index = base.starts[at] as number; index < end; index += 1) {
        const slot = at * CONTAINER_SLOTS + (base.low[index] as number);
        if (slot < first || slot > last) continue;
        visit(slot, base.confidence[index] as number, base.fraction[index] as number);
      }
    }
    for (let index = 0; index < tail.length; index += 1) {
      const slot = tail.slots[index] as number;
      if (slot < first || slot > last) continue;
      visit(slot, tail.confidence[index] as number, tail.fraction[index] as number);
    }
  }

  /**
   * Every slot becomes another one, in place: `slotOf` tells it and one more, 0 or nothing for a slot
   * that died. Then everything is in the block.
   */
  move(slotOf: Uint32Array, sorter: PostingSorter): void {
    this.each((slot, byte, fraction) => {
      const moved = slotOf[slot];
      if (moved) sorter.add(moved - 1, byte, fraction);
    });
    this.base = sorter.finish(this.base);
    this.tail = emptyTail(0);
    this.boxes?.move(slotOf);
  }

  /** Puts everything into the block, without room for growth. */
  seal(sorter: PostingSorter): void {
    this.boxes?.sort();
    if (this.tail.length === 0) return;
    this.each((slot, byte, fraction) => sorter.add(slot, byte, fraction));
    this.base = sorter.finish(this.base);
    this.tail = emptyTail(0);
  }

  get byteLength(): number {
    const { base, tail, boxes } = this;
    return (
      base.low.length * 4 +
      base.starts.length * 4 +
      tail.slots.length * 6 +
      (boxes?.byteLength ?? 0)
    );
  }
}

/**
 * Of entries from `from` to `to` of a container, where those below `lowest`, a confidence byte, begin. No
 * entry is above `HIGHEST_BYTE`.
 */
export function endOfRun(confidence: Uint8Array, from: number, to: number, lowest: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((confidence[middle] as number) >= lowest) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Half steps: 2·⌊c⌋, and one more for any fraction. Compares exactly with 2·T for every whole T. */
export function confidenceByte(confidence: number): number {
  const whole = Math.floor(confidence);
  return 2 * whole + (confidence > whole ? 1 : 0);
}

/** What the byte leaves out, in 1/256: two decimals are told apart. */
export function fractionOf(confidence: number): number {
  return Math.floor((confidence - Math.floor(confidence)) * 256);
}

export function emptyTail(capacity: number): PostingTail {
  return {
    length: 0,
    slots: new Uint32Array(capacity),
    confidence: new Uint8Array(capacity),
    fraction: new Uint8Array(capacity),
  };
}

/** Room for so many entries of so many containers. */
export function emptyBlock(length: number, containers: number): PostingBlock {
  return {
    length,
    low: new Uint16Array(length),
    confidence: new Uint8Array(length),
    fraction: new Uint8Array(length),
    starts: new Uint32Array(containers + 1),
  };
}

function grown(tail: PostingTail): PostingTail {
  const larger = emptyTail(Math.ceil(tail.length * 1.5) + 4);
  larger.slots.set(tail.slots);
  larger.confidence.set(tail.confidence);
  larger.fraction.set(tail.fraction);
  larger.length = tail.length;
  return larger;
}

/** Puts the entries of one label after the other in order. Kept by who has many, because of its memory. */
export class PostingSorter {
  #length = 0;
  #highestSlot = 0;
  #slots: Uint32Array = new Uint32Array(1024);
  #confidence: Uint8Array = new Uint8Array(1024);
  #fraction: Uint8Array = new Uint8Array(1024);
  /** Entries of each container and confidence, then where the next of them goes. */
  #places = new Uint32Array(0);

  /** One entry, each slot once. */
  add(slot: number, byte: number, fraction: number): void {
    if (this.#length === this.#slots.length) this.#grow();
    this.#slots[this.#length] = slot;
    this.#confidence[this.#length] = byte;
    this.#fraction[this.#length] = fraction;
    this.#length += 1;
    if (slot > this.#highestSlot) this.#highestSlot = slot;
  }

  /** What was added, as a block; in the arrays of `room` where they are large enough. Then begins anew. */
  finish(room: PostingBlock): PostingBlock {
    const length = this.#length;
    const containers = Math.floor(this.#highestSlot / CONTAINER_SLOTS) + 1;
    const block = shortened(room, length, containers) ?? emptyBlock(length, containers);
    const places = this.#countPlaces(containers);
    const { low, confidence, fraction, starts } = block;
    for (let container = 0; container <= containers; container += 1) {
      starts[container] = places[container * BYTES] as number;
    }
    for (let index = 0; index < length; index += 1) {
      const slot = this.#slots[index] as number;
      const byte = this.#confidence[index] as number;
      const bin = (slot >>> 16) * BYTES + HIGHEST_BYTE - byte;
      const place = places[bin] as number;
      places[bin] = place + 1;
      low[place] = slot & 0xffff;
      confidence[place] = byte;
      fraction[place] = this.#fraction[index] as number;
    }
    this.#length = 0;
    this.#highestSlot = 0;
    return block;
  }

  /** Where the first entry of each container and confidence goes; surest first. */
  #countPlaces(containers: number): Uint32Array {
    const bins = containers * BYTES + 1;
    if (this.#places.length < bins) this.#places = new Uint32Array(bins);
    const places = this.#places.fill(0, 0, bins);
    for (let index = 0; index < this.#length; index += 1) {
      const container = (this.#slots[index] as number) >>> 16;
      const bin = container * BYTES + HIGHEST_BYTE - (this.#confidence[index] as number);
      places[bin] = (places[bin] as number) + 1;
    }
    let total = 0;
    for (let bin = 0; bin < bins; bin += 1) {
      const count = places[bin] as number;
      places[bin] = total;
      total += count;
    }
    return places;
  }

  #grow(): void {
    const capacity = this.#slots.length * 2;
    const { slots, confidence, fraction } = emptyTail(capacity);
    slots.set(this.#slots);
    confidence.set(this.#confidence);
    fraction.set(this.#fraction);
    this.#slots = slots;
    this.#confidence = confidence;
    this.#fraction = fraction;
  }
}

/** Values of a confidence byte. */
const BYTES = HIGHEST_BYTE + 1;

/** The same arrays for less; null where they have no room. */
function shortened(block: PostingBlock, length: number, containers: number): PostingBlock | null {
  const { low, confidence, fraction } = block;
  if (low.length < length || low.length > length * 2) return null;
  return { length, low, confidence, fraction, starts: new Uint32Array(containers + 1) };
}
