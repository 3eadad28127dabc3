/** The least that making pictures ready for a service takes: the same resize and one encode, nothing else. */
import sharp from 'sharp';
import { answerQuestions } from './lib/asking.ts';

export type BareUploadTable = {
  /** Resolves with the seconds that it took. */
  run(input: {
    readonly files: readonly string[];
    readonly sidePixels: number;
    readonly atOnce: number;
  }): Promise<{ seconds: number }>;
};

const QUALITY = 85;

sharp.concurrency(1);
sharp.cache(false);

const handlers: BareUploadTable = {
  async run({ files, sidePixels, atOnce }) {
    const startedMs = performance.now();
    const left = files.values();
    const work = async (): Promise<void> => {
      for (const file of left) {
        await sharp(file)
          .autoOrient()
          .resize(sidePixels, sidePixels, { fit: 'inside', withoutEnlargement: true })
          .jpeg({ quality: QUALITY })
          .toBuffer();
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    return { seconds: (performance.now() - startedMs) / 1000 };
  },
};

answerQuestions(handlers, async () => undefined);
