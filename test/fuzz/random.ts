/** Numbers that look random and are the same for the same seed on every machine. */

export type Random = {
  /** 0 ≤ value < 1. */
  next(): number;
  /** A whole number, 0 ≤ value < `below`; 0 where `below` is not above 0. */
  below(below: number): number;
  /** One of these, which must not be none. */
  pick<Value>(values: readonly Value[]): Value;
  bytes(count: number): Buffer;
};

/** Mulberry32: 32 bits of state are plenty for picking files apart. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => (limit > 0 ? Math.floor(next() * limit) : 0);
  return {
    next,
    below,
    pick(values) {
      const value = values[below(values.length)];
      if (value === undefined) throw new Error('There is nothing to pick from.');
      return value;
    },
    bytes: (count) => Buffer.from(Array.from({ length: count }, () => below(256))),
  };
}
