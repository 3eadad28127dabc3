/**
 * Camera RAW files as heavy as real ones: the structure of a NEF around 20 MB of a sensor's data, with
 * the photo as its JPEG. Every second one has a preview of medium size as well, as most cameras write it.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { nefFile } from '../test/helpers/rawFile.ts';
import { cachedFolder, fingerprint } from './lib/places.ts';
import type { PhotoSet } from './makePhotos.ts';

/** Changes whenever the files do. */
const VERSION = 1;
const SENSOR_BYTES = 20_000_000;
const PREVIEW_PIXELS = 1620;
const THUMBNAIL_PIXELS = 160;

/** The folders of those with a medium preview and of those without; made the first time. */
export async function makeRaws(
  photos: PhotoSet,
  count: number,
  hasPreview: boolean,
  say: (line: string) => void,
): Promise<string> {
  const sources = photos.files.slice(0, count);
  const kind = hasPreview ? 'preview' : 'full-size';
  const name = `raw-${kind}-${fingerprint(VERSION, sources, SENSOR_BYTES)}`;
  return cachedFolder(name, async (draft) => {
    say(`  making ${sources.length} RAW files, once…`);
    for (const source of sources) {
      const file = await makeRaw(source, hasPreview);
      await writeFile(join(draft, `${basename(source).replace(/\.\w+$/, '')}.nef`), file);
    }
  });
}

async function makeRaw(source: string, hasPreview: boolean): Promise<Buffer> {
  const jpeg = await readFile(source);
  const { width, height } = await sharp(jpeg).metadata();
  const smaller = (side: number): Promise<Buffer> =>
    sharp(jpeg).resize(side, side, { fit: 'inside' }).jpeg({ quality: 80 }).toBuffer();
  const jpegs = [jpeg, await smaller(THUMBNAIL_PIXELS)];
  if (hasPreview) jpegs.push(await smaller(PREVIEW_PIXELS));
  return nefFile({ width, height, jpegs, sensorBytes: SENSOR_BYTES });
}
