/**
 * Room on the library's disk for answers that were paid for: when the disk is full, this is given up so
 * that what is on its way can still be stored.
 */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';

/** Answers of fifty calls at once, as pages of the database. */
const ROOM_BYTES = 8 * 1024 * 1024;

/** The room is a file at `path`; its content means nothing. */
export function createSpareRoom(path: string): { keep(): boolean; giveUp(): boolean } {
  return {
    keep() {
      const unfinished = `${path}.part`;
      try {
        if (isThere(path)) return true;
        const descriptor = openSync(unfinished, 'w', 0o600);
        try {
          const block = Buffer.alloc(1024 * 1024);
          for (let written = 0; written < ROOM_BYTES; ) written += writeSync(descriptor, block);
          fsyncSync(descriptor);
        } finally {
          closeSync(descriptor);
        }
        renameSync(unfinished, path);
        return true;
      } catch {
        // No room is the very answer; the half of it must not take what is left.
        rmSync(unfinished, { force: true });
        return false;
      }
    },
    giveUp() {
      if (!isThere(path)) return false;
      rmSync(path, { force: true });
      return true;
    },
  };
}

function isThere(path: string): boolean {
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) >= ROOM_BYTES;
}
