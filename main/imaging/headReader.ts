/** The serving thread's side of the thread that reads heads. */
import { Worker } from 'node:worker_threads';
import { TagrollError } from '../../shared/errors.ts';
import { siblingModule, THREAD_LIMITS } from '../modules.ts';
import { createSteps, endThread, type ThreadSteps, watchSteps } from '../threadSilence.ts';
import type { HeadOutcome } from './head.ts';

/** A file whose head is to be read, as the scan saw it. */
export type HeadJob = {
  readonly photoId: number;
  /** Absolute path as bytes. */
  readonly path: Uint8Array;
  /** The file's name as bytes. */
  readonly name: Uint8Array;
  readonly sizeBytes: number;
  readonly mtimeUs: number;
};

export type HeadAnswer = { readonly photoId: number; readonly outcome: HeadOutcome };

export type HeadRequest = { readonly id: number; readonly jobs: readonly HeadJob[] };
export type HeadReply = { readonly id: number; readonly outcomes: HeadAnswer[] };

/** The disk of one of the photos does not answer. */
export class HeadSilent extends Error {
  readonly photoId: number;

  constructor(photoId: number) {
    super('The head of a photo is not read: its folder does not answer.');
    this.photoId = photoId;
  }
}

export type HeadReader = {
  /**
   * Reads heads in the order given. A bad file is an outcome. Rejects with `HeadSilent` when the thread hangs
   * at one; it is left behind then. Rejects otherwise only when the thread is gone.
   */
  read(batch: readonly HeadJob[]): Promise<HeadAnswer[]>;
  /** Stops the thread; what was asked and not answered rejects. */
  close(): Promise<void>;
};

/** One file's head may take this long. */
const SILENT_AFTER_MS = 20_000;

type Call = {
  readonly stop: () => void;
  readonly resolve: (outcomes: HeadAnswer[]) => void;
  readonly reject: (error: Error) => void;
};

/** Starts its thread at the first batch, and anew after it died. */
export function createHeadReader(options: { readonly silentAfterMs?: number } = {}): HeadReader {
  const silentAfterMs = options.silentAfterMs ?? SILENT_AFTER_MS;
  const waiting = new Map<number, Call>();
  let thread: Worker | null = null;
  let steps: ThreadSteps['steps'] = createSteps();
  let nextId = 1;
  let closed = false;

  const failAll = (error: Error): void => {
    const calls = [...waiting.values()];
    waiting.clear();
    for (const call of calls) {
      call.stop();
      call.reject(error);
    }
  };

  /** Steps since the first of the calls that wait say at which photo it hangs. */
  const leave = (stepsBefore: number, jobs: readonly HeadJob[]): void => {
    const at = Atomics.load(steps, 0) - stepsBefore - 1;
    const left = thread;
    thread = null;
    failAll(new HeadSilent((jobs[Math.max(0, at)] ?? jobs[0])?.photoId ?? 0));
    if (left) void endThread(left);
  };

  const start = (): Worker => {
    steps = createSteps();
    const started = new Worker(siblingModule(import.meta.url, 'headThread'), {
      resourceLimits: THREAD_LIMITS,
      workerData: { steps } satisfies ThreadSteps,
    });
    let cause: unknown = null;
    started.on('message', (reply: HeadReply) => {
      const call = waiting.get(reply.id);
      waiting.delete(reply.id);
      call?.stop();
      call?.resolve(reply.outcomes);
    });
    started.on('error', (error) => {
      cause = error;
    });
    started.on('exit', (code) => {
      // One that was left behind ended at last.
      if (thread !== started && !closed) return;
      thread = null;
      const message = closed
        ? 'The head reader is closed.'
        : `The thread that reads photo heads stopped (${cause instanceof Error ? cause.message : code}). It is started again with the next photos.`;
      failAll(new TagrollError('internal', message, {}, cause ?? undefined));
    });
    return started;
  };

  return {
    read(batch) {
      if (closed) {
        return Promise.reject(new TagrollError('internal', 'The head reader is closed.'));
      }
      thread ??= start();
      const id = nextId++;
      const running = thread;
      return new Promise((resolve, reject) => {
        const stepsBefore = Atomics.load(steps, 0);
        const { stop } = watchSteps({
          steps,
          isHeldUp: () => false,
          afterMs: silentAfterMs,
          onSilent: () => leave(stepsBefore, batch),
        });
        waiting.set(id, { stop, resolve, reject });
        running.postMessage({ id, jobs: batch } satisfies HeadRequest);
      });
    },
    async close() {
      closed = true;
      if (thread) await endThread(thread);
      failAll(new TagrollError('internal', 'The head reader is closed.'));
    },
  };
}
