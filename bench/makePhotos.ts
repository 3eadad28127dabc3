/**
 * Photos as heavy as real ones: 12 megapixels, 2.5 to 4.5 MB, with the entropy of a camera's picture:
 * coarse shapes, noise at several scales, and a sensor's grain, which is what a JPEG decoder works on.
 */
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { createRandom, type Random } from '../app/sample/random.ts';
import { CAMERAS, TOWNS } from './lib/cameras.ts';
import { type ExifFacts, withExif } from './lib/exif.ts';
import { cachedFolder, fingerprint } from './lib/places.ts';
import { paintScene, type Size, sensorGrain } from './lib/scene.ts';

export type PhotoSet = {
  readonly path: string;
  /** Absolute, of every picture below it, sorted. */
  readonly files: readonly string[];
};

/** Changes whenever the pictures do. */
const VERSION = 3;
const SEED = 20_190_714;
const PAINTERS = 2;
const LEAST_BYTES = 2_500_000;
const MOST_BYTES = 4_500_000;
const FIRST_QUALITY = 88;
const SIZES: readonly [Size, ...Size[]] = [
  { width: 4032, height: 3024 },
  { width: 4000, height: 3000 },
  { width: 4256, height: 2832 },
  { width: 3024, height: 4032 },
];
/** What sharp decodes; a bare loop has no business with anything else. */
const PICTURE_NAME = /\.(?:jpe?g|png|webp|tiff?|avif)$/i;

/** `count` photos, made the first time and found again later. */
export async function makePhotos(count: number, say: (line: string) => void): Promise<PhotoSet> {
  const name = `photos-${count}-${fingerprint(VERSION, SEED, sharp.versions.vips)}`;
  const path = await cachedFolder(name, async (draft) => {
    say(`Painting ${count} photos of 12 megapixels, once…`);
    sharp.concurrency(1);
    sharp.cache(false);
    const grain = sensorGrain(createRandom(SEED));
    const left = Array.from({ length: count }, (_, index) => index).values();
    const paintAll = async (): Promise<void> => {
      for (const index of left) await paintPhoto(draft, index, grain);
    };
    await Promise.all(Array.from({ length: PAINTERS }, paintAll));
  });
  return photosIn(path);
}

/** The pictures of a person's own folder. */
export async function photosIn(path: string): Promise<PhotoSet> {
  const names = await readdir(path, { recursive: true });
  const files = names.filter((name) => PICTURE_NAME.test(name)).map((name) => join(path, name));
  if (files.length === 0) throw new Error(`There are no photos in ${path}.`);
  return { path, files: files.sort() };
}

async function paintPhoto(folder: string, index: number, grain: Buffer): Promise<void> {
  const random = createRandom(SEED + (index + 1) * 7919);
  const size = random.pick(SIZES);
  const scene = await paintScene(size, random, grain);
  const wanted = random.between(LEAST_BYTES * 1.1, MOST_BYTES * 0.9);
  let quality = FIRST_QUALITY;
  let jpeg = await encode(scene, size, quality);
  for (let tries = 0; tries < 4 && !isNear(jpeg.length, wanted); tries += 1) {
    quality = Math.min(
      97,
      Math.max(40, quality + Math.round(14 * Math.log2(wanted / jpeg.length))),
    );
    jpeg = await encode(scene, size, quality);
  }
  const thumbnail =
    random.next() < 0.6
      ? await sharp(jpeg).resize(160, 120, { fit: 'inside' }).jpeg({ quality: 70 }).toBuffer()
      : null;
  const { facts, when } = describe(index, random, thumbnail);
  const month = facts.date.slice(0, 7).replace(':', '-');
  const path = join(folder, month.slice(0, 4), month, `IMG_${String(index).padStart(5, '0')}.jpg`);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, withExif(jpeg, facts));
  await utimes(path, when, when);
}

function isNear(bytes: number, wanted: number): boolean {
  return bytes > LEAST_BYTES && bytes < MOST_BYTES && Math.abs(bytes - wanted) < 500_000;
}

function encode(scene: Buffer, size: Size, quality: number): Promise<Buffer> {
  return sharp(scene, { raw: { ...size, channels: 3 } })
    .jpeg({ quality, chromaSubsampling: '4:2:0' })
    .toBuffer();
}

function describe(
  index: number,
  random: Random,
  thumbnail: Buffer | null,
): { facts: ExifFacts; when: Date } {
  const firstMs = Date.UTC(2006, 0, 1);
  const lastMs = Date.UTC(2025, 11, 31);
  const local = new Date(firstMs + Math.floor(random.between(0, lastMs - firstMs) / 1000) * 1000);
  const text = local.toISOString();
  const [latitude, longitude, hours] = random.pick(TOWNS);
  const camera = random.pick(CAMERAS);
  const place =
    random.next() < 0.7
      ? {
          latitude: latitude + random.between(-0.1, 0.1),
          longitude: longitude + random.between(-0.1, 0.1),
        }
      : null;
  const facts: ExifFacts = {
    ...camera,
    date: `${text.slice(0, 10).replaceAll('-', ':')} ${text.slice(11, 19)}`,
    offset: `${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}:00`,
    orientation: index % 5 === 4 ? random.pick([3, 6, 8]) : 1,
    iso: random.pick([50, 100, 200, 400, 1600]),
    exposure: [1, random.pick([15, 60, 125, 500, 1000])],
    fNumber: [random.pick([18, 28, 40, 56]), 10],
    focalLength: [random.pick([42, 260, 500, 850]), 10],
    place,
    thumbnail,
  };
  return { facts, when: new Date(local.getTime() - hours * 3_600_000) };
}
