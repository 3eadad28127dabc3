/** Walks the segments of a JPEG up to its first scan. */
import { type ByteSource, memorySource } from './byteSource.ts';

export type JpegSegment = {
  /** The second byte of the marker. */
  readonly marker: number;
  /** Where the marker's 0xFF lies. */
  readonly start: number;
  /** First byte after the length field. */
  readonly bodyStart: number;
  /** First byte after the segment. */
  readonly end: number;
};

export type JpegWalk = {
  readonly segments: readonly JpegSegment[];
  /** Where the first scan's marker lies, or whatever is no segment: from here on nothing is told apart. */
  readonly restStart: number;
};

export const MARKER = {
  losslessFrame: 0xc3,
  app0: 0xe0,
  app1: 0xe1,
  app15: 0xef,
  comment: 0xfe,
} as const;
/** What EXIF's own segment begins with. */
export const EXIF_HEADER = Buffer.from('Exif\0\0', 'latin1');
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
/** No real file comes near it; a made one must not keep us for long. */
const MAX_SEGMENTS = 4000;
const MAX_STRAY_BYTES = 512;

/** Segments of the JPEG that starts at offset 0. */
export function walkJpeg(source: ByteSource): JpegWalk {
  const segments: JpegSegment[] = [];
  let at = 2;
  for (let count = 0; count < MAX_SEGMENTS; count += 1) {
    if (source.slice(at, 1)[0] !== 0xff) {
      // Decoders skip stray bytes between segments; so do we, within reason.
      const skip = source.slice(at, MAX_STRAY_BYTES).indexOf(0xff);
      if (skip < 0) break;
      at += skip;
    }
    const head = source.slice(at, 4);
    if (head.length < 4) break;
    const marker = head[1] ?? 0;
    if (marker === 0xff) {
      // A fill byte, of which there may be any number.
      at += 1;
      continue;
    }
    if (marker === START_OF_SCAN || marker === END_OF_IMAGE || marker < 0xc0) break;
    if (marker >= 0xd0 && marker <= 0xd8) break;
    const lengthBytes = head.readUInt16BE(2);
    const end = at + 2 + lengthBytes;
    if (lengthBytes < 2 || end > source.sizeBytes) break;
    segments.push({ marker, start: at, bodyStart: at + 4, end });
    at = end;
  }
  return { segments, restStart: Math.min(at, source.sizeBytes) };
}

/** Whether a marker starts a frame, which holds the picture's size. */
export function isFrame(marker: number): boolean {
  // C4, C8 and CC lie in the same range and are tables.
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** Whether a segment is the metadata of some program: APPn or a comment. */
export function isMetadataSegment(marker: number): boolean {
  return (marker >= MARKER.app0 && marker <= MARKER.app15) || marker === MARKER.comment;
}

/**
 * Makes the EXIF of the JPEG in `bytes` a segment that decoders skip, by changing one byte of it. Its
 * thumbnail and its maker's notes are no business of theirs, and libvips would read all of it twice.
 */
export function hideExif(bytes: Buffer): void {
  for (const { marker, bodyStart } of walkJpeg(memorySource(bytes)).segments) {
    if (marker !== MARKER.app1) continue;
    const header = bytes.subarray(bodyStart, bodyStart + EXIF_HEADER.length);
    if (header.equals(EXIF_HEADER)) header[0] = 0;
  }
}
