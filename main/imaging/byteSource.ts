/** Reads parts of a file without caring whether it is in memory or on disk. */
import { readSync } from 'node:fs';

export type ByteSource = {
  readonly sizeBytes: number;
  /**
   * The bytes at `offset`, fewer (down to none) at the end of the file or when the source has used up what
   * it may read. Valid until the next call: copy what is kept.
   */
  slice(offset: number, lengthBytes: number): Buffer;
};

const NOTHING = Buffer.alloc(0);

/** A file, or a part of one, that is already in memory. */
export function memorySource(bytes: Buffer): ByteSource {
  return {
    sizeBytes: bytes.length,
    slice: (offset, lengthBytes) =>
      offset < 0 || lengthBytes <= 0 ? NOTHING : bytes.subarray(offset, offset + lengthBytes),
  };
}

/** A part of another source, with offsets of its own. */
export function partOf(source: ByteSource, start: number, lengthBytes: number): ByteSource {
  const sizeBytes = Math.max(0, Math.min(lengthBytes, source.sizeBytes - start));
  return {
    sizeBytes,
    slice: (offset, wanted) =>
      offset < 0 ? NOTHING : source.slice(start + offset, Math.min(wanted, sizeBytes - offset)),
  };
}

export type FileSourceOptions = {
  /** Size of the file as far as it is known. */
  readonly sizeBytes: number;
  /** Filled from the start of the file and kept. */
  readonly head: Buffer;
  /** Filled from where a part is asked for that is not in the head. */
  readonly window: Buffer;
  /** Times that the window may be filled; afterwards only what is in memory is given. */
  readonly extraReads: number;
};

/** Read at least this much at a time: what is asked for next mostly lies behind it. */
const LEAST_READ_BYTES = 8 * 1024;

/** A file on disk, read in parts. An error of the first read is thrown, a later one ends the data. */
export function fileSource(descriptor: number, options: FileSourceOptions): ByteSource {
  const { sizeBytes, head, window } = options;
  const headBytes = readFully(descriptor, head, 0);
  let left = options.extraReads;
  let start = 0;
  let filled = 0;
  return {
    sizeBytes,
    slice(offset, lengthBytes) {
      if (offset < 0 || lengthBytes <= 0 || offset >= sizeBytes) return NOTHING;
      const wanted = Math.min(lengthBytes, sizeBytes - offset);
      const end = offset + wanted;
      if (end <= headBytes) return head.subarray(offset, end);
      if ((offset < start || end > start + filled) && left > 0) {
        left -= 1;
        start = offset;
        filled = 0;
        const most = Math.min(window.length, Math.max(wanted, LEAST_READ_BYTES));
        try {
          filled = readFully(descriptor, window.subarray(0, most), offset);
        } catch {
          // What the head already told is kept; the second pass names the cause.
          left = 0;
        }
      }
      if (offset >= start && offset < start + filled) {
        return window.subarray(offset - start, Math.min(filled, end - start));
      }
      return offset < headBytes ? head.subarray(offset, headBytes) : NOTHING;
    },
  };
}

/** Fills the buffer from `position` on, as far as the file goes. Bytes read. */
export function readFully(descriptor: number, into: Buffer, position: number): number {
  let filled = 0;
  while (filled < into.length) {
    const got = readSync(descriptor, into, filled, into.length - filled, position + filled);
    if (got === 0) break;
    filled += got;
  }
  return filled;
}
