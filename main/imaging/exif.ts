/** What EXIF says, with impossible values left out. Dates stay texts: `dates.ts` judges them. */
import type { ByteSource } from './byteSource.ts';
import {
  numberOf,
  numbersOf,
  openTiff,
  readDirectory,
  type Tiff,
  type TiffDirectory,
  textOf,
} from './tiff.ts';

export type ExifFacts = {
  /** 1..8. */
  readonly orientation: number | null;
  readonly make: string | null;
  readonly model: string | null;
  readonly lens: string | null;
  readonly software: string | null;
  readonly dateTimeOriginal: string | null;
  readonly dateTimeDigitized: string | null;
  readonly offsetTimeOriginal: string | null;
  readonly offsetTimeDigitized: string | null;
  readonly offsetTime: string | null;
  /** UTC: `YYYY:MM:DD`. */
  readonly gpsDate: string | null;
  /** UTC: hours, minutes, seconds. */
  readonly gpsTime: readonly number[] | null;
  readonly exposureSeconds: number | null;
  readonly fNumber: number | null;
  readonly iso: number | null;
  readonly focalLengthMm: number | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly altitudeMetres: number | null;
  readonly flashFired: boolean | null;
  readonly subjectDistanceMetres: number | null;
  readonly fileSource: number | null;
};

/** A JPEG thumbnail's place, from the start of the TIFF structure. */
export type ThumbnailPlace = { readonly offset: number; readonly bytes: number };

export const NO_EXIF: ExifFacts = {
  orientation: null,
  make: null,
  model: null,
  lens: null,
  software: null,
  dateTimeOriginal: null,
  dateTimeDigitized: null,
  offsetTimeOriginal: null,
  offsetTimeDigitized: null,
  offsetTime: null,
  gpsDate: null,
  gpsTime: null,
  exposureSeconds: null,
  fNumber: null,
  iso: null,
  focalLengthMm: null,
  latitude: null,
  longitude: null,
  altitudeMetres: null,
  flashFired: null,
  subjectDistanceMetres: null,
  fileSource: null,
};

const TAG = {
  make: 0x010f,
  model: 0x0110,
  orientation: 0x0112,
  software: 0x0131,
  thumbnailOffset: 0x0201,
  thumbnailBytes: 0x0202,
  exposureTime: 0x829a,
  fNumber: 0x829d,
  exifDirectory: 0x8769,
  gpsDirectory: 0x8825,
  iso: 0x8827,
  recommendedExposureIndex: 0x8832,
  isoSpeed: 0x8833,
  dateTimeOriginal: 0x9003,
  dateTimeDigitized: 0x9004,
  offsetTime: 0x9010,
  offsetTimeOriginal: 0x9011,
  offsetTimeDigitized: 0x9012,
  shutterSpeed: 0x9201,
  aperture: 0x9202,
  subjectDistance: 0x9206,
  flash: 0x9209,
  focalLength: 0x920a,
  fileSource: 0xa300,
  lensModel: 0xa434,
} as const;

const GPS_TAG = {
  latitudeRef: 1,
  latitude: 2,
  longitudeRef: 3,
  longitude: 4,
  altitudeRef: 5,
  altitude: 6,
  time: 7,
  date: 0x1d,
} as const;

/** The two directories a value may be in: EXIF's own first, then the file's (as TIFF/EP has it). */
type Pair = { readonly tiff: Tiff; readonly own: TiffDirectory; readonly file: TiffDirectory };

/** Facts of the EXIF in a TIFF structure; what it does not hold, or holds wrongly, is null. */
export function readExif(source: ByteSource): ExifFacts {
  const tiff = openTiff(source);
  return tiff ? exifOfDirectory(tiff, readDirectory(tiff, tiff.firstDirectory)) : NO_EXIF;
}

/** The same for a first directory that was read already. */
export function exifOfDirectory(tiff: Tiff, file: TiffDirectory): ExifFacts {
  const own = readDirectory(tiff, numberOf(tiff, file, TAG.exifDirectory) ?? 0);
  const gps = readDirectory(tiff, numberOf(tiff, file, TAG.gpsDirectory) ?? 0);
  return { ...exifOfDirectories(tiff, file, own), ...gpsFacts(tiff, gps) };
}

/** Facts of a file's and EXIF's own directory, where they are known already. */
export function exifOfDirectories(tiff: Tiff, file: TiffDirectory, own: TiffDirectory): ExifFacts {
  const pair: Pair = { tiff, own, file };
  const flash = number(pair, TAG.flash);
  const fileSource = numbersOf(tiff, own, TAG.fileSource, 1)[0];
  return {
    ...NO_EXIF,
    orientation: validOrientation(numberOf(tiff, file, TAG.orientation)),
    make: textOf(tiff, file, TAG.make),
    model: textOf(tiff, file, TAG.model),
    software: textOf(tiff, file, TAG.software),
    lens: text(pair, TAG.lensModel),
    dateTimeOriginal: text(pair, TAG.dateTimeOriginal),
    dateTimeDigitized: text(pair, TAG.dateTimeDigitized),
    offsetTime: text(pair, TAG.offsetTime),
    offsetTimeOriginal: text(pair, TAG.offsetTimeOriginal),
    offsetTimeDigitized: text(pair, TAG.offsetTimeDigitized),
    exposureSeconds: positive(number(pair, TAG.exposureTime)) ?? fromShutterSpeed(pair),
    fNumber: positive(number(pair, TAG.fNumber)) ?? fromAperture(pair),
    iso: readIso(pair),
    focalLengthMm: positive(number(pair, TAG.focalLength)),
    flashFired: flash === null ? null : (flash & 1) === 1,
    subjectDistanceMetres: positive(number(pair, TAG.subjectDistance)),
    fileSource: fileSource === undefined ? null : fileSource,
  };
}

/** Where and when by satellite. Without N/S or E/W the numbers are north and east. */
export function gpsFacts(tiff: Tiff, gps: TiffDirectory): Partial<ExifFacts> {
  if (gps.entries.size === 0) return {};
  const latitude = degrees(tiff, gps, GPS_TAG.latitude, GPS_TAG.latitudeRef, 'S', 90);
  const longitude = degrees(tiff, gps, GPS_TAG.longitude, GPS_TAG.longitudeRef, 'W', 180);
  const known = latitude !== null && longitude !== null;
  const time = numbersOf(tiff, gps, GPS_TAG.time, 3);
  return {
    ...(known ? { latitude, longitude, altitudeMetres: altitude(tiff, gps) } : {}),
    gpsDate: textOf(tiff, gps, GPS_TAG.date),
    gpsTime: time.length === 3 ? time : null,
  };
}

/** The JPEG thumbnail of the second directory. */
export function readThumbnailPlace(tiff: Tiff, directory: TiffDirectory): ThumbnailPlace | null {
  const offset = numberOf(tiff, directory, TAG.thumbnailOffset);
  const bytes = numberOf(tiff, directory, TAG.thumbnailBytes);
  if (offset === null || bytes === null || offset < 8 || bytes < 4) return null;
  return { offset, bytes };
}

/** The orientation, if it is one. */
export function validOrientation(value: number | null): number | null {
  return value !== null && Number.isInteger(value) && value >= 1 && value <= 8 ? value : null;
}

function text(pair: Pair, tag: number): string | null {
  return textOf(pair.tiff, pair.own, tag) ?? textOf(pair.tiff, pair.file, tag);
}

function number(pair: Pair, tag: number): number | null {
  return numberOf(pair.tiff, pair.own, tag) ?? numberOf(pair.tiff, pair.file, tag);
}

function positive(value: number | null): number | null {
  return value !== null && value > 0 && value < 1e6 ? value : null;
}

/** APEX: the exposure is 2 to the minus value. */
function fromShutterSpeed(pair: Pair): number | null {
  const value = number(pair, TAG.shutterSpeed);
  return value === null || Math.abs(value) > 20 ? null : 2 ** -value;
}

/** APEX: the f-number is the square root of 2 to the value. */
function fromAperture(pair: Pair): number | null {
  const value = number(pair, TAG.aperture);
  return value === null || value <= 0 || value > 14 ? null : Math.round(2 ** (value / 2) * 10) / 10;
}

/** A film speed that does not fit 16 bits is in one of two later tags. */
function readIso(pair: Pair): number | null {
  const iso = positive(number(pair, TAG.iso));
  if (iso !== null && iso < 65535) return iso;
  const long =
    positive(number(pair, TAG.recommendedExposureIndex)) ?? positive(number(pair, TAG.isoSpeed));
  return long ?? iso;
}

function degrees(
  tiff: Tiff,
  gps: TiffDirectory,
  tag: number,
  refTag: number,
  negative: 'S' | 'W',
  limit: number,
): number | null {
  const [whole, minutes = 0, seconds = 0] = numbersOf(tiff, gps, tag, 3);
  if (whole === undefined || !Number.isFinite(whole)) return null;
  const value =
    whole +
    (Number.isFinite(minutes) ? minutes / 60 : 0) +
    (Number.isFinite(seconds) ? seconds / 3600 : 0);
  const isNegative = textOf(tiff, gps, refTag)?.[0]?.toUpperCase() === negative;
  const signed = isNegative ? -value : value;
  return Math.abs(signed) <= limit ? signed : null;
}

function altitude(tiff: Tiff, gps: TiffDirectory): number | null {
  const value = numberOf(tiff, gps, GPS_TAG.altitude);
  if (value === null || Math.abs(value) > 100_000) return null;
  return numberOf(tiff, gps, GPS_TAG.altitudeRef) === 1 ? -value : value;
}
