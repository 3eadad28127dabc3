/**
 * The serving thread's side of the threads that list folders. A scan takes an idle thread or a new
 * one, so that a root that hangs holds up no other.
 */
import { Worker } from 'node:worker_threads';
import { TagrollError } from '../../shared/errors.ts';
import type { ScanBatch } from '../library/scanBatch.ts';
import type { Logger } from '../log.ts';
import { siblingModule } from '../modules.ts';
import type { WalkOutcome, WalkRequest } from './walk.ts';

export type ScanRequest = WalkRequest;
export type ScanOutcome = WalkOutcome;

export type ScanThreadRequest =
  | { readonly kind: 'scan'; readonly request: ScanRequest }
  | { readonly kind: 'taken' }
  | { readonly kind: 'cancel' };

export type ScanThreadReply =
  | { readonly kind: 'batch'; readonly batch: ScanBatch }
  | { readonly kind: 'done'; readonly outcome: ScanOutcome }
  | { readonly kind: 'failed'; readonly message: string };

export type Scanner = {
  /** Lists and stats; `onBatch` is awaited before many more are made. Rejects when `onBatch` does, or when the thread dies. */
  scan(request: ScanRequest, onBatch: (batch: ScanBatch) => Promise<void>): Promise<ScanOutcome>;
  /** Ends the threads; scans under way reject. */
  close(): Promise<void>;
};

/** An extra thread is ended when nobody needed it for this long. */
const IDLE_MS = 20_000;
/** A thread that hangs in the file system cannot be ended; nobody waits for it longer. */
const CLOSE_TIMEOUT_MS = 1000;

export function createScanner(options: { readonly logger: Logger }): Scanner {
  const idle: { worker: Worker; timer: NodeJS.Timeout | null }[] = [];
  const busy = new Map<Worker, (error: Error) => void>();
  let closed = false;

  const acquire = (): Worker => {
    const known = idle.pop();
    if (known) {
      if (known.timer) clearTimeout(known.timer);
      return known.worker;
    }
    const worker = new Worker(siblingModule(import.meta.url, 'scanThread'));
    worker.unref();
    return worker;
  };

  const release = (worker: Worker): void => {
    worker.removeAllListeners();
    const entry: (typeof idle)[number] = { worker, timer: null };
    // The first thread stays: a change in a watched folder must not wait for one to start.
    if (idle.length > 0) {
      entry.timer = setTimeout(() => {
        idle.splice(idle.indexOf(entry), 1);
        void worker.terminate();
      }, IDLE_MS);
      entry.timer.unref();
    }
    worker.on('error', (error) => {
      options.logger.warn('scan thread died while idle', { message: String(error) });
      const at = idle.indexOf(entry);
      if (at >= 0) idle.splice(at, 1);
    });
    idle.unshift(entry);
  };

  return {
    scan(request, onBatch) {
      if (closed) return Promise.reject(new TagrollError('internal', 'The scanner is closed.'));
      const worker = acquire();
      worker.ref();
      let taking: Promise<void> = Promise.resolve();
      let failure: unknown = null;
      return new Promise<ScanOutcome>((resolve, reject) => {
        const finish = (settle: () => void): void => {
          void taking.then(() => {
            busy.delete(worker);
            worker.unref();
            if (closed) void worker.terminate();
            else release(worker);
            settle();
          });
        };
        busy.set(worker, reject);
        worker.on('message', (reply: ScanThreadReply) => {
          if (reply.kind === 'batch') {
            taking = taking
              .then(() => (failure === null ? onBatch(reply.batch) : undefined))
              .then(
                () => worker.postMessage({ kind: 'taken' } satisfies ScanThreadRequest),
                (error: unknown) => {
                  failure = error;
                  worker.postMessage({ kind: 'cancel' } satisfies ScanThreadRequest);
                },
              );
          } else if (reply.kind === 'done') {
            finish(() => (failure === null ? resolve(reply.outcome) : reject(failure)));
          } else {
            finish(() => reject(failure ?? new TagrollError('internal', reply.message)));
          }
        });
        worker.on('error', (error) => {
          busy.delete(worker);
          reject(
            new TagrollError('internal', `The thread that scans folders stopped: ${error.message}`),
          );
        });
        worker.postMessage({ kind: 'scan', request } satisfies ScanThreadRequest);
      });
    },
    async close() {
      closed = true;
      const workers = [...idle.map((entry) => entry.worker), ...busy.keys()];
      for (const entry of idle) if (entry.timer) clearTimeout(entry.timer);
      for (const reject of busy.values()) {
        reject(new TagrollError('internal', 'The scan was stopped because Tagroll closes.'));
      }
      let timer: NodeJS.Timeout | null = null;
      await Promise.race([
        Promise.all(workers.map((worker) => worker.terminate())),
        new Promise<void>((resolve) => {
          timer = setTimeout(resolve, CLOSE_TIMEOUT_MS);
        }),
      ]);
      if (timer) clearTimeout(timer);
    },
  };
}
