/** The second pass over one file: one read gives everything. Runs in a decode worker. */
import { basename, join } from 'node:path';
import { TagrollError } from '../../shared/errors.ts';
import { tagPicture } from '../tagging/onDevice/tagger.ts';
import { fileHash, pictureHash } from './contentHash.ts';
import { decode, encodeJpeg, MAX_PIXELS } from './decode.ts';
import { type OpenedFile, withFile } from './fileReading.ts';
import { formatTitle, isDecodable, isWrongExtension } from './formats.ts';
import { type Inspection, inspect } from './inspect.ts';
import { displayedSize, toMetadata } from './metadata.ts';
import { makeCrop, makeRaster, makeThumbHash, type Pixels } from './pixels.ts';
import { errorCode, fileFailure, NO_FACTS, shownPath } from './problems.ts';
import {
  hasThumbnail,
  PREVIEW_QUALITY,
  PREVIEW_SIDE,
  THUMBNAIL_QUALITY,
  THUMBNAIL_SIDE,
  thumbnailPath,
  unfinishedFolder,
  writeWhole,
} from './thumbnail.ts';
import type { Format, ImageFacts, ImageFailure, ImageResult } from './types.ts';

/** Larger files are not read: no picture of 270 megapixels needs more. */
const MAX_FILE_BYTES = 1_500_000_000;
const SLASH = 0x2f;
const BACKSLASH = 0x5c;

export type IndexOptions = {
  readonly thumbnailFolder: string;
  /** False: only what can be learnt without decoding, for a file whose decoding went wrong before. */
  readonly decode: boolean;
};

/**
 * Facts, thumbnail and tags of the file at `path`. Rejects with a `TagrollError` when the thumbnail cannot
 * be written; whatever is wrong with the file itself is a result.
 */
export async function indexFile(path: Uint8Array, options: IndexOptions): Promise<ImageResult> {
  return readOrExplain(
    path,
    (opened) => indexOpened(path, opened, options),
    (failure) => ({ facts: NO_FACTS, failure }),
  );
}

/** Makes the preview at `target`; null when it is there. Rejects as `indexFile` does. */
export async function previewFile(path: Uint8Array, target: string): Promise<ImageFailure | null> {
  return readOrExplain(
    path,
    async (opened) => {
      const inspection = inspect(opened.source, nameOf(path));
      const refusal = refuse(path, opened, inspection);
      if (refusal) return refusal;
      const decoded = await decodeOpened(opened, inspection, PREVIEW_SIDE);
      if (!decoded.pixels) return damaged(path, inspection.format, decoded.damage, false);
      const jpeg = await encodeJpeg(decoded.pixels, PREVIEW_QUALITY);
      writeWhole(target, jpeg, `${target}.${process.pid}`);
      return null;
    },
    (failure) => failure,
  );
}

/** Errors of the file's own system are results; those of the library are not, and have another type. */
async function readOrExplain<Result>(
  path: Uint8Array,
  use: (opened: OpenedFile) => Promise<Result>,
  explain: (failure: ImageFailure) => Result,
): Promise<Result> {
  try {
    return await withFile(path, use);
  } catch (error) {
    if (error instanceof TagrollError) throw error;
    if (errorCode(error) !== '') return explain(fileFailure(error, path));
    // Ours, not the system's: one photo must not stop the others over it.
    const cause = error instanceof Error ? error.message : String(error);
    const message = `${shownPath(path)} could not be worked on (${cause}). Please report this with the photo.`;
    return explain({ code: 'decoder_crashed', message });
  }
}

async function indexOpened(
  path: Uint8Array,
  opened: OpenedFile,
  options: IndexOptions,
): Promise<ImageResult> {
  const { source, stamp } = opened;
  const name = nameOf(path);
  const inspection = inspect(source, name);
  const { format } = inspection;
  const metadata = toMetadata(inspection, name, stamp.mtimeUs);
  const known: ImageFacts = {
    ...NO_FACTS,
    stamp,
    format,
    wrongExtension: isWrongExtension(name, format),
    ...displayedSize(inspection),
    metadata,
  };
  const refusal = refuse(path, opened, inspection);
  if (refusal?.code === 'empty_file' || source.sizeBytes > MAX_FILE_BYTES) {
    return { facts: known, failure: refusal };
  }
  const ofFile = opened.hashes?.file() ?? fileHash(source);
  if (refusal?.code === 'not_an_image') {
    return { facts: { ...known, fileHash: ofFile }, failure: refusal };
  }
  const ofPicture =
    (format === 'jpeg' ? opened.hashes?.picture(inspection.orientation) : null) ??
    pictureHash(source, format, inspection.orientation) ??
    ofFile;
  const facts = { ...known, fileHash: ofFile, imageHash: ofPicture };
  if (refusal || !options.decode) return { facts, failure: refusal };

  const decoded = await decodeOpened(opened, inspection, THUMBNAIL_SIDE);
  if (decoded.isTooLarge) return { facts, failure: tooLarge(path, 'more than 270 megapixels') };
  const failure =
    decoded.damage === null ? null : damaged(path, format, decoded.damage, decoded.pixels !== null);
  const { pixels } = decoded;
  if (!pixels) return { facts, failure };
  // libvips encodes in its own thread meanwhile.
  const written = writeThumbnail(pixels, options.thumbnailFolder, ofPicture.toString('hex'));
  try {
    const raster = makeRaster(pixels);
    const thumbHash = makeThumbHash(raster);
    const width = facts.width ?? pixels.width;
    const height = facts.height ?? pixels.height;
    const tags = tagPicture({
      raster,
      crop: makeCrop(pixels),
      width,
      height,
      format: format ?? '',
      name: shownPath(name),
      metadata,
    });
    return { facts: { ...facts, width, height, thumbHash, tags }, failure };
  } finally {
    await written;
  }
}

function decodeOpened(
  opened: OpenedFile,
  inspection: Inspection,
  side: number,
): ReturnType<typeof decode> {
  const orientation = inspection.isOrientedByXmp ? inspection.orientation : null;
  return decode({ file: opened.file, orientation }, side);
}

async function writeThumbnail(pixels: Pixels, folder: string, hex: string): Promise<void> {
  const path = thumbnailPath(folder, hex);
  if (hasThumbnail(path)) return;
  const jpeg = await encodeJpeg(pixels, THUMBNAIL_QUALITY);
  writeWhole(path, jpeg, join(unfinishedFolder(folder), `${process.pid}-${basename(path)}`));
}

/** Why a file is not decoded at all; null: it is. */
function refuse(path: Uint8Array, opened: OpenedFile, inspection: Inspection): ImageFailure | null {
  const { sizeBytes } = opened.source;
  const { format, width, height } = inspection;
  if (opened.stamp.sizeBytes === 0) {
    return {
      code: 'empty_file',
      message: `${shownPath(path)} has no bytes. It was probably not copied to the end: copy it again.`,
    };
  }
  if (format === null) {
    return {
      code: 'not_an_image',
      message: `${shownPath(path)} is no picture, whatever its name says. Rename or remove it.`,
    };
  }
  if (sizeBytes > MAX_FILE_BYTES) return tooLarge(path, 'more than 1.5 GB');
  if (!isDecodable(format)) {
    return {
      code: 'unsupported',
      message: `${shownPath(path)}: there is no decoder for ${formatTitle(format)} yet. Its data is kept; the picture follows with a later version.`,
    };
  }
  if ((width ?? 0) * (height ?? 0) > MAX_PIXELS)
    return tooLarge(path, `${width} × ${height} pixels`);
  return null;
}

function tooLarge(path: Uint8Array, size: string): ImageFailure {
  return {
    code: 'too_large',
    message: `${shownPath(path)} is too large to be shown safely: ${size}. Make a smaller copy.`,
  };
}

function damaged(
  path: Uint8Array,
  format: Format | null,
  cause: string | null,
  isShown: boolean,
): ImageFailure {
  const outcome = isShown ? 'what could be saved is shown' : 'it cannot be shown';
  const title = format === null ? 'file' : formatTitle(format);
  return {
    code: 'damaged',
    message: `${shownPath(path)} is a damaged ${title}: ${outcome} (${cause ?? 'no reason given'}). Copy it again from where it came from.`,
  };
}

/** The last part of a path given as bytes. */
function nameOf(path: Uint8Array): Uint8Array {
  let start = path.lastIndexOf(SLASH);
  if (process.platform === 'win32') start = Math.max(start, path.lastIndexOf(BACKSLASH));
  return path.subarray(start + 1);
}
