/** Terms that are answered from the columns. Each adds the slots that pass to a set. */
import { UNDATED } from '../../shared/resultCodec.ts';
import { addBit, addRange, type Bits, hasBit } from './bits.ts';
import { type ColumnName, FAILED, FAVORITE, NOWHERE, PLACE_UNIT, UNSUPPORTED } from './columns.ts';
import { foldText } from './fold.ts';
import type { Store } from './store.ts';
import { ANY_RANGE, inRange, type NumberKey, type Period, type Range, type Term } from './tree.ts';
import { type CalendarDay, dayNumber, periodEnds } from './values.ts';

const HOUR_MS = 3_600_000;
const EARTH_KILOMETRES = 6371.0088;

/** Other names of formats. */
const FORMAT_ALIASES: Readonly<Record<string, string>> = { jpg: 'jpeg', heif: 'heic', tif: 'tiff' };

/** Slots whose value passes. Dead slots may be among them. */
function where(store: Store, test: (slot: number) => boolean): Bits {
  const found = store.emptyBits();
  const { slots } = store;
  for (let slot = 0; slot < slots; ) {
    const word = slot >>> 5;
    const end = Math.min(slots, slot + 32);
    let bits = 0;
    for (; slot < end; slot += 1) bits |= (test(slot) ? 1 : 0) << (slot & 31);
    found[word] = bits;
  }
  return found;
}

/** Slots whose number in a column is flagged. */
export function whereFlagged(store: Store, column: ColumnName, flags: Uint8Array | null): Bits {
  const found = store.emptyBits();
  if (!flags) return found;
  const values = store.columns[column];
  const { slots } = store;
  for (let slot = 0; slot < slots; ) {
    const word = slot >>> 5;
    const end = Math.min(slots, slot + 32);
    let bits = 0;
    for (; slot < end; slot += 1) {
      bits |= (flags[values[slot] as number] as number) << (slot & 31);
    }
    found[word] = bits;
  }
  return found;
}

/** Slots whose number in a column is within a range. NaN is within none. */
function whereWithin(store: Store, column: ColumnName, range: Range): Bits {
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

export function textFilter(store: Store, term: Extract<Term, { kind: 'text' }>): Bits {
  const key = foldText(term.text);
  switch (term.key) {
    case 'folder':
      return whereFlagged(store, 'folder', store.folders.below(term.text));
    case 'camera':
      return whereFlagged(
        store,
        'camera',
        store.cameras.matching((text) => text.includes(key)),
      );
    case 'lens':
      return whereFlagged(
        store,
        'lens',
        store.lenses.matching((text) => text.includes(key)),
      );
    case 'ext': {
      const wanted = key.replace(/^\./u, '');
      return whereFlagged(
        store,
        'extension',
        store.extensions.matching((text) => text === wanted),
      );
    }
    case 'type': {
      const wanted = FORMAT_ALIASES[key] ?? key;
      return whereFlagged(
        store,
        'format',
        store.formats.matching((text) => text === wanted),
      );
    }
    case 'source':
      throw new Error('Sources are answered from tag entries.');
  }
}

export function nameFilter(store: Store, pieces: readonly string[]): Bits {
  const folded = pieces.map(foldText);
  const longest = folded.reduce((a, b) => (b.length > a.length ? b : a), '');
  const candidates = store.emptyBits();
  store.names.find(longest, candidates);
  if (folded.length === 1) return candidates;
  const found = store.emptyBits();
  for (let slot = 0; slot < store.slots; slot += 1) {
    if (hasBit(candidates, slot) && matchesGlob(store.names.at(slot), folded)) addBit(found, slot);
  }
  return found;
}

/** `pieces` are what stands between the wildcards. Takes each as early as it can: no way back needed. */
export function matchesGlob(name: string, pieces: readonly string[]): boolean {
  const first = pieces[0] ?? '';
  const last = pieces.at(-1) ?? '';
  if (!name.startsWith(first) || !name.endsWith(last)) return false;
  const end = name.length - last.length;
  let position = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const index = name.indexOf(piece, position);
    if (index < 0) return false;
    position = index + piece.length;
  }
  return position <= end;
}

export function numberFilter(store: Store, key: NumberKey, range: Range): Bits {
  const { columns } = store;
  switch (key) {
    case 'iso':
      return whereWithin(store, 'iso', single(range));
    case 'f':
      return whereWithin(store, 'aperture', single(range));
    case 'focal':
      return whereWithin(store, 'focal', single(range));
    case 'size':
      return whereWithin(store, 'size', range);
    case 'width':
    case 'height': {
      const values = columns[key];
      return where(store, (slot) => values[slot] !== 0 && inRange(range, values[slot] as number));
    }
    case 'hour':
      return where(store, (slot) => {
        const hour = Math.floor((columns.second[slot] as number) / 3600);
        return columns.day[slot] !== UNDATED && inCycle(range, hour);
      });
    case 'month':
      return where(store, (slot) => {
        const day = columns.day[slot] as number;
        return day !== UNDATED && inCycle(range, calendarOf(day).month);
      });
  }
}

/** Single precision on both sides, so that 1.8 is 1.8. */
export function single(range: Range): Range {
  return { ...range, min: Math.fround(range.min), max: Math.fround(range.max) };
}

/** `22-3` goes round the end. */
function inCycle(range: Range, value: number): boolean {
  if (range.min <= range.max) return inRange(range, value);
  return value >= range.min || value <= range.max;
}

export function dateFilter(store: Store, term: Extract<Term, { kind: 'date' }>): Bits {
  if (term.key === 'added') {
    // When a photo was added is an instant; its days are those of this computer.
    const range = periodRange(term, (day) => localTime(day));
    return whereWithin(store, 'added', range);
  }
  return takenWithin(
    store,
    periodRange(term, ({ year, month, day }) => dayNumber(year, month, day)),
  );
}

/** Slots lie in the order of dates, newest first, so that a period is a run of them; later ones are looked at. */
function takenWithin(store: Store, range: Range): Bits {
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
  const start = firstBelow((value) => (range.maxOpen ? value >= range.max : value > range.max));
  const end = firstBelow(
    (value) => value !== UNDATED && (range.minOpen ? value > range.min : value >= range.min),
  );
  addRange(found, start, end);
  for (let slot = store.base; slot < store.slots; slot += 1) {
    const value = day[slot] as number;
    if (value !== UNDATED && inRange(range, value)) addBit(found, slot);
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

/** `range` in hours before `now`. */
export function ageFilter(store: Store, range: Range, now: number): Bits {
  // The younger, the later it was added.
  return whereWithin(store, 'added', {
    min: now - range.max * HOUR_MS,
    minOpen: range.maxOpen,
    max: now - range.min * HOUR_MS,
    maxOpen: range.minOpen,
  });
}

export function onFilter(store: Store, month: number, date: number): Bits {
  const { day } = store.columns;
  return where(store, (slot) => {
    if (day[slot] === UNDATED) return false;
    const known = calendarOf(day[slot] as number);
    return known.month === month && known.day === date;
  });
}

/** The reverse of `dayNumber`. */
export function calendarOf(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

export function shapeFilter(
  store: Store,
  shape: 'portrait' | 'landscape' | 'square' | 'panorama',
): Bits {
  const { width, height } = store.columns;
  return where(store, (slot) => {
    const w = width[slot] as number;
    const h = height[slot] as number;
    if (w === 0 || h === 0) return false;
    if (shape === 'portrait') return h > w;
    if (shape === 'landscape') return w > h;
    if (shape === 'square') return w === h;
    return Math.max(w, h) >= 2 * Math.min(w, h);
  });
}

export function stateFilter(
  store: Store,
  state: 'favorite' | 'failed' | 'unsupported' | 'missing' | 'offline',
): Bits {
  const { flags } = store.columns;
  switch (state) {
    case 'offline':
      return whereFlagged(
        store,
        'folder',
        store.folders.matching((folder) => folder.offline),
      );
    case 'missing':
      return missingFilter(store);
    default: {
      const flag = state === 'favorite' ? FAVORITE : state === 'failed' ? FAILED : UNSUPPORTED;
      return where(store, (slot) => ((flags[slot] as number) & flag) !== 0);
    }
  }
}

function missingFilter(store: Store): Bits {
  const found = store.emptyBits();
  for (const slot of store.missing.keys()) addBit(found, slot);
  return found;
}

export function gpsFilter(store: Store): Bits {
  const { latitude, longitude } = store.columns;
  return where(store, (slot) => latitude[slot] !== NOWHERE && longitude[slot] !== NOWHERE);
}

/** A degree of latitude is so long; the Earth is a ball here. */
const KILOMETRES_PER_DEGREE = (EARTH_KILOMETRES * Math.PI) / 180;

export function nearFilter(store: Store, term: Extract<Term, { kind: 'near' }>): Bits {
  const { latitude, longitude } = store.columns;
  const middle = term.latitude * PLACE_UNIT;
  const most = (term.kilometres / KILOMETRES_PER_DEGREE) * PLACE_UNIT * 1.000001 + 1;
  return where(store, (slot) => {
    const north = latitude[slot] as number;
    const east = longitude[slot] as number;
    // Too far north or south already: most places are.
    if (Math.abs(north - middle) > most || north === NOWHERE || east === NOWHERE) return false;
    return (
      greatCircleKilometres(term.latitude, term.longitude, north / PLACE_UNIT, east / PLACE_UNIT) <=
      term.kilometres
    );
  });
}

/** Along the Earth's surface. NaN where a place is not known. */
export function greatCircleKilometres(
  latitude: number,
  longitude: number,
  otherLatitude: number,
  otherLongitude: number,
): number {
  const radians = Math.PI / 180;
  const north = Math.sin(((otherLatitude - latitude) * radians) / 2);
  const east = Math.sin(((otherLongitude - longitude) * radians) / 2);
  const chord =
    north * north + Math.cos(latitude * radians) * Math.cos(otherLatitude * radians) * east * east;
  return 2 * EARTH_KILOMETRES * Math.asin(Math.min(1, Math.sqrt(chord)));
}
