import { describe, expect, it } from 'vitest';
import { formatFor } from '../../../renderer/i18n/format.ts';

const en = formatFor('en');
const zh = formatFor('zh');

describe('formatFor', () => {
  it('groups the digits of numbers', () => {
    expect(en.number(84_112)).toBe('84,112');
    expect(zh.number(1_284)).toBe('1,284');
    expect(en.number(9.14, 1)).toBe('9.1');
  });

  it('writes sizes in units of 1000', () => {
    expect(en.size(999)).toBe('999 bytes');
    expect(en.size(140_000)).toBe('140 kB');
    expect(en.size(3_500_000)).toBe('3.5 MB');
    expect(zh.size(2_000_000_000)).toBe('2 GB');
  });

  it('writes days and wall clocks without a time zone', () => {
    const day = Date.UTC(2019, 6, 14) / 86_400_000;
    expect(en.day(day)).toBe('14 July 2019');
    expect(zh.day(day)).toBe('2019年7月14日');
    expect(en.wallClock('2019-07-14T00:03:09')).toMatch(/14 July 2019.*00:03/);
    expect(en.wallClock('not a time')).toBe('not a time');
  });

  it('writes durations in the one unit that matters', () => {
    expect(en.duration(0)).toBe('1 sec');
    expect(en.duration(31 * 60)).toBe('31 min');
    expect(en.duration(3 * 3600)).toBe('3 hr');
    expect(zh.duration(31 * 60)).toBe('31分钟');
    expect(zh.duration(3 * 86_400)).toBe('3天');
  });
});

describe('money, months and dates', () => {
  it('shows what is less than a coin as less, never as nothing', () => {
    expect(formatFor('en').money(3.612, 'CNY')).toBe('¥3.61');
    expect(formatFor('en').money(50, 'CNY')).toBe('¥50');
    expect(formatFor('en').money(0, 'EUR')).toBe('€0');
    expect(formatFor('en').money(0.0012, 'USD')).toBe('< $0.01');
    expect(formatFor('zh').money(1234.5, 'CNY')).toBe('¥1,234.50');
    expect(formatFor('en').money(0.4, 'JPY')).toBe('< ¥1');
  });

  it('writes calendar months and days', () => {
    expect(formatFor('en').month('2026-11')).toBe('November 2026');
    expect(formatFor('zh').month('2026-11')).toBe('2026年11月');
    expect(formatFor('en').date('2026-12-30')).toBe('30 December 2026');
    expect(formatFor('en').date('soon')).toBe('soon');
  });
});
