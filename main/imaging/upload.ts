/**
 * The picture that leaves the computer: upright, in sRGB, on white, within a service's limits, and with
 * nothing in it but pixels. Runs in a decode worker.
 */
import sharp, { type Sharp } from 'sharp';
import { fileHash, pictureHash } from './contentHash.ts';
import { type DecodeInput, decode, decodeInput, decodeToJpeg } from './decode.ts';
import type { OpenedFile } from './fileReading.ts';
import { type Inspection, inspect } from './inspect.ts';
import type { Pixels } from './pixels.ts';
import { shownPath } from './problems.ts';
import { findRawPicture, noRawPicture, type RawHelp, withHelp } from './rawPicture.ts';
import { damaged, decodeFailure, nameOf, readOrExplain, refuse } from './refusals.ts';
import type { UploadRequest, UploadResult } from './types.ts';

const FIRST_QUALITY = 85;
const LOWEST_QUALITY = 40;
/**
 * Size of a JPEG at a quality, as a share of its size at `FIRST_QUALITY`, interpolated: what nine of ten
 * photos of 2048 pixels stay under (their median is a sixth lower).
 */
const RELATIVE_SIZES: readonly (readonly [quality: number, share: number])[] = [
  [85, 1],
  [80, 0.92],
  [75, 0.86],
  [70, 0.81],
  [60, 0.74],
  [50, 0.67],
  [40, 0.57],
];
/** Aim this far below the limit. */
const MARGIN = 0.97;
/** A pixel of a photo full of detail at `FIRST_QUALITY`. */
const LARGE_BYTES_PER_PIXEL = 0.4;
/** A picture that does not fit after so many encodes never will. */
const MAX_ENCODES = 8;

/**
 * The JPEG for a service, or why there is none. Whatever is wrong with the file is a result. Rejects with
 * `RawHelpWanted` for a RAW file that exiftool is to be asked about first.
 */
export async function uploadFile(
  path: Uint8Array,
  request: UploadRequest,
  help: RawHelp | null = null,
): Promise<UploadResult> {
  return readOrExplain<UploadResult>(
    path,
    async (opened) => {
      const inspection = withHelp(inspect(opened.source, nameOf(path)), help);
      const refusal = refuse(path, opened, inspection);
      if (refusal) return { failure: refusal };
      if (!isMeant(opened, inspection, request.imageHash)) {
        const message = `${shownPath(path)} was changed and has to be read again before it is sent.`;
        return { failure: { code: 'vanished', message } };
      }
      const side = Math.min(
        request.longSidePixels,
        request.maxSidePixels ?? Number.POSITIVE_INFINITY,
      );
      const raw =
        inspection.format === 'raw' ? findRawPicture(opened, inspection, side, help) : null;
      if (raw?.picture === null) return { failure: noRawPicture(shownPath(path), raw, help) };
      const input = raw?.picture.input() ?? decodeInput(opened, inspection);
      const size = raw?.picture ?? inspection;
      const whole = await encodeAtOnce(input, side, size, request);
      if (whole) return { picture: whole };
      const decoded = await decode(input, side);
      if (!decoded.pixels) {
        return {
          failure:
            decodeFailure(path, inspection.format, decoded) ??
            damaged(path, inspection.format, null, false),
        };
      }
      return encodeToFit(decoded.pixels, request);
    },
    (failure) => ({ failure }),
  );
}

/** A reply is kept by the picture's hash: nothing else may be sent under it. */
function isMeant(opened: OpenedFile, inspection: Inspection, imageHash: Uint8Array): boolean {
  const { hashes, source } = opened;
  const { format, orientation } = inspection;
  const hash =
    (format === 'jpeg' ? hashes?.picture(orientation) : null) ??
    pictureHash(source, format, orientation) ??
    hashes?.file() ??
    fileHash(source);
  return hash.equals(imageHash);
}

/**
 * The usual case without pixels in between; null where the picture is not expected to fit, does not, or
 * has to be padded.
 */
async function encodeAtOnce(
  input: DecodeInput,
  side: number,
  stored: Pick<Inspection, 'width' | 'height'>,
  request: UploadRequest,
): Promise<(Encoded & { readonly encodes: number }) | null> {
  const { width, height } = stored;
  if (width === null || height === null) return null;
  const scale = Math.min(1, side / Math.max(width, height));
  const [sentWidth, sentHeight] = [width * scale, height * scale];
  if (Math.min(sentWidth, sentHeight) < request.minSidePixels + 1) return null;
  if (sentWidth * sentHeight * LARGE_BYTES_PER_PIXEL > request.maxJpegBytes) return null;
  const { pixels: jpeg } = await decodeToJpeg(input, side, FIRST_QUALITY);
  if (!jpeg || jpeg.data.length > request.maxJpegBytes) return null;
  return {
    jpeg: jpeg.data,
    widthPixels: jpeg.width,
    heightPixels: jpeg.height,
    content: { left: 0, top: 0, width: jpeg.width, height: jpeg.height },
    encodes: 1,
  };
}

/** How large a picture is at most sent, and with how little quality. */
type Attempt = { readonly side: number; readonly quality: number };

/** Encodes once; where that is too large, again with what the first try tells. */
async function encodeToFit(pixels: Pixels, request: UploadRequest): Promise<UploadResult> {
  let attempt: Attempt = {
    side: Math.max(pixels.width, pixels.height),
    quality: FIRST_QUALITY,
  };
  let last = await encode(pixels, attempt, request.minSidePixels);
  let encodes = 1;
  while (last.jpeg.length > request.maxJpegBytes && encodes < MAX_ENCODES) {
    attempt = smaller(attempt, last.jpeg.length, request);
    last = await encode(pixels, attempt, request.minSidePixels);
    encodes += 1;
  }
  if (last.jpeg.length > request.maxJpegBytes) {
    const message = `The picture cannot be made smaller than ${last.jpeg.length} bytes; the service takes ${request.maxJpegBytes}.`;
    return { failure: { code: 'too_large', message } };
  }
  return { picture: { ...last, encodes } };
}

/** The next try: less quality while there is some to give, then fewer pixels. */
function smaller({ side, quality }: Attempt, bytes: number, request: UploadRequest): Attempt {
  const wanted = (request.maxJpegBytes * MARGIN) / bytes;
  const share = shareAt(quality) * wanted;
  if (share >= shareAt(LOWEST_QUALITY)) return { side, quality: qualityAt(share) };
  const pixelsLeft = Math.sqrt(share / shareAt(LOWEST_QUALITY));
  return {
    side: Math.max(request.minSidePixels, Math.floor(side * pixelsLeft)),
    quality: LOWEST_QUALITY,
  };
}

/** Size at a quality as a share of the size at `FIRST_QUALITY`. */
function shareAt(quality: number): number {
  const upper = RELATIVE_SIZES.findIndex(([known]) => known <= quality);
  const [low, lowShare] = RELATIVE_SIZES[upper] ?? [LOWEST_QUALITY, 0.57];
  const [high, highShare] = RELATIVE_SIZES[Math.max(0, upper - 1)] ?? [low, lowShare];
  if (high === low) return lowShare;
  return lowShare + ((quality - low) / (high - low)) * (highShare - lowShare);
}

/** The best whole quality whose size is at most this share. */
function qualityAt(share: number): number {
  for (let quality = FIRST_QUALITY; quality > LOWEST_QUALITY; quality -= 1) {
    if (shareAt(quality) <= share) return quality;
  }
  return LOWEST_QUALITY;
}

type Encoded = {
  readonly jpeg: Uint8Array;
  readonly widthPixels: number;
  readonly heightPixels: number;
  readonly content: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
};

/** Too thin a picture lies centred on white. */
async function encode(pixels: Pixels, attempt: Attempt, minSide: number): Promise<Encoded> {
  const { data, width, height } = pixels;
  const channels = pixels.channels as 1 | 2 | 3 | 4;
  const scale = Math.min(1, attempt.side / Math.max(width, height));
  const scaledWidth = Math.max(1, Math.round(width * scale));
  const scaledHeight = Math.max(1, Math.round(height * scale));
  let image: Sharp = sharp(data, { raw: { width, height, channels } });
  if (scale < 1) image = image.resize(scaledWidth, scaledHeight, { fit: 'fill' });
  const left = Math.max(0, (minSide - scaledWidth) >> 1);
  const top = Math.max(0, (minSide - scaledHeight) >> 1);
  const right = Math.max(0, minSide - scaledWidth - left);
  const bottom = Math.max(0, minSide - scaledHeight - top);
  if (left + right + top + bottom > 0) {
    image = image.extend({ left, top, right, bottom, background: '#ffffff' });
  }
  // Three channels also of grey pictures: services differ in what else they take.
  const { data: jpeg, info } = await image
    .toColourspace('srgb')
    .jpeg({ quality: attempt.quality, chromaSubsampling: '4:2:0' })
    .toBuffer({ resolveWithObject: true });
  return {
    jpeg,
    widthPixels: info.width,
    heightPixels: info.height,
    content: { left, top, width: scaledWidth, height: scaledHeight },
  };
}
