/** Disks of our own, to fill, to unplug and to take away. They need Linux and root. */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export type SmallDisk = {
  /** Takes all the room that is left. */
  fill(): void;
  /** Gives it back. */
  free(): void;
  remove(): void;
};

/** Puts a disk of so many kilobytes in the place of a folder. Null where this system does not let us. */
export function mountSmallDisk(path: string, kilobytes: number): SmallDisk | null {
  mkdirSync(path, { recursive: true });
  const options = `size=${kilobytes}k`;
  if (!mount(['-t', 'tmpfs', '-o', options, 'small', path])) return null;
  const filling = join(path, 'filling');
  return {
    fill: () => fillUp(filling),
    free: () => rmSync(filling, { force: true }),
    remove: () => unmount(path),
  };
}

/** Shows a folder at another place too, as a drive that is plugged in there. False where it cannot. */
export function plugIn(folder: string, place: string): boolean {
  mkdirSync(place, { recursive: true });
  return mount(['--bind', folder, place]);
}

/** Pulls the plug: whoever works in there gets errors, and the place is the empty folder it was before. */
export function unmount(place: string): void {
  spawnSync('umount', ['-l', place]);
}

function mount(words: readonly string[]): boolean {
  return process.platform === 'linux' && spawnSync('mount', words).status === 0;
}

/** Writes until nothing fits any more, not even a byte. */
function fillUp(path: string): void {
  const descriptor = openSync(path, 'w');
  let block = Buffer.alloc(1024 * 1024);
  try {
    while (block.length > 0) {
      try {
        writeSync(descriptor, block);
      } catch {
        block = block.subarray(0, Math.floor(block.length / 2));
      }
    }
  } finally {
    closeSync(descriptor);
  }
}
