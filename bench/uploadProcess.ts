/** The engine's own way to make pictures ready for a service, with its decode workers. */
import { availableParallelism, tmpdir } from 'node:os';
import { indexFile } from '../main/imaging/indexFile.ts';
import { createImagingPool, type DecodePool } from '../main/imaging/pool.ts';
import { silentLogger } from '../main/log.ts';
import { answerQuestions } from './lib/asking.ts';

export type UploadTable = {
  /** Resolves with the seconds that it took, and the photos that took so many encodes. */
  run(input: {
    readonly files: readonly string[];
    readonly sidePixels: number;
  }): Promise<{ seconds: number; encodes: Record<number, number> }>;
};

/** What the strictest of the Tencent services takes. */
const MAX_JPEG_BYTES = 4_400_000;
const MAX_SIDE_PIXELS = 4096;
const MIN_SIDE_PIXELS = 15;

let pool: DecodePool | null = null;

const handlers: UploadTable = {
  async run({ files, sidePixels }) {
    const workers = Math.max(1, Math.min(8, availableParallelism()));
    pool ??= createImagingPool({ workers, thumbnailFolder: tmpdir(), logger: silentLogger });
    const workersOf = pool;
    const jobs = [];
    for (const file of files) {
      const path = Buffer.from(file);
      const { facts } = await indexFile(path, { thumbnailFolder: tmpdir(), decode: false });
      if (facts.imageHash) jobs.push({ path, imageHash: facts.imageHash });
    }
    const encodes: Record<number, number> = {};
    const left = jobs.entries();
    const startedMs = performance.now();
    const work = async (): Promise<void> => {
      for (const [photoId, { path, imageHash }] of left) {
        const result = await workersOf.upload(
          { photoId, path },
          {
            imageHash,
            longSidePixels: sidePixels,
            maxSidePixels: MAX_SIDE_PIXELS,
            minSidePixels: MIN_SIDE_PIXELS,
            maxJpegBytes: MAX_JPEG_BYTES,
          },
        );
        if ('failure' in result) throw new Error(result.failure.message);
        encodes[result.picture.encodes] = (encodes[result.picture.encodes] ?? 0) + 1;
      }
    };
    // One more than there are workers, so that none waits for its next photo.
    await Promise.all(Array.from({ length: workers + 1 }, work));
    return { seconds: (performance.now() - startedMs) / 1000, encodes };
  },
};

answerQuestions(handlers, async () => pool?.close());
