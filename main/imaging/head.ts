/** The first pass over one file: what its head says, a few thousand files a second. */
import { closeSync, constants, openSync } from 'node:fs';
import { fileSource } from './byteSource.ts';
import { isWrongExtension } from './formats.ts';
import { inspect } from './inspect.ts';
import { displayedSize, toMetadata } from './metadata.ts';
import { fileFailure } from './problems.ts';
import type { HeadFacts, ImageFailure } from './types.ts';

/** Either what the head says or why it could not be read. */
export type HeadOutcome = { readonly facts: HeadFacts } | { readonly failure: ImageFailure };

/** What the scan saw of the file. */
export type HeadStamp = { readonly sizeBytes: number; readonly mtimeUs: number };

/** Enough for nearly every camera's EXIF; the rest is read where it lies. */
const HEAD_BYTES = 64 * 1024;
/** Further reads a file may cost: few enough that a made file cannot hold up the pass. */
const EXTRA_READS = 64;

const head = Buffer.allocUnsafeSlow(HEAD_BYTES);
const window = Buffer.allocUnsafeSlow(HEAD_BYTES);

/**
 * Reads the head of a regular file. Blocks; belongs into a thread of its own. Throws the system's error,
 * with its `code`, where the file cannot be opened or read.
 */
export function readHead(path: Uint8Array, name: Uint8Array, stamp: HeadStamp): HeadFacts {
  // Without O_NONBLOCK a FIFO that took the file's place since the scan would hang the pass.
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
  const descriptor = openSync(Buffer.from(path.buffer, path.byteOffset, path.length), flags);
  try {
    const source = fileSource(descriptor, {
      sizeBytes: stamp.sizeBytes,
      head,
      window,
      extraReads: EXTRA_READS,
    });
    const inspection = inspect(source, name);
    return {
      format: inspection.format,
      wrongExtension: isWrongExtension(name, inspection.format),
      ...displayedSize(inspection),
      metadata: toMetadata(inspection, name, stamp.mtimeUs),
      embedded: inspection.embedded,
    };
  } finally {
    closeSync(descriptor);
  }
}

/** The same, with the error as a result. */
export function readHeadSafely(path: Uint8Array, name: Uint8Array, stamp: HeadStamp): HeadOutcome {
  try {
    return { facts: readHead(path, name, stamp) };
  } catch (error) {
    return { failure: fileFailure(error, path) };
  }
}
