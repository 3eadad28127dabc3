/**
 * How sure a rule is, 0..100: 0 says that the tag does not apply, 50 that the value sits on the
 * rule's threshold, 100 that it is as far beyond it as matters.
 */
export type Confidence = number;

/** Doubtful tags are kept too, for those who lower the lens, but not below this. */
export const LEAST_CONFIDENCE = 25;

/**
 * Straight line from 0 at `none` through 50 halfway to 100 at `sure`, flat outside. `sure` may lie below
 * `none`: then smaller values are surer. A value that is not a number gives 0.
 */
export function ramp(value: number, none: number, sure: number): Confidence {
  const share = (value - none) / (sure - none);
  if (Number.isNaN(share)) return 0;
  return 100 * Math.min(1, Math.max(0, share));
}

/** A condition that the file states outright. */
export function fact(holds: boolean): Confidence {
  return holds ? 100 : 0;
}

/** Clamped to 0..100, one decimal, so that equal pictures store equal numbers. */
export function tidyConfidence(confidence: Confidence): Confidence {
  if (!(confidence > 0)) return 0;
  return Math.round(Math.min(100, confidence) * 10) / 10;
}
