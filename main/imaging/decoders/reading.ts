/** Reads a source in order, or a part of it as a whole. */
import type { ByteSource } from '../byteSource.ts';
import { reserve } from './memory.ts';

const BLOCK_BYTES = 64 * 1024;
const STEP_BYTES = 4 * 1024 * 1024;

export type Cursor = {
  /** The next byte; -1 at the end. */
  next(): number;
  skip(bytes: number): void;
};

/** Reads byte by byte from `start`. */
export function cursorAt(source: ByteSource, start: number): Cursor {
  let block = Buffer.alloc(0);
  let blockStart = start;
  let at = 0;
  return {
    next() {
      if (at >= block.length) {
        blockStart += at;
        block = Buffer.from(source.slice(blockStart, BLOCK_BYTES));
        at = 0;
        if (block.length === 0) return -1;
      }
      const byte = block[at] as number;
      at += 1;
      return byte;
    },
    skip(bytes) {
      at += bytes;
    },
  };
}

/** A copy of a part, as far as the file goes. Rejects with `OutOfMemory` where it would not fit. */
export function readPart(source: ByteSource, start: number, lengthBytes: number): Buffer {
  const wanted = Math.max(0, Math.min(lengthBytes, source.sizeBytes - start));
  reserve(wanted);
  const bytes = Buffer.allocUnsafeSlow(wanted);
  let filled = 0;
  while (filled < wanted) {
    const part = source.slice(start + filled, Math.min(STEP_BYTES, wanted - filled));
    if (part.length === 0) break;
    part.copy(bytes, filled);
    filled += part.length;
  }
  return bytes.subarray(0, filled);
}
