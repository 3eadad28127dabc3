/** Windows icons: the largest of the pictures in one, which are PNGs or bitmaps with a mask. */
import type { ByteSource } from '../byteSource.ts';
import { isPngAt, largestEntry } from '../iconParts.ts';
import { type BitmapHeader, readBitmapHeader, readBitmapRows } from './bmp.ts';
import { createPicture, type Picture } from './picture.ts';
import { readPart } from './reading.ts';
import { checkSize, UnpackError, type Unpacked } from './types.ts';

/** The picture with the most pixels; of several, the one with the most colours. */
export async function decodeIco(source: ByteSource, side: number): Promise<Unpacked> {
  const entry = largestEntry(source);
  if (!entry) throw new UnpackError('damaged', 'there is no picture in it');
  if (isPngAt(source, entry.offset)) {
    return { file: readPart(source, entry.offset, entry.bytes), damage: null };
  }
  const stored = readBitmapHeader(source, entry.offset);
  // The mask counts as a second half of the picture.
  const header: BitmapHeader = { ...stored, height: stored.height >> 1, isTopDown: false };
  const { width, height, bits } = header;
  checkSize(width, height);
  if (![1, 4, 8, 24, 32].includes(bits)) {
    throw new UnpackError('unsupported', `an icon of ${bits} bits a pixel`);
  }
  const opacity = bits === 32 ? null : readMask(source, header);
  const alphaHeader: BitmapHeader = {
    ...header,
    masks: [0xff0000, 0x00ff00, 0x0000ff, 0xff000000],
  };
  const picture = createPicture({ width, height, kind: 'rgb', hasAlpha: true, icc: null, side });
  const rows = hasNoOpacity(source, header) ? solid(picture, width) : picture;
  const masked = opacity ? withMask(rows, opacity, width) : rows;
  const missing = readBitmapRows(source, header.end, alphaHeader, true, masked);
  if (missing >= height) throw new UnpackError('damaged', 'it ends before the picture starts');
  return {
    file: picture.finish(),
    damage: missing > 0 ? `${missing} of ${height} rows are missing` : null,
  };
}

/** Old icons leave the fourth byte empty: they are opaque. */
function hasNoOpacity(source: ByteSource, { bits, end, width, height }: BitmapHeader): boolean {
  if (bits !== 32) return false;
  for (let y = 0; y < height; y += 1) {
    const row = source.slice(end + y * width * 4, width * 4);
    for (let at = 3; at < row.length; at += 4) if (row[at] !== 0) return false;
  }
  return true;
}

function solid(picture: Picture, width: number): Picture {
  return {
    ...picture,
    addRow(y, bytes, start) {
      for (let at = start + 3; at < start + width * 4; at += 4) bytes[at] = 255;
      picture.addRow(y, bytes, start);
    },
  };
}

/** The mask's bits, one byte a pixel from the top: 1 is transparent. Null where it is cut off. */
function readMask(source: ByteSource, header: BitmapHeader): Uint8Array | null {
  const { width, height, bits, end } = header;
  const start = end + Math.ceil((width * bits) / 32) * 4 * height;
  const rowBytes = Math.ceil(width / 32) * 4;
  const mask = new Uint8Array(width * height);
  for (let index = 0; index < height; index += 1) {
    const row = source.slice(start + index * rowBytes, rowBytes);
    if (row.length < Math.ceil(width / 8)) return null;
    const y = height - 1 - index;
    for (let x = 0; x < width; x += 1) {
      mask[y * width + x] = ((row[x >> 3] as number) >> (7 - (x & 7))) & 1;
    }
  }
  return mask;
}

function withMask(picture: Picture, mask: Uint8Array, width: number): Picture {
  return {
    ...picture,
    addRow(y, bytes, start) {
      for (let x = 0; x < width; x += 1) {
        bytes[start + x * 4 + 3] = mask[y * width + x] === 1 ? 0 : 255;
      }
      picture.addRow(y, bytes, start);
    },
  };
}
