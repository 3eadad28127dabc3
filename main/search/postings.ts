/** Photos that carry one label of one source, with how sure the source is. In order of arrival. */
export class Postings {
  length = 0;
  slots = new Uint32Array(4);
  /** `confidenceByte` of each. */
  confidence = new Uint8Array(4);
  /** What the byte leaves out, in 1/65536: for sorting only. */
  fraction = new Uint16Array(4);

  /** `confidence` 0..100. */
  push(slot: number, confidence: number): void {
    if (this.length === this.slots.length) this.#resize(Math.ceil(this.length * 1.5) + 4);
    const index = this.length;
    this.slots[index] = slot;
    this.confidence[index] = confidenceByte(confidence);
    this.fraction[index] = Math.floor((confidence - Math.floor(confidence)) * 65_536);
    this.length += 1;
  }

  /** Gives back the room for growth. */
  trim(): void {
    if (this.slots.length > this.length * 1.1 + 4) this.#resize(this.length);
  }

  get byteLength(): number {
    return this.slots.length * 7;
  }

  #resize(capacity: number): void {
    const { slots, confidence, fraction, length } = this;
    this.slots = new Uint32Array(capacity);
    this.confidence = new Uint8Array(capacity);
    this.fraction = new Uint16Array(capacity);
    this.slots.set(slots.subarray(0, length));
    this.confidence.set(confidence.subarray(0, length));
    this.fraction.set(fraction.subarray(0, length));
  }
}

/** Half steps: 2·⌊c⌋, and one more for any fraction. Compares exactly with 2·T for every whole T. */
export function confidenceByte(confidence: number): number {
  const whole = Math.floor(confidence);
  return 2 * whole + (confidence > whole ? 1 : 0);
}
