/** Photos of a set by what stands in their columns. */
import { UNDATED } from '../../shared/resultCodec.ts';
import type { Bits } from './bits.ts';
import type { SourceGroup } from './sourceGroups.ts';
import type { Store } from './store.ts';
import { calendarOf } from './values.ts';

/** Not to be changed. */
export type ColumnCounts = {
  /** By folder id, without what is below. */
  readonly folders: Uint32Array;
  /** By number of each dictionary. */
  readonly cameras: Uint32Array;
  readonly lenses: Uint32Array;
  readonly formats: Uint32Array;
  /** By months since the year 0; none is empty. */
  readonly months: ReadonlyMap<number, number>;
  readonly undated: number;
};

/** All columns in one go through the set. */
export function countColumns(store: Store, photos: Bits): ColumnCounts {
  const { folder, camera, lens, format } = store.columns;
  const folders = new Uint32Array(store.folders.highestId + 1);
  const cameras = new Uint32Array(store.cameras.texts.length);
  const lenses = new Uint32Array(store.lenses.texts.length);
  const formats = new Uint32Array(store.formats.texts.length);
  for (let word = 0; word < photos.length; word += 1) {
    let rest = photos[word] as number;
    while (rest !== 0) {
      const lowest = rest & -rest;
      rest ^= lowest;
      const slot = (word << 5) + 31 - Math.clz32(lowest);
      increase(folders, folder[slot] as number);
      increase(cameras, camera[slot] as number);
      increase(lenses, lens[slot] as number);
      increase(formats, format[slot] as number);
    }
  }
  return { folders, cameras, lenses, formats, ...countMonths(store, photos) };
}

function increase(counts: Uint32Array, index: number): void {
  counts[index] = (counts[index] as number) + 1;
}

function countMonths(
  store: Store,
  photos: Bits,
): { readonly months: ReadonlyMap<number, number>; readonly undated: number } {
  const { day } = store.columns;
  const months = new Map<number, number>();
  let undated = 0;
  // Slots lie in the order of dates, so days come in runs.
  let runDay = UNDATED;
  let run = 0;
  const endRun = (): void => {
    if (run === 0) return;
    if (runDay === UNDATED) {
      undated += run;
      return;
    }
    const { year, month } = calendarOf(runDay);
    const key = year * 12 + month - 1;
    months.set(key, (months.get(key) ?? 0) + run);
  };
  for (let word = 0; word < photos.length; word += 1) {
    let rest = photos[word] as number;
    if (rest === 0xffffffff && day[word << 5] === runDay && day[(word << 5) + 31] === runDay) {
      if ((word << 5) + 31 < store.base) {
        run += 32;
        continue;
      }
    }
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
    }
  }
  endRun();
  return { months, undated };
}

/** `all` without `some` of it. */
export function subtractCounts(all: ColumnCounts, some: ColumnCounts): ColumnCounts {
  const less = (counts: Uint32Array, others: Uint32Array): Uint32Array =>
    counts.map((count, index) => count - (others[index] ?? 0));
  const months = new Map(all.months);
  for (const [month, count] of some.months) {
    const rest = (months.get(month) ?? 0) - count;
    if (rest > 0) months.set(month, rest);
    else months.delete(month);
  }
  return {
    folders: less(all.folders, some.folders),
    cameras: less(all.cameras, some.cameras),
    lenses: less(all.lenses, some.lenses),
    formats: less(all.formats, some.formats),
    months,
    undated: all.undated - some.undated,
  };
}

/** Photos of a set whose surest entry of a source reaches `lowest`, a confidence byte. */
export function countInSource({ highest }: SourceGroup, lowest: number, photos: Bits): number {
  let count = 0;
  for (let word = 0; word < photos.length; word += 1) {
    let rest = photos[word] as number;
    if (rest === 0) continue;
    const first = word << 5;
    if (rest === 0xffffffff) {
      // A byte above `lowest` makes the difference negative: its sign is the answer.
      for (let slot = first; slot < first + 32; slot += 1) {
        count += (lowest - (highest[slot] as number)) >>> 31;
      }
      continue;
    }
    while (rest !== 0) {
      const bit = rest & -rest;
      rest ^= bit;
      count += (lowest - (highest[first + 31 - Math.clz32(bit)] as number)) >>> 31;
    }
  }
  return count;
}
