import { thumbHashToDataURL } from 'thumbhash';

/** Decoded placeholders kept, about 5 KB each. */
const CAPACITY = 2000;

const decoded = new Map<string, string | null>();

/**
 * A ThumbHash (base64) as the address of a small picture; null when there is none or it is damaged.
 * The most recently used ones are kept.
 */
export function placeholderUrl(thumbHash: string | null): string | null {
  if (!thumbHash) return null;
  const known = decoded.get(thumbHash);
  if (known !== undefined) {
    decoded.delete(thumbHash);
    decoded.set(thumbHash, known);
    return known;
  }
  const url = decode(thumbHash);
  decoded.set(thumbHash, url);
  for (const oldest of decoded.keys()) {
    if (decoded.size <= CAPACITY) break;
    decoded.delete(oldest);
  }
  return url;
}

function decode(thumbHash: string): string | null {
  try {
    const bytes = Uint8Array.from(atob(thumbHash), (letter) => letter.charCodeAt(0));
    // The header alone is five bytes; a shorter one would be drawn as noise.
    return bytes.length < 5 ? null : thumbHashToDataURL(bytes);
  } catch {
    // Only a placeholder: the photo itself follows.
    return null;
  }
}
