/** What a scan and a watcher pass by. Names are compared as bytes: directories are read as bytes. */

const DOT = 0x2e;

/** Folders that hold copies, leftovers or code, never a person's own photos. */
const IGNORED_FOLDERS: ReadonlySet<string> = new Set([
  '@eadir',
  '#recycle',
  '.thumbnails',
  '$recycle.bin',
  'system volume information',
  'node_modules',
  '.git',
]);

/** A hidden name: a leading dot, which covers `._*`, `.git` and `.thumbnails` as well. */
export function isHiddenName(name: Uint8Array): boolean {
  return name[0] === DOT;
}

/** A folder that is never looked into. */
export function isIgnoredFolder(name: Uint8Array): boolean {
  if (isHiddenName(name)) return true;
  // The longest ignored name has 25 letters; most folders need no text made of them.
  if (name.length > 25) return false;
  return IGNORED_FOLDERS.has(Buffer.from(name).toString('latin1').toLowerCase());
}

/** Some part of a path relative to the root is ignored. */
export function isIgnoredPath(relative: Uint8Array): boolean {
  return splitPath(relative).some(isIgnoredFolder);
}

function splitPath(path: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let start = 0;
  for (let at = 0; at <= path.length; at++) {
    if (at < path.length && path[at] !== 0x2f) continue;
    if (at > start) parts.push(path.subarray(start, at));
    start = at + 1;
  }
  return parts;
}
