import { describe, expect, it } from 'vitest';
import { dayRuns, monthRuns } from '../../../../renderer/grid/dates/dayRuns.ts';
import { photoAfterKey } from '../../../../renderer/grid/dates/scrubberKeys.ts';
import { dayOf, times } from './results.ts';

const DATES = [
  '2019-07-14',
  '2019-07-01',
  '2019-05-01',
  '2018-12-01',
  '2018-01-31',
  '2016-06-06',
  '',
];
const months = monthRuns(
  dayRuns(
    Int32Array.from(
      DATES.flatMap((date) => times(10, date)),
      dayOf,
    ),
  ),
);

/** The date that a key leads to from the middle of another. */
function dateAfter(key: string, from: string): string | null {
  const to = photoAfterKey(key, months, DATES.indexOf(from) * 10 + 5);
  if (to === null) return null;
  if (to === DATES.length * 10) return 'end';
  return to % 10 === 0 ? (DATES[to / 10] ?? 'nowhere') : 'nowhere';
}

describe('photoAfterKey', () => {
  it('moves by month', () => {
    expect(dateAfter('ArrowDown', '2019-07-14')).toBe('2019-05-01');
    expect(dateAfter('ArrowDown', '2019-07-01')).toBe('2019-05-01');
    expect(dateAfter('ArrowRight', '2019-05-01')).toBe('2018-12-01');
    expect(dateAfter('ArrowUp', '2018-12-01')).toBe('2019-05-01');
    expect(dateAfter('ArrowLeft', '2019-05-01')).toBe('2019-07-14');
    expect(dateAfter('ArrowUp', '2019-07-01')).toBe('2019-07-14');
  });

  it('moves by year', () => {
    expect(dateAfter('PageDown', '2019-07-14')).toBe('2018-12-01');
    expect(dateAfter('PageDown', '2018-12-01')).toBe('2016-06-06');
    expect(dateAfter('PageUp', '2016-06-06')).toBe('2018-12-01');
    expect(dateAfter('PageUp', '2018-01-31')).toBe('2019-07-14');
    expect(dateAfter('PageUp', '2019-05-01')).toBe('2019-07-14');
  });

  it('reaches both ends and the photos without a date', () => {
    expect(dateAfter('ArrowDown', '2016-06-06')).toBe('');
    expect(dateAfter('PageDown', '2016-06-06')).toBe('');
    expect(dateAfter('ArrowDown', '')).toBe('end');
    expect(dateAfter('PageDown', '')).toBe('end');
    expect(dateAfter('PageUp', '')).toBe('2016-06-06');
    expect(dateAfter('Home', '')).toBe('2019-07-14');
    expect(dateAfter('End', '2019-07-14')).toBe('end');
    expect(dateAfter('Tab', '2019-07-14')).toBeNull();
  });
});
