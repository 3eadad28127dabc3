import { describe, expect, it } from 'vitest';
import {
  exposureValue,
  goldenHour,
  night,
} from '../../../../../main/tagging/onDevice/rules/sky.ts';

describe('goldenHour', () => {
  it('lasts while the sun stands between −4° and 6°', () => {
    expect(goldenHour(-4)).toBe(50);
    expect(goldenHour(6)).toBe(50);
    expect(goldenHour(5)).toBe(75);
    expect(goldenHour(0)).toBe(100);
    expect(goldenHour(-4.01)).toBe(0);
    expect(goldenHour(6.01)).toBe(0);
    expect(goldenHour(null)).toBe(0);
  });
});

describe('exposureValue', () => {
  it('is that of the usual tables', () => {
    expect(exposureValue({ exposureSeconds: 1 / 125, fNumber: 16, iso: 100 })).toBeCloseTo(15, 1);
    expect(exposureValue({ exposureSeconds: 1, fNumber: 1, iso: 100 })).toBe(0);
    expect(exposureValue({ exposureSeconds: 1, fNumber: 1, iso: 800 })).toBe(-3);
    expect(exposureValue({ exposureSeconds: 1, fNumber: null, iso: 100 })).toBeNull();
    expect(exposureValue({ exposureSeconds: 0, fNumber: 2, iso: 100 })).toBeNull();
  });
});

describe('night', () => {
  const street = { exposureSeconds: 1 / 15, fNumber: 1.8, iso: 1600 };
  const room = { exposureSeconds: 1 / 60, fNumber: 2.8, iso: 400 };
  const day = { exposureSeconds: 1 / 500, fNumber: 8, iso: 100 };

  it('goes by the exposure where the sun is not known, and is then never quite sure', () => {
    expect(night(street, null)).toBeGreaterThan(50);
    expect(night({ exposureSeconds: 20, fNumber: 2.8, iso: 3200 }, null)).toBe(80);
    expect(night(room, null)).toBe(0);
    expect(night(day, null)).toBe(0);
  });

  it('is surer under a dark sky and impossible by day', () => {
    expect(night(street, -20)).toBe(100);
    expect(night(room, -20)).toBeGreaterThan(0);
    expect(night(day, -20)).toBe(0);
    expect(night(street, 30)).toBe(0);
    expect(night(street, 0)).toBe(0);
    expect(night(street, -3)).toBe(night(street, null));
  });

  it('needs all of time, aperture and sensitivity', () => {
    expect(night({ ...street, iso: null }, -20)).toBe(0);
  });
});
