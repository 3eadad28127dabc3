/** Sorting slots by numbers, in time that grows with their number only. */

const DIGIT = 65_536;

/**
 * `slots` by `keys[slot]`, which are whole multiples of `unit` or NaN. Stable; NaN goes last either way.
 */
export function sortByKey(
  slots: Uint32Array,
  keys: Float64Array,
  descending: boolean,
  unit = 1,
): Uint32Array<ArrayBuffer> {
  const known = slots.filter((slot) => !Number.isNaN(keys[slot] as number));
  const sorted = new Uint32Array(slots.length);
  sorted.set(radixSort(known, keys, descending, unit));
  if (known.length < slots.length) {
    sorted.set(
      slots.filter((slot) => Number.isNaN(keys[slot] as number)),
      known.length,
    );
  }
  return sorted;
}

function radixSort(
  slots: Uint32Array,
  keys: Float64Array,
  descending: boolean,
  unit: number,
): Uint32Array {
  let low = Infinity;
  let high = -Infinity;
  for (let index = 0; index < slots.length; index += 1) {
    const key = keys[slots[index] as number] as number;
    if (key < low) low = key;
    if (key > high) high = key;
  }
  let from = slots;
  let to = new Uint32Array(slots.length);
  const counts = new Uint32Array(DIGIT);
  for (let divisor = unit; (high - low) / divisor >= 1; divisor *= DIGIT) {
    counts.fill(0);
    const digit = (slot: number): number => {
      const key = keys[slot] as number;
      return Math.floor((descending ? high - key : key - low) / divisor) % DIGIT;
    };
    for (let index = 0; index < from.length; index += 1) {
      const value = digit(from[index] as number);
      counts[value] = (counts[value] as number) + 1;
    }
    let total = 0;
    for (let value = 0; value < DIGIT; value += 1) {
      const count = counts[value] as number;
      counts[value] = total;
      total += count;
    }
    for (let index = 0; index < from.length; index += 1) {
      const slot = from[index] as number;
      const value = digit(slot);
      to[counts[value] as number] = slot;
      counts[value] = (counts[value] as number) + 1;
    }
    const swap = from === slots ? new Uint32Array(slots.length) : from;
    from = to;
    to = swap as Uint32Array<ArrayBuffer>;
  }
  return from;
}

/** Both in order by `before`; of equals, those of `first` come first. */
export function mergeOrdered(
  first: Uint32Array,
  second: Uint32Array,
  before: (a: number, b: number) => boolean,
): Uint32Array<ArrayBuffer> {
  const merged = new Uint32Array(first.length + second.length);
  let start = 0;
  let end = 0;
  for (let index = 0; index < second.length; index += 1) {
    const slot = second[index] as number;
    // Few are merged into many: the place is searched for, and what lies between is copied at once.
    let low = start;
    let high = first.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (before(slot, first[middle] as number)) high = middle;
      else low = middle + 1;
    }
    merged.set(first.subarray(start, low), end);
    end += low - start;
    start = low;
    merged[end] = slot;
    end += 1;
  }
  merged.set(first.subarray(start), end);
  return merged;
}
