/** Bitmaps that are packed by run lengths: pairs of a count and a colour, with escapes. */
import type { ByteSource } from '../byteSource.ts';
import type { BitmapHeader } from './bmp.ts';
import { reserve } from './memory.ts';
import type { Picture } from './picture.ts';
import { type Cursor, cursorAt } from './reading.ts';

const END_OF_LINE = 0;
const END_OF_PICTURE = 1;
const JUMP = 2;

/** Adds the rows from the bottom; gives how many are missing because the file ends. */
export function readRunLengths(
  source: ByteSource,
  start: number,
  header: BitmapHeader,
  isHalfBytes: boolean,
  picture: Picture,
): number {
  const { width, height, palette } = header;
  reserve(width * 4);
  const indices = new Uint8Array(width);
  const row = new Uint8Array(width * 3);
  const cursor = cursorAt(source, start);
  let y = 0;
  let x = 0;

  const put = (index: number): void => {
    if (x < width) indices[x] = index;
    x += 1;
  };
  const endLine = (): void => {
    for (let pixel = 0; pixel < width; pixel += 1) {
      row.set(
        palette.subarray((indices[pixel] as number) * 3, (indices[pixel] as number) * 3 + 3),
        pixel * 3,
      );
    }
    picture.addRow(header.isTopDown ? y : height - 1 - y, row, 0);
    indices.fill(0);
    y += 1;
    x = 0;
  };

  while (y < height) {
    const count = cursor.next();
    const value = cursor.next();
    if (value < 0) return height - y;
    if (count > 0) {
      for (let pixel = 0; pixel < count; pixel += 1) {
        put(isHalfBytes ? (pixel % 2 === 0 ? value >> 4 : value & 15) : value);
      }
    } else if (value === END_OF_LINE) {
      endLine();
    } else if (value === END_OF_PICTURE) {
      break;
    } else if (value === JUMP) {
      const right = cursor.next();
      const up = cursor.next();
      if (up < 0) return height - y;
      const to = x + right;
      for (let line = 0; line < up && y < height; line += 1) endLine();
      x = to;
    } else {
      putLiterally(cursor, value, isHalfBytes, put);
    }
  }
  // What is not written keeps the first colour.
  while (y < height) endLine();
  return 0;
}

/** Pixels one by one, padded to two bytes. */
function putLiterally(
  cursor: Cursor,
  count: number,
  isHalfBytes: boolean,
  put: (index: number) => void,
): void {
  const bytes = isHalfBytes ? Math.ceil(count / 2) : count;
  for (let byte = 0; byte < bytes; byte += 1) {
    const value = Math.max(0, cursor.next());
    if (!isHalfBytes) put(value);
    else {
      put(value >> 4);
      if (byte * 2 + 1 < count) put(value & 15);
    }
  }
  if (bytes % 2 === 1) cursor.next();
}
