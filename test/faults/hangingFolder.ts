/** A folder whose file system never answers, as a share behind a dead network does. */
import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

export type HangingFolder = {
  /** Whoever waits gets an error, and what was there before is there again. */
  release(): void;
};

/**
 * Hides a folder behind a file system that takes every question and answers none. Null where this system
 * does not let us: it needs Linux, root and FUSE.
 */
export function hangFolder(path: string): HangingFolder | null {
  if (process.platform !== 'linux') return null;
  let descriptor: number;
  try {
    descriptor = openSync('/dev/fuse', 'r+');
  } catch {
    return null;
  }
  // Nobody reads what the system asks at this end: that is all.
  const mounted = spawnSync(
    'mount',
    ['-i', '-t', 'fuse', '-o', 'fd=3,rootmode=40000,user_id=0,group_id=0', 'hanging', path],
    { stdio: ['ignore', 'pipe', 'pipe', descriptor] },
  );
  if (mounted.status !== 0) {
    closeSync(descriptor);
    return null;
  }
  let isReleased = false;
  return {
    release() {
      if (isReleased) return;
      isReleased = true;
      closeSync(descriptor);
      spawnSync('umount', ['-l', path]);
    },
  };
}
