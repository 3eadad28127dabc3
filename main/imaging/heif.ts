/** Finds size, rotation, EXIF and XMP in HEIF files (HEIC, AVIF): the boxes of ISO/IEC 23008-12. */
import { type ByteSource, partOf } from './byteSource.ts';
import { type Chunk, walkBoxes } from './chunks.ts';

export type HeifFacts = {
  /** As displayed: the file's own rotation is applied by every decoder. */
  readonly width: number | null;
  readonly height: number | null;
  /** The file has a rotation or a mirror image of its own. */
  readonly isTurned: boolean;
  /** The EXIF item's TIFF structure, with its place in the file. */
  readonly exif: { readonly source: ByteSource; readonly start: number } | null;
  readonly xmp: Buffer | null;
};

const NOTHING: HeifFacts = { width: null, height: null, isTurned: false, exif: null, xmp: null };
const MAX_ITEMS = 4096;
const MAX_XMP_BYTES = 256 * 1024;

type Place = { readonly offset: number; readonly bytes: number };

/** Facts of a HEIF file; null where its boxes do not tell. */
export function readHeif(source: ByteSource): HeifFacts {
  const meta = walkBoxes(source, 0, source.sizeBytes).find((box) => box.type === 'meta');
  if (!meta) return NOTHING;
  const boxes = walkBoxes(source, meta.bodyStart + 4, meta.end);
  const box = (type: string): Chunk | undefined => boxes.find((one) => one.type === type);
  const items = readItems(source, box('iinf'));
  const places = readPlaces(source, box('iloc'), box('idat'));
  const exifItem = items.find((item) => item.type === 'Exif');
  const xmpItem = items.find(
    (item) => item.type === 'mime' && item.contentType === 'application/rdf+xml',
  );
  const exifPlace = exifItem ? places.get(exifItem.id) : undefined;
  const xmpPlace = xmpItem ? places.get(xmpItem.id) : undefined;
  return {
    ...readSize(source, box('pitm'), box('iprp')),
    exif: exifPlace ? exifOf(source, exifPlace) : null,
    xmp:
      xmpPlace && xmpPlace.bytes <= MAX_XMP_BYTES
        ? Buffer.from(source.slice(xmpPlace.offset, xmpPlace.bytes))
        : null,
  };
}

/** The item starts with the offset of the TIFF header, mostly behind `Exif\0\0`. */
function exifOf(source: ByteSource, place: Place): HeifFacts['exif'] {
  const head = source.slice(place.offset, 4);
  if (head.length < 4) return null;
  const start = place.offset + 4 + head.readUInt32BE(0);
  const bytes = place.offset + place.bytes - start;
  return bytes < 8 ? null : { source: partOf(source, start, bytes), start };
}

type Item = { readonly id: number; readonly type: string; readonly contentType: string };

function readItems(source: ByteSource, iinf: Chunk | undefined): Item[] {
  if (!iinf) return [];
  const version = source.slice(iinf.bodyStart, 1)[0] ?? 0;
  const start = iinf.bodyStart + (version === 0 ? 6 : 8);
  const items: Item[] = [];
  for (const entry of walkBoxes(source, start, iinf.end).slice(0, MAX_ITEMS)) {
    if (entry.type !== 'infe') continue;
    const body = source.slice(entry.bodyStart, Math.min(entry.bodyBytes, 256));
    const entryVersion = body[0] ?? 0;
    const idBytes = entryVersion === 3 ? 4 : 2;
    if (entryVersion < 2 || body.length < 4 + idBytes + 6) continue;
    const [, contentType = ''] = body.toString('latin1', 4 + idBytes + 6).split('\0');
    items.push({
      id: body.readUIntBE(4, idBytes),
      type: body.toString('latin1', 4 + idBytes + 2, 4 + idBytes + 6),
      contentType,
    });
  }
  return items;
}

/** Where items lie. Items in several pieces are left out: no camera writes metadata so. */
function readPlaces(
  source: ByteSource,
  iloc: Chunk | undefined,
  idat: Chunk | undefined,
): Map<number, Place> {
  const places = new Map<number, Place>();
  if (!iloc) return places;
  const body = Buffer.from(source.slice(iloc.bodyStart, iloc.bodyBytes));
  const version = body[0] ?? 0;
  if (body.length < 8 || version > 2) return places;
  const sizes = body.readUInt16BE(4);
  const offsetBytes = sizes >> 12;
  const lengthBytes = (sizes >> 8) & 15;
  const baseBytes = (sizes >> 4) & 15;
  const indexBytes = version === 0 ? 0 : sizes & 15;
  const idBytes = version === 2 ? 4 : 2;
  let at = 6;
  const take = (bytes: number): number => {
    let value = 0;
    for (let index = 0; index < bytes; index += 1) value = value * 256 + (body[at + index] ?? 0);
    at += bytes;
    return value;
  };
  const count = Math.min(take(idBytes), MAX_ITEMS);
  for (let index = 0; index < count && at < body.length; index += 1) {
    const id = take(idBytes);
    const method = version === 0 ? 0 : take(2) & 15;
    take(2);
    const base = take(baseBytes);
    const extents = take(2);
    for (let extent = 0; extent < extents && at < body.length; extent += 1) {
      take(indexBytes);
      const offset = base + take(offsetBytes) + (method === 1 ? (idat?.bodyStart ?? 0) : 0);
      const bytes = take(lengthBytes);
      if (extents === 1 && method <= 1) places.set(id, { offset, bytes });
    }
  }
  return places;
}

type TurnedSize = Pick<HeifFacts, 'width' | 'height' | 'isTurned'>;

/** Size of the primary item, turned as its `irot` says. */
function readSize(
  source: ByteSource,
  pitm: Chunk | undefined,
  iprp: Chunk | undefined,
): TurnedSize {
  const nothing: TurnedSize = { width: null, height: null, isTurned: false };
  if (!iprp) return nothing;
  const parts = walkBoxes(source, iprp.bodyStart, iprp.end);
  const ipco = parts.find((part) => part.type === 'ipco');
  if (!ipco) return nothing;
  const properties = walkBoxes(source, ipco.bodyStart, ipco.end);
  const primary = pitm ? readPrimary(source, pitm) : null;
  const wanted = parts
    .filter((part) => part.type === 'ipma')
    .flatMap((part) => readAssociations(source, part, primary));
  let width: number | null = null;
  let height: number | null = null;
  let quarterTurns = 0;
  let isMirrored = false;
  for (const index of wanted) {
    const property = properties[index - 1];
    if (!property) continue;
    const body = source.slice(property.bodyStart, Math.min(property.bodyBytes, 40));
    if (property.type === 'ispe' && body.length >= 12) {
      width = body.readUInt32BE(4);
      height = body.readUInt32BE(8);
    } else if (property.type === 'clap' && body.length >= 16) {
      // The part of the coded picture that is shown.
      width = Math.round(body.readUInt32BE(0) / (body.readUInt32BE(4) || 1));
      height = Math.round(body.readUInt32BE(8) / (body.readUInt32BE(12) || 1));
    } else if (property.type === 'irot') {
      quarterTurns += (body[0] ?? 0) & 3;
    } else if (property.type === 'imir') {
      isMirrored = true;
    }
  }
  const isTurned = isMirrored || quarterTurns % 4 !== 0;
  return quarterTurns % 2 === 1
    ? { width: height, height: width, isTurned }
    : { width, height, isTurned };
}

function readPrimary(source: ByteSource, pitm: Chunk): number | null {
  const body = source.slice(pitm.bodyStart, 8);
  if (body.length < 6) return null;
  return body[0] === 0 ? body.readUInt16BE(4) : body.length < 8 ? null : body.readUInt32BE(4);
}

/** Numbers, from 1 and in order, of the properties of an item. */
function readAssociations(source: ByteSource, ipma: Chunk, item: number | null): number[] {
  const body = Buffer.from(source.slice(ipma.bodyStart, ipma.bodyBytes));
  if (body.length < 8 || item === null) return [];
  const idBytes = body[0] === 0 ? 2 : 4;
  const isWide = ((body[3] ?? 0) & 1) === 1;
  const found: number[] = [];
  const count = Math.min(body.readUInt32BE(4), MAX_ITEMS);
  let at = 8;
  for (let index = 0; index < count && at + idBytes < body.length; index += 1) {
    const id = body.readUIntBE(at, idBytes);
    const properties = body[at + idBytes] ?? 0;
    at += idBytes + 1;
    for (let one = 0; one < properties && at < body.length; one += 1) {
      const first = body[at] ?? 0;
      const number = isWide ? ((first & 0x7f) << 8) | (body[at + 1] ?? 0) : first & 0x7f;
      at += isWide ? 2 : 1;
      if (id === item) found.push(number);
    }
  }
  return found;
}
