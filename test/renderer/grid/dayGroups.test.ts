import { describe, expect, it } from 'vitest';
import { groupDays } from '../../../renderer/grid/dayGroups.ts';
import { layoutGrid } from '../../../renderer/grid/layout.ts';
import { packAspect, UNDATED } from '../../../shared/resultCodec.ts';

const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000;

/** Photos of 3:2, so 300 × 200 in a window of 1000 pixels: up to two make a short day. */
function groupsOf(dates: readonly string[]): number[] {
  const days = new Int32Array(dates.map((date) => (date === '' ? UNDATED : dayOf(date))));
  const aspects = new Uint16Array(dates.length).fill(packAspect(3, 2));
  const sizes = { aspects, widthPixels: 1000, rowHeightPixels: 200, gapPixels: 4 };
  const groups = groupDays({ ...sizes, days });
  const layout = layoutGrid({ ...sizes, days: groups, headerPixels: 44 });
  return [...layout.sectionStarts];
}

describe('groupDays', () => {
  it('lets short days share rows, no more than three', () => {
    const days = Array.from({ length: 11 }, (_, at) => `2019-07-${20 - at}`);
    expect(groupsOf(days.slice(0, 5))).toEqual([0, 5]);
    expect(groupsOf(days)).toEqual([0, 9, 11]);
  });

  it('never splits a day, and lets a long one stand alone', () => {
    const long = ['2019-07-13', '2019-07-13', '2019-07-13'];
    expect(groupsOf(['2019-07-14', ...long, '2019-07-12', '2019-07-11'])).toEqual([0, 1, 4, 6]);
    const pairs = ['2019-07-14', '2019-07-13', '2019-07-12', '2019-07-11', '2019-07-10'];
    expect(groupsOf(pairs.flatMap((day) => [day, day]))).toEqual([0, 8, 10]);
  });

  it('ends with the year, and leaves undated photos to themselves', () => {
    expect(groupsOf(['2019-01-01', '2018-12-31', '', ''])).toEqual([0, 1, 2, 4]);
    expect(groupsOf(['', '2018-12-31'])).toEqual([0, 1, 2]);
  });

  it('works from oldest to newest, and with nothing', () => {
    expect(groupsOf(['2018-12-30', '2018-12-31', '2019-01-01'])).toEqual([0, 2, 3]);
    expect(groupsOf([])).toEqual([0]);
  });
});
