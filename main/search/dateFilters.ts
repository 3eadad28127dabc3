/** Terms about time that are answered from the columns. */
import { UNDATED } from '../../shared/resultCodec.ts';
import { addBit, addRange, type Bits } from './bits.ts';
import type { ColumnName } from './columns.ts';
import type { Store } from './store.ts';
import { ANY_RANGE, inRange, type Period, type Range, type Term } from './tree.ts';
import { type CalendarDay, calendarOf, dayNumber, daysInMonth, periodEnds } from './values.ts';

const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1);

/** Slots whose number in a column is within a range. NaN is within none. */
export function whereWithin(store: Store, column: ColumnName, range: Range): Bits {
  const found = store.emptyBits();
  const values = store.columns[column];
  const { slots } = store;
  const { min, max, minOpen, maxOpen } = range;
  for (let slot = 0; slot < slots; ) {
    const word = slot >>> 5;
    const end = Math.min(slots, slot + 32);
    let bits = 0;
    for (; slot < end; slot += 1) {
      const value = values[slot] as number;
      const within =
        (value > min || (value === min && !minOpen)) &&
        (value < max || (value === max && !maxOpen));
      bits |= (within ? 1 : 0) << (slot & 31);
    }
    found[word] = bits;
  }
  return found;
}

export function dateFilter(store: Store, term: Extract<Term, { kind: 'date' }>): Bits {
  if (term.key === 'added') {
    // When a photo was added is an instant; its days are those of this computer.
    const range = periodRange(term, (day) => localTime(day));
    return whereWithin(store, 'added', range);
  }
  const range = periodRange(term, ({ year, month, day }) => dayNumber(year, month, day));
  return takenWithin(store, [range], (day) => inRange(range, day));
}

/** That day of any year. */
export function onFilter(store: Store, month: number, date: number): Bits {
  const days = everyYear(store, (year) =>
    date > daysInMonth(year, month) ? [] : [{ year, month, day: date }],
  );
  return takenWithin(store, days, (day) => {
    const known = calendarOf(day);
    return known.month === month && known.day === date;
  });
}

/** Those months of any year. */
export function monthFilter(store: Store, isWanted: (month: number) => boolean): Bits {
  const wanted = MONTHS.filter(isWanted);
  const months = everyYear(store, (year) => wanted.map((month) => ({ year, month, day: null })));
  return takenWithin(store, months, (day) => isWanted(calendarOf(day).month));
}

/** The days of periods of each year that has photos. */
function everyYear(store: Store, periods: (year: number) => readonly Period[]): Range[] {
  const { day } = store.columns;
  let dated = store.base;
  while (dated > 0 && day[dated - 1] === UNDATED) dated -= 1;
  if (dated === 0) return [];
  const last = calendarOf(day[0] as number).year;
  const ranges: Range[] = [];
  for (let year = calendarOf(day[dated - 1] as number).year; year <= last; year += 1) {
    for (const period of periods(year)) {
      const [min, max] = periodEnds(period).map((end) => dayNumber(end.year, end.month, end.day));
      ranges.push({ ...ANY_RANGE, min: min ?? 0, max: max ?? 0, maxOpen: true });
    }
  }
  return ranges;
}

/**
 * Slots lie in the order of dates, newest first, so that a period is a run of them; those that came later
 * are looked at.
 */
function takenWithin(
  store: Store,
  ranges: readonly Range[],
  isWithin: (day: number) => boolean,
): Bits {
  const { day } = store.columns;
  const found = store.emptyBits();
  const firstBelow = (passes: (value: number) => boolean): number => {
    let low = 0;
    let high = store.base;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (passes(day[middle] as number)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  for (const range of ranges) {
    const start = firstBelow((value) => (range.maxOpen ? value >= range.max : value > range.max));
    const end = firstBelow(
      (value) => value !== UNDATED && (range.minOpen ? value > range.min : value >= range.min),
    );
    addRange(found, start, end);
  }
  for (let slot = store.base; slot < store.slots; slot += 1) {
    const value = day[slot] as number;
    if (value !== UNDATED && isWithin(value)) addBit(found, slot);
  }
  return found;
}

function periodRange(
  term: { readonly comparison: string; readonly first: Period; readonly last: Period | null },
  toNumber: (day: CalendarDay) => number,
): Range {
  const [start, after] = periodEnds(term.first).map(toNumber) as [number, number];
  switch (term.comparison) {
    case '>':
      return { ...ANY_RANGE, min: after };
    case '>=':
      return { ...ANY_RANGE, min: start };
    case '<':
      return { ...ANY_RANGE, max: start, maxOpen: true };
    case '<=':
      return { ...ANY_RANGE, max: after, maxOpen: true };
    default: {
      const end = term.last ? toNumber(periodEnds(term.last)[1]) : after;
      return { ...ANY_RANGE, min: start, max: end, maxOpen: true };
    }
  }
}

function localTime({ year, month, day }: CalendarDay): number {
  const date = new Date(2000, month - 1, 1);
  date.setFullYear(year, month - 1, day);
  return date.getTime();
}
