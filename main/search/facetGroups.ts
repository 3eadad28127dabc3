/** What the photos of a result have in common besides tags. */
import type { FacetGroup, FacetGroups, FacetValue } from '../../shared/model.ts';
import { quoteTerm } from '../../shared/queryText.ts';
import { UNDATED } from '../../shared/resultCodec.ts';
import { type Bits, countBits, intersect } from './bits.ts';
import type { Dictionary } from './dictionary.ts';
import { calendarOf } from './filters.ts';
import { reaching } from './sourceGroups.ts';
import type { Store } from './store.ts';

type Counts = {
  /** By folder id, and by number of each dictionary. */
  readonly folders: Uint32Array;
  readonly cameras: Uint32Array;
  readonly lenses: Uint32Array;
  readonly formats: Uint32Array;
  /** By months since the year 0. */
  readonly months: Map<number, number>;
  readonly undated: number;
};

/** At most `limit` values a group; years and months are all told. */
export function groupFacets(
  store: Store,
  result: Bits,
  threshold: number,
  limit: number,
): FacetGroups {
  const counts = countColumns(store, result);
  return {
    folders: folderGroup(store, counts.folders, limit),
    years: yearGroup(counts.months),
    months: monthGroup(counts.months),
    undated: counts.undated,
    cameras: partGroup(store.cameras, 'camera', counts.cameras, limit),
    lenses: partGroup(store.lenses, 'lens', counts.lenses, limit),
    formats: formatGroup(store.formats, counts.formats, limit),
    services: serviceGroup(store, result, threshold),
  };
}

/** All columns in one go through the result. */
function countColumns(store: Store, result: Bits): Counts {
  const { folder, camera, lens, format, day } = store.columns;
  const folders = new Uint32Array(store.folders.highestId + 1);
  const cameras = new Uint32Array(store.cameras.texts.length);
  const lenses = new Uint32Array(store.lenses.texts.length);
  const formats = new Uint32Array(store.formats.texts.length);
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
  for (let word = 0; word < result.length; word += 1) {
    let rest = result[word] as number;
    while (rest !== 0) {
      const lowest = rest & -rest;
      rest ^= lowest;
      const slot = (word << 5) + 31 - Math.clz32(lowest);
      increase(folders, folder[slot] as number);
      increase(cameras, camera[slot] as number);
      increase(lenses, lens[slot] as number);
      increase(formats, format[slot] as number);
      if (day[slot] !== runDay) {
        endRun();
        runDay = day[slot] as number;
        run = 0;
      }
      run += 1;
    }
  }
  endRun();
  return { folders, cameras, lenses, formats, months, undated };
}

function increase(counts: Uint32Array, index: number): void {
  counts[index] = (counts[index] as number) + 1;
}

/** `folder:` finds what is below as well. */
function folderGroup(store: Store, direct: Uint32Array, limit: number): FacetGroup {
  const { branches, branchOf } = store.folders.tree;
  const counts = new Uint32Array(branches.length);
  for (let id = 0; id < direct.length; id += 1) {
    const branch = branchOf[id] ?? -1;
    if (branch >= 0) counts[branch] = (counts[branch] as number) + (direct[id] as number);
  }
  // Children come after their parents.
  for (let branch = branches.length - 1; branch >= 0; branch -= 1) {
    const parent = branches[branch]?.parent ?? -1;
    if (parent >= 0) counts[parent] = (counts[parent] as number) + (counts[branch] as number);
  }
  return mostFirst(counts, limit, (branch) => {
    const path = branches[branch]?.path ?? '';
    return { text: path, term: `folder:${quoteTerm(path)}` };
  });
}

/** `camera:` and `lens:` find every name that holds the text. */
function partGroup(
  dictionary: Dictionary,
  key: 'camera' | 'lens',
  direct: Uint32Array,
  limit: number,
): FacetGroup {
  const used = [...direct.keys()].filter((number) => number > 0 && direct[number] !== 0);
  const counts = new Uint32Array(direct.length);
  for (const number of used) {
    const text = dictionary.keys[number] as string;
    for (const other of used) {
      if (!(dictionary.keys[other] as string).includes(text)) continue;
      counts[number] = (counts[number] as number) + (direct[other] as number);
    }
  }
  return mostFirst(counts, limit, (number) => {
    const text = dictionary.texts[number] as string;
    return { text, term: `${key}:${quoteTerm(text)}` };
  });
}

function formatGroup(formats: Dictionary, counts: Uint32Array, limit: number): FacetGroup {
  counts[0] = 0;
  return mostFirst(counts, limit, (number) => {
    const text = formats.texts[number] as string;
    return { text, term: `type:${quoteTerm(text)}` };
  });
}

function mostFirst(
  counts: Uint32Array,
  limit: number,
  tell: (index: number) => { text: string; term: string },
): FacetGroup {
  const used: number[] = [];
  for (let index = 0; index < counts.length; index += 1) if (counts[index] !== 0) used.push(index);
  used.sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b);
  const values = used
    .slice(0, limit)
    .map((index): FacetValue => ({ ...tell(index), count: counts[index] as number }));
  return { values, total: used.length };
}

function yearGroup(months: ReadonlyMap<number, number>): FacetGroup {
  const years = new Map<number, number>();
  for (const [month, count] of months) {
    const year = Math.floor(month / 12);
    years.set(year, (years.get(year) ?? 0) + count);
  }
  return latestFirst(years, fourDigits);
}

function monthGroup(months: ReadonlyMap<number, number>): FacetGroup {
  return latestFirst(months, (month) => {
    return `${fourDigits(Math.floor(month / 12))}-${String((month % 12) + 1).padStart(2, '0')}`;
  });
}

function latestFirst(
  counts: ReadonlyMap<number, number>,
  name: (key: number) => string,
): FacetGroup {
  const values = [...counts]
    .sort(([a], [b]) => b - a)
    .map(([key, count]) => ({ text: name(key), term: `date:${name(key)}`, count }));
  return { values, total: values.length };
}

function fourDigits(year: number): string {
  return String(year).padStart(4, '0');
}

function serviceGroup(store: Store, result: Bits, threshold: number): FacetGroup {
  const values: FacetValue[] = [];
  for (const group of store.sources.all) {
    if (group.sensitive || group.source === '') continue;
    const tagged = reaching([{ group, lowest: threshold * 2 }], store.slots, store.capacity);
    intersect(tagged, result);
    const count = countBits(tagged);
    if (count === 0) continue;
    values.push({ text: group.source, term: `source:${quoteTerm(group.source)}`, count });
  }
  values.sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1));
  return { values, total: values.length };
}
