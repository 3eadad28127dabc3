/** The engine's own way to read photos, with its decode workers, and how large those become. */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { createImagingPool } from '../main/imaging/pool.ts';
import { silentLogger } from '../main/log.ts';
import { answerQuestions } from './lib/asking.ts';

export type HeicTable = {
  /**
   * Resolves with the seconds that it took, the files without a picture, and the largest resident memory of
   * a worker; null where the system does not tell.
   */
  run(input: {
    readonly files: readonly string[];
    readonly warmUp: readonly string[];
    readonly thumbnailFolder: string;
  }): Promise<{ seconds: number; without: number; peakBytes: number | null }>;
};

const LOOK_MS = 50;

const handlers: HeicTable = {
  async run({ files, warmUp, thumbnailFolder }) {
    const workers = Math.max(1, Math.min(8, availableParallelism()));
    const pool = createImagingPool({ workers, thumbnailFolder, logger: silentLogger });
    let peakBytes: number | null = null;
    const timer = setInterval(() => {
      for (const pid of pool.pids()) {
        const bytes = peakOf(pid);
        if (bytes !== null) peakBytes = Math.max(peakBytes ?? 0, bytes);
      }
    }, LOOK_MS);
    let without = 0;
    const read = async (file: string): Promise<void> => {
      const { facts } = await pool.index({ photoId: 1, path: Buffer.from(file) });
      if (facts.thumbHash === null) without += 1;
    };
    try {
      // Their programs are loaded with the first file each.
      await Promise.all(warmUp.map(read));
      const left = files.values();
      const startedMs = performance.now();
      const work = async (): Promise<void> => {
        for (const file of left) await read(file);
      };
      // One more than there are workers, so that none waits for its next file.
      await Promise.all(Array.from({ length: workers + 1 }, work));
      return { seconds: (performance.now() - startedMs) / 1000, without, peakBytes };
    } finally {
      clearInterval(timer);
      await pool.close();
    }
  },
};

function peakOf(pid: number): number | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(status) ?? [];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch {
    // Not Linux, or the worker is gone.
    return null;
  }
}

answerQuestions(handlers, async () => undefined);
