/** On which days the photos of a library were taken, so that the number of any period is told at once. */
import { UNDATED } from '../../shared/resultCodec.ts';
import type { Bits } from './bits.ts';
import type { Store } from './store.ts';
import type { Period } from './tree.ts';
import { calendarOf, dayNumber, periodEnds } from './values.ts';

const MONTHS = 12;
const DAYS = 31;
const HOURS = 24;

export class Calendar {
  /** Years with photos, latest first. */
  readonly years: readonly number[];
  /** Days with photos since 1970, rising. */
  readonly #days: Int32Array;
  /** Photos before each of `#days`, and behind them all. */
  readonly #before: Uint32Array;
  /** Photos of each hour of the day. */
  readonly #hours = new Uint32Array(HOURS);
  /** By month and day of any year. */
  readonly #everyYear = new Uint32Array(MONTHS * DAYS);

  /** Of the photos of a set. */
  constructor(store: Store, photos: Bits) {
    const { day, second } = store.columns;
    const counts = new Map<number, number>();
    // Slots lie in the order of dates, so days come in runs.
    let runDay = UNDATED;
    let run = 0;
    const endRun = (): void => {
      if (run > 0 && runDay !== UNDATED) counts.set(runDay, (counts.get(runDay) ?? 0) + run);
    };
    for (let word = 0; word < photos.length; word += 1) {
      let rest = photos[word] as number;
      while (rest !== 0) {
        const lowest = rest & -rest;
        rest ^= lowest;
        const slot = (word << 5) + 31 - Math.clz32(lowest);
        if (day[slot] !== runDay) {
          endRun();
          runDay = day[slot] as number;
          run = 0;
        }
        run += 1;
        if (runDay === UNDATED) continue;
        const hour = Math.floor((second[slot] as number) / 3600);
        this.#hours[hour] = (this.#hours[hour] as number) + 1;
      }
    }
    endRun();
    this.#days = Int32Array.from(counts.keys()).sort();
    this.#before = new Uint32Array(this.#days.length + 1);
    const years = new Set<number>();
    for (let index = 0; index < this.#days.length; index += 1) {
      const number = this.#days[index] as number;
      const count = counts.get(number) ?? 0;
      this.#before[index + 1] = (this.#before[index] as number) + count;
      const known = calendarOf(number);
      years.add(known.year);
      const place = (known.month - 1) * DAYS + known.day - 1;
      this.#everyYear[place] = (this.#everyYear[place] as number) + count;
    }
    this.years = [...years].sort((a, b) => b - a);
  }

  /** Photos of a period. */
  within(period: Period): number {
    const [start, after] = periodEnds(period);
    return this.#upTo(after) - this.#upTo(start);
  }

  /** Photos from the first day of a period on. */
  from(period: Period): number {
    return (this.#before.at(-1) ?? 0) - this.#upTo(periodEnds(period)[0]);
  }

  /** Photos up to the last day of a period. */
  to(period: Period): number {
    return this.#upTo(periodEnds(period)[1]);
  }

  /** Photos of a month of any year; of one day of it. */
  everyYear(month: number, day: number | null): number {
    const first = (month - 1) * DAYS;
    if (day !== null) return this.#everyYear[first + day - 1] ?? 0;
    return this.#everyYear.subarray(first, first + DAYS).reduce((sum, count) => sum + count, 0);
  }

  /** Photos from one hour of the day to another, both in; `22` to `5` goes round midnight. */
  hours(first: number, last: number): number {
    let sum = 0;
    for (let hour = first; ; hour = (hour + 1) % HOURS) {
      sum += this.#hours[hour] ?? 0;
      if (hour === last) return sum;
    }
  }

  /** Photos before a day. */
  #upTo({ year, month, day }: { year: number; month: number; day: number }): number {
    const wanted = dayNumber(year, month, day);
    let low = 0;
    let high = this.#days.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#days[middle] as number) < wanted) low = middle + 1;
      else high = middle;
    }
    return this.#before[low] as number;
  }
}
