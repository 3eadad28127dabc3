/**
 * The picture that stands for a camera's RAW file: the JPEG that the camera put into it. It is turned as
 * the RAW says, whatever the JPEG says of itself.
 */
import type { ByteSource } from './byteSource.ts';
import type { DecodeInput } from './decode.ts';
import { type ExifFacts, validOrientation } from './exif.ts';
import type { OpenedFile } from './fileReading.ts';
import type { Inspection } from './inspect.ts';
import { hideExif } from './jpegParts.ts';
import { findRawJpegs, jpegSizeOf, type RawJpeg } from './rawJpegs.ts';
import { numberOf, openTiff, readDirectory } from './tiff.ts';
import type { ImageFailure } from './types.ts';

/** What exiftool found in a file of which our own reading does not know enough. */
export type RawHelp = {
  /** Null: no JPEG in it. */
  readonly jpeg: Uint8Array | null;
  /** What the file's own facts lack. */
  readonly exif: Partial<ExifFacts>;
  /** Why it could not be asked; null: it answered. */
  readonly problem: string | null;
};

/** Our own reading found too little: the file is to be tried again with what exiftool says of it. */
export class RawHelpWanted extends Error {}

/** What was chosen of a file; its bytes are not touched yet. */
export type RawPicture = {
  /** Of the chosen picture, as stored. */
  readonly width: number;
  readonly height: number;
  /** 1..8, as it is to be turned. */
  readonly orientation: number;
  /** Of the largest one in the file, as displayed. */
  readonly largest: { readonly width: number; readonly height: number };
  /** What decoders are given. Of bytes in memory it hides the EXIF. */
  readonly input: () => DecodeInput;
};

export type RawOutcome =
  | { readonly picture: RawPicture }
  /** Nothing to show; the file named a picture behind its own end. */
  | { readonly picture: null; readonly isCutOff: boolean };

/** A preview with fewer pixels on its long side makes us ask exiftool for a larger one. */
const LEAST_SIDE = 1000;
/** Two pictures whose shapes differ by less are of the same shape. */
const SAME_SHAPE = 0.04;
const COPY_BYTES = 1024 * 1024;

/**
 * The smallest JPEG that is good enough for a picture of `side` pixels, else the largest one. Throws
 * `RawHelpWanted` where there is none, or only a small one, and `help` is null.
 */
export function findRawPicture(
  opened: OpenedFile,
  inspection: Inspection,
  side: number,
  help: RawHelp | null,
): RawOutcome {
  const { source } = opened;
  const { jpegs, isCutOff } = findRawJpegs(source);
  const whole = jpegs.filter((jpeg) => !jpeg.isCut);
  const [largest] = whole.length > 0 ? whole : jpegs;
  const isSmall = !largest || Math.max(largest.width, largest.height) < LEAST_SIDE;
  if (help === null && (isSmall || !isIdentified(inspection))) {
    throw new RawHelpWanted('the picture inside is to be looked for by exiftool');
  }
  const helped = isSmall && help?.jpeg ? Buffer.from(help.jpeg) : null;
  const size = helped ? jpegSizeOf(helped) : null;
  if (helped && size && size.width * size.height > (largest?.width ?? 0) * (largest?.height ?? 0)) {
    return { picture: pictureOf(inspection, size, size, () => withoutExif(helped)) };
  }
  if (largest) {
    const chosen = whole.length > 0 ? smallestFor(whole, largest, side) : largest;
    const read = (): Buffer => withoutExif(bytesOf(source, chosen));
    return { picture: pictureOf(inspection, chosen, largest, read) };
  }
  return rgbThumbnail(opened, inspection) ?? { picture: null, isCutOff };
}

/** The inspection with what exiftool knows where the file's own facts are silent. */
export function withHelp(inspection: Inspection, help: RawHelp | null): Inspection {
  if (help === null || inspection.format !== 'raw') return inspection;
  const own = Object.entries(inspection.exif).filter(([, value]) => value !== null);
  const exif = { ...inspection.exif, ...help.exif, ...Object.fromEntries(own) };
  const orientation = inspection.exif.orientation ?? validOrientation(exif.orientation);
  return { ...inspection, exif, orientation: orientation ?? inspection.orientation };
}

/** Why a RAW file has nothing to show. */
export function noRawPicture(
  shown: string,
  outcome: { readonly isCutOff: boolean },
  help: RawHelp | null,
): ImageFailure {
  if (outcome.isCutOff) {
    return {
      code: 'damaged',
      message: `${shown} is a damaged camera RAW: it ends before the picture inside it. Copy it again from where it came from.`,
    };
  }
  const reason = help?.problem
    ? `no picture inside it was found, and exiftool could not look for one (${help.problem})`
    : 'the camera put no picture into it that can be shown';
  return {
    code: 'unsupported',
    message: `${shown}: ${reason}. Its data is kept; a JPEG of the same name beside it is shown in its place.`,
  };
}

/** Without a maker and a date the file's own directories were not understood. */
function isIdentified({ exif }: Inspection): boolean {
  return exif.make !== null || exif.dateTimeOriginal !== null;
}

type Size = { readonly width: number; readonly height: number };

function pictureOf(
  inspection: Inspection,
  chosen: Size,
  largest: Size,
  read: () => Buffer,
): RawPicture {
  const orientation = orientationFor(inspection, chosen);
  const turned = orientation >= 5;
  return {
    width: chosen.width,
    height: chosen.height,
    orientation,
    largest: turned
      ? { width: largest.height, height: largest.width }
      : { width: largest.width, height: largest.height },
    input: () => ({ file: read(), orientation }),
  };
}

/** A few programs store the preview upright already: an upright shape of a picture that lies is turned. */
function orientationFor({ orientation, width, height }: Inspection, chosen: Size): number {
  if (orientation < 5 || width === null || height === null) return orientation;
  const isUpright = isSameShape({ width: height, height: width }, chosen);
  return isUpright && !isSameShape({ width, height }, chosen) ? 1 : orientation;
}

function isSameShape(one: Size, other: Size): boolean {
  const ratio = (one.width * other.height) / (one.height * other.width);
  return Math.abs(ratio - 1) < SAME_SHAPE;
}

/** Thumbnails of another shape have black bars, or less in them. */
function smallestFor(jpegs: readonly RawJpeg[], largest: RawJpeg, side: number): RawJpeg {
  const least = Math.max(side, LEAST_SIDE);
  const enough = jpegs.filter(
    (jpeg) => Math.max(jpeg.width, jpeg.height) >= least && isSameShape(jpeg, largest),
  );
  return enough.at(-1) ?? largest;
}

/** Older cameras store a thumbnail without compression as the file's first picture, which libvips reads. */
function rgbThumbnail(opened: OpenedFile, inspection: Inspection): RawOutcome | null {
  const tiff = openTiff(opened.source);
  if (!tiff || opened.source.slice(2, 1)[0] === 0x55) return null;
  const directory = readDirectory(tiff, tiff.firstDirectory);
  const number = (tag: number): number => numberOf(tiff, directory, tag) ?? 0;
  const [width, height] = [number(0x100), number(0x101)];
  const [compression, photometric, samples] = [number(0x103), number(0x106), number(0x115)];
  const [offset, bytes] = [number(0x111), number(0x117)];
  const isRgb = compression === 1 && photometric === 2 && samples === 3;
  const isThere = bytes >= width * height * 3 && offset + bytes <= opened.source.sizeBytes;
  if (!isRgb || !isThere || width * height === 0) return null;
  const { orientation } = inspection;
  const size = orientation >= 5 ? { width: height, height: width } : { width, height };
  const input = (): DecodeInput => ({ file: opened.file, orientation });
  return { picture: { width, height, orientation, largest: size, input } };
}

/** The JPEG's bytes; a copy where the file is not in memory. */
function bytesOf(source: ByteSource, { offset, bytes }: RawJpeg): Buffer {
  const direct = source.slice(offset, bytes);
  if (direct.length === bytes) return Buffer.from(direct);
  const copy = Buffer.alloc(bytes);
  for (let at = 0; at < bytes; ) {
    const part = source.slice(offset + at, Math.min(COPY_BYTES, bytes - at));
    if (part.length === 0) break;
    part.copy(copy, at);
    at += part.length;
  }
  return copy;
}

function withoutExif(jpeg: Buffer): Buffer {
  hideExif(jpeg);
  return jpeg;
}
