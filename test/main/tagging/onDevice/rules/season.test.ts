import { describe, expect, it } from 'vitest';
import { season } from '../../../../../main/tagging/onDevice/rules/season.ts';

function at(date: string, latitude: number | null) {
  return season({
    takenAt: `${date}T12:00:00`,
    takenAtSource: 'exif',
    utcOffsetMinutes: null,
    latitude,
  });
}

describe('season', () => {
  it.each([
    ['2020-01-15', 'winter', 'summer'],
    ['2020-02-29', 'winter', 'summer'],
    ['2020-04-15', 'spring', 'autumn'],
    ['2020-07-15', 'summer', 'winter'],
    ['2020-10-15', 'autumn', 'spring'],
    ['2020-12-31', 'winter', 'summer'],
  ])('on %s is %s in the north and %s in the south', (date, north, south) => {
    expect(at(date, 48)).toEqual({ season: north, confidence: 100 });
    expect(at(date, -38)).toEqual({ season: south, confidence: 100 });
  });

  it('is less sure where months and the sun disagree', () => {
    expect(at('2020-03-05', 48)).toEqual({ season: 'spring', confidence: 60 });
    expect(at('2020-03-21', 48)).toEqual({ season: 'spring', confidence: 100 });
    expect(at('2020-06-20', 48)).toEqual({ season: 'summer', confidence: 60 });
    expect(at('2020-09-10', -38)).toEqual({ season: 'spring', confidence: 60 });
    expect(at('2020-12-20', 48)).toEqual({ season: 'winter', confidence: 60 });
  });

  it('fades towards the tropics and does not exist between them', () => {
    expect(at('2020-07-15', 23.44)?.confidence).toBeCloseTo(50, 6);
    expect(at('2020-07-15', 30)?.confidence).toBeGreaterThan(70);
    expect(at('2020-07-15', 23.4)).toBeNull();
    expect(at('2020-07-15', -10)).toBeNull();
    expect(at('2020-07-15', 0)).toBeNull();
  });

  it('needs a place and a date that is not only the file’s', () => {
    expect(at('2020-07-15', null)).toBeNull();
    const taken = { takenAt: '2020-07-15T12:00:00', utcOffsetMinutes: null, latitude: 48 };
    expect(season({ ...taken, takenAtSource: 'mtime' })).toBeNull();
    expect(season({ ...taken, takenAtSource: 'filename' })?.season).toBe('summer');
    expect(season({ ...taken, takenAt: null, takenAtSource: null })).toBeNull();
  });
});
