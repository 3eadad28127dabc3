/** The second pass over one file: one read gives everything. Runs in a decode worker. */
import { basename, join } from 'node:path';
import { tagPicture } from '../tagging/onDevice/tagger.ts';
import { fileHash, pictureHash } from './contentHash.ts';
import { decode, decodeInput, encodeJpeg } from './decode.ts';
import type { OpenedFile } from './fileReading.ts';
import { isWrongExtension } from './formats.ts';
import { inspect } from './inspect.ts';
import { displayedSize, toMetadata } from './metadata.ts';
import { makeCrop, makeRaster, makeThumbHash, type Pixels, releaseBytes } from './pixels.ts';
import { NO_FACTS, shownPath } from './problems.ts';
import { findRawPicture, noRawPicture, type RawHelp, withHelp } from './rawPicture.ts';
import { decodeFailure, MAX_FILE_BYTES, nameOf, readOrExplain, refuse } from './refusals.ts';
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
import type { ImageFacts, ImageFailure, ImageResult } from './types.ts';

export type IndexOptions = {
  readonly thumbnailFolder: string;
  /** False: only what can be learnt without decoding, for a file whose decoding went wrong before. */
  readonly decode: boolean;
  /** What exiftool says of a RAW file, once it was asked. */
  readonly help?: RawHelp | null;
};

/**
 * Facts, thumbnail and tags of the file at `path`. Rejects with a `TagrollError` when the thumbnail cannot
 * be written, and with `RawHelpWanted` for a RAW file that exiftool is to be asked about first; whatever is
 * wrong with the file itself is a result.
 */
export async function indexFile(path: Uint8Array, options: IndexOptions): Promise<ImageResult> {
  return readOrExplain(
    path,
    (opened) => indexOpened(path, opened, options),
    (failure) => ({ facts: NO_FACTS, failure }),
  );
}

/** Makes the preview at `target`; null when it is there. Rejects as `indexFile` does. */
export async function previewFile(
  path: Uint8Array,
  target: string,
  help: RawHelp | null = null,
): Promise<ImageFailure | null> {
  return readOrExplain(
    path,
    async (opened) => {
      const inspection = withHelp(inspect(opened.source, nameOf(path)), help);
      const refusal = refuse(path, opened, inspection);
      if (refusal) return refusal;
      const raw =
        inspection.format === 'raw' ? findRawPicture(opened, inspection, PREVIEW_SIDE, help) : null;
      if (raw?.picture === null) return noRawPicture(shownPath(path), raw, help);
      const input = raw?.picture.input() ?? decodeInput(opened, inspection);
      const decoded = await decode(input, PREVIEW_SIDE);
      if (!decoded.pixels) return decodeFailure(path, inspection.format, decoded);
      const jpeg = await encodeJpeg(decoded.pixels, PREVIEW_QUALITY);
      writeWhole(target, jpeg, `${target}.${process.pid}`);
      return null;
    },
    (failure) => failure,
  );
}

async function indexOpened(
  path: Uint8Array,
  opened: OpenedFile,
  options: IndexOptions,
): Promise<ImageResult> {
  const { source, stamp } = opened;
  const name = nameOf(path);
  const help = options.help ?? null;
  const inspection = withHelp(inspect(source, name), help);
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
  const isRawWanted = format === 'raw' && refusal === null && options.decode;
  const raw = isRawWanted ? findRawPicture(opened, inspection, THUMBNAIL_SIDE, help) : null;
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
  const hashed = { ...known, fileHash: ofFile, imageHash: ofPicture };
  if (refusal || !options.decode) return { facts: hashed, failure: refusal };
  if (raw?.picture === null) {
    return { facts: hashed, failure: noRawPicture(shownPath(path), raw, help) };
  }
  const facts: ImageFacts = raw ? { ...hashed, shown: raw.picture.largest } : hashed;

  const input = raw?.picture.input() ?? decodeInput(opened, inspection);
  const decoded = await decode(input, THUMBNAIL_SIDE);
  const failure = decodeFailure(path, format, decoded);
  const { pixels } = decoded;
  if (!pixels) return { facts, failure };
  // libvips encodes in its own thread meanwhile.
  const written = writeThumbnail(pixels, options.thumbnailFolder, ofPicture.toString('hex'));
  try {
    const raster = makeRaster(pixels);
    const thumbHash = makeThumbHash(raster);
    const width = facts.width ?? facts.shown?.width ?? pixels.width;
    const height = facts.height ?? facts.shown?.height ?? pixels.height;
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
    releaseBytes(pixels.data);
  }
}

async function writeThumbnail(pixels: Pixels, folder: string, hex: string): Promise<void> {
  const path = thumbnailPath(folder, hex);
  if (hasThumbnail(path)) return;
  const jpeg = await encodeJpeg(pixels, THUMBNAIL_QUALITY);
  writeWhole(path, jpeg, join(unfinishedFolder(folder), `${process.pid}-${basename(path)}`));
  releaseBytes(jpeg);
}
