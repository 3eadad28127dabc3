/** Above this many pixels a second nothing can be recognised: loading waits until the scroll slows. */
const FAST_PIXELS_PER_SECOND = 8000;
/** Speed is measured over this span: single events come in bursts. */
const SPAN_MS = 100;

/**
 * Tells fast scrolling from the rest. A jump out of stillness is not fast: there is nothing to wait for.
 */
export function createVelocityGauge(): (topPixels: number, nowMs: number) => boolean {
  let samples: { readonly topPixels: number; readonly nowMs: number }[] = [];
  return (topPixels, nowMs) => {
    samples = samples.filter((sample) => nowMs - sample.nowMs <= SPAN_MS);
    samples.push({ topPixels, nowMs });
    const [first, second] = samples;
    // Two samples can be one jump; three within the span are a movement.
    if (!first || !second || samples.length < 3) return false;
    const seconds = Math.max(0.016, (nowMs - first.nowMs) / 1000);
    return Math.abs(topPixels - first.topPixels) / seconds > FAST_PIXELS_PER_SECOND;
  };
}
