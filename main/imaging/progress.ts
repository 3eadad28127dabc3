/** The figures of the status line, from what really happened. */
import type { Progress } from '../../shared/model.ts';
import type { WorkCounts } from '../library/work.ts';

/** Figures are sent at most this often. */
const STEP_MS = 250;
/** The rate is over this time. */
const WINDOW_MS = 10_000;
/** A rate needs at least this much of it. */
const MIN_WINDOW_MS = 1000;

export type ProgressMeter = {
  /** Something changed: figures go out soon. */
  touch(): void;
  read(): Progress;
  close(): void;
};

export function createProgressMeter(options: {
  readonly now: () => number;
  readonly counts: () => WorkCounts;
  /** Second passes finished since the start. */
  readonly finished: () => number;
  readonly phase: () => Progress['phase'];
  readonly onProgress: (progress: Progress) => void;
}): ProgressMeter {
  const samples: { at: number; finished: number }[] = [];
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  const rate = (): number => {
    const at = options.now();
    const finished = options.finished();
    samples.push({ at, finished });
    while (samples.length > 2 && at - (samples[0]?.at ?? at) > WINDOW_MS) samples.shift();
    const first = samples[0];
    if (!first || at - first.at < MIN_WINDOW_MS) return 0;
    return ((finished - first.finished) * 1000) / (at - first.at);
  };

  const read = (): Progress => {
    const counts = options.counts();
    const phase = options.phase();
    if (phase === 'idle') samples.length = 0;
    const photosPerSecond = Math.round(rate() * 10) / 10;
    return {
      phase,
      found: counts.found,
      indexed: counts.found - counts.pending,
      pending: counts.pending,
      photosPerSecond,
      secondsLeft:
        photosPerSecond > 0 && counts.pending > 0
          ? Math.ceil(counts.pending / photosPerSecond)
          : null,
      failed: counts.failed,
      unsupported: counts.unsupported,
    };
  };

  const touch = (): void => {
    if (closed) return;
    timer ??= setTimeout(() => {
      timer = null;
      const progress = read();
      options.onProgress(progress);
      // Work goes on: the next figures come by themselves.
      if (progress.phase !== 'idle' && progress.phase !== 'paused') touch();
    }, STEP_MS);
  };

  return {
    touch,
    read,
    close() {
      closed = true;
      if (timer) clearTimeout(timer);
    },
  };
}
