/**
 * A window on a library of 100,000 photos with a million tags of 3,000 names, by the script of the
 * benchmark: the same photos, tags, cameras, folders and dates each time.
 *
 *   import { expect, largeLibraryForFile, test } from './largeLibrary.ts';
 *   import { openWindow } from './window.ts';
 *
 *   const tagroll = largeLibraryForFile();
 *   test.beforeEach(({ page }) => openWindow(page, tagroll()));
 *
 * Each file that calls `largeLibraryForFile` gets a copy of its own with a door of its own; the copied
 * library is made once, in some five seconds, and removed at the end of the run. Its photos are rows
 * only, in a folder that is not there: the grid shows them as offline, with all details, and a grey pixel
 * stands for each picture. `tag:dog`, `tag:beach`, `tag:桥`, `camera:canon`, `date:2019`, `folder:"2014/2014-07"` find some.
 */
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillSearchLibrary } from '../../bench/lib/fillSearchLibrary.ts';
import { openWritable } from '../../main/library/database.ts';
import { migrate } from '../../main/library/migrate.ts';
import { createPlace, startDoor } from './door.ts';
import { test as base, type Tagroll } from './fixture.ts';

export { expect } from './fixture.ts';

/** Photos of the library. */
export const LARGE_COUNT = 100_000;

const MAKES_WITHIN_MS = 180_000;
const OPENS_WITHIN_MS = 60_000;

type WorkerFixtures = {
  /** The library's database; it is only copied. */
  readonly largeDatabase: string;
};

/** A grey pixel. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
);

/** As `test` of `fixture.ts`; every photo has the same picture, a grey one. */
export const test = base.extend<{ readonly pictures: undefined }, WorkerFixtures>({
  largeDatabase: [
    // biome-ignore lint/correctness/noEmptyPattern: the test runner reads the parameter's names
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'tagroll-large-'));
      try {
        const path = join(folder, 'library.db');
        const db = openWritable(path);
        migrate(db);
        fillSearchLibrary(db, LARGE_COUNT, () => undefined);
        db.close();
        await use(path);
      } finally {
        await rm(folder, { recursive: true, force: true, maxRetries: 10 });
      }
    },
    { scope: 'worker', timeout: MAKES_WITHIN_MS },
  ],
  pictures: [
    async ({ page }, use) => {
      // The engine would queue each photo whose thumbnail is gone to be read again.
      await page.route('**/media/**', (route) =>
        route.fulfill({ body: PICTURE, contentType: 'image/png' }),
      );
      await use(undefined);
    },
    { auto: true },
  ],
});

/** Opens a door to a new copy of the library before the tests of a file, and closes it after them. */
export function largeLibraryForFile(): () => Tagroll {
  let tagroll: Tagroll | null = null;
  test.beforeAll(async ({ largeDatabase }) => {
    test.setTimeout(OPENS_WITHIN_MS);
    const place = await createPlace();
    try {
      await mkdir(place.libraryPath);
      await copyFile(largeDatabase, join(place.libraryPath, 'library.db'));
      tagroll = { ...place, door: await startDoor(place) };
    } catch (error) {
      await place.remove();
      throw error;
    }
  });
  test.afterAll(async () => {
    await tagroll?.door.stop();
    await tagroll?.remove();
    tagroll = null;
  });
  return () => {
    if (!tagroll) throw new Error('The door is open only while tests run.');
    return tagroll;
  };
}
