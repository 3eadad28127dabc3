/** What a file says of itself, whatever its format: one place for the first and the second pass. */
import { readJp2Boxes, readJxlBoxes } from './boxedParts.ts';
import { type ByteSource, partOf } from './byteSource.ts';
import { walkPng, walkWebp } from './chunks.ts';
import { type ExifFacts, exifOfDirectory, NO_EXIF, readExif, type ThumbnailPlace } from './exif.ts';
import { exifThumbnail, MAX_EMBEDDED_BYTES } from './exifThumbnail.ts';
import { detectFormat, extensionOf } from './formats.ts';
import { readHeif } from './heif.ts';
import { openHeif } from './heifBoxes.ts';
import { findHeifThumbnail, isServable } from './heifThumbnail.ts';
import { EXIF_HEADER, isFrame, MARKER, walkJpeg } from './jpegParts.ts';
import { readPsd } from './psdParts.ts';
import { findRawJpegs } from './rawJpegs.ts';
import { readRaw } from './rawParts.ts';
import { readOtherSize } from './sizes.ts';
import { openTiff, placeOf, readDirectory } from './tiff.ts';
import type { Format } from './types.ts';
import { NO_XMP, readXmp, type XmpFacts } from './xmp.ts';

export type Inspection = {
  readonly format: Format | null;
  /** As stored, before `orientation`; null where the file does not tell. */
  readonly width: number | null;
  readonly height: number | null;
  /** What is to be applied to the stored pixels, 1..8: EXIF's, or XMP's where EXIF has none. */
  readonly orientation: number;
  /** The orientation is only in XMP, which decoders do not look at. */
  readonly isOrientedByXmp: boolean;
  readonly exif: ExifFacts;
  readonly xmp: XmpFacts;
  /**
   * From the start of the file: a JPEG, or the boxes of a HEIC that tell of a thumbnail which `standInOf`
   * makes one of.
   */
  readonly embedded: ThumbnailPlace | null;
  /** The file is of a kind of its format that no decoder reads: what people call that. */
  readonly unsupported: string | null;
};

type Found = {
  readonly width: number | null;
  readonly height: number | null;
  readonly exif?: ExifFacts;
  readonly xmp?: XmpFacts;
  readonly embedded?: ThumbnailPlace | null;
  /** The decoder turns the picture by itself, and the size is that of the turned one. */
  readonly isUpright?: boolean;
  readonly unsupported?: string | null;
};

const XMP_HEADER = Buffer.from('http://ns.adobe.com/xap/1.0/\0', 'latin1');
const PNG_XMP_KEYWORD = 'XML:com.adobe.xmp\0';
const TIFF_TAG_XMP = 0x02bc;
const TIFF_TAG_WIDTH = 0x0100;
const MAX_XMP_BYTES = 256 * 1024;

/** Never throws for what is in the file; `name` is its name as bytes. */
export function inspect(source: ByteSource, name: Uint8Array): Inspection {
  const format = detectFormat(source, extensionOf(name));
  const found = format === null ? { width: null, height: null } : inspectFormat(source, format);
  const exif = found.exif ?? NO_EXIF;
  const xmp = found.xmp ?? NO_XMP;
  return {
    format,
    width: validSide(found.width),
    height: validSide(found.height),
    orientation: found.isUpright ? 1 : (exif.orientation ?? xmp.orientation ?? 1),
    isOrientedByXmp: !found.isUpright && exif.orientation === null && xmp.orientation !== null,
    exif,
    xmp,
    embedded: found.embedded ?? null,
    unsupported: found.unsupported ?? null,
  };
}

function inspectFormat(source: ByteSource, format: Format): Found {
  switch (format) {
    case 'jpeg':
      return inspectJpeg(source);
    case 'png':
      return inspectPng(source);
    case 'webp':
      return inspectWebp(source);
    case 'tiff':
      return inspectTiff(source);
    case 'avif':
    case 'heic':
      return inspectHeif(source, format);
    case 'raw': {
      const raw = readRaw(source);
      if (raw.jpegStart === null) return { ...raw, embedded: smallJpegIn(source) };
      const length = source.sizeBytes - raw.jpegStart;
      const jpeg = inspectJpeg(partOf(source, raw.jpegStart, length), raw.jpegStart);
      return { ...jpeg, unsupported: null };
    }
    case 'jxl':
      return { ...readOtherSize(source, format), ...readJxlBoxes(source), isUpright: true };
    case 'jp2':
      return { ...readOtherSize(source, format), ...readJp2Boxes(source) };
    case 'psd':
      return inspectPsd(source);
    default:
      return readOtherSize(source, format);
  }
}

function inspectHeif(source: ByteSource, format: 'avif' | 'heic'): Found {
  const boxes = openHeif(source);
  if (!boxes) return { width: null, height: null, isUpright: true };
  const { width, height, exif, xmp } = readHeif(source, boxes);
  const facts = exif ? readExif(exif.source) : NO_EXIF;
  const thumbnail = findHeifThumbnail(source, boxes, exif, facts.orientation ?? 1);
  // What is no JPEG yet is made one by a decode worker, which finds it where its boxes tell.
  const isMadeOnDemand = thumbnail !== null && format === 'heic';
  const place =
    thumbnail && isServable(thumbnail) ? thumbnail.place : isMadeOnDemand ? boxes.meta : null;
  return {
    width,
    height,
    isUpright: true,
    exif: facts,
    ...(xmp ? { xmp: readXmp(xmp) } : {}),
    embedded: place,
  };
}

/** `base` is where this JPEG starts in the file. */
function inspectJpeg(source: ByteSource, base = 0): Found {
  let found: Found = { width: null, height: null };
  for (const segment of walkJpeg(source).segments) {
    const { marker, bodyStart } = segment;
    if (isFrame(marker) && found.width === null) {
      const frame = source.slice(bodyStart, 5);
      if (frame.length === 5) {
        const size = { height: frame.readUInt16BE(1), width: frame.readUInt16BE(3) };
        found = { ...found, ...size, unsupported: unsupportedFrame(marker, frame[0] ?? 8) };
      }
    } else if (marker === MARKER.app1) {
      const bytes = segment.end - bodyStart;
      if (!found.exif && source.slice(bodyStart, 6).equals(EXIF_HEADER)) {
        const start = bodyStart + EXIF_HEADER.length;
        const tiff = partOf(source, start, bytes - EXIF_HEADER.length);
        found = {
          ...found,
          exif: readExif(tiff),
          embedded: exifThumbnail(source, tiff, start, base),
        };
      } else if (!found.xmp && source.slice(bodyStart, XMP_HEADER.length).equals(XMP_HEADER)) {
        const start = bodyStart + XMP_HEADER.length;
        found = { ...found, xmp: readXmp(source.slice(start, segment.end - start)) };
      }
    }
  }
  return found;
}

/** Frames that libjpeg is not built for. */
function unsupportedFrame(marker: number, bits: number): string | null {
  if (marker === MARKER.losslessFrame) return `a lossless JPEG of ${bits} bits a channel`;
  return bits > 8 ? `a ${bits}-bit JPEG` : null;
}

function inspectPsd(source: ByteSource): Found {
  const parts = readPsd(source);
  if (!parts) return { width: null, height: null };
  const { width, height, exif, xmp, preview } = parts;
  return {
    width,
    height,
    isUpright: true,
    ...(exif ? { exif: readExif(partOf(source, exif.offset, exif.bytes)) } : {}),
    ...(xmp && xmp.bytes <= MAX_XMP_BYTES
      ? { xmp: readXmp(source.slice(xmp.offset, xmp.bytes)) }
      : {}),
    embedded: preview && preview.bytes <= MAX_EMBEDDED_BYTES ? preview : null,
  };
}

function inspectPng(source: ByteSource): Found {
  let found: Found = { width: null, height: null };
  for (const chunk of walkPng(source).chunks) {
    if (chunk.type === 'IHDR' && chunk.bodyBytes >= 8) {
      const size = source.slice(chunk.bodyStart, 8);
      if (size.length === 8) {
        found = { ...found, width: size.readUInt32BE(0), height: size.readUInt32BE(4) };
      }
    } else if (chunk.type === 'eXIf') {
      found = { ...found, exif: readExif(exifPart(source, chunk.bodyStart, chunk.bodyBytes)) };
    } else if (chunk.type === 'iTXt' && chunk.bodyBytes <= MAX_XMP_BYTES) {
      const body = source.slice(chunk.bodyStart, chunk.bodyBytes);
      // Keyword, then a compression flag of 0, a method, and two empty texts.
      const start = PNG_XMP_KEYWORD.length + 4;
      const isXmp = body.toString('latin1', 0, PNG_XMP_KEYWORD.length) === PNG_XMP_KEYWORD;
      if (isXmp && body[PNG_XMP_KEYWORD.length] === 0) {
        found = { ...found, xmp: readXmp(body.subarray(start)) };
      }
    }
  }
  return found;
}

function inspectWebp(source: ByteSource): Found {
  let found: Found = { width: null, height: null };
  for (const { type, bodyStart, bodyBytes } of walkWebp(source).chunks) {
    const head = source.slice(bodyStart, 10);
    if (type === 'VP8X' && head.length === 10) {
      found = { ...found, width: head.readUIntLE(4, 3) + 1, height: head.readUIntLE(7, 3) + 1 };
    } else if (type === 'VP8 ' && found.width === null && head.length === 10) {
      found = {
        ...found,
        width: head.readUInt16LE(6) & 0x3fff,
        height: head.readUInt16LE(8) & 0x3fff,
      };
    } else if (type === 'VP8L' && found.width === null && head.length >= 5) {
      const bits = head.readUInt32LE(1);
      found = { ...found, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    } else if (type === 'EXIF') {
      found = { ...found, exif: readExif(exifPart(source, bodyStart, bodyBytes)) };
    } else if (type === 'XMP ' && bodyBytes <= MAX_XMP_BYTES) {
      found = { ...found, xmp: readXmp(source.slice(bodyStart, bodyBytes)) };
    }
  }
  return found;
}

function inspectTiff(source: ByteSource): Found {
  const tiff = openTiff(source);
  if (!tiff) return { width: null, height: null };
  const directory = readDirectory(tiff, tiff.firstDirectory);
  const size = readOtherSize(source, 'tiff');
  const xmp = placeOf(tiff, directory, TIFF_TAG_XMP);
  return {
    ...(directory.entries.has(TIFF_TAG_WIDTH) ? size : { width: null, height: null }),
    exif: exifOfDirectory(tiff, directory),
    ...(xmp && xmp.bytes <= MAX_XMP_BYTES
      ? { xmp: readXmp(source.slice(xmp.offset, xmp.bytes)) }
      : {}),
  };
}

/** Some programs write JPEG's `Exif\0\0` in front, although the chunk's type says it already. */
function exifPart(source: ByteSource, start: number, bytes: number): ByteSource {
  const skip = source.slice(start, 6).equals(EXIF_HEADER) ? EXIF_HEADER.length : 0;
  return partOf(source, start + skip, bytes - skip);
}

/** The smallest JPEG of a RAW file, as a stand-in. */
function smallJpegIn(source: ByteSource): ThumbnailPlace | null {
  const smallest = findRawJpegs(source).jpegs.at(-1);
  if (!smallest || smallest.isCut || smallest.bytes > MAX_EMBEDDED_BYTES) return null;
  return { offset: smallest.offset, bytes: smallest.bytes };
}

/** Zero and absurd sizes are not known ones. */
function validSide(value: number | null): number | null {
  return value !== null && Number.isInteger(value) && value > 0 ? value : null;
}
