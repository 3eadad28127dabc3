/** Where the workers keep their compiled code: starting one costs half as much with it. */
import { lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Bits of a mode that let others write. */
const WRITABLE_BY_OTHERS = 0o022;

/**
 * A folder for Node's compile cache that only this user can write, or null where there is none: what lies in
 * it is run, so it must not be anybody else's.
 */
export function codeCacheFolder(parent = tmpdir()): string | null {
  const uid = process.getuid?.();
  const folder = join(parent, `tagroll-code-${uid ?? 'user'}`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const stats = lstatSync(folder);
    if (!stats.isDirectory()) return null;
    // Windows has neither, and a folder for temporary files per user.
    const isOurs =
      uid === undefined || (stats.uid === uid && (stats.mode & WRITABLE_BY_OTHERS) === 0);
    return isOurs ? folder : null;
  } catch {
    // No cache is only slower.
    return null;
  }
}
