import { type Confidence, ramp } from '../confidence.ts';
import { type TakenFacts, wallClock } from '../moment.ts';

export const SEASONS = ['spring', 'summer', 'autumn', 'winter'] as const;

export type Season = (typeof SEASONS)[number];

/** Between the tropics, latitudes below this, the year has no four seasons. */
const TROPIC_DEGREES = 23.44;
/** From this latitude on nobody doubts them. */
const CERTAIN_DEGREES = 35;
/** Where calendar months and the sun's course disagree. */
const DISPUTED: Confidence = 60;

/** Equinoxes and solstices, as month × 100 + day, to a day. */
const TURNS = [320, 621, 922, 1221] as const;

/** Northern season by whole months from March on: 0 spring … 3 winter. */
function byMonth(month: number): number {
  return Math.floor(((month + 9) % 12) / 3);
}

/** Northern season by equinox and solstice: 0 spring … 3 winter. */
function bySun(month: number, day: number): number {
  const date = month * 100 + day;
  return (TURNS.filter((turn) => date >= turn).length + 3) % 4;
}

/**
 * The season where the picture was taken, by calendar months (March to May is spring in the north,
 * autumn in the south). 100 where equinox and solstice give the same, else 60; less towards the tropics, 50
 * at them. Null between them, without GPS, and where the date is only that of the file.
 */
export function season(
  taken: TakenFacts & { readonly latitude: number | null },
): { readonly season: Season; readonly confidence: Confidence } | null {
  const clock = wallClock(taken);
  const { latitude } = taken;
  if (clock === null || latitude === null || Math.abs(latitude) < TROPIC_DEGREES) return null;
  const months = byMonth(clock.month);
  const found = SEASONS[latitude > 0 ? months : (months + 2) % 4];
  if (!found) return null;
  const agreed = months === bySun(clock.month, clock.day) ? 100 : DISPUTED;
  const byLatitude = ramp(
    Math.abs(latitude),
    2 * TROPIC_DEGREES - CERTAIN_DEGREES,
    CERTAIN_DEGREES,
  );
  return { season: found, confidence: Math.min(agreed, byLatitude) };
}
