import { UNDATED } from '../../../shared/resultCodec.ts';
import { endOfRun } from '../runs.ts';

const DAY_MS = 86_400_000;

/** The days of a result that is in the order of dates, each with its photos. Undated photos are one run. */
export type DayRuns = {
  /** Days since 1970-01-01 by wall clock; `UNDATED` without a date. */
  readonly days: Int32Array;
  /** First photo of each run, and the number of photos at the end. */
  readonly starts: Uint32Array;
};

/** The months of a result that is in the order of dates, each with its photos. */
export type MonthRuns = {
  /** Year × 12 + month counted from 0; `UNDATED` without a date. */
  readonly months: Int32Array;
  /** First photo of each month, and the number of photos at the end. */
  readonly starts: Uint32Array;
};

export type ResultDates = { readonly days: DayRuns; readonly months: MonthRuns };

/** The days and months of a result that is in the order of dates. */
export function datesOf(days: Int32Array): ResultDates {
  const runs = dayRuns(days);
  return { days: runs, months: monthRuns(runs) };
}

/** Gathers the photos of each day. Days have to be in order, from either end; `UNDATED` may be at either. */
export function dayRuns(days: Int32Array): DayRuns {
  const found: number[] = [];
  const starts: number[] = [];
  for (let start = 0; start < days.length; start = endOfRun(days, start)) {
    found.push(days[start] ?? UNDATED);
    starts.push(start);
  }
  starts.push(days.length);
  return { days: Int32Array.from(found), starts: Uint32Array.from(starts) };
}

/** Gathers the days of a month. */
export function monthRuns({ days, starts }: DayRuns): MonthRuns {
  const months: number[] = [];
  const firsts: number[] = [];
  // The days of the present month: a date is made once a month, not once a day.
  let from = 0;
  let to = 0;
  days.forEach((day, run) => {
    if (months.length > 0 && day >= from && day < to) return;
    const date = new Date(day * DAY_MS);
    const year = date.getUTCFullYear();
    const month = date.getUTCMonth();
    from = day === UNDATED ? UNDATED : Date.UTC(year, month, 1) / DAY_MS;
    to = day === UNDATED ? UNDATED + 1 : Date.UTC(year, month + 1, 1) / DAY_MS;
    months.push(day === UNDATED ? UNDATED : year * 12 + month);
    firsts.push(starts[run] ?? 0);
  });
  firsts.push(starts.at(-1) ?? 0);
  return { months: Int32Array.from(months), starts: Uint32Array.from(firsts) };
}

/** The year of a month of `MonthRuns`; null for photos without a date. */
export function yearOfMonth(month: number): number | null {
  return month === UNDATED ? null : Math.floor(month / 12);
}

/** The first day of a month of `MonthRuns`; `UNDATED` stays what it is. */
export function firstDayOfMonth(month: number): number {
  if (month === UNDATED) return UNDATED;
  return Date.UTC(Math.floor(month / 12), month - Math.floor(month / 12) * 12, 1) / DAY_MS;
}
