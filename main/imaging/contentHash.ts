/** The two hashes of a file: of its bytes, and of the picture in it without its metadata. */
import { createHash, type Hash } from 'node:crypto';
import { type ByteSource, memorySource } from './byteSource.ts';
import { walkPng, walkWebp } from './chunks.ts';
import { isMetadataSegment, walkJpeg } from './jpegParts.ts';
import type { Format } from './types.ts';

/** Bytes hashed at a time of a file that is not in memory. */
const STEP_BYTES = 4 * 1024 * 1024;
const JPEG_START = 0xffd8;
const JPEG_SCAN = 0xffda;

/**
 * Chunks of a PNG that change how the picture looks. The others are texts, times, EXIF, physical size,
 * palettes that are only suggested, and what programs keep for themselves.
 */
const PNG_PICTURE_CHUNKS: ReadonlySet<string> = new Set([
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'gAMA',
  'cHRM',
  'sRGB',
  'iCCP',
  'cICP',
  'mDCV',
  'cLLI',
  'sBIT',
  'bKGD',
  'acTL',
  'fcTL',
  'fdAT',
]);

/** Chunks of a WebP that hold the picture. `VP8X` is dealt with apart. */
const WEBP_PICTURE_CHUNKS: ReadonlySet<string> = new Set([
  'VP8 ',
  'VP8L',
  'ALPH',
  'ANIM',
  'ANMF',
  'ICCP',
]);
const WEBP_ANIMATION_FLAG = 0x02;

/** SHA-256 of all bytes. */
export function fileHash(source: ByteSource): Buffer {
  const hash = createHash('sha256');
  update(hash, source, 0, source.sizeBytes);
  return hash.digest();
}

/**
 * SHA-256 of the picture: JPEG without its APPn and COM segments, PNG and WebP without the chunks that
 * do not change its look, each followed by the EXIF orientation as one byte. Null: the format has no such
 * rule and its `fileHash` stands for the picture too. What cannot be told apart is hashed as it is.
 */
export function pictureHash(
  source: ByteSource,
  format: Format | null,
  orientation: number,
): Buffer | null {
  if (format !== 'jpeg' && format !== 'png' && format !== 'webp') return null;
  const hash = createHash('sha256');
  if (format === 'jpeg') hashJpeg(hash, source);
  else if (format === 'png') hashPng(hash, source);
  else hashWebp(hash, source);
  return hash.update(Uint8Array.of(orientation)).digest();
}

/** Hashes of a file that are taken while its bytes come in, block by block from the start. */
export type RunningHashes = {
  add(block: Buffer): void;
  /** SHA-256 of all that was added. */
  file(): Buffer;
  /** `pictureHash` of it; null: it has to be taken of the whole file afterwards. */
  picture(orientation: number): Buffer | null;
};

/**
 * Takes both hashes of a JPEG in one go: a block that was just read lies in the processor's cache, which
 * makes this a quarter cheaper than going over the file twice more.
 */
export function startHashes(sizeBytes: number): RunningHashes {
  const file = createHash('sha256');
  let picture: Hash | null = null;
  let addedBytes = 0;
  return {
    add(block) {
      file.update(block);
      if (addedBytes === 0) picture = startJpeg(block, sizeBytes);
      else picture?.update(block);
      addedBytes += block.length;
    },
    file: () => file.digest(),
    picture(orientation) {
      const isWhole = addedBytes === sizeBytes;
      return isWhole ? (picture?.update(Uint8Array.of(orientation)).digest() ?? null) : null;
    },
  };
}

/** The hash over a JPEG's first block; null where its segments do not end at a scan in there. */
function startJpeg(block: Buffer, sizeBytes: number): Hash | null {
  if (block.length < 2 || block.readUInt16BE(0) !== JPEG_START) return null;
  const source = { ...memorySource(block), sizeBytes };
  const { segments, restStart } = walkJpeg(source);
  if (restStart + 2 > block.length || block.readUInt16BE(restStart) !== JPEG_SCAN) return null;
  const hash = createHash('sha256');
  for (const { marker, start, end } of segments) {
    if (!isMetadataSegment(marker)) hash.update(block.subarray(start, end));
  }
  return hash.update(block.subarray(restStart));
}

function hashJpeg(hash: Hash, source: ByteSource): void {
  const { segments, restStart } = walkJpeg(source);
  for (const { marker, start, end } of segments) {
    if (!isMetadataSegment(marker)) update(hash, source, start, end);
  }
  update(hash, source, restStart, source.sizeBytes);
}

function hashPng(hash: Hash, source: ByteSource): void {
  const { chunks, restStart } = walkPng(source);
  let from = 0;
  let to = 0;
  for (const { type, start, end } of chunks) {
    if (!PNG_PICTURE_CHUNKS.has(type)) continue;
    // Neighbours are hashed in one go: a picture may lie in thousands of chunks.
    if (start !== to) {
      update(hash, source, from, to);
      from = start;
    }
    to = end;
  }
  update(hash, source, from, to);
  update(hash, source, restStart, source.sizeBytes);
}

/**
 * Writing metadata into a simple WebP adds a `VP8X` header with flags and a size that the other chunks
 * imply. Only an animation's canvas is nowhere else.
 */
function hashWebp(hash: Hash, source: ByteSource): void {
  const { chunks, restStart } = walkWebp(source);
  for (const { type, start, bodyStart, bodyBytes } of chunks) {
    if (type === 'VP8X') {
      const body = source.slice(bodyStart, 10);
      const isAnimated = body.length === 10 && ((body[0] ?? 0) & WEBP_ANIMATION_FLAG) !== 0;
      if (isAnimated) hash.update(body.subarray(4));
    } else if (WEBP_PICTURE_CHUNKS.has(type)) {
      update(hash, source, start, bodyStart + bodyBytes);
    }
  }
  update(hash, source, restStart, source.sizeBytes);
}

function update(hash: Hash, source: ByteSource, start: number, end: number): void {
  let at = start;
  while (at < end) {
    const part = source.slice(at, Math.min(end - at, STEP_BYTES));
    if (part.length === 0) return;
    hash.update(part);
    at += part.length;
  }
}
