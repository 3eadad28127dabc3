/**
 * When a photo was taken: wall clock and offset, never one moved by the other. The order of trust is EXIF's
 * original date, its digitised date, XMP, GPS time, a date in the file's name, the file's own time.
 */
import type { TakenAtSource } from '../../shared/model.ts';
import type { ExifFacts } from './exif.ts';
import { dateInName } from './nameDates.ts';
import { localWallClock, wallClock } from './wallClock.ts';

/** `at` is a wall clock `YYYY-MM-DDTHH:MM:SS`. */
export type WallClock = { readonly at: string; readonly utcOffsetMinutes: number | null };

export type Taken = WallClock & { readonly source: TakenAtSource };

export type DateClues = {
  readonly exif: ExifFacts;
  /** Dates of XMP, most trustworthy first. */
  readonly xmpDates: readonly string[];
  /** The file's name as bytes. */
  readonly name: Uint8Array;
  /** Microseconds since 1970 UTC; null: not known. */
  readonly mtimeUs: number | null;
};

/** From UTC−12:00 to UTC+14:00, with some room. */
const MAX_OFFSET_MINUTES = 16 * 60;

/** The best date there is. */
export function takenAt(clues: DateClues): Taken | null {
  const { exif } = clues;
  const exifDate =
    withOffset(exif.dateTimeOriginal, exif.offsetTimeOriginal, exif.offsetTime) ??
    withOffset(exif.dateTimeDigitized, exif.offsetTimeDigitized, exif.offsetTime);
  if (exifDate) return { ...exifDate, source: 'exif' };
  const xmp = xmpWallClock(clues.xmpDates);
  if (xmp) return { ...xmp, source: 'xmp' };
  const gps = gpsWallClock(exif);
  if (gps) return { ...gps, source: 'gps' };
  const named = dateInName(clues.name);
  if (named) return { at: named, utcOffsetMinutes: null, source: 'filename' };
  if (clues.mtimeUs === null) return null;
  const at = localWallClock(clues.mtimeUs / 1000);
  return at === null ? null : { at, utcOffsetMinutes: null, source: 'mtime' };
}

/** A date as EXIF writes it, or in ISO form; null where there is no such day or time. */
export function parseExifDate(text: string): WallClock | null {
  const parts =
    /^\s*(\d{4})[:\-/.](\d{1,2})[:\-/.](\d{1,2})[T ]+(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d*)?)?\s*(Z|[+-]\d{2}:?\d{2})?/.exec(
      text,
    );
  if (!parts) return null;
  const [, year, month, day, hour, minute, second = '0', zone] = parts;
  const at = wallClock(
    Number(year),
    Number(month),
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  return at === null ? null : { at, utcOffsetMinutes: zone ? parseOffset(zone) : null };
}

/** A date of XMP, which may end after the year, the month or the day: the rest is then the first of it. */
export function parseXmpDate(text: string): WallClock | null {
  const full = parseExifDate(text);
  if (full) return full;
  const parts = /^\s*(\d{4})(?:[-:](\d{2})(?:[-:](\d{2}))?)?\s*$/.exec(text);
  if (!parts) return null;
  const [, year, month = '1', day = '1'] = parts;
  const at = wallClock(Number(year), Number(month), Number(day), 0, 0, 0);
  return at === null ? null : { at, utcOffsetMinutes: null };
}

/** Minutes east of UTC of `+09:00`, `-0330` or `Z`; null where it is none. */
export function parseOffset(text: string | null): number | null {
  if (text === null) return null;
  if (/^\s*Z\s*$/i.test(text)) return 0;
  const parts = /^\s*([+-])(\d{1,2}):?(\d{2})\s*$/.exec(text);
  if (!parts) return null;
  const minutes = Number(parts[2]) * 60 + Number(parts[3]);
  if (minutes > MAX_OFFSET_MINUTES || Number(parts[3]) > 59) return null;
  return parts[1] === '-' && minutes > 0 ? -minutes : minutes;
}

function withOffset(text: string | null, ...offsets: readonly (string | null)[]): WallClock | null {
  if (text === null) return null;
  const date = parseExifDate(text);
  if (!date || date.utcOffsetMinutes !== null) return date;
  for (const offset of offsets) {
    const utcOffsetMinutes = parseOffset(offset);
    if (utcOffsetMinutes !== null) return { at: date.at, utcOffsetMinutes };
  }
  return date;
}

/** The first date; one without a time is completed by another that falls into the same day, month or year. */
function xmpWallClock(texts: readonly string[]): WallClock | null {
  const usable = texts.filter((text) => parseXmpDate(text) !== null);
  const [first] = usable;
  if (first === undefined) return null;
  const fuller = usable.find((text) => text.startsWith(first) && parseExifDate(text) !== null);
  return parseXmpDate(fuller ?? first);
}

/** GPS time is UTC: without a known offset it would be a wall clock of nowhere. */
function gpsWallClock(exif: ExifFacts): WallClock | null {
  const utcOffsetMinutes =
    parseOffset(exif.offsetTimeOriginal) ??
    parseOffset(exif.offsetTimeDigitized) ??
    parseOffset(exif.offsetTime);
  const day = /^(\d{4})[:\-/](\d{1,2})[:\-/](\d{1,2})$/.exec(exif.gpsDate ?? '');
  const [hour, minute, second] = exif.gpsTime ?? [];
  if (utcOffsetMinutes === null || !day || !isClock(hour) || !isClock(minute) || !isClock(second)) {
    return null;
  }
  const [, year, month, date] = day;
  const utc = wallClock(
    Number(year),
    Number(month),
    Number(date),
    Math.floor(hour),
    Math.floor(minute),
    Math.floor(second),
  );
  if (utc === null) return null;
  const moved = new Date(Date.parse(`${utc}Z`) + utcOffsetMinutes * 60_000);
  return { at: moved.toISOString().slice(0, 19), utcOffsetMinutes };
}

function isClock(value: number | undefined): value is number {
  return value !== undefined && value >= 0 && value < 60;
}
