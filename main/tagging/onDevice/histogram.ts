/** First bin at which the running total reaches the share; bins are counted from 0. */
export function binAt(histogram: Uint32Array, total: number, share: number): number {
  const wanted = share * total;
  let seen = 0;
  for (let bin = 0; bin < histogram.length; bin += 1) {
    seen += histogram[bin] ?? 0;
    if (seen >= wanted && seen > 0) return bin;
  }
  return histogram.length - 1;
}

/** Mean and standard deviation, in bins. */
export function momentsOf(
  histogram: Uint32Array,
  total: number,
): { mean: number; deviation: number } {
  let sum = 0;
  let squares = 0;
  for (let bin = 0; bin < histogram.length; bin += 1) {
    const count = histogram[bin] ?? 0;
    sum += bin * count;
    squares += bin * bin * count;
  }
  const mean = sum / total;
  return { mean, deviation: Math.sqrt(Math.max(0, squares / total - mean * mean)) };
}
