/** Thumbnails of many sizes and shapes, as the engine would have made them, from a few photos. */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import sharp from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import { createRandom, type Random } from '../../app/sample/random.ts';
import { thumbnailPath } from '../../main/imaging/thumbnail.ts';
import type { PhotoSet } from '../makePhotos.ts';

export type Picture = {
  readonly imageHash: Buffer;
  readonly thumbHash: Buffer;
  /** Of the photo that it stands for, in pixels. */
  readonly width: number;
  readonly height: number;
};

const LONG_SIDE = 512;
const QUALITY = 80;
const THUMB_HASH_PIXELS = 32;
const AT_ONCE = 2;
/** Width ÷ height, the usual ones more often. */
const SHAPES: readonly [number, ...number[]] = [
  4 / 3,
  4 / 3,
  4 / 3,
  3 / 2,
  3 / 2,
  3 / 4,
  3 / 4,
  2 / 3,
  16 / 9,
  9 / 16,
  1,
  2.4,
];

/** Writes `count` thumbnails below `folder`. */
export async function makePictures(
  count: number,
  photos: PhotoSet,
  folder: string,
): Promise<readonly Picture[]> {
  const pictures: Picture[] = [];
  const left = Array.from({ length: count }, (_, index) => index).values();
  const makeAll = async (): Promise<void> => {
    for (const index of left) {
      const file = photos.files[index % photos.files.length] ?? '';
      pictures[index] = await makePicture(file, createRandom(index + 1), folder);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, makeAll));
  return pictures;
}

async function makePicture(file: string, random: Random, folder: string): Promise<Picture> {
  const shape = random.pick(SHAPES);
  const width = Math.round(shape >= 1 ? LONG_SIDE : LONG_SIDE * shape);
  const height = Math.round(shape >= 1 ? LONG_SIDE / shape : LONG_SIDE);
  const pixels = await sharp(file)
    .autoOrient()
    .resize(width, height, { fit: 'cover' })
    .modulate({ hue: random.whole(360), brightness: random.between(0.8, 1.2) })
    .flop(random.next() < 0.5)
    .removeAlpha()
    .raw()
    .toBuffer();
  const raw = { raw: { width, height, channels: 3 as const } };
  const jpeg = await sharp(pixels, raw).jpeg({ quality: QUALITY }).toBuffer();
  const small = await sharp(pixels, raw)
    .resize(THUMB_HASH_PIXELS, THUMB_HASH_PIXELS, { fit: 'inside' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const imageHash = createHash('sha256').update(jpeg).digest();
  const path = thumbnailPath(folder, imageHash.toString('hex'));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, jpeg);
  return {
    imageHash,
    thumbHash: Buffer.from(rgbaToThumbHash(small.info.width, small.info.height, small.data)),
    width: width * 8,
    height: height * 8,
  };
}
