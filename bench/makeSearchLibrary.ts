/** Libraries for questions: rows only, no files. Kept between runs; each measurement gets a copy. */
import { copyFileSync, constants as fsConstants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openWritable } from '../main/library/database.ts';
import { migrate, SCHEMA_VERSION } from '../main/library/migrate.ts';
import { fillSearchLibrary } from './lib/fillSearchLibrary.ts';
import { cachedFolder, fingerprint, type Workshop } from './lib/places.ts';

/** Changes whenever the library does. */
const VERSION = 1;

/** A copy, for one measurement, of a library of `photos` photos with some eleven tags each. */
export async function makeSearchLibrary(
  photos: number,
  workshop: Workshop,
  say: (line: string) => void,
): Promise<string> {
  const key = fingerprint(VERSION, SCHEMA_VERSION);
  const made = await cachedFolder(`search-${photos}-${key}`, async (draft) => {
    say(`Making a library of ${photos} photos for searches, once…`);
    const startedMs = performance.now();
    const db = openWritable(join(draft, 'library.db'));
    migrate(db);
    const { entries } = fillSearchLibrary(db, photos, say);
    db.close();
    const seconds = (performance.now() - startedMs) / 1000;
    say(`  ${entries} tags on them, in ${seconds.toFixed(0)} s`);
  });
  const path = workshop.folder('search');
  mkdirSync(path, { recursive: true });
  copyFileSync(join(made, 'library.db'), join(path, 'library.db'), fsConstants.COPYFILE_FICLONE);
  return path;
}
