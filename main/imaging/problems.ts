/** Why a file could not be read, in words that name it and the next step. */
import type { ImageFacts, ImageFailure } from './types.ts';

/** A path for messages: bytes that are not UTF-8 become U+FFFD. */
export function shownPath(path: Uint8Array): string {
  return Buffer.from(path).toString('utf8');
}

/** The system's `code` of an error, if it has one. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** What the system's refusal to open or read a file means for its photo. */
export function fileFailure(error: unknown, path: Uint8Array): ImageFailure {
  const shown = shownPath(path);
  const code = errorCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return { code: 'vanished', message: `${shown} is gone. It is looked for at the next scan.` };
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return {
      code: 'unreadable',
      message: `${shown} may not be read (${code}). Give your user the right to read it, then try again.`,
    };
  }
  const cause = code || (error instanceof Error ? error.message : String(error));
  return {
    code: 'unreadable',
    message: `${shown} could not be read (${cause}). Check the disk or the connection, then try again.`,
  };
}

/** Nothing known: the file did not let itself be read. */
export const NO_FACTS: ImageFacts = {
  stamp: null,
  fileHash: null,
  imageHash: null,
  format: null,
  wrongExtension: false,
  width: null,
  height: null,
  metadata: null,
  thumbHash: null,
  tags: [],
};
