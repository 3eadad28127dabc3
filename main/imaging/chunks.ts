/** Walks the chunks of PNG and WebP, and the boxes of ISO base media files. */
import type { ByteSource } from './byteSource.ts';

export type Chunk = {
  /** Four Latin-1 characters. */
  readonly type: string;
  /** First byte of the chunk's own header. */
  readonly start: number;
  readonly bodyStart: number;
  readonly bodyBytes: number;
  /** First byte of the next chunk. */
  readonly end: number;
};

export type ChunkWalk = {
  readonly chunks: readonly Chunk[];
  /** Where the chunks end: the end of the file, or the first byte that is none of them. */
  readonly restStart: number;
};

const MAX_CHUNKS = 100_000;
const PNG_SIGNATURE_BYTES = 8;
const RIFF_HEADER_BYTES = 12;

/** Chunks of a PNG up to its IEND. */
export function walkPng(source: ByteSource, stopAt = 'IEND'): ChunkWalk {
  return walk(source, PNG_SIGNATURE_BYTES, stopAt, (head, start) => {
    const bodyBytes = head.readUInt32BE(0);
    return {
      type: head.toString('latin1', 4, 8),
      start,
      bodyStart: start + 8,
      bodyBytes,
      end: start + 12 + bodyBytes,
    };
  });
}

/** Chunks of a WebP. */
export function walkWebp(source: ByteSource): ChunkWalk {
  return walk(source, RIFF_HEADER_BYTES, null, (head, start) => {
    const bodyBytes = head.readUInt32LE(4);
    const end = start + 8 + bodyBytes + (bodyBytes & 1);
    return {
      type: head.toString('latin1', 0, 4),
      start,
      bodyStart: start + 8,
      bodyBytes,
      // The last chunk's padding byte is often forgotten.
      end: end === source.sizeBytes + 1 ? source.sizeBytes : end,
    };
  });
}

/** Boxes from `start` to `end` of an ISO base media file. A box may be as long as what is left. */
export function walkBoxes(source: ByteSource, start: number, end: number): readonly Chunk[] {
  return walk(
    source,
    start,
    null,
    (head, at) => {
      const short = head.readUInt32BE(0);
      const type = head.toString('latin1', 4, 8);
      if (short === 1) {
        const long = source.slice(at + 8, 8);
        const lengthBytes = long.length === 8 ? Number(long.readBigUInt64BE(0)) : 0;
        return {
          type,
          start: at,
          bodyStart: at + 16,
          bodyBytes: lengthBytes - 16,
          end: at + lengthBytes,
        };
      }
      const lengthBytes = short === 0 ? end - at : short;
      return {
        type,
        start: at,
        bodyStart: at + 8,
        bodyBytes: lengthBytes - 8,
        end: at + lengthBytes,
      };
    },
    end,
  ).chunks;
}

function walk(
  source: ByteSource,
  from: number,
  stopAt: string | null,
  read: (head: Buffer, start: number) => Chunk,
  limit = source.sizeBytes,
): ChunkWalk {
  const chunks: Chunk[] = [];
  let at = from;
  while (chunks.length < MAX_CHUNKS && at < limit) {
    const head = source.slice(at, 8);
    if (head.length < 8) break;
    const chunk = read(head, at);
    if (chunk.bodyBytes < 0 || chunk.end > limit || chunk.end <= at) break;
    chunks.push(chunk);
    at = chunk.end;
    if (chunk.type === stopAt) break;
  }
  return { chunks, restStart: Math.min(at, source.sizeBytes) };
}
