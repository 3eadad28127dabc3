/** Chooses the small picture inside a HEIF file that can stand in for the large one. */
import { type ByteSource, partOf } from './byteSource.ts';
import type { Chunk } from './chunks.ts';
import { exifThumbnail, MAX_EMBEDDED_BYTES } from './exifThumbnail.ts';
import type { HeifExif } from './heif.ts';
import type { HeifBoxes, HeifItem, Place } from './heifBoxes.ts';
import {
  type HeifShape,
  isOnItsSide,
  isSameTurn,
  orientationOf,
  shapeOf,
  type Turn,
  UPRIGHT,
} from './heifShape.ts';
import { isFrame, walkJpeg } from './jpegParts.ts';

/** Nothing in it is to be trusted: neither is the size what it says, nor the data what it should be. */
export type HeifThumbnail = {
  /** Its data's place in the file. */
  readonly place: Place;
  /** A `colr` property: what its colours mean, where that is not in the data itself. */
  readonly colours: Chunk | null;
  /** Width over height of the picture that it stands for, as displayed. */
  readonly proportions: number;
} & (
  | {
      readonly kind: 'jpeg';
      /** EXIF's number of how it is to be turned; what it says itself does not count. */
      readonly orientation: number;
    }
  | {
      readonly kind: 'hevc';
      /** What its decoder needs, and how it is turned. */
      readonly properties: readonly Chunk[];
    }
);

/** HEVC of a small picture takes no more. */
const MAX_HEVC_BYTES = 1_000_000;
const MAX_PROPERTY_BYTES = 512 * 1024;
const MAX_SIDE = 2048;
/** Of several thumbnails the smallest that has so many pixels on its long side. */
const WANTED_SIDE = 256;
const MAX_CANDIDATES = 8;
/** Rounding to whole pixels changes the proportions of a thumbnail; bars at its sides change them more. */
const SAME_PROPORTIONS = 0.02;
const DESCRIBING = new Set(['hvcC', 'ispe', 'pixi', 'clap']);
const TURNING = new Set(['irot', 'imir']);

/** Null where the file has none that shows the whole picture the same way. */
export function findHeifThumbnail(
  source: ByteSource,
  boxes: HeifBoxes,
  exif: HeifExif | null,
  exifOrientation: number,
): HeifThumbnail | null {
  if (boxes.primary === null) return null;
  const own = boxes.propertiesOf(boxes.primary);
  const picture = shapeOf(source, own);
  const proportions = displayedProportions(picture);
  if (proportions === null) return null;
  const jpeg = exif ? inExif(source, exif, exifOrientation, picture, proportions) : null;
  // It is served as it is, without waiting for a decoder.
  if (jpeg && isServable(jpeg)) return jpeg;
  return inItems(source, boxes, picture, proportions) ?? jpeg;
}

/** Whether the bytes at its place are a JPEG that a browser shows as it should look. */
export function isServable(thumbnail: HeifThumbnail): boolean {
  return thumbnail.kind === 'jpeg' && thumbnail.orientation === 1 && thumbnail.colours === null;
}

/** Whether a picture shows the same part as one of those proportions. */
export function hasProportions(width: number, height: number, proportions: number): boolean {
  return Math.abs(width / height / proportions - 1) < SAME_PROPORTIONS;
}

/** Cameras put it there as the sensor saw it, other programs as it is displayed. */
function inExif(
  source: ByteSource,
  exif: HeifExif,
  exifOrientation: number,
  picture: HeifShape,
  proportions: number,
): HeifThumbnail | null {
  const place = exifThumbnail(source, exif.source, exif.start);
  const size = place && smallJpegSize(partOf(source, place.offset, place.bytes));
  if (!size) return null;
  // The picture was turned for good and EXIF was not told, or the reverse: nobody knows how it lies.
  if (isSameTurn(picture.turn, UPRIGHT) && exifOrientation !== 1) return null;
  const turn = turnFor({ ...size, turn: UPRIGHT }, picture);
  if (!turn) return null;
  return { kind: 'jpeg', place, colours: null, proportions, orientation: orientationOf(turn) };
}

function inItems(
  source: ByteSource,
  boxes: HeifBoxes,
  picture: HeifShape,
  proportions: number,
): HeifThumbnail | null {
  const { items, references, primary } = boxes;
  const ids = references
    .filter(({ type, to }) => type === 'thmb' && to.some((id) => id === primary))
    .map(({ from }) => from);
  let best: { readonly thumbnail: HeifThumbnail; readonly longSide: number } | null = null;
  for (const id of ids.slice(0, MAX_CANDIDATES)) {
    const item = items.find((one) => one.id === id);
    const properties = item ? boxes.propertiesOf(id) : [];
    const shape = shapeOf(source, properties);
    const longSide = Math.max(shape.width ?? 0, shape.height ?? 0);
    if (!item || longSide > MAX_SIDE) continue;
    const turn = turnFor(shape, picture);
    const thumbnail = turn && thumbnailOf(source, boxes, item, properties, turn, proportions);
    if (!thumbnail) continue;
    if (best === null || isBetter(longSide, best.longSide)) best = { thumbnail, longSide };
  }
  return best?.thumbnail ?? null;
}

function isBetter(longSide: number, best: number): boolean {
  return longSide >= WANTED_SIDE
    ? best < WANTED_SIDE || longSide < best
    : best < WANTED_SIDE && longSide > best;
}

function thumbnailOf(
  source: ByteSource,
  boxes: HeifBoxes,
  item: HeifItem,
  properties: readonly Chunk[],
  turn: Turn,
  proportions: number,
): HeifThumbnail | null {
  const place = boxes.places.get(item.id);
  if (!place || place.bytes < 4 || place.offset + place.bytes > source.sizeBytes) return null;
  if (properties.some((property) => property.end - property.start > MAX_PROPERTY_BYTES)) {
    return null;
  }
  const colours = coloursOf(source, properties);
  if (item.type === 'jpeg') {
    if (place.bytes > MAX_EMBEDDED_BYTES) return null;
    return { kind: 'jpeg', place, colours, proportions, orientation: orientationOf(turn) };
  }
  const isDecodable = item.type === 'hvc1' && properties.some(({ type }) => type === 'hvcC');
  if (!isDecodable || place.bytes > MAX_HEVC_BYTES) return null;
  const describing = properties.filter(({ type }) => DESCRIBING.has(type));
  const turning = turningOf(source, boxes, properties, turn);
  const ownColours = properties.filter(({ type }) => type === 'colr');
  const others = ownColours.some((colr) => isProfile(source, colr))
    ? []
    : pictureColours(source, boxes);
  return {
    kind: 'hevc',
    place,
    colours,
    proportions,
    properties: [...describing, ...ownColours, ...others, ...turning],
  };
}

/** Its own turns where they come to what is wanted, else the picture's. */
function turningOf(
  source: ByteSource,
  boxes: HeifBoxes,
  properties: readonly Chunk[],
  turn: Turn,
): readonly Chunk[] {
  const ofPicture = boxes.primary === null ? [] : boxes.propertiesOf(boxes.primary);
  const isOwn = isSameTurn(shapeOf(source, properties).turn, turn);
  return (isOwn ? properties : ofPicture).filter(({ type }) => TURNING.has(type));
}

/** The profile of the picture, or of the first of the tiles that it is made of. */
function pictureColours(source: ByteSource, boxes: HeifBoxes): readonly Chunk[] {
  const { primary, references } = boxes;
  const [tile] = references.find(({ type, from }) => type === 'dimg' && from === primary)?.to ?? [];
  for (const item of [primary, tile]) {
    const found = item === null || item === undefined ? [] : boxes.propertiesOf(item);
    const profile = found.find(
      (one) => one.type === 'colr' && one.bodyBytes <= MAX_PROPERTY_BYTES && isProfile(source, one),
    );
    if (profile) return [profile];
  }
  return [];
}

function coloursOf(source: ByteSource, properties: readonly Chunk[]): Chunk | null {
  const colours = properties.filter(({ type }) => type === 'colr');
  return colours.find((colr) => isProfile(source, colr)) ?? colours[0] ?? null;
}

function isProfile(source: ByteSource, { bodyStart }: Chunk): boolean {
  return ['prof', 'rICC'].includes(source.slice(bodyStart, 4).toString('latin1'));
}

/**
 * How a thumbnail is to be turned so that it looks like the picture; null where it shows another part of it,
 * or nobody can tell. One that is not turned itself lies as the sensor saw it, or is upright already: its
 * proportions tell which.
 */
function turnFor(thumbnail: HeifShape, picture: HeifShape): Turn | null {
  const { turn } = picture;
  if (isSameTurn(thumbnail.turn, turn)) return isAlike(thumbnail, picture) ? turn : null;
  if (!isSameTurn(thumbnail.turn, UPRIGHT) || !isOnItsSide(turn)) return null;
  const upright = { width: picture.height, height: picture.width, turn: UPRIGHT };
  const isAsStored = isAlike(thumbnail, picture);
  const isAsDisplayed = isAlike(thumbnail, upright);
  if (isAsStored === isAsDisplayed) return null;
  return isAsStored ? turn : UPRIGHT;
}

function isAlike(one: HeifShape, other: HeifShape): boolean {
  if (!one.width || !one.height || !other.width || !other.height) return false;
  return hasProportions(one.width, one.height, other.width / other.height);
}

function displayedProportions({ width, height, turn }: HeifShape): number | null {
  if (!width || !height) return null;
  return isOnItsSide(turn) ? height / width : width / height;
}

type Size = { readonly width: number; readonly height: number };

/** What the JPEG's frame says; null where there is none, or it is too large for a thumbnail. */
export function smallJpegSize(source: ByteSource): Size | null {
  const frame = walkJpeg(source).segments.find(({ marker }) => isFrame(marker));
  const head = frame ? source.slice(frame.bodyStart, 5) : null;
  if (!head || head.length < 5) return null;
  const size = { height: head.readUInt16BE(1), width: head.readUInt16BE(3) };
  return Math.max(size.width, size.height) <= MAX_SIDE ? size : null;
}
