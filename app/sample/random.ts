/** Numbers that look random and are the same each time. */
export type Random = {
  /** 0 up to, not including, 1. */
  next(): number;
  /** From `low` up to `high`. */
  between(low: number, high: number): number;
  /** A whole number from 0 up to, not including, `count`. */
  whole(count: number): number;
  pick<Value>(values: readonly [Value, ...Value[]]): Value;
};

/** Mulberry32: small, and good enough for hills. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    whole: (count) => Math.floor(next() * count),
    pick: (values) => values[Math.floor(next() * values.length)] ?? values[0],
  };
}
