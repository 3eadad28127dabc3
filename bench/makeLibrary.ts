/**
 * A library in which everything is read already. Its files exist and its rows come from the engine's own
 * scan, so that a start or a rescan finds nothing to do; what the second pass would have learnt is
 * written straight into the database, because reading 100,000 photos takes an hour.
 */
import { cpSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openWritable } from '../main/library/database.ts';
import { migration } from '../main/library/migrations/0001-library.ts';
import { RULES_VERSION } from '../main/tagging/onDevice/vocabulary.ts';
import type { HostTable } from './hostProcess.ts';
import { startAsked } from './lib/asking.ts';
import { fillLibrary } from './lib/fillLibrary.ts';
import { makePictures } from './lib/pictures.ts';
import { cachedFolder, fingerprint, type Workshop } from './lib/places.ts';
import { makeFiles } from './makeFiles.ts';
import type { PhotoSet } from './makePhotos.ts';

/** Pictures that all photos share; each is a thumbnail and a ThumbHash of its own. */
const PICTURES = 300;
/** Changes whenever the library does. */
const VERSION = 1;
const HOST_URL = new URL('./hostProcess.ts', import.meta.url);

/** A copy, for one measurement, of an indexed library of `count` photos. */
export async function makeLibrary(
  count: number,
  photos: PhotoSet,
  workshop: Workshop,
  say: (line: string) => void,
): Promise<string> {
  const files = await makeFiles(count, say);
  // Another disk or another tree under the same path would make every photo a changed one.
  const { dev, ino } = statSync(files);
  const key = fingerprint(VERSION, files, dev, ino, photos.files, migration.sql, RULES_VERSION);
  const made = await cachedFolder(`library-${count}-${key}`, async (draft) => {
    say(`Making a library of ${count} photos, once…`);
    await scan(draft, files, count);
    const pictures = await makePictures(PICTURES, photos, join(draft, 'thumbnails'));
    const db = openWritable(join(draft, 'library.db'));
    fillLibrary(db, pictures);
    db.close();
  });
  const path = workshop.folder('library');
  cpSync(made, path, { recursive: true });
  return path;
}

/** The engine lists the files itself. */
async function scan(libraryPath: string, root: string, count: number): Promise<void> {
  const host = startAsked<HostTable>(HOST_URL);
  try {
    await host.ask('open', { libraryPath, live: false, door: false });
    await host.ask('setPaused', true);
    await host.ask('addFolders', [root]);
    await host.ask('rescan', null);
    const { found } = await host.ask('state', null);
    if (found !== count) throw new Error(`The scan found ${found} of ${count} files.`);
    await host.ask('close', null);
  } finally {
    await host.stop();
  }
}
