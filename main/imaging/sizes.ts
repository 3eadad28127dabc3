/** Sizes of formats whose header holds them at a fixed place. */
import type { ByteSource } from './byteSource.ts';
import { walkBoxes } from './chunks.ts';
import { iconSize } from './iconParts.ts';
import { numberOf, openTiff, readDirectory } from './tiff.ts';
import type { Format } from './types.ts';

export type StoredSize = { readonly width: number | null; readonly height: number | null };

const UNKNOWN: StoredSize = { width: null, height: null };

/** Pixels as stored; null where the header is cut off or the format keeps them elsewhere. */
export function readOtherSize(source: ByteSource, format: Format): StoredSize {
  const head = source.slice(0, 64);
  switch (format) {
    case 'gif':
      return head.length < 10
        ? UNKNOWN
        : { width: head.readUInt16LE(6), height: head.readUInt16LE(8) };
    case 'bmp':
      return bitmapSize(head);
    case 'ico':
      return iconSize(source) ?? UNKNOWN;
    case 'jp2':
      return jpeg2000Size(source, head);
    case 'jxl':
      return jpegXlSize(source, head);
    case 'tiff': {
      const tiff = openTiff(source);
      if (!tiff) return UNKNOWN;
      const directory = readDirectory(tiff, tiff.firstDirectory);
      return { width: numberOf(tiff, directory, 0x100), height: numberOf(tiff, directory, 0x101) };
    }
    default:
      return UNKNOWN;
  }
}

function bitmapSize(head: Buffer): StoredSize {
  if (head.length < 26) return UNKNOWN;
  if (head.readUInt32LE(14) === 12) {
    return { width: head.readUInt16LE(18), height: head.readUInt16LE(20) };
  }
  // A negative height means that the rows run from top to bottom.
  return { width: Math.abs(head.readInt32LE(18)), height: Math.abs(head.readInt32LE(22)) };
}

function jpeg2000Size(source: ByteSource, head: Buffer): StoredSize {
  if (head.length >= 24 && head.readUInt16BE(0) === 0xff4f && head.readUInt16BE(2) === 0xff51) {
    return {
      width: head.readUInt32BE(8) - head.readUInt32BE(16),
      height: head.readUInt32BE(12) - head.readUInt32BE(20),
    };
  }
  const jp2h = walkBoxes(source, 0, source.sizeBytes).find((box) => box.type === 'jp2h');
  const ihdr = jp2h
    ? walkBoxes(source, jp2h.bodyStart, jp2h.end).find((box) => box.type === 'ihdr')
    : undefined;
  const body = ihdr ? source.slice(ihdr.bodyStart, 8) : head.subarray(0, 0);
  return body.length < 8 ? UNKNOWN : { width: body.readUInt32BE(4), height: body.readUInt32BE(0) };
}

/** Ratios of width to height that JPEG XL has numbers for. */
const JXL_RATIOS: readonly (readonly [number, number])[] = [
  [1, 1],
  [12, 10],
  [4, 3],
  [3, 2],
  [16, 9],
  [5, 4],
  [2, 1],
];

/** The size header of JPEG XL, which is packed in bits, lowest first; as displayed. */
function jpegXlSize(source: ByteSource, head: Buffer): StoredSize {
  let codestream = head;
  if (head[0] !== 0xff) {
    const box = walkBoxes(source, 0, source.sizeBytes).find(
      (one) => one.type === 'jxlc' || one.type === 'jxlp',
    );
    if (!box) return UNKNOWN;
    codestream = source.slice(box.bodyStart + (box.type === 'jxlp' ? 4 : 0), 16);
  }
  if (codestream.length < 16 || codestream.readUInt16BE(0) !== 0xff0a) return UNKNOWN;
  let bits = codestream.readBigUInt64LE(2) | (codestream.readBigUInt64LE(8) << 48n);
  const take = (count: number): number => {
    const value = Number(bits & ((1n << BigInt(count)) - 1n));
    bits >>= BigInt(count);
    return value;
  };
  const isSmall = take(1) === 1;
  const side = (): number =>
    isSmall ? (take(5) + 1) * 8 : take([9, 13, 18, 30][take(2)] ?? 9) + 1;
  const height = side();
  const ratio = JXL_RATIOS[take(3) - 1];
  const width = ratio ? Math.floor((height * ratio[0]) / ratio[1]) : side();
  // What follows is all default, or says first whether it holds more than colours, an orientation among it.
  const isDefault = take(1) === 1;
  const orientation = !isDefault && take(1) === 1 ? take(3) + 1 : 1;
  return orientation >= 5 ? { width: height, height: width } : { width, height };
}
