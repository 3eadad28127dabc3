/** A window on a library whose photos were taken on chosen days, or on none: rows only, without files. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fillSearchLibrary } from '../../bench/lib/fillSearchLibrary.ts';
import { openWritable } from '../../main/library/database.ts';
import { migrate } from '../../main/library/migrate.ts';
import { createPlace, startDoor } from './door.ts';
import type { Tagroll } from './fixture.ts';
import { test } from './largeLibrary.ts';

/** `YYYY-MM-DD`, or null for no date, and how many photos are of it. */
export type DatedPhotos = readonly [date: string | null, count: number];

/** Opens a door to such a library before the tests of a file, and closes it after them. */
export function datedLibraryForFile(dates: readonly DatedPhotos[]): () => Tagroll {
  let tagroll: Tagroll | null = null;
  test.beforeAll(async () => {
    const place = await createPlace();
    try {
      await mkdir(place.libraryPath);
      writeLibrary(join(place.libraryPath, 'library.db'), dates);
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

function writeLibrary(path: string, dates: readonly DatedPhotos[]): void {
  const days = dates.flatMap(([date, count]) => Array.from({ length: count }, () => date));
  const db = openWritable(path);
  migrate(db);
  fillSearchLibrary(db, days.length, () => undefined);
  const setDate = db.prepare('UPDATE photo SET taken_at = ? WHERE id = ?');
  db.transaction(() => {
    for (const [at, date] of days.entries()) {
      setDate.run(date === null ? null : `${date}T12:00:00`, at + 1);
    }
  })();
  db.close();
}
