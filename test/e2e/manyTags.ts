/** A door to a few photos with very many tags, written straight into the library. */

import { join } from 'node:path';
import { openWritable, run } from '../../main/library/database.ts';
import { ensureLabel } from '../../main/library/tags.ts';
import { writeAlbum } from './album.ts';
import { createPlace, startDoor } from './door.ts';
import { type Tagroll, test } from './fixture.ts';

/** Photos that carry the tags in turns; each has one more of its own. */
const PHOTOS = 4;
const OPENS_WITHIN_MS = 120_000;
const TYPES = ['animal', 'plant', 'place', 'thing'];

/** The tag of a number, such as `tag 00042`. */
export function tagOf(number: number): string {
  return `tag ${String(number).padStart(5, '0')}`;
}

/** Opens a door to a library with `count` tags before the tests of a file. */
export function manyTagsForFile(count: number): () => Tagroll {
  let tagroll: Tagroll | null = null;
  test.beforeAll(async () => {
    test.setTimeout(OPENS_WITHIN_MS);
    const place = await createPlace();
    try {
      const photos = Array.from({ length: PHOTOS }, (_, index) => index + 1);
      await writeAlbum(
        place.photosPath,
        photos.map((seed) => ({ path: `photo ${seed}.jpg`, seed, takenAt: '2020:01:01 10:00:00' })),
      );
      await place.tagroll('index', place.photosPath);
      addTags(join(place.libraryPath, 'library.db'), count);
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

function addTags(path: string, count: number): void {
  const db = openWritable(path);
  const now = Date.now();
  db.exec('BEGIN');
  for (let number = 0; number < count; number += 1) {
    const name = tagOf(number);
    const label = ensureLabel(
      db,
      {
        serviceId: 'me',
        raw: name,
        type: TYPES[number % TYPES.length] ?? 'thing',
        names: { en: name, zh: `标签${number}` },
      },
      now,
    );
    run(
      db,
      `INSERT INTO photo_tag (photo_id, label_id, confidence)
       SELECT id, ?, 100 FROM photo WHERE id % ? = ?`,
      label.id,
      PHOTOS,
      number % PHOTOS,
    );
  }
  db.exec('COMMIT');
  db.close();
}
