import { describe, expect, it } from 'vitest';
import { dayRuns, monthRuns } from '../../../renderer/grid/dates/dayRuns.ts';
import { dateOfDay, timelineMarks } from '../../../renderer/grid/timeline.ts';
import { UNDATED } from '../../../shared/resultCodec.ts';
import { dayOf, layoutOf, times } from './dates/results.ts';

describe('dateOfDay', () => {
  it('reads days as wall-clock dates, before 1970 as well', () => {
    expect(dateOfDay(dayOf('2019-07-14'))?.toISOString()).toBe('2019-07-14T00:00:00.000Z');
    expect(dateOfDay(dayOf('1826-06-01'))?.getUTCFullYear()).toBe(1826);
    expect(dateOfDay(UNDATED)).toBeNull();
  });
});

describe('timelineMarks', () => {
  const marksOf = (dates: readonly string[], trackPixels: number) => {
    const { layout, days } = layoutOf(dates);
    return {
      layout,
      marks: timelineMarks(layout, monthRuns(dayRuns(days)), trackPixels),
    };
  };

  it('marks where each year begins, in either order, and leaves undated photos out', () => {
    const dates = ['2019-07-14', '2018-12-31', '2003-01-01', ''];
    const { layout, marks } = marksOf(dates, 1000);
    expect(marks.map(({ kind, year }) => `${kind} ${year}`)).toEqual([
      'year 2019',
      'year 2018',
      'year 2003',
    ]);
    expect(marks[1]?.y).toBeCloseTo(((layout.sectionTops[1] ?? 0) / layout.heightPixels) * 1000);
    const turned = marksOf(dates.slice(0, 3).toReversed(), 1000).marks;
    expect(turned.map(({ year }) => year)).toEqual([2003, 2018, 2019]);
  });

  it('names months where there is room, below their own year only', () => {
    const dates = ['2019-07-14', '2019-06-14', '2019-05-14', '2018-12-31', '2018-11-30'].flatMap(
      (date) => Array.from({ length: 20 }, () => date),
    );
    const names = (trackPixels: number) =>
      marksOf(dates, trackPixels).marks.map(({ kind, year, month }) =>
        kind === 'year' ? String(year) : `${year}-${month + 1}`,
      );
    expect(names(1000)).toEqual(['2019', '2018', '2019-6', '2019-5', '2018-11']);
    expect(names(80)).toEqual(['2019', '2018']);
    expect(names(30)).toEqual(['2019']);
    expect(names(0)).toEqual([]);
  });

  it('names a long year rather than a short one before it', () => {
    const dates = [...times(2, '2020-01-01'), ...times(300, '2019-07-14'), '2018-01-01'];
    const { marks } = marksOf(dates, 300);
    expect(marks.map(({ year }) => year)).toEqual([2019]);
    const alike = [...times(20, '2020-01-01'), ...times(30, '2019-07-14')];
    expect(marksOf(alike, 40).marks.map(({ year }) => year)).toEqual([2020]);
  });

  it('keeps names apart, and on the track', () => {
    const dates = Array.from({ length: 400 }, (_, at) => {
      const month = 399 - at;
      return `${1990 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-05`;
    });
    for (const trackPixels of [100, 333, 900, 4000]) {
      const { marks } = marksOf(dates, trackPixels);
      const ys = marks.map(({ y }) => y).sort((left, right) => left - right);
      expect(ys.length).toBeGreaterThan(2);
      for (const [at, y] of ys.entries()) {
        expect(y - (ys[at - 1] ?? -100)).toBeGreaterThanOrEqual(22);
        expect(y).toBeLessThanOrEqual(trackPixels - 14);
      }
    }
  });
});
