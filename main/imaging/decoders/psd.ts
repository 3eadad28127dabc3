/** Photoshop documents (PSD and PSB): the flattened picture that most of them carry beside their layers. */
import type { ByteSource } from '../byteSource.ts';
import { type PsdParts, readPsd } from '../psdParts.ts';
import { labToRgb, srgbByte } from './lab.ts';
import { createPicture, type Picture } from './picture.ts';
import { readPart } from './reading.ts';
import type { PixelKind } from './tiffFile.ts';
import { checkSize, UnpackError, type Unpacked } from './types.ts';

const MODE = { bitmap: 0, grey: 1, indexed: 2, rgb: 3, cmyk: 4, duotone: 8, lab: 9 } as const;
const KINDS: Readonly<Record<number, PixelKind>> = {
  [MODE.bitmap]: 'grey',
  [MODE.grey]: 'grey',
  [MODE.indexed]: 'rgb',
  [MODE.rgb]: 'rgb',
  [MODE.cmyk]: 'cmyk',
  [MODE.duotone]: 'grey',
  [MODE.lab]: 'rgb',
};
/** Channels of the file that the picture is made of; more are masks. */
const CHANNELS: Readonly<Record<number, number>> = { [MODE.rgb]: 3, [MODE.cmyk]: 4, [MODE.lab]: 3 };
const UNPACKED = 0;
const RUN_LENGTHS = 1;

/** The flattened picture, or the preview where the document was saved without one. */
export async function decodePsd(source: ByteSource, side: number): Promise<Unpacked> {
  const parts = readPsd(source);
  if (!parts) throw new UnpackError('damaged', 'its header is cut off');
  const { width, height, mode, depth } = parts;
  checkSize(width, height);
  if (!parts.hasFlattened) {
    if (!parts.preview) {
      throw new UnpackError('unsupported', 'a document saved without “Maximize Compatibility”');
    }
    return { file: readPart(source, parts.preview.offset, parts.preview.bytes), damage: null };
  }
  const kind = KINDS[mode];
  const channels = CHANNELS[mode] ?? 1;
  if (!kind) throw new UnpackError('unsupported', `a document in colour mode ${mode}`);
  if (![1, 8, 16, 32].includes(depth) || (depth === 1) !== (mode === MODE.bitmap)) {
    throw new UnpackError('unsupported', `a document of ${depth} bits a channel`);
  }
  if (parts.channels < channels) throw new UnpackError('damaged', 'a channel is missing');
  const rows = openRows(source, parts);
  // Lab is a colour space of its own, whatever profile lies beside it.
  const place = mode === MODE.lab ? null : parts.profile;
  const icc = place ? readPart(source, place.offset, place.bytes) : null;
  const picture = createPicture({ width, height, kind, icc, side });
  const missing = addRows(rows, parts, channels, picture);
  if (missing >= height) throw new UnpackError('damaged', 'it ends before the picture starts');
  return {
    file: picture.finish(),
    damage: missing > 0 ? `${missing} of ${height} rows are missing` : null,
  };
}

/** Row `y` of a channel, as stored; null where the file ends before it. */
type Rows = (channel: number, y: number) => Uint8Array | null;

function openRows(source: ByteSource, parts: PsdParts): Rows {
  const { width, height, depth, dataStart } = parts;
  const rowBytes = Math.ceil((width * depth) / 8);
  const head = source.slice(dataStart, 2);
  const packing = head.length < 2 ? UNPACKED : head.readUInt16BE(0);
  const start = dataStart + 2;
  if (packing === UNPACKED) {
    return (channel, y) => {
      const row = source.slice(start + (channel * height + y) * rowBytes, rowBytes);
      return row.length < rowBytes ? null : row;
    };
  }
  if (packing !== RUN_LENGTHS) {
    throw new UnpackError('unsupported', `a document with compression ${packing}`);
  }
  return openPackedRows(source, start, parts, rowBytes);
}

/** A table with the bytes of each row comes first. */
function openPackedRows(
  source: ByteSource,
  start: number,
  { height, channels, isLarge }: PsdParts,
  rowBytes: number,
): Rows {
  const countBytes = isLarge ? 4 : 2;
  const table = readPart(source, start, height * channels * countBytes);
  const rows = Math.floor(table.length / countBytes);
  const offsets = new Float64Array(rows + 1);
  offsets[0] = start + height * channels * countBytes;
  for (let row = 0; row < rows; row += 1) {
    const bytes = table.readUIntBE(row * countBytes, countBytes);
    offsets[row + 1] = (offsets[row] as number) + bytes;
  }
  const unpacked = new Uint8Array(rowBytes);
  return (channel, y) => {
    const from = offsets[channel * height + y];
    const to = offsets[channel * height + y + 1];
    if (from === undefined || to === undefined) return null;
    const packed = source.slice(from, Math.min(to - from, rowBytes * 2 + 64));
    if (packed.length === 0 && rowBytes > 0) return null;
    unpackBits(packed, unpacked);
    return unpacked;
  };
}

/** Apple's PackBits. What is missing at the end stays 0. */
function unpackBits(packed: Uint8Array, to: Uint8Array): void {
  to.fill(0);
  let at = 0;
  let out = 0;
  while (at < packed.length && out < to.length) {
    const head = packed[at] as number;
    at += 1;
    if (head < 128) {
      const literal = packed.subarray(at, Math.min(at + head + 1, at + to.length - out));
      to.set(literal, out);
      at += head + 1;
      out += head + 1;
    } else if (head > 128) {
      to.fill(packed[at] ?? 0, out, out + 257 - head);
      at += 1;
      out += 257 - head;
    }
  }
}

/** Gives how many rows are missing. */
function addRows(rows: Rows, parts: PsdParts, channels: number, picture: Picture): number {
  const { width, height, depth, mode, palette } = parts;
  const outChannels = mode === MODE.indexed ? 3 : channels;
  const pixels = new Uint8Array(width * outChannels);
  const values = new Uint8Array(width);
  // Zero is full ink in these documents, and none in a TIFF.
  const inverted = mode === MODE.cmyk ? 255 : 0;
  for (let y = 0; y < height; y += 1) {
    for (let channel = 0; channel < channels; channel += 1) {
      const row = rows(channel, y);
      if (!row) return height - y;
      toBytes(row, depth, values);
      if (mode === MODE.indexed) {
        fromPalette(values, palette, pixels);
      } else {
        for (let x = 0, to = channel; x < width; x += 1, to += channels) {
          pixels[to] = (values[x] as number) ^ inverted;
        }
      }
    }
    if (mode === MODE.lab) labToRgb(pixels);
    picture.addRow(y, pixels, 0);
  }
  return 0;
}

/** One byte a value. In 1-bit documents 1 is black; 32 bits are floating point, linear. */
function toBytes(row: Uint8Array, depth: number, to: Uint8Array): void {
  if (depth === 8) {
    to.set(row.subarray(0, to.length));
  } else if (depth === 16) {
    for (let x = 0; x < to.length; x += 1) to[x] = row[x * 2] as number;
  } else if (depth === 1) {
    for (let x = 0; x < to.length; x += 1) {
      to[x] = (((row[x >> 3] as number) >> (7 - (x & 7))) & 1) === 1 ? 0 : 255;
    }
  } else {
    const view = new DataView(row.buffer, row.byteOffset, row.length);
    for (let x = 0; x < to.length; x += 1) to[x] = srgbByte(view.getFloat32(x * 4));
  }
}

/** All reds, then all greens, then all blues. */
function fromPalette(values: Uint8Array, palette: Uint8Array, pixels: Uint8Array): void {
  for (let x = 0; x < values.length; x += 1) {
    const index = values[x] as number;
    pixels[x * 3] = palette[index] ?? 0;
    pixels[x * 3 + 1] = palette[256 + index] ?? 0;
    pixels[x * 3 + 2] = palette[512 + index] ?? 0;
  }
}
