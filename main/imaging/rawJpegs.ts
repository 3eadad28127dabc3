/**
 * Finds the JPEGs that cameras put into their RAW files, by the offsets that the files name: a few
 * thousand files a second, where asking exiftool would be a few dozen.
 */
import { type ByteSource, memorySource, partOf } from './byteSource.ts';
import { walkBoxes } from './chunks.ts';
import { isFrame, walkJpeg } from './jpegParts.ts';
import { readMakerPlaces } from './rawMakers.ts';
import { numberOf, numbersOf, openTiff, placeOf, readDirectory, type Tiff } from './tiff.ts';

/** A JPEG's place in the file, from its start. */
export type RawJpeg = {
  readonly offset: number;
  /** Cut to the end of the file. */
  readonly bytes: number;
  /** As stored. */
  readonly width: number;
  readonly height: number;
  /** The file ends before the JPEG does. */
  readonly isCut: boolean;
};

export type RawJpegs = {
  /** Largest first; none twice. */
  readonly jpegs: readonly RawJpeg[];
  /** The file names a picture that lies behind its end: it was not copied whole. */
  readonly isCutOff: boolean;
};

/** Where a file says that a JPEG lies. */
export type Place = { readonly offset: number; readonly bytes: number };

const TAG = {
  panasonicJpeg: 0x002e,
  stripOffsets: 0x0111,
  stripBytes: 0x0117,
  subDirectories: 0x014a,
  jpegOffset: 0x0201,
  jpegBytes: 0x0202,
  exifDirectory: 0x8769,
} as const;

/** Real files have fewer than ten. */
const MAX_DIRECTORIES = 32;
const MAX_SUB_DIRECTORIES = 8;
/** A JPEG's shortest possible frame and scan are longer. */
const LEAST_BYTES = 128;
/** How far behind a box's head its JPEG may start. */
const BOX_HEAD_BYTES = 128;
const CANON_BOX_ID = '85c0b687820f11e08111f4ce462b6a48';
const CANON_PREVIEW_ID = 'eaf42b5e1c984b88b9fbb7dc406e4d16';

/** Never throws for what is in the file. Decoders can read what is given, unless its bytes are damaged. */
export function findRawJpegs(source: ByteSource): RawJpegs {
  const places = placesIn(source);
  const found = new Map<number, RawJpeg>();
  let isCutOff = false;
  for (const { offset, bytes } of places) {
    if (bytes >= LEAST_BYTES && offset + bytes > source.sizeBytes) isCutOff = true;
    if (found.has(offset)) continue;
    const jpeg = jpegAt(source, offset, bytes);
    if (jpeg) found.set(offset, jpeg);
  }
  const jpegs = [...found.values()].sort((a, b) => pixelsOf(b) - pixelsOf(a) || b.bytes - a.bytes);
  return { jpegs, isCutOff };
}

/** The size of a JPEG that an ordinary decoder reads; null: it is another kind, or none. */
export function jpegSize(
  source: ByteSource,
): { readonly width: number; readonly height: number } | null {
  if (source.slice(0, 2).toString('hex') !== 'ffd8') return null;
  const frame = walkJpeg(source).segments.find((segment) => isFrame(segment.marker));
  // Baseline, extended and progressive with 8 bits; the sensor's own data are lossless JPEGs.
  if (!frame || frame.marker > 0xc2) return null;
  const head = source.slice(frame.bodyStart, 5);
  if (head.length < 5 || head[0] !== 8) return null;
  const [height, width] = [head.readUInt16BE(1), head.readUInt16BE(3)];
  return width > 0 && height > 0 ? { width, height } : null;
}

/** The same for bytes that are in memory. */
export function jpegSizeOf(bytes: Buffer): ReturnType<typeof jpegSize> {
  return jpegSize(memorySource(bytes));
}

function pixelsOf(jpeg: RawJpeg): number {
  return jpeg.width * jpeg.height;
}

function jpegAt(source: ByteSource, offset: number, bytes: number): RawJpeg | null {
  if (offset < 8 || bytes < LEAST_BYTES || offset >= source.sizeBytes) return null;
  const part = partOf(source, offset, bytes);
  const size = jpegSize(part);
  return size && { offset, bytes: part.sizeBytes, ...size, isCut: part.sizeBytes < bytes };
}

function placesIn(source: ByteSource): Place[] {
  const head = source.slice(0, 96);
  const text = head.toString('latin1');
  if (text.startsWith('FUJIFILMCCD-RAW') && head.length >= 92) {
    return fujifilmPlaces(source, head.readUInt32BE(84), head.readUInt32BE(88));
  }
  if (text.startsWith('ftyp', 4)) return canonPlaces(source);
  const tiff = openTiff(source);
  return tiff ? tiffPlaces(tiff) : [];
}

/** The whole picture, and the thumbnail of its own EXIF. */
function fujifilmPlaces(source: ByteSource, offset: number, bytes: number): Place[] {
  const places: Place[] = [{ offset, bytes }];
  const jpeg = partOf(source, offset, bytes);
  for (const { marker, bodyStart } of walkJpeg(jpeg).segments) {
    if (marker !== 0xe1 || jpeg.slice(bodyStart, 4).toString('latin1') !== 'Exif') continue;
    const start = bodyStart + 6;
    const tiff = openTiff(partOf(jpeg, start, jpeg.sizeBytes - start));
    for (const place of tiff ? tiffPlaces(tiff) : []) {
      places.push({ offset: offset + start + place.offset, bytes: place.bytes });
    }
  }
  return places;
}

/** Every directory that another one leads to, none of them twice. */
function tiffPlaces(tiff: Tiff): Place[] {
  const places: Place[] = [];
  const seen = new Set<number>();
  const open = [tiff.firstDirectory];
  for (let at = open.shift(); at !== undefined && seen.size < MAX_DIRECTORIES; at = open.shift()) {
    if (at === 0 || seen.has(at)) continue;
    seen.add(at);
    const directory = readDirectory(tiff, at);
    const number = (tag: number): number => numberOf(tiff, directory, tag) ?? 0;
    places.push({ offset: number(TAG.jpegOffset), bytes: number(TAG.jpegBytes) });
    const panasonic = placeOf(tiff, directory, TAG.panasonicJpeg);
    if (panasonic) places.push(panasonic);
    // A picture in one piece: whether it is a JPEG is seen by its bytes.
    const strips = numbersOf(tiff, directory, TAG.stripOffsets, 2);
    if (strips.length === 1) places.push({ offset: strips[0] ?? 0, bytes: number(TAG.stripBytes) });
    open.push(directory.next);
    open.push(...numbersOf(tiff, directory, TAG.subDirectories, MAX_SUB_DIRECTORIES));
    const exif = number(TAG.exifDirectory);
    if (exif > 0) {
      const own = readDirectory(tiff, exif);
      places.push(...readMakerPlaces(tiff, own));
    }
  }
  return places;
}

/** CR3: a thumbnail and a preview in boxes of their own, the whole picture as the first track. */
function canonPlaces(source: ByteSource): Place[] {
  const places: Place[] = [];
  const top = walkBoxes(source, 0, source.sizeBytes);
  const idOf = (start: number): string => source.slice(start, 16).toString('hex');
  for (const box of top) {
    if (box.type === 'uuid' && idOf(box.bodyStart) === CANON_PREVIEW_ID) {
      places.push(...jpegIn(source, box.bodyStart, box.end));
    }
  }
  const moov = top.find((box) => box.type === 'moov');
  for (const box of moov ? walkBoxes(source, moov.bodyStart, moov.end) : []) {
    if (box.type === 'trak') places.push(...trackPlace(source, box.bodyStart, box.end));
    if (box.type !== 'uuid' || idOf(box.bodyStart) !== CANON_BOX_ID) continue;
    const inner = walkBoxes(source, box.bodyStart + 16, box.end);
    const thumbnail = inner.find((one) => one.type === 'THMB');
    if (thumbnail) places.push(...jpegIn(source, thumbnail.bodyStart, thumbnail.end));
  }
  return places;
}

/** The JPEG behind a few numbers at a box's front. */
function jpegIn(source: ByteSource, start: number, end: number): Place[] {
  const head = source.slice(start, Math.min(BOX_HEAD_BYTES, end - start));
  const at = head.indexOf(Buffer.from([0xff, 0xd8, 0xff]));
  return at < 0 ? [] : [{ offset: start + at, bytes: end - start - at }];
}

/** A track's first sample. */
function trackPlace(source: ByteSource, start: number, end: number): Place[] {
  let [from, to] = [start, end];
  for (const type of ['mdia', 'minf', 'stbl']) {
    const box = walkBoxes(source, from, to).find((one) => one.type === type);
    if (!box) return [];
    [from, to] = [box.bodyStart, box.end];
  }
  const tables = walkBoxes(source, from, to);
  const bodyOf = (type: string): Buffer | null => {
    const box = tables.find((one) => one.type === type);
    // Copied: the next one is read into the same memory.
    return box ? Buffer.from(source.slice(box.bodyStart, 16)) : null;
  };
  const sizes = bodyOf('stsz');
  const near = bodyOf('stco');
  const far = bodyOf('co64');
  if (!sizes || sizes.length < 12) return [];
  const same = sizes.readUInt32BE(4);
  const bytes = same > 0 ? same : sizes.length >= 16 ? sizes.readUInt32BE(12) : 0;
  if (far && far.length >= 16) return [{ offset: Number(far.readBigUInt64BE(8)), bytes }];
  return near && near.length >= 12 ? [{ offset: near.readUInt32BE(8), bytes }] : [];
}
