/** Serves a camera's own small JPEG as a stand-in until the real thumbnail is made. */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** Longer ones are no thumbnails. */
const MAX_BYTES = 200_000;

/**
 * The embedded JPEG at a place that the first pass found; null where the file is gone, changed or no JPEG is
 * there. With an orientation 2..8 the JPEG says so itself, so that it is shown upright.
 */
export async function readEmbedded(
  path: Uint8Array,
  offset: number,
  bytes: number,
  orientation = 1,
): Promise<Buffer | null> {
  if (bytes < 4 || bytes > MAX_BYTES || offset < 0) return null;
  let file: FileHandle;
  try {
    file = await open(Buffer.from(path), constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch {
    // Gone or forbidden: the second pass tells why, here there is just nothing to show.
    return null;
  }
  try {
    if (!(await file.stat()).isFile()) return null;
    const jpeg = Buffer.alloc(bytes);
    const { bytesRead } = await file.read(jpeg, 0, bytes, offset);
    if (bytesRead < bytes || jpeg.readUInt16BE(0) !== 0xffd8) return null;
    return orientation >= 2 && orientation <= 8 ? withOrientation(jpeg, orientation) : jpeg;
  } catch {
    return null;
  } finally {
    await file.close();
  }
}

/** Puts an EXIF segment with nothing but the orientation at the JPEG's front; a later one does not count. */
function withOrientation(jpeg: Buffer, orientation: number): Buffer {
  const exif = Buffer.from(
    'ffe10022457869660000' + '4d4d002a00000008' + '0001' + '011200030000000100000000' + '00000000',
    'hex',
  );
  exif.writeUInt16BE(orientation, 10 + 8 + 2 + 8);
  return Buffer.concat([jpeg.subarray(0, 2), exif, jpeg.subarray(2)]);
}
