import { addBit, type Bits } from './bits.ts';

/** Ends each name: the one byte that no file name holds. */
const END = 0;
/** After this many hits so close to each other, calling the native search costs more than looking. */
const DENSE_HITS = 500;
const DENSE_BYTES = 200;

/** Bits of the filter of three-byte sequences; a power of two. */
const FILTER_BITS = 1 << 20;

/** Folded texts, such as file names by slot, one after the other in one block, so that a word is one scan. */
export class Names {
  #bytes: Buffer<ArrayBuffer> = Buffer.allocUnsafe(4096);
  #starts = new Uint32Array(1024);
  #count = 0;
  #end = 0;
  /** Which sequences of three bytes occur anywhere: most words that are nowhere are told by it. */
  readonly #filter = new Uint32Array(FILTER_BITS / 32);

  get count(): number {
    return this.#count;
  }

  /** Adds the text of the next slot. */
  push(key: string): void {
    const room = this.#end + key.length * 3 + 1;
    if (room > this.#bytes.length) {
      const bytes = Buffer.allocUnsafe(Math.max(room, this.#bytes.length * 2));
      this.#bytes.copy(bytes, 0, 0, this.#end);
      this.#bytes = bytes;
    }
    if (this.#count + 1 >= this.#starts.length) {
      const starts = new Uint32Array(this.#starts.length * 2);
      starts.set(this.#starts);
      this.#starts = starts;
    }
    this.#starts[this.#count] = this.#end;
    const start = this.#end;
    this.#end += this.#bytes.write(key, start);
    for (let index = start + 2; index < this.#end; index += 1) {
      const bit = filterBit(this.#bytes, index);
      this.#filter[bit >>> 5] = (this.#filter[bit >>> 5] as number) | (1 << (bit & 31));
    }
    this.#bytes[this.#end] = END;
    this.#end += 1;
    this.#count += 1;
    this.#starts[this.#count] = this.#end;
  }

  at(slot: number): string {
    const start = this.#starts[slot] as number;
    return this.#bytes.toString('utf8', start, (this.#starts[slot + 1] as number) - 1);
  }

  get byteLength(): number {
    return this.#bytes.length + this.#starts.byteLength;
  }

  /** Whether two slots hold the same text. */
  isSame(a: number, b: number): boolean {
    const start = this.#starts[a] as number;
    const end = this.#starts[a + 1] as number;
    const other = this.#starts[b] as number;
    if (end - start !== (this.#starts[b + 1] as number) - other) return false;
    for (let index = start; index < end; index += 1) {
      if (this.#bytes[index] !== this.#bytes[other + index - start]) return false;
    }
    return true;
  }

  /** Adds to `found` every slot whose text holds the folded text. */
  find(text: string, found: Bits): void {
    const wanted = Buffer.from(text, 'utf8');
    if (wanted.length === 0 || wanted.includes(END)) {
      if (wanted.length === 0) {
        for (let slot = 0; slot < this.#count; slot += 1) addBit(found, slot);
      }
      return;
    }
    for (let index = 2; index < wanted.length; index += 1) {
      const bit = filterBit(wanted, index);
      if ((((this.#filter[bit >>> 5] as number) >>> (bit & 31)) & 1) === 0) return;
    }
    const bytes = this.#bytes.subarray(0, this.#end);
    let slot = 0;
    let hits = 0;
    let position = bytes.indexOf(wanted);
    while (position >= 0) {
      slot = this.#slotAt(position, slot);
      addBit(found, slot);
      slot += 1;
      const next = this.#starts[slot] as number;
      if (next >= this.#end) return;
      hits += 1;
      if (hits >= DENSE_HITS && next / hits < DENSE_BYTES) {
        this.#findDense(wanted, slot, found);
        return;
      }
      position = bytes.indexOf(wanted, next);
    }
  }

  /** The same from a slot on, where hits follow one another. */
  #findDense(wanted: Buffer, from: number, found: Bits): void {
    const bytes = this.#bytes;
    const starts = this.#starts;
    const first = wanted[0] as number;
    const length = wanted.length;
    for (let slot = from; slot < this.#count; slot += 1) {
      const last = (starts[slot + 1] as number) - 1 - length;
      for (let index = starts[slot] as number; index <= last; index += 1) {
        if (bytes[index] !== first) continue;
        let same = 1;
        while (same < length && bytes[index + same] === wanted[same]) same += 1;
        if (same === length) {
          addBit(found, slot);
          break;
        }
      }
    }
  }

  /** The slot that owns a byte, at `from` or after it. */
  #slotAt(position: number, from: number): number {
    let low = from;
    let high = this.#count - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#starts[middle] as number) <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** Place in the filter of the three bytes that end at an index. */
function filterBit(bytes: Uint8Array, index: number): number {
  const three =
    ((bytes[index - 2] as number) << 16) |
    ((bytes[index - 1] as number) << 8) |
    (bytes[index] as number);
  return Math.imul(three, 0x9e3779b1) >>> 12;
}
