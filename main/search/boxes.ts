/** Boxes of the photos of one label. */

const SLOT_UNIT = 2 ** 24;

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
