/** Finds size, EXIF and XMP in HEIF files (HEIC, AVIF). */
import { type ByteSource, partOf } from './byteSource.ts';
import type { HeifBoxes, Place } from './heifBoxes.ts';
import { isOnItsSide, shapeOf } from './heifShape.ts';

export type HeifFacts = {
  /** As displayed: the file's own rotation is applied by every decoder. */
  readonly width: number | null;
  readonly height: number | null;
  readonly exif: HeifExif | null;
  readonly xmp: Buffer | null;
};

/** The EXIF item's TIFF structure, with its place in the file. */
export type HeifExif = { readonly source: ByteSource; readonly start: number };

const MAX_XMP_BYTES = 256 * 1024;

/** Facts of a HEIF file; null where its boxes do not tell. */
export function readHeif(source: ByteSource, boxes: HeifBoxes): HeifFacts {
  const { items, places, primary } = boxes;
  const exifItem = items.find((item) => item.type === 'Exif');
  const xmpItem = items.find(
    (item) => item.type === 'mime' && item.contentType === 'application/rdf+xml',
  );
  const exifPlace = exifItem ? places.get(exifItem.id) : undefined;
  const xmpPlace = xmpItem ? places.get(xmpItem.id) : undefined;
  const { width, height, turn } = shapeOf(
    source,
    primary === null ? [] : boxes.propertiesOf(primary),
  );
  return {
    ...(isOnItsSide(turn) ? { width: height, height: width } : { width, height }),
    exif: exifPlace ? exifOf(source, exifPlace) : null,
    xmp:
      xmpPlace && xmpPlace.bytes <= MAX_XMP_BYTES
        ? Buffer.from(source.slice(xmpPlace.offset, xmpPlace.bytes))
        : null,
  };
}

/** The item starts with the offset of the TIFF header, mostly behind `Exif\0\0`. */
function exifOf(source: ByteSource, place: Place): HeifExif | null {
  const head = source.slice(place.offset, 4);
  if (head.length < 4) return null;
  const start = place.offset + 4 + head.readUInt32BE(0);
  const bytes = place.offset + place.bytes - start;
  return bytes < 8 ? null : { source: partOf(source, start, bytes), start };
}
