/** Where thumbnails lie and how small JPEGs are written: whole or not at all. */
import { mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TagrollError } from '../../shared/errors.ts';
import { errorCode } from './problems.ts';

/** Long side of a thumbnail in pixels; smaller pictures keep their size. */
export const THUMBNAIL_SIDE = 512;
/** Long side of a preview in pixels. */
export const PREVIEW_SIDE = 2048;
export const THUMBNAIL_QUALITY = 80;
export const PREVIEW_QUALITY = 85;

/** Unfinished thumbnails; emptied whenever a pool starts. */
const UNFINISHED_FOLDER = 'unfinished';

/** A picture's thumbnail, in one of 256 folders by the first two digits of its hexadecimal hash. */
export function thumbnailPath(folder: string, imageHashHex: string): string {
  return join(folder, imageHashHex.slice(0, 2), `${imageHashHex}.jpg`);
}

/** Where the thumbnails of killed workers are left behind. */
export function unfinishedFolder(thumbnailFolder: string): string {
  return join(thumbnailFolder, UNFINISHED_FOLDER);
}

/** Whether there is a finished thumbnail at a path. */
export function hasThumbnail(path: string): boolean {
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/**
 * Writes the bytes under another name and renames them to `path`. Throws a `TagrollError`: `disk_full`,
 * `library_read_only` or `internal`; none of them is the photo's fault.
 */
export function writeWhole(path: string, bytes: Uint8Array, unfinishedPath: string): void {
  try {
    retryWithFolders([path, unfinishedPath], () => {
      writeFileSync(unfinishedPath, bytes);
      renameSync(unfinishedPath, path);
    });
  } catch (error) {
    try {
      rmSync(unfinishedPath, { force: true });
    } catch {
      // The disk that refused the file refuses this too; the next start empties the folder.
    }
    throw storageError(error, path);
  }
}

/** Nearly always the folders are there: asking each time would cost more than failing once. */
function retryWithFolders(paths: readonly string[], write: () => void): void {
  try {
    write();
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    for (const path of paths) mkdirSync(dirname(path), { recursive: true });
    write();
  }
}

function storageError(error: unknown, path: string): TagrollError {
  const code = errorCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') {
    return new TagrollError(
      'disk_full',
      `The disk is full: ${path} could not be written. Free some space; the work then goes on by itself.`,
      { path },
      error,
    );
  }
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') {
    return new TagrollError(
      'library_read_only',
      `${path} may not be written (${code}). Make the library's folder writable.`,
      { path },
      error,
    );
  }
  return new TagrollError('internal', `${path} could not be written (${code}).`, { path }, error);
}
