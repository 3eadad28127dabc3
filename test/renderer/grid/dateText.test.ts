import { describe, expect, it } from 'vitest';
import { dayText, dayTextOfTime, monthText } from '../../../renderer/grid/dateText.ts';
import { UNDATED } from '../../../shared/resultCodec.ts';

const DAY = Date.parse('2019-07-14T00:00:00Z') / 86_400_000;

describe('dateText', () => {
  it('writes days and months in both languages', () => {
    expect(dayText(DAY, 'en')).toBe('14 July 2019');
    expect(dayText(DAY, 'zh')).toBe('2019年7月14日');
    expect(monthText(DAY, 'en')).toBe('July 2019');
    expect(monthText(DAY, 'zh')).toBe('2019年7月');
    expect(dayTextOfTime('2019-07-14T23:59:59', 'en')).toBe('14 July 2019');
  });

  it('has nothing to say of photos without a date', () => {
    expect(dayText(UNDATED, 'en')).toBeNull();
    expect(monthText(UNDATED, 'zh')).toBeNull();
    expect(dayTextOfTime(null, 'en')).toBeNull();
    expect(dayTextOfTime('soon', 'en')).toBeNull();
  });
});
