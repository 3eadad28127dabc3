/**
 * Photos that carry one label of one source, with how sure the source is. Most lie in a block in the
 * order of slots, to which nothing is added; what came later is behind it.
 */

import type { SourceGroup } from './sourceGroups.ts';

export type PostingChunk = {
  readonly length: number;
  readonly slots: Uint32Array;
  /** `confidenceByte` of each. */
  readonly confidence: Uint8Array;
  /** What the byte leaves out, in 1/65536: for sorting only. */
  readonly fraction: Uint16Array;
};

const SLOT_UNIT = 2 ** 24;
const BYTE_UNIT = 2 ** 16;

export class Postings {
  /** Slots rise. */
  base: PostingChunk = emptyChunk(0);
  tail: { -readonly [Name in keyof PostingChunk]: PostingChunk[Name] } = emptyChunk(4);
  /** Null until a picture has boxes of the label. */
  boxes: Boxes | null = null;

  group: SourceGroup;

  constructor(group: SourceGroup, base?: PostingChunk) {
    this.group = group;
    if (base) this.base = base;
  }

  get length(): number {
    return this.base.length + this.tail.length;
  }

  get chunks(): readonly PostingChunk[] {
    return [this.base, this.tail];
  }

  /**
   * `confidence` 0..100; answers its byte. `share`: of the picture, that the largest box covers; null
   * without boxes.
   */
  push(slot: number, confidence: number, share: number | null = null): number {
    const { tail } = this;
    if (tail.length === tail.slots.length) this.tail = grown(tail);
    const byte = confidenceByte(confidence);
    const at = this.tail.length;
    this.tail.slots[at] = slot;
    this.tail.confidence[at] = byte;
    this.tail.fraction[at] = fractionOf(confidence);
    this.tail.length = at + 1;
    if (share !== null) {
      this.boxes ??= new Boxes();
      this.boxes.push(slot, byte, share);
    }
    return byte;
  }

  /**
   * Every slot becomes another one, in place: `slotOf` tells it and one more, 0 or nothing for a slot
   * that died. Then everything is in order.
   */
  move(slotOf: Uint32Array): void {
    this.base = moveChunk(this.base, slotOf);
    const tail = moveChunk(this.tail, slotOf);
    this.tail = emptyChunk(4);
    this.base = mergeChunks(this.base, sortChunk(tail, slotOf.length));
    this.boxes?.move(slotOf);
  }

  /** Puts everything in order into the block, without room for growth. All slots are below `slots`. */
  seal(slots: number): void {
    this.boxes?.sort();
    if (this.tail.length === 0) return;
    const tail = sortChunk(this.tail, slots);
    this.base = this.base.length === 0 ? tail : mergeChunks(this.base, tail);
    this.tail = emptyChunk(4);
  }

  get byteLength(): number {
    return (this.base.slots.length + this.tail.slots.length) * 7 + (this.boxes?.byteLength ?? 0);
  }
}

/** The photos of a label whose picture has boxes of it. */
export class Boxes {
  length = 0;
  /** So many of the first are in the order of slots. */
  sorted = 0;
  slots: Uint32Array;
  confidence: Uint8Array;
  /** 0..1, of the largest box. */
  share: Float32Array;

  constructor(capacity = 4) {
    this.slots = new Uint32Array(capacity);
    this.confidence = new Uint8Array(capacity);
    this.share = new Float32Array(capacity);
  }

  /** A copy of some, in the order of slots. */
  part(start: number, length: number): Boxes {
    const boxes = new Boxes(length);
    boxes.slots.set(this.slots.subarray(start, start + length));
    boxes.confidence.set(this.confidence.subarray(start, start + length));
    boxes.share.set(this.share.subarray(start, start + length));
    boxes.length = length;
    boxes.sort();
    return boxes;
  }

  push(slot: number, confidence: number, share: number): void {
    if (this.length === this.slots.length) {
      const capacity = Math.ceil(this.length * 1.5) + 4;
      const { slots, confidence: bytes, share: shares } = this;
      this.slots = new Uint32Array(capacity);
      this.confidence = new Uint8Array(capacity);
      this.share = new Float32Array(capacity);
      this.slots.set(slots);
      this.confidence.set(bytes);
      this.share.set(shares);
    }
    this.slots[this.length] = slot;
    this.confidence[this.length] = confidence;
    this.share[this.length] = share;
    this.length += 1;
  }

  /** Shares of slots from `lowest` to `highest`. */
  between(lowest: number, highest: number): Map<number, number> {
    const found = new Map<number, number>();
    let start = 0;
    let end = this.sorted;
    while (start < end) {
      const middle = (start + end) >>> 1;
      if ((this.slots[middle] as number) < lowest) start = middle + 1;
      else end = middle;
    }
    for (let index = start; index < this.length; index += 1) {
      const slot = this.slots[index] as number;
      if (slot > highest && index < this.sorted) index = this.sorted - 1;
      else if (slot >= lowest && slot <= highest) found.set(slot, this.share[index] as number);
    }
    return found;
  }

  /** Puts everything in the order of slots. */
  sort(): void {
    const { length } = this;
    let rising = 1;
    while (rising < length && (this.slots[rising - 1] as number) < (this.slots[rising] as number)) {
      rising += 1;
    }
    if (rising >= length) {
      this.sorted = length;
      return;
    }
    const order = Float64Array.from({ length }, (_, index) => {
      return (this.slots[index] as number) * SLOT_UNIT + index;
    }).sort();
    const { slots, confidence, share } = this;
    this.slots = new Uint32Array(length);
    this.confidence = new Uint8Array(length);
    this.share = new Float32Array(length);
    for (let at = 0; at < length; at += 1) {
      const index = (order[at] as number) % SLOT_UNIT;
      this.slots[at] = slots[index] as number;
      this.confidence[at] = confidence[index] as number;
      this.share[at] = share[index] as number;
    }
    this.sorted = length;
  }

  /** As `Postings.move`. */
  move(slotOf: Uint32Array): void {
    let length = 0;
    for (let index = 0; index < this.length; index += 1) {
      const moved = slotOf[this.slots[index] as number];
      if (!moved) continue;
      this.slots[length] = moved - 1;
      this.confidence[length] = this.confidence[index] as number;
      this.share[length] = this.share[index] as number;
      length += 1;
    }
    this.length = length;
    this.sort();
  }

  get byteLength(): number {
    return this.slots.length * 9;
  }
}

/** Half steps: 2·⌊c⌋, and one more for any fraction. Compares exactly with 2·T for every whole T. */
export function confidenceByte(confidence: number): number {
  const whole = Math.floor(confidence);
  return 2 * whole + (confidence > whole ? 1 : 0);
}

/** What the byte leaves out, in 1/65536. */
export function fractionOf(confidence: number): number {
  return Math.floor((confidence - Math.floor(confidence)) * 65_536);
}

export function emptyChunk(capacity: number): {
  length: number;
  slots: Uint32Array;
  confidence: Uint8Array;
  fraction: Uint16Array;
} {
  return {
    length: 0,
    slots: new Uint32Array(capacity),
    confidence: new Uint8Array(capacity),
    fraction: new Uint16Array(capacity),
  };
}

/** In place; a shorter one of the same arrays. */
function moveChunk(chunk: PostingChunk, slotOf: Uint32Array): PostingChunk {
  const { slots, confidence, fraction } = chunk;
  let length = 0;
  for (let index = 0; index < chunk.length; index += 1) {
    const moved = slotOf[slots[index] as number];
    if (!moved) continue;
    slots[length] = moved - 1;
    confidence[length] = confidence[index] as number;
    fraction[length] = fraction[index] as number;
    length += 1;
  }
  return { slots, confidence, fraction, length };
}

/** A copy in the order of slots. Takes each slot once. */
function sortChunk(chunk: PostingChunk, slots: number): PostingChunk {
  const { length } = chunk;
  // Many of all slots: each is put at its place among all of them, which takes the same time for any order.
  if (length > slots / 32) return scatterChunk(chunk, slots);
  const keys = new Float64Array(length);
  for (let index = 0; index < length; index += 1) {
    const low = (chunk.confidence[index] as number) * BYTE_UNIT + (chunk.fraction[index] as number);
    keys[index] = (chunk.slots[index] as number) * SLOT_UNIT + low;
  }
  keys.sort();
  const sorted = emptyChunk(length);
  for (let index = 0; index < length; index += 1) {
    const key = keys[index] as number;
    const slot = Math.floor(key / SLOT_UNIT);
    const low = key - slot * SLOT_UNIT;
    sorted.slots[index] = slot;
    sorted.confidence[index] = low >>> 16;
    sorted.fraction[index] = low & 0xffff;
  }
  return { ...sorted, length };
}

function scatterChunk(chunk: PostingChunk, slots: number): PostingChunk {
  const { length } = chunk;
  // 0 where there is nothing.
  const places = new Uint32Array(slots);
  for (let index = 0; index < length; index += 1) {
    places[chunk.slots[index] as number] = index + 1;
  }
  const sorted = emptyChunk(length);
  let at = 0;
  for (let slot = 0; slot < slots; slot += 1) {
    const place = places[slot] as number;
    if (place === 0) continue;
    sorted.slots[at] = slot;
    sorted.confidence[at] = chunk.confidence[place - 1] as number;
    sorted.fraction[at] = chunk.fraction[place - 1] as number;
    at += 1;
  }
  return { ...sorted, length: at };
}

/** Both in order; the arrays of the first are used again where they have room for both. */
function mergeChunks(first: PostingChunk, second: PostingChunk): PostingChunk {
  const length = first.length + second.length;
  if (second.length === 0) return first;
  const target = first.slots.length >= length ? first : emptyChunk(length);
  let a = first.length - 1;
  let b = second.length - 1;
  // From the end, so that nothing is overwritten before it was read.
  for (let at = length - 1; at >= 0; at -= 1) {
    const takesSecond =
      a < 0 || (b >= 0 && (second.slots[b] as number) > (first.slots[a] as number));
    const from = takesSecond ? second : first;
    const index = takesSecond ? b : a;
    if (takesSecond) b -= 1;
    else a -= 1;
    target.slots[at] = from.slots[index] as number;
    target.confidence[at] = from.confidence[index] as number;
    target.fraction[at] = from.fraction[index] as number;
    if (b < 0 && target === first) break;
  }
  const { slots, confidence, fraction } = target;
  return { slots, confidence, fraction, length };
}

function grown(chunk: PostingChunk): PostingChunk {
  const { length } = chunk;
  const larger = emptyChunk(Math.ceil(length * 1.5) + 4);
  larger.slots.set(chunk.slots);
  larger.confidence.set(chunk.confidence);
  larger.fraction.set(chunk.fraction);
  return { ...larger, length };
}
