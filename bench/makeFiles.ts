/** Very many files that are real candidates but hold next to nothing: for scanning, not for reading. */
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { cachedFolder, fingerprint } from './lib/places.ts';

export const FILES_PER_FOLDER = 50;
/** Changes whenever the tree does. */
const VERSION = 1;
const FIRST_DAY_MS = Date.UTC(2006, 0, 1, 9);
const YEARS_MS = 20 * 365.25 * 86_400_000;

/** `count` files in folders `YYYY/YYYY-MM-DD` over twenty years. The same time as the day in their name. */
export async function makeFiles(count: number, say: (line: string) => void): Promise<string> {
  return cachedFolder(`files-${count}-${fingerprint(VERSION)}`, async (draft) => {
    say(`Writing ${count} small files, once…`);
    const picture = await sharp({
      create: { width: 16, height: 12, channels: 3, background: '#557799' },
    })
      .jpeg({ quality: 60 })
      .toBuffer();
    const folders = Math.ceil(count / FILES_PER_FOLDER);
    for (let folder = 0; folder < folders; folder += 1) {
      const dayMs = FIRST_DAY_MS + Math.floor((folder / folders) * YEARS_MS);
      const day = new Date(dayMs).toISOString().slice(0, 10);
      const path = join(draft, day.slice(0, 4), day);
      mkdirSync(path, { recursive: true });
      const inFolder = Math.min(FILES_PER_FOLDER, count - folder * FILES_PER_FOLDER);
      for (let index = 0; index < inFolder; index += 1) {
        const file = join(
          path,
          `IMG_${String(folder * FILES_PER_FOLDER + index).padStart(6, '0')}.jpg`,
        );
        writeFileSync(file, picture);
        const seconds = dayMs / 1000 + index * 60;
        utimesSync(file, seconds, seconds);
      }
    }
  });
}
