/** Paths as the bytes they are, and as people read them. */

const SLASH = Buffer.from('/');

export type PhotoPlace = {
  readonly rootPath: Uint8Array;
  /** Relative to the root, separated by '/', empty for the root itself. */
  readonly folderPath: Uint8Array;
  readonly name: Uint8Array;
};

/** Absolute path as bytes. A forward slash also separates on Windows. */
export function photoPath(place: PhotoPlace): Buffer {
  const parts = [place.rootPath];
  if (place.rootPath.at(-1) !== 0x2f) parts.push(SLASH);
  if (place.folderPath.length > 0) parts.push(place.folderPath, SLASH);
  parts.push(place.name);
  return Buffer.concat(parts);
}

/** What is shown of a path; bytes that are not UTF-8 become U+FFFD. */
export function displayPath(place: PhotoPlace): string {
  return photoPath(place).toString('utf8');
}

/** Lower-case hexadecimal of a hash column, null for null. */
export function hex(hash: Uint8Array | null): string | null {
  return hash === null ? null : Buffer.from(hash).toString('hex');
}
