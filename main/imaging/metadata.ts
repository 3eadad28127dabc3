/** From what a file says to what is kept of it. */
import { takenAt } from './dates.ts';
import type { Inspection } from './inspect.ts';
import type { Metadata } from './types.ts';

/** `name` as bytes; `mtimeUs` in microseconds since 1970 UTC, null where it is not known. */
export function toMetadata(
  inspection: Inspection,
  name: Uint8Array,
  mtimeUs: number | null,
): Metadata {
  const { exif, xmp } = inspection;
  const taken = takenAt({ exif, xmpDates: xmp.dates, name, mtimeUs });
  return {
    orientation: inspection.orientation,
    takenAt: taken?.at ?? null,
    takenAtSource: taken?.source ?? null,
    utcOffsetMinutes: taken?.utcOffsetMinutes ?? null,
    cameraMake: exif.make,
    cameraModel: exif.model,
    lens: exif.lens,
    exposureSeconds: exif.exposureSeconds,
    fNumber: exif.fNumber,
    iso: exif.iso,
    focalLengthMm: exif.focalLengthMm,
    latitude: exif.latitude,
    longitude: exif.longitude,
    altitudeMetres: exif.altitudeMetres,
    software: exif.software,
    flashFired: exif.flashFired,
    subjectDistanceMetres: exif.subjectDistanceMetres,
    fileSource: exif.fileSource,
  };
}

/** Width and height as displayed. */
export function displayedSize(inspection: Inspection): {
  readonly width: number | null;
  readonly height: number | null;
} {
  const { width, height, orientation } = inspection;
  return orientation >= 5 ? { width: height, height: width } : { width, height };
}
