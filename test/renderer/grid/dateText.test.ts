import { describe, expect, it } from 'vitest';
import {
  daysText,
  dayText,
  dayTextOfTime,
  monthText,
  shortMonthText,
  yearText,
} from '../../../renderer/grid/dateText.ts';
import { UNDATED } from '../../../shared/resultCodec.ts';

const DAY = Date.parse('2019-07-14T00:00:00Z') / 86_400_000;

describe('dateText', () => {
  it('writes days and months in both languages', () => {
    expect(dayText(DAY, 'en')).toBe('14 July 2019');
    expect(dayText(DAY, 'zh')).toBe('2019年7月14日');
    expect(monthText(DAY, 'en')).toBe('July 2019');
    expect(monthText(DAY, 'zh')).toBe('2019年7月');
    expect(dayTextOfTime('2019-07-14T23:59:59', 'en')).toBe('14 July 2019');
    expect([shortMonthText(6, 'en'), shortMonthText(6, 'zh')]).toEqual(['Jul', '7月']);
    expect([yearText(2019, 'en'), yearText(2019, 'zh')]).toEqual(['2019', '2019年']);
  });

  it('writes several days as a range, from either end', () => {
    expect(daysText(DAY, DAY, 'en')).toBe('14 July 2019');
    const earlier = daysText(DAY, DAY - 11, 'en');
    expect(earlier).toBe(daysText(DAY - 11, DAY, 'en'));
    expect(earlier).toMatch(/^3\s?–\s?14 July 2019$/);
    expect(daysText(DAY - 11, DAY, 'zh')).toBe('2019年7月3日–14日');
    expect(daysText(DAY - 21, DAY, 'zh')).toBe('2019年6月23日–7月14日');
    expect(daysText(DAY - 210, DAY, 'zh')).toBe('2018年12月16日–2019年7月14日');
    expect(daysText(UNDATED, UNDATED, 'en')).toBeNull();
  });

  it('has nothing to say of photos without a date', () => {
    expect(dayText(UNDATED, 'en')).toBeNull();
    expect(monthText(UNDATED, 'zh')).toBeNull();
    expect(dayTextOfTime(null, 'en')).toBeNull();
    expect(dayTextOfTime('soon', 'en')).toBeNull();
  });
});
