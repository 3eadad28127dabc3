/** 2048-pixel previews: made when somebody looks, kept while there is room, least recently used out. */
import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
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
        job = mkdir(folder, { recursive: true })
          .then(() => options.pool.preview({ photoId: file.id, path: file.path }, path))
          .finally(() => making.delete(hash));
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
