import { getPosition } from 'suncalc';
import type { Metadata } from '../../imaging/types.ts';

/** What of the metadata says when, and how surely. */
export type TakenFacts = Pick<Metadata, 'takenAt' | 'takenAtSource' | 'utcOffsetMinutes'>;

const WALL_CLOCK = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})/;

/** Parts of the wall clock; null when there is none, or when it is only the time of the file. */
export function wallClock(
  taken: TakenFacts,
): { month: number; day: number; asUtcMs: number } | null {
  if (taken.takenAt === null || taken.takenAtSource === null) return null;
  if (taken.takenAtSource === 'mtime') return null;
  const match = WALL_CLOCK.exec(taken.takenAt);
  if (!match) return null;
  const [, year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.map(Number);
  const asUtcMs = Date.UTC(year, month - 1, day, hour, minute, second);
  return Number.isFinite(asUtcMs) ? { month, day, asUtcMs } : null;
}

/**
 * Apparent altitude of the sun in degrees above the horizon where and when the picture was taken. Null
 * without GPS, or without a date whose offset from UTC is known.
 */
export function sunAltitude(
  facts: TakenFacts & Pick<Metadata, 'latitude' | 'longitude'>,
): number | null {
  const { latitude, longitude, utcOffsetMinutes } = facts;
  const clock = wallClock(facts);
  if (clock === null || utcOffsetMinutes === null || latitude === null || longitude === null) {
    return null;
  }
  // 0, 0 lies in the sea off Ghana: it is what devices write that do not know where they are.
  if (latitude === 0 && longitude === 0) return null;
  const at = new Date(clock.asUtcMs - utcOffsetMinutes * 60_000);
  const { altitude } = getPosition(at, latitude, longitude);
  return Number.isFinite(altitude) ? altitude : null;
}
