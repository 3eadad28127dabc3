/** The camera's small JPEG in EXIF. */
import type { ByteSource } from './byteSource.ts';
import { readThumbnailPlace, type ThumbnailPlace } from './exif.ts';
import { openTiff, readDirectory } from './tiff.ts';

/** Longest embedded thumbnail that is served as a stand-in. */
export const MAX_EMBEDDED_BYTES = 200_000;

/**
 * The thumbnail of the EXIF at `start` of the source, if its first bytes are a JPEG's; `base` is where the
 * source starts in the file.
 */
export function exifThumbnail(
  source: ByteSource,
  exif: ByteSource,
  start: number,
  base = 0,
): ThumbnailPlace | null {
  const tiff = openTiff(exif);
  if (!tiff) return null;
  const { next } = readDirectory(tiff, tiff.firstDirectory);
  const place = next === 0 ? null : readThumbnailPlace(tiff, readDirectory(tiff, next));
  if (!place || place.bytes > MAX_EMBEDDED_BYTES) return null;
  const offset = start + place.offset;
  if (offset + place.bytes > source.sizeBytes) return null;
  const isJpeg = source.slice(offset, 2).toString('hex') === 'ffd8';
  return isJpeg ? { offset: base + offset, bytes: place.bytes } : null;
}
