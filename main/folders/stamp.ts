import type { FileStamp } from '../imaging/types.ts';

/** Above this a double no longer holds every whole number. */
const LARGEST_EXACT = Number.MAX_SAFE_INTEGER;

/**
 * The fingerprint of a file from what `lstat` or `fstat` says. Everybody who writes or compares stamps
 * makes them here: the same file must give the same numbers to the last microsecond.
 */
export function stampOf(stats: {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ino: number;
}): FileStamp {
  return {
    sizeBytes: stats.size,
    mtimeUs: Math.round(stats.mtimeMs * 1000),
    // Some network and pooled file systems hash 64 bits into the inode; SQLite holds 63 with a sign.
    inode: stats.ino <= LARGEST_EXACT ? stats.ino : stats.ino % LARGEST_EXACT,
  };
}
