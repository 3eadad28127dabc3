/** Takes files apart at the places where their own format does: chunks, segments and boxes. */
import { crc32 } from 'node:zlib';

/** A part with everything of its own: type, length and check sum. */
export type Part = { readonly start: number; readonly end: number };

const PNG_SIGNATURE = '\x89PNG\r\n\x1a\n';
const MAX_PARTS = 4096;

/** Parts in their order; none where the file is of no format that has any. */
export function partsOf(bytes: Buffer): Part[] {
  const head = bytes.toString('latin1', 0, 16);
  if (head.startsWith(PNG_SIGNATURE)) return walk(bytes, 8, (at) => bytes.readUInt32BE(at) + 12);
  if (head.startsWith('RIFF')) {
    return walk(bytes, 12, (at) => 8 + even(bytes.readUInt32LE(at + 4)));
  }
  if (/^.{4}(ftyp|jP {2}|JXL )/s.test(head)) return boxesOf(bytes, 0, bytes.length);
  if (head.startsWith('\xff\xd8')) {
    return walk(bytes, 2, (at) => {
      const isSegment = bytes[at] === 0xff && (bytes[at + 1] ?? 0) >= 0xc0;
      // Behind the start of the scan lies the picture, to the end.
      if (!isSegment || bytes[at + 1] === 0xda) return bytes.length - at;
      return 2 + bytes.readUInt16BE(at + 2);
    });
  }
  return [];
}

/** Bytes in front of the boxes that boxes of a HEIF file hold. */
const LEADS: Readonly<Record<string, number>> = {
  meta: 4,
  iinf: 6,
  iref: 4,
  iprp: 0,
  ipco: 0,
};

/** Boxes, each followed by those in it. */
function boxesOf(bytes: Buffer, from: number, end: number): Part[] {
  const boxes = walk(bytes.subarray(0, end), from, (at) => bytes.readUInt32BE(at));
  return boxes
    .flatMap((box) => {
      const lead = LEADS[bytes.toString('latin1', box.start + 4, box.start + 8)];
      const isFull = lead === undefined || box.end - box.start < 8;
      return isFull ? [box] : [box, ...boxesOf(bytes, box.start + 8 + lead, box.end)];
    })
    .slice(0, MAX_PARTS);
}

function even(length: number): number {
  return length + (length & 1);
}

function walk(bytes: Buffer, from: number, sizeAt: (at: number) => number): Part[] {
  const parts: Part[] = [];
  let at = from;
  while (at + 12 <= bytes.length && parts.length < MAX_PARTS) {
    const end = Math.min(bytes.length, at + Math.max(4, sizeAt(at)));
    parts.push({ start: at, end });
    at = end;
  }
  return parts;
}

/** Where TIFF structures start: EXIF in other formats, and TIFF and RAW files themselves. */
export function tiffHeaders(bytes: Buffer): number[] {
  const found: number[] = [];
  for (const mark of ['49492a00', '4d4d002a']) {
    const at = bytes.indexOf(Buffer.from(mark, 'hex'));
    if (at >= 0) found.push(at);
  }
  return found;
}

/** Gives every chunk of a PNG the check sum of what is in it now, so that decoders look further. */
export function repairPng(bytes: Buffer): Buffer {
  if (!bytes.toString('latin1', 0, 8).startsWith(PNG_SIGNATURE)) return bytes;
  const repaired = Buffer.from(bytes);
  for (const { start, end } of partsOf(repaired)) {
    if (end - start < 12) continue;
    repaired.writeUInt32BE(crc32(repaired.subarray(start + 4, end - 4)), end - 4);
  }
  return repaired;
}
