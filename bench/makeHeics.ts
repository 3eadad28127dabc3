/**
 * HEIC files as phones write them: 12 megapixels in tiles of 512 pixels, 1 to 2 MB. Nothing that Tagroll
 * depends on writes HEVC; `heif-enc` of libheif does, where it is installed.
 */
import { execFile, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { box, gridOf, type HeifItem, heifFile, sizeProperty } from '../test/helpers/heif.ts';
import { cachedFolder, fingerprint } from './lib/places.ts';
import type { PhotoSet } from './makePhotos.ts';

/** Changes whenever the files do. */
const VERSION = 1;
const TILE_PIXELS = 512;
/** Pictures that differ; they are copied until there are enough files. */
const PICTURES = 6;
const ENCODERS = 2;
const QUALITY = '31';
const ENCODER = 'heif-enc';
const run = promisify(execFile);

/** How to get what is missing. */
export const ENCODER_HINT = `${ENCODER} is not installed (apt-get install libheif-examples, brew install libheif), and there are no HEIC files in --photos`;

/** Whether HEIC files can be made here. */
export function canMakeHeics(): boolean {
  return spawnSync(ENCODER, ['--help'], { stdio: 'ignore' }).error === undefined;
}

/** `count` files that differ; the pictures in them are made the first time. */
export async function makeHeics(
  photos: PhotoSet,
  count: number,
  folder: string,
  say: (line: string) => void,
): Promise<string[]> {
  const sources = photos.files.slice(0, PICTURES);
  const name = `heic-${fingerprint(VERSION, sources, QUALITY)}`;
  const made = await cachedFolder(name, async (draft) => {
    say(`  encoding ${sources.length} HEIC files, once…`);
    for (const [index, source] of sources.entries()) {
      writeFileSync(join(draft, `${index}.heic`), await makeHeic(source));
    }
  });
  const pictures = (await readdir(made)).sort();
  return Array.from({ length: count }, (_, index) => {
    const path = join(folder, `IMG_${index}.HEIC`);
    copyFileSync(join(made, pictures[index % pictures.length] ?? ''), path);
    // Makes it another file of the same picture.
    writeFileSync(path, box('free', Buffer.from(String(index))), { flag: 'a' });
    return path;
  });
}

async function makeHeic(source: string): Promise<Buffer> {
  const { data, info } = await sharp(source)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const columns = Math.ceil(width / TILE_PIXELS);
  const rows = Math.ceil(height / TILE_PIXELS);
  const folder = mkdtempSync(join(tmpdir(), 'tagroll-heic-'));
  try {
    const whole = sharp(data, { raw: { width, height, channels: 3 } }).extend({
      right: columns * TILE_PIXELS - width,
      bottom: rows * TILE_PIXELS - height,
      extendWith: 'copy',
    });
    const padded = await whole.raw().toBuffer({ resolveWithObject: true });
    const raw = {
      width: padded.info.width,
      height: padded.info.height,
      channels: 3,
    } as const;
    const tiles = new Array<HeifItem>(columns * rows);
    const left = tiles.keys();
    const work = async (): Promise<void> => {
      for (const index of left) {
        const part = sharp(padded.data, { raw }).extract({
          left: (index % columns) * TILE_PIXELS,
          top: Math.floor(index / columns) * TILE_PIXELS,
          width: TILE_PIXELS,
          height: TILE_PIXELS,
        });
        tiles[index] = await encodeTile(
          await part.png({ compressionLevel: 0 }).toBuffer(),
          join(folder, String(index)),
        );
      }
    };
    await Promise.all(Array.from({ length: ENCODERS }, work));
    const items = gridOf(tiles, columns, { width, height });
    return heifFile(items, items.length);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The only picture of a file of its own, taken out of it. */
async function encodeTile(png: Buffer, path: string): Promise<HeifItem> {
  writeFileSync(`${path}.png`, png);
  const words = ['-q', QUALITY, '-p', 'preset=veryfast', '-o', `${path}.heic`, `${path}.png`];
  await run(ENCODER, words);
  const file = readFileSync(`${path}.heic`);
  const properties = [boxOf(file, 'hvcC'), sizeProperty(TILE_PIXELS, TILE_PIXELS)];
  return { type: 'hvc1', data: boxOf(file, 'mdat').subarray(8), properties, isHidden: true };
}

function boxOf(file: Buffer, type: string): Buffer {
  const at = file.indexOf(type, 0, 'latin1') - 4;
  if (at < 0) throw new Error(`${ENCODER} wrote a file without ${type}.`);
  return file.subarray(at, at + file.readUInt32BE(at));
}
