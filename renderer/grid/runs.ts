/**
 * One past the last value that equals the one at `start`, where equal values stand side by side. It is
 * found in growing steps, then by halves: a million photos are thousands of days.
 */
export function endOfRun(values: Int32Array, start: number): number {
  const value = values[start];
  let step = 1;
  while (values[start + step] === value) step *= 2;
  // In the run is the one, past it the other.
  let inside = start + (step >> 1);
  let outside = Math.min(start + step, values.length);
  while (outside - inside > 1) {
    const middle = (inside + outside) >> 1;
    if (values[middle] === value) inside = middle;
    else outside = middle;
  }
  return outside;
}
