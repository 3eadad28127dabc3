/** Makes a JPEG of the small picture inside a HEIC, within milliseconds. Runs in a decode worker. */
import { closeSync, constants, fstatSync, openSync, statSync } from 'node:fs';
import { type ByteSource, fileSource, memorySource } from './byteSource.ts';
import type { Chunk } from './chunks.ts';
import { type DecodeInput, decodeToJpeg } from './decode.ts';
import { profileOfPrimaries } from './decoders/colourProfiles.ts';
import { readExif } from './exif.ts';
import { detectFormat } from './formats.ts';
import { readHeif } from './heif.ts';
import { openHeif } from './heifBoxes.ts';
import {
  findHeifThumbnail,
  type HeifThumbnail,
  hasProportions,
  smallJpegSize,
} from './heifThumbnail.ts';
import { writeHeif } from './heifWriter.ts';
import { walkJpeg } from './jpegParts.ts';
import { THUMBNAIL_QUALITY, THUMBNAIL_SIDE } from './thumbnail.ts';

const HEAD_BYTES = 64 * 1024;
/** The largest part that is read at a time: a thumbnail's data. */
const WINDOW_BYTES = 1024 * 1024;
/** The box that describes the items, the thumbnail and its properties: few reads, wherever they lie. */
const EXTRA_READS = 64;
const APP2 = 0xe2;
const ICC_HEADER = Buffer.from('ICC_PROFILE\0', 'latin1');
/** What fits one segment of a JPEG. */
const MAX_PROFILE_BYTES = 65_000;

const head = Buffer.allocUnsafeSlow(HEAD_BYTES);
let window: Buffer | null = null;

/**
 * Upright and in sRGB, with the proportions of the whole picture; null where the file has no such picture,
 * cannot be read, or what is in it is not what it says.
 */
export async function standInOf(path: Uint8Array): Promise<Uint8Array | null> {
  const place = Buffer.from(path.buffer, path.byteOffset, path.length);
  let descriptor: number;
  try {
    // Opening a device can do something: look first.
    if (!statSync(place).isFile()) return null;
    descriptor = openSync(place, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch {
    // Gone or forbidden: the second pass tells why, here there is just nothing to show.
    return null;
  }
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) return null;
    window ??= Buffer.allocUnsafeSlow(WINDOW_BYTES);
    const sizeBytes = stats.size;
    const source = fileSource(descriptor, { sizeBytes, head, window, extraReads: EXTRA_READS });
    return await standInFrom(source);
  } finally {
    closeSync(descriptor);
  }
}

/** The same for a file that is open. */
export async function standInFrom(source: ByteSource): Promise<Uint8Array | null> {
  if (detectFormat(source, '') !== 'heic') return null;
  const boxes = openHeif(source);
  if (!boxes) return null;
  const { exif } = readHeif(source, boxes);
  const orientation = (exif && readExif(exif.source).orientation) ?? 1;
  const thumbnail = findHeifThumbnail(source, boxes, exif, orientation);
  const input = thumbnail && inputOf(source, thumbnail);
  if (!input) return null;
  const { pixels: jpeg } = await decodeToJpeg(input, THUMBNAIL_SIDE, THUMBNAIL_QUALITY);
  return jpeg && hasProportions(jpeg.width, jpeg.height, thumbnail.proportions) ? jpeg.data : null;
}

function inputOf(source: ByteSource, thumbnail: HeifThumbnail): DecodeInput | null {
  const { offset, bytes } = thumbnail.place;
  const data = Buffer.from(source.slice(offset, bytes));
  if (data.length < bytes) return null;
  if (thumbnail.kind === 'jpeg') {
    if (data.readUInt16BE(0) !== 0xffd8 || !smallJpegSize(memorySource(data))) return null;
    const file = withProfile(data, profileOf(source, thumbnail.colours));
    return { file, orientation: thumbnail.orientation };
  }
  const properties = thumbnail.properties.map(({ start, end }) =>
    Buffer.from(source.slice(start, end - start)),
  );
  const file = writeHeif({ type: 'hvc1', data, properties });
  return { file, orientation: null, packed: { source: memorySource(file), format: 'heic' } };
}

/** The profile that a `colr` property holds or names; null: sRGB. */
function profileOf(source: ByteSource, colours: Chunk | null): Buffer | null {
  if (!colours) return null;
  const body = Buffer.from(source.slice(colours.bodyStart, colours.bodyBytes));
  if (body.length < 6) return null;
  return body.toString('latin1', 0, 4) === 'nclx'
    ? profileOfPrimaries(body.readUInt16BE(4))
    : body.subarray(4);
}

/** Puts a profile into a JPEG that has none. */
function withProfile(jpeg: Buffer, icc: Buffer | null): Buffer {
  if (!icc || icc.length > MAX_PROFILE_BYTES) return jpeg;
  const hasOne = walkJpeg(memorySource(jpeg)).segments.some(
    ({ marker, bodyStart }) =>
      marker === APP2 && jpeg.subarray(bodyStart, bodyStart + ICC_HEADER.length).equals(ICC_HEADER),
  );
  if (hasOne) return jpeg;
  const lead = Buffer.from([0xff, APP2, 0, 0]);
  lead.writeUInt16BE(2 + ICC_HEADER.length + 2 + icc.length, 2);
  // The first part of one.
  const segment = Buffer.concat([lead, ICC_HEADER, Buffer.from([1, 1]), icc]);
  return Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)]);
}
