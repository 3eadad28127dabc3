/** The decoders of our own, each loaded when the first file of its format comes. */
import type { ByteSource } from '../byteSource.ts';
import type { Format } from '../types.ts';
import { OutOfMemory } from './memory.ts';
import { type Decoder, UnpackError, type Unpacked } from './types.ts';

const DECODERS: Readonly<Partial<Record<Format, () => Promise<Decoder>>>> = {
  heic: async () => (await import('./heic.ts')).decodeHeic,
  bmp: async () => (await import('./bmp.ts')).decodeBmp,
  ico: async () => (await import('./ico.ts')).decodeIco,
  jxl: async () => (await import('./jxl.ts')).decodeJxl,
  jp2: async () => (await import('./jp2.ts')).decodeJp2,
  psd: async () => (await import('./psd.ts')).decodePsd,
};

/** Whether files of the format go through a decoder of our own. */
export function isUnpacked(format: Format): boolean {
  return DECODERS[format] !== undefined;
}

/**
 * What libvips is to be given in place of a file of such a format. Rejects with `UnpackError` for whatever is
 * in the file, with `OutOfMemory` where it needs more than it may have.
 */
export async function unpack(source: ByteSource, format: Format, side: number): Promise<Unpacked> {
  const load = DECODERS[format];
  if (!load) throw new UnpackError('unsupported', 'there is no decoder for it');
  const decode = await load();
  try {
    return await decode(source, side);
  } catch (error) {
    if (error instanceof UnpackError || error instanceof OutOfMemory) throw error;
    // A decoder that trips over a file says something about the file.
    const cause = error instanceof Error ? error.message : String(error);
    throw new UnpackError('damaged', cause);
  }
}
