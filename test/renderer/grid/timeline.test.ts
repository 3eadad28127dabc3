import { describe, expect, it } from 'vitest';
import { layoutGrid } from '../../../renderer/grid/layout.ts';
import { dateOfDay, placeTicks, yearTicks } from '../../../renderer/grid/timeline.ts';
import { UNDATED } from '../../../shared/resultCodec.ts';

const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000;

describe('timeline', () => {
  it('reads days as wall-clock dates, before 1970 as well', () => {
    expect(dateOfDay(dayOf('2019-07-14'))?.toISOString()).toBe('2019-07-14T00:00:00.000Z');
    expect(dateOfDay(dayOf('1826-06-01'))?.getUTCFullYear()).toBe(1826);
    expect(dateOfDay(UNDATED)).toBeNull();
  });

  it('marks where each year begins, in either order, and leaves undated photos out', () => {
    const days = ['2019-07-14', '2019-03-01', '2018-12-31', '2003-01-01'].map(dayOf);
    const layout = layoutGrid({
      aspects: new Uint16Array(5),
      days: new Int32Array([...days, UNDATED]),
      widthPixels: 800,
      rowHeightPixels: 200,
      gapPixels: 4,
      headerPixels: 44,
    });
    const ticks = yearTicks(layout);
    expect(ticks.map((tick) => tick.year)).toEqual([2019, 2018, 2003]);
    expect(ticks[1]?.topPixels).toBe(layout.sectionTops[2]);
  });

  it('leaves years out whose numbers would touch, or leave the track', () => {
    const ticks = [0, 10, 12, 300, 995].map((topPixels, index) => ({
      year: 2020 - index,
      topPixels,
    }));
    const placed = placeTicks(ticks, 1000, 1000);
    expect(placed.map((tick) => tick.year)).toEqual([2020, 2017]);
    expect(placeTicks(ticks, 0, 500)).toEqual([]);
  });
});
