/**
 * Reads TIFF directories, which EXIF is made of. Every count and offset is taken as a claim: what lies
 * outside the data, is too long or of an unknown type is left out, and nothing is followed in a circle.
 */
import type { ByteSource } from './byteSource.ts';

type Entry = {
  readonly type: number;
  readonly count: number;
  /** Where the value lies, from the start of the TIFF. */
  readonly offset: number;
};

export type TiffDirectory = {
  readonly entries: ReadonlyMap<number, Entry>;
  /** Offset of the next directory; 0: none. */
  readonly next: number;
};

export type Tiff = {
  readonly source: ByteSource;
  readonly littleEndian: boolean;
  readonly firstDirectory: number;
};

/** Real directories have fewer than a hundred entries. */
const MAX_ENTRIES = 1000;
const MAX_TEXT_BYTES = 1024;
const MAX_NUMBERS = 64;
/** Bytes of one value by type number: byte, ascii, short, long, rational, and the signed ones. */
const TYPE_BYTES: readonly number[] = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];
const TYPE_ASCII = 2;
const TYPE_UNDEFINED = 7;
const TYPE_BYTE = 1;

/** Opens what starts with a TIFF header; null where it does not. Makers' own numbers instead of 42 are fine. */
export function openTiff(source: ByteSource): Tiff | null {
  const head = source.slice(0, 8);
  if (head.length < 8) return null;
  const order = head.toString('latin1', 0, 2);
  if (order !== 'II' && order !== 'MM') return null;
  const littleEndian = order === 'II';
  // BigTIFF has 43 and offsets of 64 bits: no camera writes it, and sharp still decodes it.
  if ((littleEndian ? head.readUInt16LE(2) : head.readUInt16BE(2)) === 43) return null;
  const firstDirectory = littleEndian ? head.readUInt32LE(4) : head.readUInt32BE(4);
  return { source, littleEndian, firstDirectory };
}

const EMPTY: TiffDirectory = { entries: new Map(), next: 0 };

/** The directory at an offset; empty where there is none. */
export function readDirectory(tiff: Tiff, offset: number): TiffDirectory {
  const { source, littleEndian } = tiff;
  if (offset < 8 || offset >= source.sizeBytes) return EMPTY;
  const countBytes = source.slice(offset, 2);
  if (countBytes.length < 2) return EMPTY;
  const claimed = littleEndian ? countBytes.readUInt16LE(0) : countBytes.readUInt16BE(0);
  const bytes = source.slice(offset + 2, Math.min(claimed, MAX_ENTRIES) * 12 + 4);
  const entries = new Map<number, Entry>();
  const count = Math.min(claimed, Math.floor(bytes.length / 12));
  for (let index = 0; index < count; index += 1) {
    const at = index * 12;
    const tag = littleEndian ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at);
    const type = littleEndian ? bytes.readUInt16LE(at + 2) : bytes.readUInt16BE(at + 2);
    const values = littleEndian ? bytes.readUInt32LE(at + 4) : bytes.readUInt32BE(at + 4);
    const lengthBytes = (TYPE_BYTES[type] ?? 0) * values;
    if (lengthBytes === 0 || entries.has(tag)) continue;
    const far = littleEndian ? bytes.readUInt32LE(at + 8) : bytes.readUInt32BE(at + 8);
    entries.set(tag, {
      type,
      count: values,
      offset: lengthBytes <= 4 ? offset + 2 + at + 8 : far,
    });
  }
  const end = claimed * 12;
  const hasNext = claimed <= MAX_ENTRIES && bytes.length >= end + 4;
  const next = hasNext ? (littleEndian ? bytes.readUInt32LE(end) : bytes.readUInt32BE(end)) : 0;
  return { entries, next };
}

/** Where a tag's bytes lie, from the start of the TIFF, cut to the data. */
export function placeOf(
  tiff: Tiff,
  directory: TiffDirectory,
  tag: number,
): { readonly offset: number; readonly bytes: number } | null {
  const entry = directory.entries.get(tag);
  if (!entry || entry.offset >= tiff.source.sizeBytes) return null;
  const claimed = entry.count * (TYPE_BYTES[entry.type] ?? 0);
  return {
    offset: entry.offset,
    bytes: Math.min(claimed, tiff.source.sizeBytes - entry.offset),
  };
}

/** A tag's text up to its first NUL, trimmed; null where it is missing, blank or no text. */
export function textOf(tiff: Tiff, directory: TiffDirectory, tag: number): string | null {
  const entry = directory.entries.get(tag);
  if (!entry) return null;
  if (entry.type !== TYPE_ASCII && entry.type !== TYPE_UNDEFINED && entry.type !== TYPE_BYTE) {
    return null;
  }
  const bytes = tiff.source.slice(entry.offset, Math.min(entry.count, MAX_TEXT_BYTES));
  const end = bytes.indexOf(0);
  return cleanText(bytes.subarray(0, end < 0 ? bytes.length : end));
}

/** The first number of a tag; null where it is missing or not a finite number. */
export function numberOf(tiff: Tiff, directory: TiffDirectory, tag: number): number | null {
  const value = numbersOf(tiff, directory, tag, 1)[0];
  return value === undefined || !Number.isFinite(value) ? null : value;
}

/** The first numbers of a tag; a division by zero is not finite. */
export function numbersOf(
  tiff: Tiff,
  directory: TiffDirectory,
  tag: number,
  most: number,
): number[] {
  const entry = directory.entries.get(tag);
  if (!entry) return [];
  const width = TYPE_BYTES[entry.type] ?? 0;
  const wanted = Math.min(entry.count, most, MAX_NUMBERS);
  const bytes = tiff.source.slice(entry.offset, wanted * width);
  const numbers: number[] = [];
  for (let at = 0; at + width <= bytes.length; at += width) {
    numbers.push(readNumber(bytes, at, entry.type, tiff.littleEndian));
  }
  return numbers;
}

function readNumber(bytes: Buffer, at: number, type: number, little: boolean): number {
  switch (type) {
    case 1:
    case 7:
      return bytes.readUInt8(at);
    case 6:
      return bytes.readInt8(at);
    case 3:
      return little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at);
    case 8:
      return little ? bytes.readInt16LE(at) : bytes.readInt16BE(at);
    case 4:
    case 13:
      return little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
    case 9:
      return little ? bytes.readInt32LE(at) : bytes.readInt32BE(at);
    case 5:
      return little
        ? bytes.readUInt32LE(at) / bytes.readUInt32LE(at + 4)
        : bytes.readUInt32BE(at) / bytes.readUInt32BE(at + 4);
    case 10:
      return little
        ? bytes.readInt32LE(at) / bytes.readInt32LE(at + 4)
        : bytes.readInt32BE(at) / bytes.readInt32BE(at + 4);
    case 11:
      return little ? bytes.readFloatLE(at) : bytes.readFloatBE(at);
    case 12:
      return little ? bytes.readDoubleLE(at) : bytes.readDoubleBE(at);
    default:
      return Number.NaN;
  }
}

/** Most characters kept of a text that a file brings. */
const MAX_TEXT_CHARACTERS = 200;

/**
 * Bytes as a trimmed text: UTF-8 where they are, else Latin-1, without control characters and cut to a
 * length that fits a window. Null where nothing is left.
 */
export function cleanText(bytes: Uint8Array): string | null {
  const utf8 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  const text = utf8.includes('\ufffd') ? Buffer.from(bytes).toString('latin1') : utf8;
  const clean = text.replace(/\p{Cc}+/gu, ' ').trim();
  return clean === ''
    ? null
    : [...clean.slice(0, MAX_TEXT_CHARACTERS * 2)].slice(0, MAX_TEXT_CHARACTERS).join('');
}
