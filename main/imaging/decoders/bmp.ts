/** Windows and OS/2 bitmaps, also those without a file header that lie in icons. */
import type { ByteSource } from '../byteSource.ts';
import { readRunLengths } from './bmpRunLengths.ts';
import { createPicture, type Picture } from './picture.ts';
import { readPart } from './reading.ts';
import { checkSize, UnpackError, type Unpacked } from './types.ts';

const FILE_HEADER_BYTES = 14;
const OS2_HEADER_BYTES = 12;
/** `BITMAPINFOHEADER`; longer ones have the masks in them, this one behind it. */
const INFO_HEADER_BYTES = 40;
const MAX_HEADER_BYTES = 256;
const PROFILE_EMBEDDED = 0x4d424544;
const MAX_PROFILE_BYTES = 4 * 1024 * 1024;

const COMPRESSION = {
  none: 0,
  rle8: 1,
  rle4: 2,
  masks: 3,
  jpeg: 4,
  png: 5,
  alphaMasks: 6,
} as const;

export type BitmapHeader = {
  readonly width: number;
  readonly height: number;
  readonly isTopDown: boolean;
  readonly bits: number;
  readonly compression: number;
  /** Red, green, blue, alpha; none of a mask is 0. */
  readonly masks: readonly [number, number, number, number];
  /** Three bytes each: red, green, blue. */
  readonly palette: Uint8Array;
  /** Where the pixels start if nothing else says so. */
  readonly end: number;
  readonly icc: Buffer | null;
};

/** The picture of a file that starts with `BM`. */
export async function decodeBmp(source: ByteSource, side: number): Promise<Unpacked> {
  const head = source.slice(0, FILE_HEADER_BYTES);
  if (head.length < FILE_HEADER_BYTES) throw new UnpackError('damaged', 'its header is cut off');
  const pixelStart = head.readUInt32LE(10);
  const header = readBitmapHeader(source, FILE_HEADER_BYTES);
  const start = pixelStart >= FILE_HEADER_BYTES ? pixelStart : header.end;
  const { width, height, bits, compression, icc } = header;
  if (compression === COMPRESSION.jpeg || compression === COMPRESSION.png) {
    return { file: readPart(source, start, source.sizeBytes - start), damage: null };
  }
  checkSize(width, height);
  const isRunLength = compression === COMPRESSION.rle8 || compression === COMPRESSION.rle4;
  const hasAlpha = header.masks[3] !== 0 && !isRunLength;
  const picture = createPicture({ width, height, kind: 'rgb', hasAlpha, icc, side });
  const missing = isRunLength
    ? readRunLengths(source, start, header, compression === COMPRESSION.rle4, picture)
    : readRows(source, start, header, picture);
  if (missing >= height) throw new UnpackError('damaged', 'it ends before the picture starts');
  return {
    file: picture.finish(),
    damage: missing > 0 ? `${missing} of ${height} rows are missing` : null,
  };

  function readRows(from: ByteSource, at: number, of: BitmapHeader, into: Picture): number {
    if (![1, 2, 4, 8, 16, 24, 32].includes(bits)) {
      throw new UnpackError('unsupported', `a bitmap of ${bits} bits a pixel`);
    }
    return readBitmapRows(from, at, of, hasAlpha, into);
  }
}

/** What stands in front of the pixels; the header starts at `start`. */
export function readBitmapHeader(source: ByteSource, start: number): BitmapHeader {
  const head = Buffer.from(source.slice(start, MAX_HEADER_BYTES));
  const claimed = head.length < 4 ? 0 : head.readUInt32LE(0);
  const bytes = claimed > MAX_HEADER_BYTES ? INFO_HEADER_BYTES : claimed;
  if (bytes < OS2_HEADER_BYTES || head.length < Math.min(bytes, INFO_HEADER_BYTES)) {
    throw new UnpackError('damaged', 'its header is cut off');
  }
  if (bytes === OS2_HEADER_BYTES) return readOs2Header(source, start, head);
  // OS/2 leaves out what it does not need: zeros mean the same.
  const whole = Buffer.alloc(MAX_HEADER_BYTES);
  head.copy(whole, 0, 0, Math.min(head.length, Math.max(bytes, INFO_HEADER_BYTES + 16)));
  if (bytes < INFO_HEADER_BYTES) whole.fill(0, bytes);
  const storedHeight = whole.readInt32LE(8);
  const bits = whole.readUInt16LE(14);
  const compression = whole.readUInt32LE(16);
  const isOs2 = bytes < INFO_HEADER_BYTES || bytes === 64;
  if (isOs2 && compression >= COMPRESSION.masks) {
    throw new UnpackError('unsupported', 'a compressed OS/2 bitmap');
  }
  if (compression > COMPRESSION.alphaMasks) {
    throw new UnpackError('unsupported', `a bitmap with compression ${compression}`);
  }
  const hasMasks = compression === COMPRESSION.masks || compression === COMPRESSION.alphaMasks;
  const maskBytes = !hasMasks || bytes > INFO_HEADER_BYTES ? 0 : compression === 6 ? 16 : 12;
  const hasAlphaMask = compression === COMPRESSION.alphaMasks || bytes >= 56;
  const mask = (index: number): number => whole.readUInt32LE(INFO_HEADER_BYTES + index * 4);
  const paletteStart = start + bytes + maskBytes;
  const used = whole.readUInt32LE(32);
  const colours = bits > 8 ? 0 : used === 0 || used > 256 ? 2 ** bits : used;
  return {
    width: whole.readInt32LE(4),
    height: Math.abs(storedHeight),
    isTopDown: storedHeight < 0,
    bits,
    compression,
    masks: hasMasks ? [mask(0), mask(1), mask(2), hasAlphaMask ? mask(3) : 0] : usualMasks(bits),
    palette: readPalette(source, paletteStart, colours, 4),
    end: paletteStart + colours * 4,
    icc: bytes >= 124 ? readProfile(source, start, whole) : null,
  };
}

function readOs2Header(source: ByteSource, start: number, head: Buffer): BitmapHeader {
  if (head.length < OS2_HEADER_BYTES) throw new UnpackError('damaged', 'its header is cut off');
  const bits = head.readUInt16LE(10);
  const colours = bits > 8 ? 0 : 2 ** bits;
  const paletteStart = start + OS2_HEADER_BYTES;
  return {
    width: head.readUInt16LE(4),
    height: head.readUInt16LE(6),
    isTopDown: false,
    bits,
    compression: COMPRESSION.none,
    masks: usualMasks(bits),
    palette: readPalette(source, paletteStart, colours, 3),
    end: paletteStart + colours * 3,
    icc: null,
  };
}

function usualMasks(bits: number): BitmapHeader['masks'] {
  return bits === 16 ? [0x7c00, 0x03e0, 0x001f, 0] : [0xff0000, 0x00ff00, 0x0000ff, 0];
}

/** Blue comes first in the file. Colours that are missing are black. */
function readPalette(
  source: ByteSource,
  start: number,
  colours: number,
  entryBytes: number,
): Uint8Array {
  const bytes = source.slice(start, colours * entryBytes);
  const palette = new Uint8Array(256 * 3);
  for (let index = 0; index < colours && index < 256; index += 1) {
    const at = index * entryBytes;
    palette[index * 3] = bytes[at + 2] ?? 0;
    palette[index * 3 + 1] = bytes[at + 1] ?? 0;
    palette[index * 3 + 2] = bytes[at] ?? 0;
  }
  return palette;
}

function readProfile(source: ByteSource, start: number, header: Buffer): Buffer | null {
  if (header.readUInt32LE(56) !== PROFILE_EMBEDDED) return null;
  const bytes = header.readUInt32LE(116);
  if (bytes < 128 || bytes > MAX_PROFILE_BYTES) return null;
  return readPart(source, start + header.readUInt32LE(112), bytes);
}

/** Rows that lie in the file as they are; gives how many are missing. `hasAlpha`: four bytes a pixel. */
export function readBitmapRows(
  source: ByteSource,
  start: number,
  header: BitmapHeader,
  hasAlpha: boolean,
  picture: Picture,
): number {
  const { width, height, isTopDown, bits } = header;
  const rowBytes = Math.ceil((width * bits) / 32) * 4;
  const leastBytes = Math.ceil((width * bits) / 8);
  const step = hasAlpha ? 4 : 3;
  const row = new Uint8Array(width * step);
  const convert = bits <= 8 ? fromPalette : bits === 24 ? fromBytes : fromMasks;
  let missing = 0;
  for (let index = 0; index < height; index += 1) {
    const bytes = source.slice(start + index * rowBytes, rowBytes);
    // The padding of the last row is often left out.
    if (bytes.length < leastBytes) {
      missing = height - index;
      break;
    }
    convert(bytes, header, row, step);
    picture.addRow(isTopDown ? index : height - 1 - index, row, 0);
  }
  return missing;
}

type Convert = (bytes: Buffer, header: BitmapHeader, row: Uint8Array, step: number) => void;

const fromPalette: Convert = (bytes, { bits, palette }, row, step) => {
  const perByte = 8 / bits;
  const most = 2 ** bits - 1;
  for (let to = 0, x = 0; to < row.length; to += step, x += 1) {
    const byte = bytes[Math.floor(x / perByte)] as number;
    const colour = ((byte >> (8 - bits - (x % perByte) * bits)) & most) * 3;
    row[to] = palette[colour] as number;
    row[to + 1] = palette[colour + 1] as number;
    row[to + 2] = palette[colour + 2] as number;
    if (step === 4) row[to + 3] = 255;
  }
};

const fromBytes: Convert = (bytes, _header, row, step) => {
  for (let to = 0, at = 0; to < row.length; to += step, at += 3) {
    row[to] = bytes[at + 2] as number;
    row[to + 1] = bytes[at + 1] as number;
    row[to + 2] = bytes[at] as number;
    if (step === 4) row[to + 3] = 255;
  }
};

const fromMasks: Convert = (bytes, { bits, masks }, row, step) => {
  const pixelBytes = bits / 8;
  const parts = masks.slice(0, step).map((mask) => {
    const shift = mask === 0 ? 0 : 31 - Math.clz32(mask & -mask);
    return { mask, shift, scale: mask === 0 ? 0 : 255 / (mask >>> shift) };
  });
  for (let to = 0, at = 0; to < row.length; to += step, at += pixelBytes) {
    const value = pixelBytes === 2 ? bytes.readUInt16LE(at) : bytes.readUInt32LE(at);
    for (let channel = 0; channel < parts.length; channel += 1) {
      const part = parts[channel];
      if (!part) continue;
      row[to + channel] = Math.round(((value & part.mask) >>> part.shift) * part.scale);
    }
  }
};
