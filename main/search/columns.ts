/** What is known of each photo, one typed array a property, indexed by slot. */
import { UNDATED } from '../../shared/resultCodec.ts';
import { dayNumber } from './values.ts';

const DAY_MS = 86_400_000;

/** NaN, 0 (numbers of things), `UNDATED` or `NOWHERE` stand for what is not known. */
const LAYOUT = {
  id: Uint32Array,
  /** Wall clock, days since 1970; `UNDATED`. */
  day: Int32Array,
  /** Wall clock, seconds since midnight. */
  second: Uint32Array,
  folder: Uint32Array,
  camera: Uint32Array,
  lens: Uint32Array,
  extension: Uint16Array,
  format: Uint16Array,
  /** Pixels, 0 unknown. */
  width: Uint32Array,
  height: Uint32Array,
  size: Float64Array,
  iso: Float32Array,
  aperture: Float32Array,
  focal: Float32Array,
  /** Degrees in `PLACE_UNIT`; `NOWHERE`. */
  latitude: Int32Array,
  longitude: Int32Array,
  /** Milliseconds since 1970 UTC. */
  added: Float64Array,
  picture: Uint32Array,
  flags: Uint8Array,
} as const;

export type Columns = { [Name in keyof typeof LAYOUT]: InstanceType<(typeof LAYOUT)[Name]> };
export type ColumnName = keyof Columns;
export type Column = Columns[ColumnName];

export const COLUMN_NAMES = Object.keys(LAYOUT) as readonly ColumnName[];

export const FAVORITE = 1;
export const FAILED = 2;
export const UNSUPPORTED = 4;
export const PENDING = 8;
/** Stands behind another photo of the same shot. */
export const STACKED = 16;

/** Parts of a degree that places are kept in: a centimetre. */
export const PLACE_UNIT = 1e7;
/** A latitude or longitude that is not known. */
export const NOWHERE = -0x80000000;

/** An empty column of a length. */
export function makeColumn(name: ColumnName, length: number): Column {
  return new LAYOUT[name](length);
}

/** Columns of a length; those of `from` are copied over. */
export function makeColumns(length: number, from?: Columns): Columns {
  const made: Partial<Record<ColumnName, Column>> = {};
  for (const name of COLUMN_NAMES) {
    const column = makeColumn(name, length);
    if (from) column.set(from[name]);
    made[name] = column;
  }
  return made as Columns;
}

/** `YYYY-MM-DDTHH:MM:SS` as milliseconds since 1970 on the same wall clock. NaN for anything else. */
export function parseTaken(text: string | null): number {
  if (text === null || text.length < 19) return Number.NaN;
  const day = dayNumber(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10));
  const seconds = digits(text, 11, 13) * 3600 + digits(text, 14, 16) * 60 + digits(text, 17, 19);
  return day * DAY_MS + seconds * 1000;
}

function digits(text: string, start: number, end: number): number {
  let value = 0;
  for (let index = start; index < end; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

export function dayOf(taken: number): number {
  return Number.isNaN(taken) ? UNDATED : Math.floor(taken / DAY_MS);
}

/** Seconds since midnight of a wall clock in milliseconds; 0 when it is not known. */
export function secondOf(taken: number): number {
  return Number.isNaN(taken) ? 0 : Math.floor((taken - dayOf(taken) * DAY_MS) / 1000);
}

/** A latitude or longitude as it is kept. */
export function packDegrees(degrees: number | null): number {
  if (degrees === null || !(Math.abs(degrees) <= 200)) return NOWHERE;
  return Math.round(degrees * PLACE_UNIT);
}

/** Newest first, then by id; undated last. Negative when the first slot comes first. */
export function compareNewestFirst(columns: Columns, a: number, b: number): number {
  const { id, day, second } = columns;
  // UNDATED is below every day, so it comes last.
  return (
    (day[b] as number) - (day[a] as number) ||
    (second[b] as number) - (second[a] as number) ||
    (id[a] as number) - (id[b] as number)
  );
}
