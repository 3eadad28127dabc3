/** Checks the pictures of a request and notes them in its record. */
import { createHash } from 'node:crypto';
import { type Look, lookOfBytes } from './look.ts';
import {
  BadPicture,
  checkPicture,
  type PictureProblem,
  type PictureRules,
} from './pictureCheck.ts';
import type { ReceivedPicture } from './record.ts';
import { type Call, Refused } from './types.ts';

/** A picture with its look, and its sides where it was decoded. */
export type SeenPicture = {
  readonly look: Look;
  readonly sides: { readonly width: number; readonly height: number } | null;
};

/** Throws `Refused` with the code of the first problem. */
export async function seePictures(
  call: Call,
  files: readonly { readonly bytes: Buffer; readonly fileName: string | null }[],
  rules: PictureRules,
  codes: Readonly<Record<PictureProblem, string>>,
): Promise<readonly SeenPicture[]> {
  const received: ReceivedPicture[] = files.map(({ bytes, fileName }) => ({
    sizeBytes: bytes.length,
    bytesHash: createHash('sha256').update(bytes).digest('hex'),
    pixelHash: null,
    width: null,
    height: null,
    fileName,
  }));
  call.entry.pictures = received;
  if (!call.behaviour.checks)
    return files.map(({ bytes }) => ({ look: lookOfBytes(bytes), sides: null }));
  const seen: SeenPicture[] = [];
  for (const [index, { bytes }] of files.entries()) {
    const { look, pixelHash, width, height } = await checkOne(bytes, rules, codes);
    const before = received[index];
    if (before) received[index] = { ...before, pixelHash, width, height };
    seen.push({ look, sides: { width, height } });
  }
  return seen;
}

async function checkOne(
  bytes: Buffer,
  rules: PictureRules,
  codes: Readonly<Record<PictureProblem, string>>,
): ReturnType<typeof checkPicture> {
  try {
    return await checkPicture(bytes, rules);
  } catch (error) {
    if (error instanceof BadPicture) throw new Refused(codes[error.problem], error.message);
    throw error;
  }
}
