import { UNDATED } from '../../../shared/resultCodec.ts';
import { dateOfDay } from '../timeline.ts';
import type { DayRuns } from './dayRuns.ts';
import type { DateReading } from './parseDateText.ts';

const DAY_MS = 86_400_000;

/** Where a date is in a result. */
export type FoundDate = {
  /** What was asked for; a date without a year has got one. */
  readonly span: 'day' | 'month' | 'year';
  readonly firstDay: number;
  readonly lastDay: number;
  /** Photos in it; 0 when there are none, and the nearest day stands in. */
  readonly count: number;
  /** The first photo in the order of the result: of what was asked for, or of the nearest day. */
  readonly index: number;
  /** The day of that photo. */
  readonly day: number;
};

type Period = Pick<FoundDate, 'span' | 'firstDay' | 'lastDay'>;

/**
 * Looks a date up in a result that is in the order of dates. Without photos in it the nearest day with
 * photos is the answer; of two that are equally near, the later one in the result's order. A date without
 * a year is of this year or the nearest one that has photos. Null when no photo has a date.
 */
export function findDate(reading: DateReading, runs: DayRuns, today: number): FoundDate | null {
  const period = periodOf(reading, runs, today);
  let count = 0;
  let found: number | null = null;
  let nearest: number | null = null;
  let leastDays = Infinity;
  runs.days.forEach((day, run) => {
    if (day === UNDATED) return;
    if (day >= period.firstDay && day <= period.lastDay) {
      count += photosOf(runs, run);
      found ??= run;
      return;
    }
    const days = day < period.firstDay ? period.firstDay - day : day - period.lastDay;
    if (days > leastDays) return;
    leastDays = days;
    nearest = run;
  });
  const run = found ?? nearest;
  if (run === null) return null;
  return { ...period, count, index: runs.starts[run] ?? 0, day: runs.days[run] ?? 0 };
}

function photosOf({ starts }: DayRuns, run: number): number {
  return (starts[run + 1] ?? 0) - (starts[run] ?? 0);
}

function periodOf(reading: DateReading, runs: DayRuns, today: number): Period {
  switch (reading.kind) {
    case 'day':
      return { span: 'day', firstDay: reading.day, lastDay: reading.day };
    case 'month':
      return monthPeriod(reading.year, reading.month);
    case 'year':
      return {
        span: 'year',
        firstDay: dayNumber(reading.year, 1, 1),
        lastDay: dayNumber(reading.year, 12, 31),
      };
    case 'month-of-year': {
      const year = nearestYear(runs, today, (date) => date.getUTCMonth() + 1 === reading.month);
      return monthPeriod(year, reading.month);
    }
    case 'day-of-year': {
      const { month, dayOfMonth } = reading;
      const isThatDay = (date: Date): boolean =>
        date.getUTCMonth() + 1 === month && date.getUTCDate() === dayOfMonth;
      let year = nearestYear(runs, today, isThatDay);
      // 29 February is not in every year.
      while (!isThatDay(new Date(dayNumber(year, month, dayOfMonth) * DAY_MS))) year -= 1;
      const day = dayNumber(year, month, dayOfMonth);
      return { span: 'day', firstDay: day, lastDay: day };
    }
  }
}

function monthPeriod(year: number, month: number): Period {
  return {
    span: 'month',
    firstDay: dayNumber(year, month, 1),
    lastDay: dayNumber(year, month + 1, 1) - 1,
  };
}

function dayNumber(year: number, month: number, dayOfMonth: number): number {
  return Date.UTC(year, month - 1, dayOfMonth) / DAY_MS;
}

/** Of the years with such a date the nearest to this one, the past one of two; this year when there is none. */
function nearestYear(runs: DayRuns, today: number, isWanted: (date: Date) => boolean): number {
  const thisYear = new Date(today * DAY_MS).getUTCFullYear();
  let best: number | null = null;
  for (const day of runs.days) {
    const date = dateOfDay(day);
    if (!date || !isWanted(date)) continue;
    const year = date.getUTCFullYear();
    const far = Math.abs(year - thisYear);
    const bestFar = best === null ? Infinity : Math.abs(best - thisYear);
    if (far < bestFar || (far === bestFar && year < thisYear)) best = year;
  }
  return best ?? thisYear;
}
