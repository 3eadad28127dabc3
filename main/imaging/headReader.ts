/** The serving thread's side of the thread that reads heads. */
import { Worker } from 'node:worker_threads';
import { TagrollError } from '../../shared/errors.ts';
import { siblingModule, THREAD_LIMITS } from '../modules.ts';
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

export type HeadReader = {
  /** Reads heads in the order given. A bad file is an outcome; rejects only when the thread is gone. */
  read(batch: readonly HeadJob[]): Promise<HeadAnswer[]>;
  /** Stops the thread; what was asked and not answered rejects. */
  close(): Promise<void>;
};

type Call = {
  readonly resolve: (outcomes: HeadAnswer[]) => void;
  readonly reject: (error: Error) => void;
};

/** Starts its thread at the first batch, and anew after it died. */
export function createHeadReader(): HeadReader {
  const waiting = new Map<number, Call>();
  let thread: Worker | null = null;
  let nextId = 1;
  let closed = false;

  const failAll = (error: TagrollError): void => {
    const calls = [...waiting.values()];
    waiting.clear();
    for (const call of calls) call.reject(error);
  };

  const start = (): Worker => {
    const started = new Worker(siblingModule(import.meta.url, 'headThread'), {
      resourceLimits: THREAD_LIMITS,
    });
    let cause: unknown = null;
    started.on('message', (reply: HeadReply) => {
      const call = waiting.get(reply.id);
      waiting.delete(reply.id);
      call?.resolve(reply.outcomes);
    });
    started.on('error', (error) => {
      cause = error;
    });
    started.on('exit', (code) => {
      if (thread === started) thread = null;
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
        waiting.set(id, { resolve, reject });
        running.postMessage({ id, jobs: batch } satisfies HeadRequest);
      });
    },
    async close() {
      closed = true;
      await thread?.terminate();
      failAll(new TagrollError('internal', 'The head reader is closed.'));
    },
  };
}
