/** Sets of slots, one bit each. Sets of one index have the same length. */
export type Bits = Uint32Array<ArrayBuffer>;

export function emptyBits(slots: number): Bits {
  return new Uint32Array((slots + 31) >>> 5);
}

export function addBit(bits: Bits, slot: number): void {
  const word = slot >>> 5;
  bits[word] = (bits[word] as number) | (1 << (slot & 31));
}

export function removeBit(bits: Bits, slot: number): void {
  const word = slot >>> 5;
  bits[word] = (bits[word] as number) & ~(1 << (slot & 31));
}

export function hasBit(bits: Bits, slot: number): boolean {
  return (((bits[slot >>> 5] as number) >>> (slot & 31)) & 1) === 1;
}

/** Adds every slot from `start` up to, not including, `end`. */
export function addRange(bits: Bits, start: number, end: number): void {
  if (start >= end) return;
  const first = start >>> 5;
  const last = (end - 1) >>> 5;
  const head = -1 << (start & 31);
  const tail = -1 >>> (31 - ((end - 1) & 31));
  if (first === last) {
    bits[first] = (bits[first] as number) | (head & tail);
    return;
  }
  bits[first] = (bits[first] as number) | head;
  bits.fill(0xffffffff, first + 1, last);
  bits[last] = (bits[last] as number) | tail;
}

/** Keeps in `bits` what is in `other` too. */
export function intersect(bits: Bits, other: Bits): void {
  for (let word = 0; word < bits.length; word += 1) {
    bits[word] = (bits[word] as number) & (other[word] as number);
  }
}

/** Adds to `bits` what is in `other`. */
export function unite(bits: Bits, other: Bits): void {
  for (let word = 0; word < bits.length; word += 1) {
    bits[word] = (bits[word] as number) | (other[word] as number);
  }
}

/** Takes from `bits` what is in `other`. */
export function subtract(bits: Bits, other: Bits): void {
  for (let word = 0; word < bits.length; word += 1) {
    bits[word] = (bits[word] as number) & ~(other[word] as number);
  }
}

export function countBits(bits: Bits): number {
  let count = 0;
  for (let word = 0; word < bits.length; word += 1) {
    let value = bits[word] as number;
    value -= (value >>> 1) & 0x55555555;
    value = (value & 0x33333333) + ((value >>> 2) & 0x33333333);
    count += (((value + (value >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
  }
  return count;
}

/** Whether every slot of `other` is in `bits`. */
export function holdsAll(bits: Bits, other: Bits): boolean {
  for (let word = 0; word < bits.length; word += 1) {
    if (((other[word] as number) & ~(bits[word] as number)) !== 0) return false;
  }
  return true;
}

export function isEmpty(bits: Bits): boolean {
  for (let word = 0; word < bits.length; word += 1) if (bits[word] !== 0) return false;
  return true;
}

/**
 * Writes the slots of a set from `start` up to, not including, `end` into `into` from `at` on, lowest
 * first, until it is full. Answers the place after the last one.
 */
export function listBits(
  bits: Bits,
  start: number,
  end: number,
  into: Uint32Array,
  at: number,
): number {
  if (start >= end) return at;
  let place = at;
  const lastWord = (end - 1) >>> 5;
  for (let word = start >>> 5; word <= lastWord; word += 1) {
    let rest = bits[word] as number;
    const base = word << 5;
    if (base < start) rest &= -1 << (start & 31);
    if (word === lastWord) rest &= -1 >>> (31 - ((end - 1) & 31));
    while (rest !== 0) {
      if (place === into.length) return place;
      const lowest = rest & -rest;
      into[place] = base + 31 - Math.clz32(lowest);
      place += 1;
      rest ^= lowest;
    }
  }
  return place;
}

/** The slots of a set, lowest first. */
export function slotsOf(bits: Bits): Uint32Array<ArrayBuffer> {
  const slots = new Uint32Array(countBits(bits));
  listBits(bits, 0, bits.length * 32, slots, 0);
  return slots;
}
