import { type Confidence, fact, ramp } from '../confidence.ts';

/** Sides of the picture as displayed, in pixels. */
export type Sides = { readonly width: number; readonly height: number };

/** Sides that differ by at most this share of the shorter one still look square. */
const SQUARE_TOLERANCE = 0.01;

function ratio({ width, height }: Sides): number {
  return Math.max(width, height) / Math.min(width, height);
}

function hasSides({ width, height }: Sides): boolean {
  return width >= 1 && height >= 1 && Number.isFinite(width) && Number.isFinite(height);
}

/** Sides equal, or nearly: 100 when equal, 50 at the tolerance. Excludes `upright` and `wide`. */
export function square(sides: Sides): Confidence {
  if (!hasSides(sides)) return 0;
  const shorter = Math.min(sides.width, sides.height);
  const excess = (Math.max(sides.width, sides.height) - shorter) / shorter;
  return excess > SQUARE_TOLERANCE ? 0 : ramp(excess, 2 * SQUARE_TOLERANCE, 0);
}

/** Taller than wide, and not square: a fact. */
export function upright(sides: Sides): Confidence {
  return fact(hasSides(sides) && sides.height > sides.width && square(sides) === 0);
}

/** Wider than tall, and not square: a fact. */
export function wide(sides: Sides): Confidence {
  return fact(hasSides(sides) && sides.width > sides.height && square(sides) === 0);
}

/** Long side at least twice the short one: 50 at 2 : 1, 100 from 3 : 1. Comes besides `upright` or `wide`. */
export function panorama(sides: Sides): Confidence {
  if (!hasSides(sides) || ratio(sides) < 2) return 0;
  return ramp(ratio(sides), 1, 3);
}
