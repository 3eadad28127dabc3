/**
 * What every organizer has to do at least: decode each photo and write its thumbnail, with nothing
 * else in the process. The benchmark's figures are compared with this one, in the same run.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { answerQuestions } from './lib/asking.ts';

export type BareLoopTable = {
  /** Resolves with the seconds that it took and the photos that could not be read. */
  run(input: {
    readonly files: readonly string[];
    readonly folder: string;
    readonly atOnce: number;
  }): Promise<{ seconds: number; failed: number }>;
};

const THUMBNAIL_PIXELS = 512;
const THUMBNAIL_QUALITY = 80;

sharp.concurrency(1);
sharp.cache(false);

const handlers: BareLoopTable = {
  async run({ files, folder, atOnce }) {
    mkdirSync(folder, { recursive: true });
    const startedMs = performance.now();
    const left = files.entries();
    let failed = 0;
    const work = async (): Promise<void> => {
      for (const [index, file] of left) {
        try {
          await sharp(file)
            .autoOrient()
            .resize(THUMBNAIL_PIXELS, THUMBNAIL_PIXELS, { fit: 'inside', withoutEnlargement: true })
            .jpeg({ quality: THUMBNAIL_QUALITY })
            .toFile(join(folder, `${index}.jpg`));
        } catch {
          failed += 1;
        }
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    return { seconds: (performance.now() - startedMs) / 1000, failed };
  },
};

answerQuestions(handlers, async () => undefined);
