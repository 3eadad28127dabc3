/** What the photos of a result have in common besides tags. */
import type { FacetGroup, FacetGroups, FacetValue } from '../../shared/model.ts';
import { quoteTerm } from '../../shared/queryText.ts';
import { type Bits, countBits, holdsAll, subtract } from './bits.ts';
import { type ColumnCounts, countColumns, countInSource, subtractCounts } from './columnCounts.ts';
import type { Dictionary } from './dictionary.ts';
import type { Store } from './store.ts';
import type { Views } from './views.ts';

/** More than there are folders, cameras or lenses. */
const INDEX_UNIT = 2 ** 24;

/** At most `limit` values a group; years and months are all told. `now`: milliseconds since 1970 UTC. */
export function groupFacets(
  views: Views,
  result: Bits,
  threshold: number,
  limit: number,
  now: number,
): FacetGroups {
  const { store } = views;
  const counts = countsOf(views, result, now);
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

/** Photos of a result in each folder and below it, by folder id. */
export function countFolders(views: Views, result: Bits, now: number): Uint32Array {
  const folders = countsOf(views, result, now).folders.slice();
  views.store.folders.addUp(folders);
  return folders;
}

/** Of a result that is most of the library, what is not in it is counted. */
function countsOf(views: Views, result: Bits, now: number): ColumnCounts {
  const { store } = views;
  const normal = views.normal(now);
  const others = store.copyOf(normal);
  subtract(others, result);
  // Long missing photos may be in the result only.
  const isMost = holdsAll(normal, result) && countBits(others) < countBits(result);
  const counts = isMost
    ? subtractCounts(views.columnCounts(now), countColumns(store, others))
    : countColumns(store, result);
  store.giveBack(others);
  return counts;
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
  const counts = new Uint32Array(direct.length);
  for (let number = 1; number < direct.length; number += 1) {
    if (direct[number] === 0) continue;
    for (const other of dictionary.holding(number)) {
      counts[number] = (counts[number] as number) + (direct[other] ?? 0);
    }
  }
  return mostFirst(counts, limit, (number) => {
    const text = dictionary.texts[number] as string;
    return { text, term: `${key}:${quoteTerm(text)}` };
  });
}

function formatGroup(formats: Dictionary, counts: Uint32Array, limit: number): FacetGroup {
  return mostFirst(counts.fill(0, 0, 1), limit, (number) => {
    const text = formats.texts[number] as string;
    return { text, term: `type:${quoteTerm(text)}` };
  });
}

function mostFirst(
  counts: Uint32Array,
  limit: number,
  tell: (index: number) => { text: string; term: string },
): FacetGroup {
  let total = 0;
  const keys = new Float64Array(counts.length);
  for (let index = 0; index < counts.length; index += 1) {
    if (counts[index] === 0) continue;
    // The lower index comes first where the counts are the same.
    keys[total] = (counts[index] as number) * INDEX_UNIT + (INDEX_UNIT - 1 - index);
    total += 1;
  }
  const ordered = keys.subarray(0, total).sort();
  const values: FacetValue[] = [];
  for (let place = total - 1; place >= Math.max(0, total - limit); place -= 1) {
    const index = INDEX_UNIT - 1 - ((ordered[place] as number) % INDEX_UNIT);
    values.push({ ...tell(index), count: counts[index] as number });
  }
  return { values, total };
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
    const count = countInSource(group, threshold * 2, result);
    if (count === 0) continue;
    values.push({ text: group.source, term: `source:${quoteTerm(group.source)}`, count });
  }
  values.sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1));
  return { values, total: values.length };
}
