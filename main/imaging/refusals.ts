/** Which files are not decoded, and how whatever is wrong with one becomes a result. */
import { TagrollError } from '../../shared/errors.ts';
import type { Decoded } from './decode.ts';
import { OutOfMemory } from './decoders/memory.ts';
import { MAX_PIXELS } from './decoders/types.ts';
import { type OpenedFile, withFile } from './fileReading.ts';
import { formatTitle, isDecodable } from './formats.ts';
import type { Inspection } from './inspect.ts';
import { errorCode, fileFailure, shownPath } from './problems.ts';
import { RawHelpWanted } from './rawPicture.ts';
import type { Format, ImageFailure } from './types.ts';

/** Larger files are not read: no picture of 270 megapixels needs more. */
export const MAX_FILE_BYTES = 1_500_000_000;
const SLASH = 0x2f;
const BACKSLASH = 0x5c;

/**
 * Errors of the file's own system are results; those of the library are not, and have another type. So have
 * the wish for help with a RAW file and the one for more memory.
 */
export async function readOrExplain<Result>(
  path: Uint8Array,
  use: (opened: OpenedFile) => Promise<Result>,
  explain: (failure: ImageFailure) => Result,
): Promise<Result> {
  try {
    return await withFile(path, use);
  } catch (error) {
    if (
      error instanceof TagrollError ||
      error instanceof RawHelpWanted ||
      error instanceof OutOfMemory
    ) {
      throw error;
    }
    if (errorCode(error) !== '') return explain(fileFailure(error, path));
    // Ours, not the system's: one photo must not stop the others over it.
    const cause = error instanceof Error ? error.message : String(error);
    const message = `${shownPath(path)} could not be worked on (${cause}). Please report this with the photo.`;
    return explain({ code: 'decoder_crashed', message });
  }
}

/** Why a file is not decoded at all; null: it is. */
export function refuse(
  path: Uint8Array,
  opened: OpenedFile,
  inspection: Inspection,
): ImageFailure | null {
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
  if (format === 'svg') {
    return {
      code: 'unsupported',
      message: `${shownPath(path)} is a drawing (SVG). Drawings can run programs and load other files, so they are listed but not drawn. Export it as PNG to see it here.`,
    };
  }
  if (!isDecodable(format)) return unsupported(path, formatTitle(format));
  if (inspection.unsupported !== null) return unsupported(path, inspection.unsupported);
  if ((width ?? 0) * (height ?? 0) > MAX_PIXELS)
    return tooLarge(path, `${width} × ${height} pixels`);
  return null;
}

/** The failure of a picture that is too large; `size` says what of it. */
export function tooLarge(path: Uint8Array, size: string): ImageFailure {
  return {
    code: 'too_large',
    message: `${shownPath(path)} is too large to be shown safely: ${size}. Make a smaller copy.`,
  };
}

/** The failure of a whole file of a kind that no decoder reads; `kind` completes “It is …”. */
function unsupported(path: Uint8Array, kind: string): ImageFailure {
  return {
    code: 'unsupported',
    message: `${shownPath(path)}: there is no decoder for it yet. It is ${kind}. Its data is kept; save a copy as JPEG to see it here.`,
  };
}

/** What is wrong with a file that was decoded, or was not to be; null: nothing. */
export function decodeFailure(
  path: Uint8Array,
  format: Format | null,
  decoded: Decoded<unknown>,
): ImageFailure | null {
  const { pixels, damage, isTooLarge } = decoded;
  if (isTooLarge) {
    return tooLarge(path, damage?.includes(' × ') ? damage : 'more than 270 megapixels');
  }
  if (decoded.unsupported !== undefined) return unsupported(path, decoded.unsupported);
  if (damage === null && pixels !== null) return null;
  return damaged(path, format, damage, pixels !== null);
}

/** The failure of a damaged file, which may be shown all the same. */
export function damaged(
  path: Uint8Array,
  format: Format | null,
  cause: string | null,
  isShown: boolean,
): ImageFailure {
  const outcome = isShown ? 'what could be saved is shown' : 'it cannot be shown';
  const title = format === null ? 'file' : formatTitle(format);
  return {
    code: 'damaged',
    message: `${shownPath(path)} is a damaged ${title}: ${outcome} (${oneLine(cause) || 'no reason given'}). Copy it again from where it came from.`,
  };
}

/** Decoders end their reasons with a line break, or spread them over lines. */
function oneLine(cause: string | null): string {
  return (cause ?? '').replace(/\s+/gu, ' ').trim();
}

/** The last part of a path given as bytes. */
export function nameOf(path: Uint8Array): Uint8Array {
  let start = path.lastIndexOf(SLASH);
  if (process.platform === 'win32') start = Math.max(start, path.lastIndexOf(BACKSLASH));
  return path.subarray(start + 1);
}
