import { describe, expect, it } from 'vitest';
import { dayRuns } from '../../../../renderer/grid/dates/dayRuns.ts';
import {
  densityBands,
  densityOutline,
  fullDensity,
} from '../../../../renderer/grid/dates/density.ts';
import { placeOfPhoto } from '../../../../renderer/grid/dates/places.ts';
import { dayOf, layoutOf, times } from './results.ts';

/** Bands of a result and where the photos lie among them. */
function bandsOf(dates: readonly string[], trackPixels = 200) {
  const { layout, days } = layoutOf(dates);
  const runs = dayRuns(days);
  const bands = densityBands(layout, runs, trackPixels);
  const bandOf = (photo: number): number =>
    (placeOfPhoto(layout, photo) / layout.heightPixels) * trackPixels;
  const within = (first: number, end: number): number[] => {
    const last = end >= days.length ? trackPixels : Math.floor(bandOf(end));
    return [...bands.subarray(Math.ceil(bandOf(first)), last)];
  };
  return { bands, runs, within };
}

const daysAgo = (date: string, days: number): string =>
  new Date((dayOf(date) - days) * 86_400_000).toISOString().slice(0, 10);

describe('densityBands', () => {
  it('is the photos of a day where one day fills many bands', () => {
    const { bands } = bandsOf(times(60, '2019-07-14'));
    for (const density of bands) expect(density).toBeCloseTo(60);
  });

  it('lets a holiday stand out against quiet years', () => {
    const holiday = Array.from({ length: 10 }, (_, day) => times(60, daysAgo('2019-07-14', day)));
    const quiet = Array.from({ length: 300 }, (_, at) => daysAgo('2018-12-31', at * 5));
    const { within } = bandsOf([...holiday.flat(), ...quiet]);
    for (const density of within(0, 600)) expect(density).toBeCloseTo(60);
    for (const density of within(600, 900)) expect(density).toBeLessThan(0.5);
  });

  it('is the same from oldest to newest', () => {
    const dates = [
      ...times(30, '2019-07-14'),
      ...times(45, '2018-01-01'),
      ...times(90, '2017-12-31'),
    ];
    const newest = bandsOf(dates);
    const oldest = bandsOf(dates.toReversed());
    const expectAll = (densities: readonly number[], expected: number): void => {
      expect(densities.length).toBeGreaterThan(10);
      for (const density of densities) expect(density).toBeCloseTo(expected);
    };
    expectAll(newest.within(0, 30), 30);
    expectAll(newest.within(30, 75), 45);
    expectAll(newest.within(75, 165), 90);
    expectAll(oldest.within(0, 90), 90);
    expectAll(oldest.within(90, 135), 45);
    expectAll(oldest.within(135, 165), 30);
  });

  it('counts the days without a photo between two photos', () => {
    const dates = Array.from({ length: 399 }, (_, at) => daysAgo('2019-07-14', Math.floor(at / 3)));
    for (const density of bandsOf(dates, 50).bands) expect(density).toBeCloseTo(3, 1);
    const rare = Array.from({ length: 300 }, (_, at) => daysAgo('2019-07-14', at * 10));
    for (const density of bandsOf(rare, 10).bands) expect(density).toBeCloseTo(0.1, 2);
  });

  it('leaves undated photos out, wherever they are', () => {
    const { within } = bandsOf([...times(30, '2019-07-14'), ...times(60, '')]);
    for (const density of within(0, 30)) expect(density).toBeCloseTo(30);
    for (const density of within(30, 90)) expect(density).toBe(0);
    const first = bandsOf([...times(60, ''), ...times(30, '2019-07-14')]);
    for (const density of first.within(0, 60)) expect(density).toBe(0);
    for (const density of first.within(60, 90)) expect(density).toBeCloseTo(30);
    expect(bandsOf(times(5, '')).bands.some((density) => density > 0)).toBe(false);
  });

  it('has nothing to say of no photos, or without a track', () => {
    expect(bandsOf([]).bands.some((density) => density > 0)).toBe(false);
    expect(bandsOf(['2019-07-14'], 0).bands).toHaveLength(0);
  });
});

describe('fullDensity', () => {
  it('is the busiest band', () => {
    const { bands, runs } = bandsOf([...times(60, '2019-07-14'), ...times(20, '2019-07-13')]);
    expect(fullDensity(bands, runs)).toBeCloseTo(60);
  });

  it('is not led astray by one day that dwarfs all others', () => {
    const days = Array.from({ length: 100 }, (_, day) => times(10, daysAgo('2019-07-14', day)));
    const { bands, runs } = bandsOf([...times(5000, '2020-01-01'), ...days.flat()]);
    expect(fullDensity(bands, runs)).toBe(40);
  });

  it('is nothing without a date', () => {
    const { bands, runs } = bandsOf(times(5, ''));
    expect(fullDensity(bands, runs)).toBe(0);
  });
});

describe('densityOutline', () => {
  it('draws lengths by the square root, from the right edge', () => {
    const bands = Float64Array.from([100, 100, 25, 0, 1, 400]);
    expect(densityOutline(bands, 100, 20)).toBe('M20 0V0H0V2H10V3H20V4H18V5H0V6H20Z');
  });

  it('shows even the fewest photos, and nothing where there is none', () => {
    expect(densityOutline(Float64Array.from([0.001]), 100, 20)).toBe('M20 0V0H19V1H20Z');
    expect(densityOutline(new Float64Array(3), 0, 20)).toBe('');
  });
});
