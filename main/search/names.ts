import { addBit, type Bits } from './bits.ts';

/** Ends each name: the one byte that no file name holds. */
const END = 0;
/** After this many hits so close to each other, calling the native search costs more than looking. */
const DENSE_HITS = 500;
const DENSE_BYTES = 200;

/** Bits of the filter of three-byte sequences; a power of two. */
const FILTER_BITS = 1 << 20;

/** What a `Names` consists of, for keeping it elsewhere. */
export type NamesParts = {
  /** All texts, each with an end sign. */
  readonly bytes: Uint8Array;
  /** Where each text begins, and behind them where the next would. */
  readonly starts: Uint32Array;
  readonly filter: Uint32Array;
};

/** Folded texts, such as file names by slot, one after the other in one block, so that a word is one scan. */
export class Names {
  #bytes: Buffer<ArrayBuffer> = Buffer.allocUnsafeSlow(4096);
  #starts: Uint32Array = new Uint32Array(1024);
  #count = 0;
  #end = 0;
  /** Which sequences of three bytes occur anywhere: most words that are nowhere are told by it. */
  #filter: Uint32Array = new Uint32Array(FILTER_BITS / 32);

  /** Takes over what `parts` of another one told. */
  static of(parts: NamesParts): Names {
    const names = new Names();
    names.#bytes = Buffer.from(
      parts.bytes.buffer as ArrayBuffer,
      parts.bytes.byteOffset,
      parts.bytes.length,
    );
    names.#starts = parts.starts;
    names.#filter = parts.filter;
    names.#count = parts.starts.length - 1;
    names.#end = parts.bytes.length;
    return names;
  }

  get parts(): NamesParts {
    return {
      bytes: this.#bytes.subarray(0, this.#end),
      starts: this.#starts.subarray(0, this.#count + 1),
      filter: this.#filter,
    };
  }

  get count(): number {
    return this.#count;
  }

  /** Adds the text of the next slot. */
  push(key: string): void {
    this.#makeRoom(key.length * 3 + 1);
    const start = this.#end;
    this.#end += this.#bytes.write(key, start);
    for (let index = start + 2; index < this.#end; index += 1) {
      const bit = filterBit(this.#bytes, index);
      this.#filter[bit >>> 5] = (this.#filter[bit >>> 5] as number) | (1 << (bit & 31));
    }
    this.#finish();
  }

  /** Adds the same text as another one has at a slot. */
  pushFrom(other: Names, slot: number): void {
    const start = other.#starts[slot] as number;
    const end = (other.#starts[slot + 1] as number) - 1;
    this.#makeRoom(end - start + 1);
    this.#bytes.set(other.#bytes.subarray(start, end), this.#end);
    this.#end += end - start;
    this.#finish();
  }

  /** After `pushFrom`: what may be in the texts of the other one. */
  shareFilter(other: Names): void {
    this.#filter = other.#filter.slice();
  }

  /** Makes room for as much as another one holds. */
  reserve(other: Names): void {
    this.#bytes = Buffer.allocUnsafeSlow(other.#end + SPARE_BYTES);
    this.#starts = new Uint32Array(other.#count + SPARE_BYTES / 16);
  }

  at(slot: number): string {
    const start = this.#starts[slot] as number;
    return this.#bytes.toString('utf8', start, (this.#starts[slot + 1] as number) - 1);
  }

  /** Whether two slots hold the same text. */
  isSame(a: number, b: number): boolean {
    return this.#compare(a, b, false) === 0;
  }

  /** As a person expects: `img2` before `img10`; by text where only leading zeros differ. */
  compareNaturally(a: number, b: number): number {
    return this.#compare(a, b, true) || this.#compare(a, b, false);
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
      const next = this.#starts[slot + 1] as number;
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

  /** By bytes, which is by code points; `naturally`: numbers by their value. */
  #compare(a: number, b: number, naturally: boolean): number {
    const bytes = this.#bytes;
    let first = this.#starts[a] as number;
    let second = this.#starts[b] as number;
    const firstEnd = (this.#starts[a + 1] as number) - 1;
    const secondEnd = (this.#starts[b + 1] as number) - 1;
    while (first < firstEnd && second < secondEnd) {
      if (naturally && isDigit(bytes[first] as number) && isDigit(bytes[second] as number)) {
        const [endOfFirst, endOfSecond] = [
          endOfNumber(bytes, first, firstEnd),
          endOfNumber(bytes, second, secondEnd),
        ];
        first = withoutZeros(bytes, first, endOfFirst);
        second = withoutZeros(bytes, second, endOfSecond);
        const longer = endOfFirst - first - (endOfSecond - second);
        if (longer !== 0) return longer;
        while (first < endOfFirst) {
          const differ = (bytes[first] as number) - (bytes[second] as number);
          if (differ !== 0) return differ;
          first += 1;
          second += 1;
        }
      } else {
        const differ = (bytes[first] as number) - (bytes[second] as number);
        if (differ !== 0) return differ;
        first += 1;
        second += 1;
      }
    }
    return firstEnd - first - (secondEnd - second);
  }

  #makeRoom(bytes: number): void {
    const room = this.#end + bytes;
    if (room > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(room + (room >>> 2) + SPARE_BYTES);
      this.#bytes.copy(larger, 0, 0, this.#end);
      this.#bytes = larger;
    }
    if (this.#count + 1 >= this.#starts.length) {
      const starts = new Uint32Array(this.#starts.length + (this.#starts.length >>> 2) + 64);
      starts.set(this.#starts);
      this.#starts = starts;
    }
    this.#starts[this.#count] = this.#end;
  }

  #finish(): void {
    this.#bytes[this.#end] = END;
    this.#end += 1;
    this.#count += 1;
    this.#starts[this.#count] = this.#end;
  }
}

const SPARE_BYTES = 4096;
const ZERO = 0x30;

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= 0x39;
}

function endOfNumber(bytes: Uint8Array, start: number, end: number): number {
  let index = start;
  while (index < end && isDigit(bytes[index] as number)) index += 1;
  return index;
}

/** The first digit that counts; the last one of zero. */
function withoutZeros(bytes: Uint8Array, start: number, end: number): number {
  let index = start;
  while (index < end - 1 && bytes[index] === ZERO) index += 1;
  return index;
}

/** Place in the filter of the three bytes that end at an index. */
function filterBit(bytes: Uint8Array, index: number): number {
  const three =
    ((bytes[index - 2] as number) << 16) |
    ((bytes[index - 1] as number) << 8) |
    (bytes[index] as number);
  return Math.imul(three, 0x9e3779b1) >>> 12;
}
