/** Decodes a picture that was sent and checks that it is one that may be sent. */
import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { type Raster, readBitmap } from './bitmap.ts';
import { BrokenFile, carriedByJpeg, carriedByPng, isSrgbProfile } from './carried.ts';
import { type Look, lookAt } from './look.ts';

/**
 * `empty`: no bytes · `format`: not JPEG, PNG or BMP · `damaged`: it does not decode to its end ·
 * `size`: its sides · `carries`: it holds more than a picture · `colour`: not in sRGB.
 */
export type PictureProblem = 'empty' | 'format' | 'damaged' | 'size' | 'carries' | 'colour';

export class BadPicture extends Error {
  override readonly name = 'BadPicture';
  readonly problem: PictureProblem;

  constructor(problem: PictureProblem, detail: string) {
    super(`picture: ${detail}`);
    this.problem = problem;
  }
}

export type PictureRules = { readonly minSidePixels: number; readonly maxSidePixels: number };

export type CheckedPicture = {
  readonly width: number;
  readonly height: number;
  /** SHA-256 of sides and pixels. */
  readonly pixelHash: string;
  readonly look: Look;
};

/** Throws `BadPicture` for the first rule that the picture breaks. */
export async function checkPicture(file: Buffer, rules: PictureRules): Promise<CheckedPicture> {
  const raster = await decode(file);
  const { rgb, width, height } = raster;
  const [short, long] = width < height ? [width, height] : [height, width];
  if (short < rules.minSidePixels || long > rules.maxSidePixels)
    throw new BadPicture(
      'size',
      `${width} × ${height} pixels; sides must be ${rules.minSidePixels} to ${rules.maxSidePixels}`,
    );
  const pixelHash = createHash('sha256').update(`${width}x${height};`).update(rgb).digest('hex');
  return { width, height, pixelHash, look: await lookAt(raster) };
}

async function decode(file: Buffer): Promise<Raster> {
  if (file.length === 0) throw new BadPicture('empty', 'no bytes');
  try {
    switch (formatOf(file)) {
      case 'jpeg':
        return await decodeBySharp(file, carriedByJpeg(file));
      case 'png':
        return await decodeBySharp(file, carriedByPng(file));
      case 'bmp':
        return readBitmap(file);
    }
  } catch (error) {
    if (error instanceof BadPicture) throw error;
    if (error instanceof BrokenFile) throw new BadPicture('damaged', error.message);
    throw new BadPicture('damaged', error instanceof Error ? error.message : String(error));
  }
}

function formatOf(file: Buffer): 'jpeg' | 'png' | 'bmp' {
  const head = file.toString('latin1', 0, 8);
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (head === '\x89PNG\r\n\x1a\n') return 'png';
  if (head.startsWith('BM')) return 'bmp';
  throw new BadPicture('format', head.startsWith('GIF8') ? 'a GIF' : 'not JPEG, PNG or BMP');
}

async function decodeBySharp(file: Buffer, carried: readonly string[]): Promise<Raster> {
  const image = sharp(file, { failOn: 'warning', limitInputPixels: false });
  const metadata = await image.metadata();
  const { exif, xmp, iptc, icc, orientation } = metadata;
  const seen = [
    ...carried,
    ...(exif ? ['EXIF'] : []),
    ...(xmp ? ['XMP'] : []),
    ...(iptc ? ['IPTC'] : []),
    ...(orientation !== undefined && orientation !== 1 ? [`orientation ${orientation}`] : []),
  ];
  if (seen.length > 0)
    throw new BadPicture('carries', `it carries ${[...new Set(seen)].join(', ')}`);
  if (icc && !isSrgbProfile(icc)) throw new BadPicture('colour', 'its colour profile is not sRGB');
  if (!['srgb', 'rgb', 'b-w'].includes(metadata.space))
    throw new BadPicture('colour', `its colours are ${metadata.space}`);
  const { data, info } = await image
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new BadPicture('colour', `it has ${info.channels} channels`);
  return { rgb: data, width: info.width, height: info.height };
}
