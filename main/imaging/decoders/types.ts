/** What the decoders of formats that libvips does not read have in common. */
import type { ByteSource } from '../byteSource.ts';

/** What libvips takes over. */
export type Unpacked = {
  /** A TIFF made of the pixels, upright and with its profile, or a picture that lay inside the file. */
  readonly file: Buffer;
  /** What is wrong with the file although there is a picture. */
  readonly damage: string | null;
};

/**
 * Turns a file into something that libvips reads. The picture may be as much smaller as a square of `side`
 * pixels allows. Rejects with an `UnpackError` for what is in the file.
 */
export type Decoder = (source: ByteSource, side: number) => Promise<Unpacked>;

/** The file's own fault: `damaged`, or `unsupported` where it is whole but of a kind that is not decoded. */
export class UnpackError extends Error {
  readonly kind: 'damaged' | 'unsupported' | 'too_large';

  constructor(kind: UnpackError['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

/** Larger pictures are refused before anything is decoded. */
export const MAX_PIXELS = 270_000_000;

/** Rejects sizes that are none or too large; call it before a decoder sees the file. */
export function checkSize(width: number, height: number): void {
  if (!(width > 0 && height > 0)) throw new UnpackError('damaged', 'it has no size');
  if (width * height > MAX_PIXELS) {
    throw new UnpackError('too_large', `${width} × ${height} pixels`);
  }
}
