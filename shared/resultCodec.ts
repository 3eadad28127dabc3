/**
 * An ordered search result as one compact array: ids, aspect ratios and days. 100,000 photos are one
 * megabyte, so the grid can lay out the whole result before it knows anything else of a photo.
 *
 * Layout, little endian: u32 magic, u32 count, u32 revision, then count × u32 id, count × i32 day,
 * count × u16 aspect.
 */

const MAGIC = 0x31525254;
const HEADER_BYTES = 12;
/** Bytes a photo takes. */
const ROW_BYTES = 10;

/** `day` of a photo without a date. */
export const UNDATED = -0x80000000;
/** `aspect` is width ÷ height × ASPECT_UNIT, 0 when unknown. */
export const ASPECT_UNIT = 4096;

export type PackedResult = {
  /** Grows with each change of the library's index: an answer with an older one is stale. */
  readonly revision: number;
  readonly ids: Uint32Array;
  /** Days since 1970-01-01 by wall clock; `UNDATED` without a date. */
  readonly days: Int32Array;
  /** Width ÷ height × `ASPECT_UNIT`, between 1 and 65535; 0 when unknown. */
  readonly aspects: Uint16Array;
};

/** Packs width and height as displayed into 16 bits. */
export function packAspect(width: number | null, height: number | null): number {
  if (!width || !height) return 0;
  return Math.min(65_535, Math.max(1, Math.round((width / height) * ASPECT_UNIT)));
}

/**
 * An empty result of `count` photos whose arrays lie in one buffer as they travel, so that encoding it
 * copies nothing: a window asks for a megabyte at every change.
 */
export function createResult(count: number, revision: number): PackedResult {
  const buffer = new ArrayBuffer(HEADER_BYTES + count * ROW_BYTES);
  new Uint32Array(buffer, 0, 3).set([MAGIC, count, revision]);
  return viewsOf(buffer, count, revision);
}

/** The bytes that travel. A result of `createResult` or `decodeResult` is sent as it lies in memory. */
export function encodeResult(result: PackedResult): Uint8Array<ArrayBuffer> {
  const { ids, days, aspects, revision } = result;
  const { buffer } = ids;
  const isPacked =
    buffer instanceof ArrayBuffer &&
    buffer === days.buffer &&
    buffer === aspects.buffer &&
    buffer.byteLength === HEADER_BYTES + ids.length * ROW_BYTES;
  if (isPacked) return new Uint8Array(buffer);
  const packed = createResult(ids.length, revision);
  packed.ids.set(ids);
  packed.days.set(days);
  packed.aspects.set(aspects);
  return encodeResult(packed);
}

function viewsOf(buffer: ArrayBuffer, count: number, revision: number): PackedResult {
  return {
    revision,
    ids: new Uint32Array(buffer, HEADER_BYTES, count),
    days: new Int32Array(buffer, HEADER_BYTES + count * 4, count),
    aspects: new Uint16Array(buffer, HEADER_BYTES + count * 8, count),
  };
}

/** The reverse of `encodeResult`. Throws when the bytes are not a whole result. */
export function decodeResult(buffer: ArrayBuffer): PackedResult {
  if (buffer.byteLength < HEADER_BYTES) throw new Error('The search result was cut short.');
  const [magic, count = 0, revision = 0] = new Uint32Array(buffer, 0, 3);
  if (magic !== MAGIC || buffer.byteLength !== HEADER_BYTES + count * ROW_BYTES) {
    throw new Error('The search result is not readable.');
  }
  return viewsOf(buffer, count, revision);
}
