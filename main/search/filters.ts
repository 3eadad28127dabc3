/** Terms that are answered from the columns. Each adds the slots that pass to a set. */
import { UNDATED } from '../../shared/resultCodec.ts';
import { addBit, type Bits } from './bits.ts';
import { type ColumnName, FAILED, FAVORITE, NOWHERE, PLACE_UNIT, UNSUPPORTED } from './columns.ts';
import { monthFilter, whereWithin } from './dateFilters.ts';
import { foldText } from './fold.ts';
import type { Store } from './store.ts';
import { inRange, type NumberKey, type Range, type Term } from './tree.ts';

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
  const found = store.emptyBits();
  const said = folded.filter((piece) => piece !== '');
  if (folded.length === 1 || (said.length === 1 && folded.length === 3)) {
    store.names.find(said[0] ?? '', found);
  } else {
    store.names.findGlob(folded, found);
  }
  return found;
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
      return monthFilter(store, (month) => inCycle(range, month));
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
  const east = term.longitude * PLACE_UNIT;
  // Sines of halves of angles grow as the angles do: no need to go back to the angle itself.
  const half = Math.sin(Math.min(Math.PI / 2, term.kilometres / (2 * EARTH_KILOMETRES)));
  const everywhere = term.kilometres >= Math.PI * EARTH_KILOMETRES;
  const chord = everywhere ? Number.POSITIVE_INFINITY : half * half;
  const toRadians = Math.PI / 180 / PLACE_UNIT;
  const shrink = Math.cos(term.latitude * PLACE_UNIT * toRadians);
  return where(store, (slot) => {
    const y = latitude[slot] as number;
    const x = longitude[slot] as number;
    // Too far north or south already: most places are.
    if (Math.abs(y - middle) > most || y === NOWHERE || x === NOWHERE) return false;
    const north = Math.sin((y - middle) * toRadians * 0.5);
    const along = Math.sin((x - east) * toRadians * 0.5);
    return north * north + shrink * Math.cos(y * toRadians) * along * along <= chord;
  });
}
