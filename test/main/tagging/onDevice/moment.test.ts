import { describe, expect, it } from 'vitest';
import { sunAltitude, wallClock } from '../../../../main/tagging/onDevice/moment.ts';

/** Altitude of the sun by the low-precision formulas of the Astronomical Almanac, without refraction. */
function almanacAltitude(utc: string, latitude: number, longitude: number): number {
  const radians = Math.PI / 180;
  const days = (Date.parse(utc) - Date.UTC(2000, 0, 1, 12)) / 86_400_000;
  const anomaly = (357.528 + 0.9856003 * days) * radians;
  const mean = 280.46 + 0.9856474 * days;
  const ecliptic = (mean + 1.915 * Math.sin(anomaly) + 0.02 * Math.sin(2 * anomaly)) * radians;
  const tilt = (23.439 - 0.0000004 * days) * radians;
  const ascension = Math.atan2(Math.cos(tilt) * Math.sin(ecliptic), Math.cos(ecliptic));
  const declination = Math.asin(Math.sin(tilt) * Math.sin(ecliptic));
  const sidereal = (280.46061837 + 360.98564736629 * days + longitude) * radians;
  const hour = sidereal - ascension;
  const sine =
    Math.sin(latitude * radians) * Math.sin(declination) +
    Math.cos(latitude * radians) * Math.cos(declination) * Math.cos(hour);
  return Math.asin(sine) / radians;
}

const PLACES = [
  { takenAt: '2019-07-14T20:30:00', utcOffsetMinutes: 120, latitude: 52.52, longitude: 13.4 },
  { takenAt: '2020-01-02T12:00:00', utcOffsetMinutes: 660, latitude: -33.87, longitude: 151.21 },
  { takenAt: '2023-03-20T07:10:00', utcOffsetMinutes: 480, latitude: 31.23, longitude: 121.47 },
  { takenAt: '2015-12-31T23:59:59', utcOffsetMinutes: -480, latitude: 37.77, longitude: -122.42 },
  { takenAt: '2021-06-21T05:45:00', utcOffsetMinutes: 330, latitude: 28.61, longitude: 77.2 },
];

describe('sunAltitude', () => {
  it.each(PLACES)('agrees with the almanac at $takenAt, $latitude $longitude', (place) => {
    const utc = new Date(Date.parse(`${place.takenAt}Z`) - place.utcOffsetMinutes * 60_000);
    const expected = almanacAltitude(utc.toISOString(), place.latitude, place.longitude);
    // Refraction lifts the sun by up to 0.6° at the horizon.
    const altitude = sunAltitude({ ...place, takenAtSource: 'exif' }) ?? Number.NaN;
    expect(altitude - expected).toBeGreaterThan(-0.1);
    expect(altitude - expected).toBeLessThan(0.7);
  });

  it('is unknown without place, offset, date, or with the date of the file only', () => {
    const [place] = PLACES;
    if (!place) throw new Error('no place');
    const known = { ...place, takenAtSource: 'exif' } as const;
    expect(sunAltitude(known)).not.toBeNull();
    expect(sunAltitude({ ...known, latitude: null })).toBeNull();
    expect(sunAltitude({ ...known, longitude: null })).toBeNull();
    expect(sunAltitude({ ...known, utcOffsetMinutes: null })).toBeNull();
    expect(sunAltitude({ ...known, latitude: 0, longitude: 0 })).toBeNull();
    expect(sunAltitude({ ...known, takenAt: null })).toBeNull();
    expect(sunAltitude({ ...known, takenAtSource: 'mtime' })).toBeNull();
    expect(sunAltitude({ ...known, takenAt: 'yesterday' })).toBeNull();
  });
});

describe('wallClock', () => {
  it('reads the parts and keeps the clock as it stood', () => {
    expect(
      wallClock({
        takenAt: '2019-07-14T18:30:05',
        takenAtSource: 'filename',
        utcOffsetMinutes: null,
      }),
    ).toEqual({ month: 7, day: 14, asUtcMs: Date.UTC(2019, 6, 14, 18, 30, 5) });
  });
});
