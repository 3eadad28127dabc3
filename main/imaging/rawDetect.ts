/** Tells a camera's RAW file from a TIFF: both are made of the same directories. */
import type { ByteSource } from './byteSource.ts';
import { numberOf, openTiff, readDirectory, textOf } from './tiff.ts';

const TAG_SUBFILE_TYPE = 0x00fe;
const TAG_MAKE = 0x010f;
const TAG_SUB_DIRECTORIES = 0x014a;
const TAG_DNG_VERSION = 0xc612;

/**
 * Whether something with a TIFF header is RAW: by Canon's mark, by a DNG version, by a first directory
 * that is a camera's thumbnail of others, or, where the extension is a RAW one, by naming a camera.
 */
export function cameraRawDirectory(source: ByteSource, hinted: boolean): boolean {
  if (source.slice(8, 2).toString('latin1') === 'CR') return true;
  const tiff = openTiff(source);
  if (!tiff) return false;
  const directory = readDirectory(tiff, tiff.firstDirectory);
  if (directory.entries.has(TAG_DNG_VERSION)) return true;
  if (textOf(tiff, directory, TAG_MAKE) === null) return false;
  if (hinted) return true;
  const isThumbnail = ((numberOf(tiff, directory, TAG_SUBFILE_TYPE) ?? 0) & 1) === 1;
  return isThumbnail && directory.entries.has(TAG_SUB_DIRECTORIES);
}
