/** A library of generated pictures, so that anybody can look around in a minute. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SAMPLE_PICTURES, type SamplePicture } from './sample/album.ts';
import { paintPicture } from './sample/paint.ts';
import { openSession } from './session.ts';

/** Pictures painted at once. */
const PAINTERS = 4;

/**
 * Writes the pictures to `folder/Photos` and indexes them in the library `folder/library`.
 * `folder` must be there; the caller removes it.
 */
export async function makeSampleLibrary(
  folder: string,
  say: (line: string) => void,
  pictures: readonly SamplePicture[] = SAMPLE_PICTURES,
): Promise<void> {
  say(`Painting ${pictures.length} sample pictures…`);
  const photos = join(folder, 'Photos');
  const left = pictures.entries();
  const paintAll = async (): Promise<void> => {
    for (const [index, picture] of left) {
      await mkdir(join(photos, picture.folder), { recursive: true });
      const path = join(photos, picture.folder, picture.name);
      await writeFile(path, await paintPicture(picture, index + 1));
    }
  };
  await Promise.all(Array.from({ length: PAINTERS }, paintAll));
  const session = await openSession(join(folder, 'library'));
  try {
    await session.client.folders.add({ paths: [photos] });
    await session.client.library.index({});
  } finally {
    await session.close();
  }
}
