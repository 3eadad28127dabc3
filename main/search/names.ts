import { addBit, addRange, type Bits, slotsOf } from './bits.ts';
import { globOf, isAt, matchesGlob } from './glob.ts';

/** Ends each name: the one byte that no file name holds. */
const END = 0;
/** After this many hits so close to each other, calling the native search costs more than looking. */
const DENSE_HITS = 500;
const DENSE_BYTES = 200;
/** Bytes that tell how often each occurs; no power of two, names of one length lie regularly. */
const SAMPLE_BYTES = 5003;

/** Room that is made beyond what is needed. */
const SPARE_BYTES = 4096;

/** The same byte four times, and the highest bit of each; the one that lies last in memory. */
const EACH_BYTE = 0x01010101;
const HIGH_BITS = 0x80808080;
const LAST_BYTE = 0x80000000;

/** Bits of the filter of three-byte sequences; a power of two. */
const FILTER_BITS = 1 << 20;

/** What a `Names` consists of, for keeping it elsewhere. */
export type NamesParts = {
  /** All texts, each with an end sign, and up to three bytes more: whole words from a whole word on. */
  readonly bytes: Uint8Array;
  /** Where each text begins, and behind them where the next would. */
  readonly starts: Uint32Array;
  readonly filter: Uint32Array;
};

/** Folded texts, such as file names by slot, one after the other in one block, so that a word is one scan. */
export class Names {
  #bytes: Buffer<ArrayBuffer> = Buffer.allocUnsafeSlow(SPARE_BYTES);
  /** The same, four at a time. */
  #words: Int32Array = wordsOf(this.#bytes);
  #starts: Uint32Array = new Uint32Array(1024);
  #count = 0;
  #end = 0;
  /** Which sequences of three bytes occur anywhere: most words that are nowhere are told by it. */
  #filter: Uint32Array = new Uint32Array(FILTER_BITS / 32);

  /** Takes over what `parts` of another one told. */
  static of(parts: NamesParts): Names {
    const names = new Names();
    const { buffer, byteOffset, length } = parts.bytes;
    names.#use(Buffer.from(buffer as ArrayBuffer, byteOffset, length));
    names.#starts = parts.starts;
    names.#filter = parts.filter;
    names.#count = parts.starts.length - 1;
    names.#end = parts.starts.at(-1) ?? 0;
    return names;
  }

  get parts(): NamesParts {
    return {
      bytes: this.#bytes.subarray(0, evenBytes(this.#end)),
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
    this.#use(Buffer.allocUnsafeSlow(evenBytes(other.#end + SPARE_BYTES)));
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

  /** About what it takes to find a folded text, in nanoseconds. */
  stepsOf(text: string): number {
    const wanted = Buffer.from(text, 'utf8');
    return wanted.includes(END) || !this.#mayHold(wanted) ? 0 : this.#end;
  }

  /** Adds to `found` every slot whose text holds the folded text. */
  find(text: string, found: Bits): void {
    const wanted = Buffer.from(text, 'utf8');
    if (wanted.length === 0) {
      addRange(found, 0, this.#count);
      return;
    }
    if (wanted.includes(END) || !this.#mayHold(wanted)) return;
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
        this.#findDense(wanted, slot + 1, found);
        return;
      }
      position = bytes.indexOf(wanted, next);
    }
  }

  /** The same among those slots of `among` only, one by one: for when they are few. */
  findAmong(text: string, among: Bits, found: Bits): void {
    const wanted = Buffer.from(text, 'utf8');
    if (wanted.includes(END) || !this.#mayHold(wanted)) return;
    const bytes = this.#bytes;
    const starts = this.#starts;
    for (const slot of slotsOf(among)) {
      const last = (starts[slot + 1] as number) - 1 - wanted.length;
      for (let start = starts[slot] as number; start <= last; start += 1) {
        if (!isAt(bytes, start, wanted)) continue;
        addBit(found, slot);
        break;
      }
    }
  }

  /** Adds to `found`, which is empty, every slot whose text is these folded pieces with anything between them. */
  findGlob(pieces: readonly string[], found: Bits): void {
    const glob = globOf(pieces);
    const longest = pieces.reduce((a, b) => (b.length > a.length ? b : a), '');
    this.find(this.#isUsual(longest) ? '' : longest, found);
    const bytes = this.#bytes;
    const starts = this.#starts;
    for (let word = 0; word < found.length; word += 1) {
      let rest = found[word] as number;
      let kept = rest;
      while (rest !== 0) {
        const bit = rest & -rest;
        rest ^= bit;
        const slot = (word << 5) + 31 - Math.clz32(bit);
        const end = (starts[slot + 1] as number) - 1;
        if (!matchesGlob(bytes, starts[slot] as number, end, glob)) kept ^= bit;
      }
      found[word] = kept;
    }
  }

  #mayHold(wanted: Buffer): boolean {
    for (let index = 2; index < wanted.length; index += 1) {
      const bit = filterBit(wanted, index);
      if ((((this.#filter[bit >>> 5] as number) >>> (bit & 31)) & 1) === 0) return false;
    }
    return true;
  }

  /** The same from a slot on, where hits follow one another. */
  #findDense(wanted: Buffer, from: number, found: Bits): void {
    const texts = { bytes: this.#bytes, words: this.#words, starts: this.#starts };
    scanDense(texts, this.#count, wanted, this.#rarestPair(wanted), from, found);
  }

  /** Place of the byte of a text that is, with the next one, rarest in a sample of all texts. */
  #rarestPair(wanted: Buffer): number {
    const seen = this.#sample();
    const often = (index: number): number => 1 + (seen[wanted[index] as number] as number);
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let index = 0; index < Math.max(1, wanted.length - 1); index += 1) {
      const both = often(index) * (wanted.length > 1 ? often(index + 1) : 1);
      if (both < least) {
        best = index;
        least = both;
      }
    }
    return best;
  }

  /** How often each byte occurs in a sample of all texts. */
  #sample(): Uint32Array {
    const seen = new Uint32Array(256);
    const step = Math.max(1, Math.floor(this.#end / SAMPLE_BYTES));
    for (let index = 0; index < this.#end; index += step) {
      const byte = this.#bytes[index] as number;
      seen[byte] = (seen[byte] as number) + 1;
    }
    return seen;
  }

  /** A single character that most texts may have: no use in looking for it first. */
  #isUsual(piece: string): boolean {
    const [byte = END, ...others] = Buffer.from(piece, 'utf8');
    const seen = this.#sample();
    return others.length === 0 && (seen[byte] as number) >= (seen[END] as number) / 2;
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

  #use(bytes: Buffer<ArrayBuffer>): void {
    this.#bytes = bytes;
    this.#words = wordsOf(bytes);
  }

  #makeRoom(bytes: number): void {
    const room = this.#end + bytes;
    if (room > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(evenBytes(room + (room >>> 2) + SPARE_BYTES));
      this.#bytes.copy(larger, 0, 0, this.#end);
      this.#use(larger);
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

/**
 * Four bytes at a time, the first of them in the lowest bits, as on every machine that this runs on.
 * `anchor`: place of the byte of the text that is looked for first, with the next one.
 */
function scanDense(
  texts: { readonly bytes: Uint8Array; readonly words: Int32Array; readonly starts: Uint32Array },
  count: number,
  wanted: Uint8Array,
  anchor: number,
  from: number,
  found: Bits,
): void {
  const { bytes, words, starts } = texts;
  const first = Math.imul(wanted[anchor] as number, EACH_BYTE);
  const second = Math.imul(wanted[anchor + 1] ?? 0, EACH_BYTE);
  const isPair = wanted.length > 1;
  const end = evenBytes(starts[count] as number) >>> 2;
  let slot = from;
  // Nothing before it is looked at any more.
  let place = (starts[from] as number) + anchor;
  for (let word = place >>> 2; word < end; word += 1) {
    let marks = markZeros((words[word] as number) ^ first);
    if (marks === 0) continue;
    // The byte behind the last one is in the next word.
    if (isPair) marks &= (markZeros((words[word] as number) ^ second) >>> 8) | LAST_BYTE;
    while (marks !== 0) {
      const mark = marks & -marks;
      marks ^= mark;
      const start = word * 4 + ((31 - Math.clz32(mark)) >>> 3) - anchor;
      if (start + anchor < place || !isAt(bytes, start, wanted)) continue;
      // No text holds an end sign, so the whole of it lies in one of them.
      while ((starts[slot + 1] as number) <= start) slot += 1;
      if (slot >= count) return;
      addBit(found, slot);
      slot += 1;
      place = (starts[slot] as number) + anchor;
      if (place >>> 2 > word) {
        word = (place >>> 2) - 1;
        break;
      }
    }
  }
}

const ZERO = 0x30;

function wordsOf(bytes: Buffer<ArrayBuffer>): Int32Array {
  return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >>> 2);
}

/** The next multiple of four. */
function evenBytes(bytes: number): number {
  return (bytes + 3) & ~3;
}

/** Sets the highest bit of each byte of a word that is zero; sometimes also of one above such a byte. */
function markZeros(word: number): number {
  return (word - EACH_BYTE) & ~word & HIGH_BITS;
}

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
