/** A file's or folder's name in the three forms the library keeps. */

/** What people read; bytes that are not UTF-8 become U+FFFD. */
export function nameText(name: Uint8Array): string {
  return Buffer.from(name.buffer, name.byteOffset, name.byteLength).toString('utf8');
}

/** NFC and case folded: only to match a vanished name with a new one, and to search. */
export function nameKey(name: Uint8Array): string {
  return nameText(name).normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}

/** The folder above, relative to the root; null for the root itself. */
export function parentPath(path: Uint8Array): Uint8Array | null {
  if (path.length === 0) return null;
  const slash = path.lastIndexOf(0x2f);
  return slash < 0 ? new Uint8Array(0) : path.subarray(0, slash);
}
