/** The one place that lets decoders at a file's pixels: libvips, and those of our own in front of it. */
import sharp, { type Sharp } from 'sharp';
import type { ByteSource } from './byteSource.ts';
import { MAX_PIXELS, UnpackError } from './decoders/types.ts';
import { isUnpacked, unpack } from './decoders/unpack.ts';
import type { OpenedFile } from './fileReading.ts';
import type { Inspection } from './inspect.ts';
import { hideExif } from './jpegParts.ts';
import type { Pixels } from './pixels.ts';
import type { Format } from './types.ts';

sharp.cache(false);
// The pool's processes are the concurrency.
sharp.concurrency(1);
// Only what is decoded on purpose: a file that fools the detection must not reach other parsers.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpeg',
    'VipsForeignLoadPng',
    'VipsForeignLoadWebp',
    'VipsForeignLoadNsgif',
    'VipsForeignLoadTiff',
    'VipsForeignLoadHeif',
  ],
});

/** `damage` says what is wrong with the file; a picture may be there all the same. */
export type Decoded<Picture = Pixels> = {
  readonly pixels: Picture | null;
  readonly damage: string | null;
  readonly isTooLarge: boolean;
  /** What of a whole file is not decoded; it has no picture then. */
  readonly unsupported?: string;
};

export type DecodeInput = {
  /** The file's bytes or a path. */
  readonly file: Buffer | string;
  /** An orientation 1..8 that libvips does not see; null: it sees what there is. */
  readonly orientation: number | null;
  /** The file in a format that libvips does not read: a decoder of ours comes first. */
  readonly packed?: { readonly source: ByteSource; readonly format: Format };
};

/**
 * What libvips is given of a file that was inspected. A JPEG in memory loses its EXIF, so whatever is to be
 * learnt of its bytes comes first.
 */
export function decodeInput(opened: OpenedFile, inspection: Inspection): DecodeInput {
  const { file } = opened;
  const { format, orientation, isOrientedByXmp } = inspection;
  if (format !== null && isUnpacked(format)) {
    return { file, orientation, packed: { source: opened.source, format } };
  }
  if (format !== 'jpeg' || typeof file === 'string') {
    return { file, orientation: isOrientedByXmp ? orientation : null };
  }
  hideExif(file);
  return { file, orientation };
}

/**
 * Messages of decoders that go on without telling that a part of the picture is missing. The others, such
 * as stray bytes between segments or a text without an end, do not touch the picture.
 */
const LOST_PICTURE =
  /premature end|bad huffman|instead of rst|arithmetic|truncat|unexpected end|crc error|not enough data/i;

/**
 * The first picture of a file, upright, in sRGB, on white, scaled down to fit a square of `side` pixels.
 * Never rejects for what is in the file.
 */
export function decode(input: DecodeInput, side: number): Promise<Decoded> {
  return decodeAs(input, side, async (image) => {
    const { data, info } = await image
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const { width, height, channels } = info;
    return { data, width, height, channels };
  });
}

/** A JPEG with its size in pixels. */
export type Jpeg = { readonly data: Uint8Array; readonly width: number; readonly height: number };

/** The same as `decode` and `encodeJpeg` in one go: a tenth cheaper for large pictures. */
export function decodeToJpeg(
  input: DecodeInput,
  side: number,
  quality: number,
): Promise<Decoded<Jpeg>> {
  return decodeAs(input, side, async (image) => {
    const { data, info } = await image
      .jpeg({ quality, chromaSubsampling: '4:2:0' })
      .toBuffer({ resolveWithObject: true });
    return { data, width: info.width, height: info.height };
  });
}

type Output<Picture> = (image: Sharp) => Promise<Picture>;

async function decodeAs<Picture>(
  input: DecodeInput,
  side: number,
  output: Output<Picture>,
): Promise<Decoded<Picture>> {
  const { packed } = input;
  if (!packed) return decodeDirectly(input, side, output);
  try {
    const { file, damage } = await unpack(packed.source, packed.format, side);
    const decoded = await decodeDirectly({ file, orientation: input.orientation }, side, output);
    return { ...decoded, damage: decoded.damage ?? damage };
  } catch (error) {
    if (!(error instanceof UnpackError)) throw error;
    const { kind, message } = error;
    const nothing = { pixels: null, damage: message, isTooLarge: kind === 'too_large' };
    return kind === 'unsupported' ? { ...nothing, unsupported: message } : nothing;
  }
}

async function decodeDirectly<Picture>(
  input: DecodeInput,
  side: number,
  output: Output<Picture>,
): Promise<Decoded<Picture>> {
  const strict = await attempt(input, side, 'warning', output);
  if (strict.pixels) return { ...strict, damage: null };
  if (strict.isTooLarge) return strict;
  const lenient = await attempt(input, side, 'error', output);
  const complaint = strict.damage ?? '';
  if (lenient.pixels) {
    return { ...lenient, damage: LOST_PICTURE.test(complaint) ? complaint : null };
  }
  // Whatever can be saved of a broken file is better than nothing.
  const saved = await attempt(input, side, 'none', output);
  return { ...saved, damage: lenient.damage ?? complaint };
}

async function attempt<Picture>(
  input: DecodeInput,
  side: number,
  failOn: 'none' | 'error' | 'warning',
  output: Output<Picture>,
): Promise<Decoded<Picture>> {
  try {
    const source = sharp(input.file, { failOn, limitInputPixels: MAX_PIXELS });
    // A turn in front of `resize` would keep libvips from decoding a JPEG at a smaller scale.
    const small = source.resize(side, side, { fit: 'inside', withoutEnlargement: true });
    const image = orient(small, input.orientation)
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb');
    return { pixels: await output(image), damage: null, isTooLarge: false };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return {
      pixels: null,
      damage: firstLine(message),
      isTooLarge: /exceeds pixel limit/i.test(message),
    };
  }
}

/** Turns and mirrors as EXIF's numbers mean it. sharp mirrors before it turns, in whatever order it is told. */
function orient(image: Sharp, orientation: number | null): Sharp {
  switch (orientation) {
    case null:
      return image.autoOrient();
    case 2:
      return image.flop();
    case 3:
      return image.rotate(180);
    case 4:
      return image.flip();
    case 5:
      return image.rotate(90).flip();
    case 6:
      return image.rotate(90);
    case 7:
      return image.rotate(90).flop();
    case 8:
      return image.rotate(270);
    default:
      return image;
  }
}

/** A JPEG of the pixels, 4:2:0, without metadata. */
export function encodeJpeg(pixels: Pixels, quality: number): Promise<Buffer> {
  const { width, height } = pixels;
  const channels = pixels.channels as 1 | 2 | 3 | 4;
  return sharp(pixels.data, { raw: { width, height, channels } })
    .jpeg({ quality, chromaSubsampling: '4:2:0' })
    .toBuffer();
}

function firstLine(message: string): string {
  return (message.split('\n').find((line) => line.trim() !== '') ?? message).trim().slice(0, 200);
}
