/** 2048-pixel previews: made when somebody looks, kept while there is room, least recently used out. */
import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { stampOf } from '../folders/stamp.ts';
import type { PhotoFile } from '../library/photos.ts';
import type { Logger } from '../log.ts';
import type { ImageFailure, ImagingPool } from './types.ts';

export type Previews = {
  /** The preview's place, made if need be; or why there is none. */
  get(
    file: PhotoFile,
    signal: AbortSignal,
  ): Promise<{ readonly path: string } | { readonly failure: ImageFailure }>;
};

export type PreviewsOptions = {
  readonly folder: string;
  readonly pool: ImagingPool;
  readonly logger: Logger;
  /** Bytes that the cache may take. */
  readonly limitBytes: () => number;
};

/** After this many new previews the cache is measured and trimmed. */
const TRIM_EVERY = 50;

export function createPreviews(options: PreviewsOptions): Previews {
  const making = new Map<string, Promise<ImageFailure | null>>();
  let sinceTrim = 0;

  const make = async (
    file: PhotoFile,
    folder: string,
    path: string,
  ): Promise<ImageFailure | null> => {
    if (!(await isAsRead(file))) return changed(file);
    await mkdir(folder, { recursive: true });
    const failure = await options.pool.preview({ photoId: file.id, path: file.path }, path);
    if (failure !== null || (await isAsRead(file))) return failure;
    await rm(path, { force: true });
    return changed(file);
  };

  return {
    async get(file, signal) {
      const hash = file.imageHash;
      if (hash === null) {
        return { failure: { code: 'not_an_image', message: 'There is no picture to show yet.' } };
      }
      const folder = join(options.folder, hash.slice(0, 2));
      const path = join(folder, `${hash}.jpg`);
      if (await isThere(path)) {
        const now = new Date();
        // The time of last use, which the trimming goes by; a read-only cache is still a cache.
        await utimes(path, now, now).catch((error: unknown) =>
          options.logger.warn('preview not touched', { path, error: String(error) }),
        );
        return { path };
      }
      signal.throwIfAborted();
      let job = making.get(hash);
      if (!job) {
        job = make(file, folder, path).finally(() => making.delete(hash));
        making.set(hash, job);
      }
      const failure = await job;
      sinceTrim += 1;
      if (sinceTrim >= TRIM_EVERY) {
        sinceTrim = 0;
        await trim(options.folder, options.limitBytes());
      }
      return failure === null ? { path } : { failure };
    },
  };
}

/**
 * Previews are kept by the picture's hash, for every photo that shows it: one of a file that was edited and
 * not read again yet would stand for the picture of before for good. A file that is gone is for the decoder
 * to tell.
 */
async function isAsRead(file: PhotoFile): Promise<boolean> {
  if (file.isChanged) return false;
  try {
    const stamp = stampOf(await stat(file.path));
    return stamp.sizeBytes === file.sizeBytes && stamp.mtimeUs === file.mtimeUs;
  } catch {
    return true;
  }
}

function changed(file: PhotoFile): ImageFailure {
  return {
    code: 'vanished',
    message: `${file.path.toString('utf8')} was changed and has to be read again first. Open it again in a moment.`,
  };
}

async function isThere(path: string): Promise<boolean> {
  try {
    return (await stat(path)).size > 0;
  } catch {
    return false;
  }
}

/** Deletes the least recently used previews until the rest fits. */
export async function trim(folder: string, limitBytes: number): Promise<void> {
  const files: { path: string; sizeBytes: number; usedMs: number }[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const stats = await stat(path);
    files.push({ path, sizeBytes: stats.size, usedMs: stats.mtimeMs });
  }
  files.sort((a, b) => b.usedMs - a.usedMs);
  let total = 0;
  for (const file of files) {
    total += file.sizeBytes;
    if (total > limitBytes) await rm(file.path, { force: true });
  }
}
