/** Notices that a thread hangs in the file system. */
import type { Worker } from 'node:worker_threads';
import { noteStuck } from './stuck.ts';

/** What such a thread is started with. */
export type ThreadSteps = {
  /** Counts the questions it put to the file system. */
  readonly steps: Int32Array<SharedArrayBuffer>;
};

/** Looks within the time after which a thread counts as silent. */
const LOOKS = 8;
/** A thread that hangs in the file system cannot be ended; nobody waits for it longer. */
const END_TIMEOUT_MS = 1000;

export function createSteps(): ThreadSteps['steps'] {
  return new Int32Array(new SharedArrayBuffer(4));
}

/**
 * Calls `onSilent` once, when the thread made no step for `afterMs` although nothing of ours holds it up; a
 * thread that made none at all is still starting. Looks are counted instead of time: a busy serving thread hears
 * what the other one said between two of them.
 */
export function watchSteps(options: {
  readonly steps: ThreadSteps['steps'];
  /** A batch of the thread is being written, for instance. */
  readonly isHeldUp: () => boolean;
  readonly afterMs: number;
  readonly onSilent: () => void;
}): { stop(): void } {
  const before = Atomics.load(options.steps, 0);
  let seen = before;
  let silentLooks = 0;
  const timer = setInterval(() => {
    const steps = Atomics.load(options.steps, 0);
    const isSilent = steps === seen && steps !== before && !options.isHeldUp();
    silentLooks = isSilent ? silentLooks + 1 : 0;
    seen = steps;
    if (silentLooks < LOOKS) return;
    clearInterval(timer);
    options.onSilent();
  }, options.afterMs / LOOKS);
  return { stop: () => clearInterval(timer) };
}

/** Ends a thread; one that hangs is left behind. */
export async function endThread(worker: Worker): Promise<void> {
  const ended = worker.terminate();
  let timer: NodeJS.Timeout | null = null;
  const isEnded = await Promise.race([
    ended.then(() => true),
    new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), END_TIMEOUT_MS);
    }),
  ]);
  if (timer) clearTimeout(timer);
  if (!isEnded) noteStuck(ended);
}
