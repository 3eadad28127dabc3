/** What exiftool says of a file, in the words of our own EXIF reading. */
import type { ExifFacts } from './exif.ts';

/** Values as exiftool gives them as JSON. */
export type ToolTags = Readonly<Record<string, unknown>>;

/** A hash sign asks for the number behind a text. */
export const WANTED_TAGS = [
  'Orientation#',
  'Make',
  'Model',
  'LensModel',
  'LensID',
  'Software',
  'DateTimeOriginal',
  'CreateDate',
  'OffsetTimeOriginal',
  'OffsetTime',
  'ExposureTime#',
  'FNumber#',
  'ISO#',
  'FocalLength#',
  'GPSLatitude#',
  'GPSLongitude#',
  'GPSAltitude#',
] as const;

/** Only what is there; dates stay texts, as in EXIF. */
export function exifOfTags(tags: ToolTags): Partial<ExifFacts> {
  const latitude = degrees(tags['GPSLatitude'], 90);
  const longitude = degrees(tags['GPSLongitude'], 180);
  const isPlaced = latitude !== null && longitude !== null;
  const facts: Partial<ExifFacts> = {
    orientation: number(tags['Orientation']),
    make: text(tags['Make']),
    model: text(tags['Model']),
    lens: text(tags['LensModel']) ?? text(tags['LensID'])?.replace(/^Unknown /, '') ?? null,
    software: text(tags['Software']),
    dateTimeOriginal: text(tags['DateTimeOriginal']),
    dateTimeDigitized: text(tags['CreateDate']),
    offsetTimeOriginal: text(tags['OffsetTimeOriginal']),
    offsetTime: text(tags['OffsetTime']),
    exposureSeconds: positive(tags['ExposureTime']),
    fNumber: positive(tags['FNumber']),
    iso: positive(tags['ISO']),
    focalLengthMm: positive(tags['FocalLength']),
    ...(isPlaced ? { latitude, longitude, altitudeMetres: number(tags['GPSAltitude']) } : {}),
  };
  return Object.fromEntries(
    Object.entries(facts).filter(([, value]) => value !== null),
  ) as Partial<ExifFacts>;
}

function text(value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const clean = String(value)
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 200);
  return clean === '' || clean.startsWith('Unknown (') ? null : clean;
}

function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function positive(value: unknown): number | null {
  const found = number(value);
  return found !== null && found > 0 && found < 1e6 ? found : null;
}

function degrees(value: unknown, limit: number): number | null {
  const found = number(value);
  return found !== null && Math.abs(found) <= limit ? found : null;
}
