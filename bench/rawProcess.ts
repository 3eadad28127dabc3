/** The engine's own way to read camera RAW files, with its decode workers. */
import { availableParallelism } from 'node:os';
import { createImagingPool, type DecodePool } from '../main/imaging/pool.ts';
import { silentLogger } from '../main/log.ts';
import { answerQuestions } from './lib/asking.ts';

export type RawTable = {
  /**
   * Resolves with the seconds that it took, and the files that have no picture. The workers start with the
   * first call, and keep its folder.
   */
  run(input: {
    readonly files: readonly string[];
    readonly thumbnailFolder: string;
  }): Promise<{ seconds: number; without: number }>;
};

let pool: DecodePool | null = null;

const handlers: RawTable = {
  async run({ files, thumbnailFolder }) {
    const workers = Math.max(1, Math.min(8, availableParallelism()));
    pool ??= createImagingPool({ workers, thumbnailFolder, logger: silentLogger });
    const decoders = pool;
    const left = files.values();
    let without = 0;
    const startedMs = performance.now();
    const work = async (): Promise<void> => {
      for (const file of left) if (!(await read(decoders, file))) without += 1;
    };
    // One more than there are workers, so that none waits for its next file.
    await Promise.all(Array.from({ length: workers + 1 }, work));
    const seconds = (performance.now() - startedMs) / 1000;
    return { seconds, without };
  },
};

/** Whether it has a picture. */
async function read(decoders: DecodePool, file: string): Promise<boolean> {
  const { facts } = await decoders.index({ photoId: 1, path: Buffer.from(file) });
  return facts.thumbHash !== null;
}

answerQuestions(handlers, async () => pool?.close());
