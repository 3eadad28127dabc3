/** Paths as bytes. Relative ones are separated by '/', on Windows too, which takes either slash. */

const SLASH = Buffer.from('/');

/** `name` inside `folder`; an empty folder is the root that relative paths start from. */
export function joinBytes(folder: Uint8Array, name: Uint8Array): Buffer {
  if (folder.length === 0) return Buffer.from(name);
  if (name.length === 0) return Buffer.from(folder);
  return isSeparator(folder[folder.length - 1])
    ? Buffer.concat([folder, name])
    : Buffer.concat([folder, SLASH, name]);
}

/** The last part of a path. */
export function baseName(path: Uint8Array): Uint8Array {
  let start = path.length;
  while (start > 0 && !isSeparator(path[start - 1])) start--;
  return path.subarray(start);
}

/** The rest of `path` below `folder`, empty when they are the same; null when it is not inside. */
export function relativeBytes(folder: Uint8Array, path: Uint8Array): Buffer | null {
  const base = trimEnd(folder);
  const inner = trimEnd(path);
  if (inner.length < base.length) return null;
  for (let at = 0; at < base.length; at++) {
    if (base[at] === inner[at]) continue;
    if (!(isSeparator(base[at]) && isSeparator(inner[at]))) return null;
  }
  if (inner.length === base.length) return Buffer.alloc(0);
  if (!isSeparator(inner[base.length])) return null;
  const rest = Buffer.from(inner.subarray(base.length + 1));
  if (process.platform === 'win32') {
    for (let at = 0; at < rest.length; at++) if (rest[at] === 0x5c) rest[at] = 0x2f;
  }
  return rest;
}

/** Without separators at the end; `/` becomes empty. */
function trimEnd(path: Uint8Array): Uint8Array {
  let end = path.length;
  while (end > 0 && isSeparator(path[end - 1])) end--;
  return path.subarray(0, end);
}

function isSeparator(byte: number | undefined): boolean {
  return byte === 0x2f || (byte === 0x5c && process.platform === 'win32');
}
