import type { Metadata } from '../../../imaging/types.ts';
import { type Confidence, ramp } from '../confidence.ts';

/** Golden hour by convention: the sun this many degrees above the horizon, twilight included. */
const GOLDEN_LOWEST = -4;
const GOLDEN_HIGHEST = 6;

/** The sun stood between −4° and 6°: 50 at those bounds, 100 from two degrees inside. */
export function goldenHour(sunAltitudeDegrees: number | null): Confidence {
  if (sunAltitudeDegrees === null) return 0;
  const inside = Math.min(sunAltitudeDegrees - GOLDEN_LOWEST, GOLDEN_HIGHEST - sunAltitudeDegrees);
  return inside < 0 ? 0 : ramp(inside, -2, 2);
}

/** What a camera set; the three together tell how much light there was. */
export type ExposureFacts = Pick<Metadata, 'exposureSeconds' | 'fNumber' | 'iso'>;

/** Exposure value at ISO 100: 15 in bright sun, 5 to 8 in a lit room, below 3 in a street at night. */
export function exposureValue({ exposureSeconds, fNumber, iso }: ExposureFacts): number | null {
  if (exposureSeconds === null || fNumber === null || iso === null) return null;
  const value = Math.log2((fNumber * fNumber) / exposureSeconds) - Math.log2(iso / 100);
  return Number.isFinite(value) ? value : null;
}

/** Upper limb of the sun on the horizon, refraction left to the altitude. */
const SUNSET_DEGREES = -0.27;
const END_OF_CIVIL_TWILIGHT_DEGREES = -6;
/** Dim light alone does not prove night: it may be a cellar. */
const WITHOUT_SUN_AT_MOST = 80;

/**
 * Taken by night, by the exposure: below EV 3 where the sun's place is not known or it is twilight,
 * below EV 6 where the sun was more than 6° under the horizon, never while the sun was up.
 */
export function night(facts: ExposureFacts, sunAltitudeDegrees: number | null): Confidence {
  const value = exposureValue(facts);
  if (value === null) return 0;
  if (sunAltitudeDegrees !== null) {
    if (sunAltitudeDegrees > SUNSET_DEGREES) return 0;
    if (sunAltitudeDegrees <= END_OF_CIVIL_TWILIGHT_DEGREES) return ramp(value, 9, 3);
  }
  return Math.min(WITHOUT_SUN_AT_MOST, ramp(value, 5, 1));
}
