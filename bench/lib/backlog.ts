import { copyFileSync, linkSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PhotoSet } from '../makePhotos.ts';

/**
 * Fills a folder with `count` more names of the photos, so that there is something to read for a while.
 * Hard links where the disk allows: each is decoded like any other file, and the photos are not copied.
 */
export function makeBacklog(photos: PhotoSet, folder: string, count: number): void {
  mkdirSync(folder, { recursive: true });
  for (let index = 0; index < count; index += 1) {
    const source = photos.files[index % photos.files.length] ?? '';
    const target = join(folder, `again-${String(index).padStart(5, '0')}.jpg`);
    try {
      linkSync(source, target);
    } catch {
      copyFileSync(source, target);
    }
  }
}
