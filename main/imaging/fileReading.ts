/** Opens a photo's file safely and reads it once. */
import { closeSync, constants, fstatSync, openSync, statSync } from 'node:fs';
import { stampOf } from '../folders/stamp.ts';
import { type ByteSource, fileSource, memorySource, readFully } from './byteSource.ts';
import { type RunningHashes, startHashes } from './contentHash.ts';
import type { FileStamp } from './types.ts';

/** Larger files are read in parts instead of as a whole. */
const MAX_IN_MEMORY_BYTES = 128 * 1024 * 1024;
/** The buffer is kept from file to file up to this size. */
const MAX_KEPT_BYTES = 32 * 1024 * 1024;
const PART_BYTES = 4 * 1024 * 1024;
/** Read and hashed at a time: fits a processor core's own cache, and nearly every JPEG's segments fit it. */
const BLOCK_BYTES = 256 * 1024;
const HEAD_BYTES = 64 * 1024;

export type OpenedFile = {
  /** Of the file as it was read. */
  readonly stamp: FileStamp;
  readonly source: ByteSource;
  /** What a decoder is given: the bytes, or a path for a file too large for memory. */
  readonly file: Buffer | string;
  /** Taken while the file was read; null: it was not read yet. */
  readonly hashes: RunningHashes | null;
};

/** No regular file: a folder, a device, a pipe or a socket took the photo's place. */
export class NotAFile extends Error {
  readonly code = 'ENOTFILE';
}

let kept = Buffer.alloc(0);

/**
 * Hands the opened file to `use` and closes it afterwards. The bytes are only valid until then. Throws the
 * system's error where the file cannot be read.
 */
export async function withFile<Result>(
  path: Uint8Array,
  use: (opened: OpenedFile) => Promise<Result>,
): Promise<Result> {
  const place = Buffer.from(path.buffer, path.byteOffset, path.length);
  // Opening a device can do something and opening a pipe can wait for ever: look first.
  if (!statSync(place).isFile()) throw new NotAFile('not a regular file');
  const descriptor = openSync(place, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    return await use(readOpened(descriptor, place));
  } finally {
    closeSync(descriptor);
  }
}

function readOpened(descriptor: number, path: Buffer): OpenedFile {
  const before = fstatSync(descriptor);
  if (!before.isFile()) throw new NotAFile('not a regular file');
  if (before.size > MAX_IN_MEMORY_BYTES) {
    const source = fileSource(descriptor, {
      sizeBytes: before.size,
      head: Buffer.allocUnsafeSlow(HEAD_BYTES),
      window: Buffer.allocUnsafeSlow(PART_BYTES),
      extraReads: Number.POSITIVE_INFINITY,
    });
    const file = decoderPath(descriptor, path);
    return { stamp: stampOf(before), source, file, hashes: null };
  }
  const first = readAll(descriptor, before.size);
  const after = fstatSync(descriptor);
  if (after.size === before.size && after.mtimeMs === before.mtimeMs) {
    return { stamp: stampOf(before), ...first };
  }
  // Somebody is writing. A second try mostly meets the finished file; if not, the stamp of before
  // makes the next scan look at it again.
  const second = readAll(descriptor, Math.min(after.size, MAX_IN_MEMORY_BYTES));
  return { stamp: stampOf(after), ...second };
}

function readAll(descriptor: number, sizeBytes: number): Omit<OpenedFile, 'stamp'> {
  if (kept.length < sizeBytes || kept.length > MAX_KEPT_BYTES) {
    kept = Buffer.allocUnsafeSlow(sizeBytes);
  }
  const hashes = startHashes(sizeBytes);
  let filled = 0;
  while (filled < sizeBytes) {
    const block = kept.subarray(filled, Math.min(filled + BLOCK_BYTES, sizeBytes));
    const got = readFully(descriptor, block, filled);
    if (got > 0) hashes.add(block.subarray(0, got));
    filled += got;
    if (got < block.length) break;
  }
  const bytes = kept.subarray(0, filled);
  return { source: memorySource(bytes), file: bytes, hashes };
}

/** libvips takes text, but a name may be bytes that are none: on Linux the opened file has a second name. */
function decoderPath(descriptor: number, path: Buffer): string {
  return process.platform === 'linux' ? `/proc/self/fd/${descriptor}` : path.toString('utf8');
}
