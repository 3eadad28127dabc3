/** Finds the parts of a Photoshop document (PSD, PSB): its size, metadata, preview and flattened picture. */
import { type ByteSource, partOf } from './byteSource.ts';

type Place = { readonly offset: number; readonly bytes: number };

export type PsdParts = {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** Bits a channel. */
  readonly depth: number;
  readonly mode: number;
  /** PSB: larger numbers in some places. */
  readonly isLarge: boolean;
  /** 256 reds, greens and blues of an indexed document; else empty. */
  readonly palette: Uint8Array;
  /** Where the flattened picture starts. */
  readonly dataStart: number;
  /** False: the document was saved with layers only, and a white picture in place of the flattened one. */
  readonly hasFlattened: boolean;
  /** A JPEG. */
  readonly preview: Place | null;
  readonly profile: Place | null;
  /** A TIFF structure. */
  readonly exif: Place | null;
  readonly xmp: Place | null;
};

const HEADER_BYTES = 26;
const MAX_RESOURCES = 4096;
/** Numbers of the image resources that are looked at. */
const RESOURCE = { preview: 1036, profile: 1039, version: 1057, exif: 1058, xmp: 1060 } as const;
const PREVIEW_HEADER_BYTES = 28;
const PREVIEW_IS_JPEG = 1;
const MAX_PROFILE_BYTES = 4 * 1024 * 1024;

/** The parts of the file; null where its header is cut off or none. */
export function readPsd(source: ByteSource): PsdParts | null {
  const head = Buffer.from(source.slice(0, HEADER_BYTES + 4));
  if (head.length < HEADER_BYTES + 4 || head.toString('latin1', 0, 4) !== '8BPS') return null;
  const isLarge = head.readUInt16BE(4) === 2;
  const paletteBytes = head.readUInt32BE(HEADER_BYTES);
  const paletteStart = HEADER_BYTES + 4;
  const resourceStart = paletteStart + paletteBytes + 4;
  const resourceBytes = numberAt(source, resourceStart - 4, 4);
  const resources = readResources(partOf(source, 0, resourceStart + resourceBytes), resourceStart);
  const layerStart = resourceStart + resourceBytes;
  const layerBytes = numberAt(source, layerStart, isLarge ? 8 : 4);
  const version = resources.get(RESOURCE.version);
  const profile = resources.get(RESOURCE.profile) ?? null;
  return {
    width: head.readUInt32BE(18),
    height: head.readUInt32BE(14),
    channels: head.readUInt16BE(12),
    depth: head.readUInt16BE(22),
    mode: head.readUInt16BE(24),
    isLarge,
    palette: Uint8Array.from(source.slice(paletteStart, Math.min(paletteBytes, 768))),
    dataStart: layerStart + (isLarge ? 8 : 4) + layerBytes,
    hasFlattened: version === undefined || source.slice(version.offset + 4, 1)[0] !== 0,
    preview: readPreview(source, resources.get(RESOURCE.preview)),
    profile: profile && profile.bytes <= MAX_PROFILE_BYTES ? profile : null,
    exif: resources.get(RESOURCE.exif) ?? null,
    xmp: resources.get(RESOURCE.xmp) ?? null,
  };
}

function numberAt(source: ByteSource, offset: number, bytes: 4 | 8): number {
  const part = source.slice(offset, bytes);
  if (part.length < bytes) return 0;
  return bytes === 4 ? part.readUInt32BE(0) : Number(part.readBigUInt64BE(0));
}

/** Where the resources lie, by number. */
function readResources(source: ByteSource, start: number): Map<number, Place> {
  const places = new Map<number, Place>();
  let at = start;
  for (let count = 0; count < MAX_RESOURCES; count += 1) {
    const head = source.slice(at, 7);
    if (head.length < 7 || head.toString('latin1', 0, 4) !== '8BIM') break;
    const id = head.readUInt16BE(4);
    // The name is a length and a text, together of an even number of bytes.
    const nameBytes = ((head[6] ?? 0) + 2) & ~1;
    const offset = at + 6 + nameBytes + 4;
    const bytes = numberAt(source, offset - 4, 4);
    if (offset + bytes > source.sizeBytes) break;
    if (!places.has(id)) places.set(id, { offset, bytes });
    at = offset + bytes + (bytes & 1);
  }
  return places;
}

function readPreview(source: ByteSource, place: Place | undefined): Place | null {
  if (!place || place.bytes <= PREVIEW_HEADER_BYTES) return null;
  if (numberAt(source, place.offset, 4) !== PREVIEW_IS_JPEG) return null;
  return { offset: place.offset + PREVIEW_HEADER_BYTES, bytes: place.bytes - PREVIEW_HEADER_BYTES };
}
