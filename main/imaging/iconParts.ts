/** Finds the pictures in a Windows icon. */
import type { ByteSource } from './byteSource.ts';

const HEADER_BYTES = 6;
const ENTRY_BYTES = 16;
const MAX_ENTRIES = 256;
const PNG_SIGNATURE = '89504e470d0a1a0a';
const PNG_SIZE_AT = 16;

export type IconEntry = {
  readonly offset: number;
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
  readonly bits: number;
};

/** Pixels of the picture that is shown; null where there is none. */
export function iconSize(source: ByteSource): { width: number; height: number } | null {
  const entry = largestEntry(source);
  return entry ? { width: entry.width, height: entry.height } : null;
}

/** The entry with the most pixels; of several, the one with the most colours. */
export function largestEntry(source: ByteSource): IconEntry | null {
  const head = source.slice(0, HEADER_BYTES);
  if (head.length < HEADER_BYTES) return null;
  const count = Math.min(head.readUInt16LE(4), MAX_ENTRIES);
  const table = Buffer.from(source.slice(HEADER_BYTES, count * ENTRY_BYTES));
  let best: IconEntry | null = null;
  for (let at = 0; at + ENTRY_BYTES <= table.length; at += ENTRY_BYTES) {
    const entry = readEntry(source, table, at);
    if (!entry) continue;
    const more = entry.width * entry.height - (best ? best.width * best.height : 0);
    if (more > 0 || (more === 0 && best && entry.bits > best.bits)) best = entry;
  }
  return best;
}

/** The sizes in the table do not go beyond 256: the picture itself knows. */
function readEntry(source: ByteSource, table: Buffer, at: number): IconEntry | null {
  const place = { bytes: table.readUInt32LE(at + 8), offset: table.readUInt32LE(at + 12) };
  const bits = table.readUInt16LE(at + 6);
  if (place.bytes === 0 || place.offset >= source.sizeBytes) return null;
  const claimed = { width: table[at] || 256, height: table[at + 1] || 256 };
  const head = source.slice(place.offset, PNG_SIZE_AT + 8);
  if (head.length < PNG_SIZE_AT + 8) return null;
  if (head.subarray(0, 8).toString('hex') === PNG_SIGNATURE) {
    const size = {
      width: head.readUInt32BE(PNG_SIZE_AT),
      height: head.readUInt32BE(PNG_SIZE_AT + 4),
    };
    return { ...place, ...size, bits };
  }
  return { ...place, ...claimed, bits };
}

/** Whether the picture at `offset` is a PNG; else it is a bitmap. */
export function isPngAt(source: ByteSource, offset: number): boolean {
  return source.slice(offset, 8).toString('hex') === PNG_SIGNATURE;
}
