/** Whether a process's memory stays flat although it is started anew now and then. */

export type Sample = {
  /** Milliseconds since the soak began. */
  readonly atMs: number;
  /** Which start of the program this is, counted from 1. */
  readonly life: number;
  /** Since that start. */
  readonly ageMs: number;
  readonly bytes: number;
};

export type Growth = {
  /** Medians of the first and the last third of the window; null where there are too few samples. */
  readonly beforeBytes: number | null;
  readonly afterBytes: number | null;
  /** 0.1 is ten in a hundred more; null as above. */
  readonly growth: number | null;
  readonly largestBytes: number;
};

/** A young process has not yet taken what it will need: its samples say nothing about growth. */
const GROWN_UP_MS = 40_000;
const FEWEST = 3;

/** Compares the first and the last third of the samples since `fromMs`. */
export function growthOf(samples: readonly Sample[], fromMs: number): Growth {
  const grown = samples.filter(({ atMs, ageMs }) => atMs >= fromMs && ageMs >= GROWN_UP_MS);
  const third = Math.floor(grown.length / 3);
  const largestBytes = Math.max(0, ...samples.map(({ bytes }) => bytes));
  if (third < FEWEST) return { beforeBytes: null, afterBytes: null, growth: null, largestBytes };
  const beforeBytes = median(grown.slice(0, third));
  const afterBytes = median(grown.slice(-third));
  return { beforeBytes, afterBytes, growth: afterBytes / beforeBytes - 1, largestBytes };
}

function median(samples: readonly Sample[]): number {
  const sorted = samples.map(({ bytes }) => bytes).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
