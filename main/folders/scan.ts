/**
 * The serving thread's side of the threads that list folders. A scan takes an idle thread or a new
 * one, so that a root that hangs holds up no other.
 */
import { Worker } from 'node:worker_threads';
import { TagrollError } from '../../shared/errors.ts';
import { shownPath } from '../imaging/problems.ts';
import type { ScanBatch } from '../library/scanBatch.ts';
import type { Logger } from '../log.ts';
import { siblingModule, THREAD_LIMITS } from '../modules.ts';
import { createSteps, endThread, type ThreadSteps, watchSteps } from '../threadSilence.ts';
import { absentOutcome, type WalkOutcome, type WalkRequest } from './walk.ts';

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
  /**
   * Lists and stats; `onBatch` is awaited before many more are made. A root that does not answer counts as
   * absent, and is asked no more before it has. Rejects when `onBatch` does, or when the thread dies.
   */
  scan(request: ScanRequest, onBatch: (batch: ScanBatch) => Promise<void>): Promise<ScanOutcome>;
  /** Ends the threads; scans under way reject. */
  close(): Promise<void>;
};

/** An extra thread is ended when nobody needed it for this long. */
const IDLE_MS = 20_000;
/** One question may take this long: the largest folder of a slow share is listed within it. */
const SILENT_AFTER_MS = 30_000;

/** A thread and the scan it works on. Listeners stay for its life: taking them off loses messages. */
type Lister = {
  readonly worker: Worker;
  readonly steps: ThreadSteps['steps'];
  scan: { onReply(reply: ScanThreadReply): void; reject(error: Error): void } | null;
  idleTimer: NodeJS.Timeout | null;
};

export function createScanner(options: {
  readonly logger: Logger;
  /** Default 30,000. */
  readonly silentAfterMs?: number;
}): Scanner {
  const silentAfterMs = options.silentAfterMs ?? SILENT_AFTER_MS;
  const listers = new Set<Lister>();
  /** Roots, as Latin-1, in which a thread hangs. */
  const silentRoots = new Set<string>();
  let closed = false;

  const startLister = (): Lister => {
    const steps = createSteps();
    const worker = new Worker(siblingModule(import.meta.url, 'scanThread'), {
      resourceLimits: THREAD_LIMITS,
      workerData: { steps } satisfies ThreadSteps,
    });
    const lister: Lister = { worker, steps, scan: null, idleTimer: null };
    worker.on('message', (reply: ScanThreadReply) => lister.scan?.onReply(reply));
    worker.on('error', (error) => {
      listers.delete(lister);
      options.logger.error('scan thread died', { message: error.message });
      lister.scan?.reject(
        new TagrollError('internal', `The thread that scans folders stopped: ${error.message}`),
      );
    });
    listers.add(lister);
    return lister;
  };

  const acquire = (): Lister => {
    for (const lister of listers) {
      if (lister.scan !== null) continue;
      if (lister.idleTimer) clearTimeout(lister.idleTimer);
      lister.idleTimer = null;
      return lister;
    }
    return startLister();
  };

  const release = (lister: Lister): void => {
    lister.scan = null;
    lister.worker.unref();
    // The first thread stays: a change in a watched folder must not wait for one to start.
    const [first] = listers;
    if (lister === first || closed) return;
    lister.idleTimer = setTimeout(() => {
      listers.delete(lister);
      void lister.worker.terminate();
    }, IDLE_MS);
    lister.idleTimer.unref();
  };

  return {
    scan(request, onBatch) {
      if (closed) return Promise.reject(closingError());
      const root = Buffer.from(request.rootPath).toString('latin1');
      if (silentRoots.has(root)) return Promise.resolve(absentOutcome());
      const lister = acquire();
      const { worker } = lister;
      worker.ref();
      let taking: Promise<void> = Promise.resolve();
      /** Batches that are being written. */
      let underWay = 0;
      let failure: unknown = null;
      return new Promise<ScanOutcome>((resolve, reject) => {
        const leave = (): void => {
          options.logger.warn('root does not answer', { path: shownPath(request.rootPath) });
          silentRoots.add(root);
          // It may answer one day: until then its thread serves nobody else, and what it lists is dropped.
          lister.scan = {
            onReply: (reply) => {
              if (reply.kind === 'batch') {
                worker.postMessage({ kind: 'cancel' } satisfies ScanThreadRequest);
                return;
              }
              silentRoots.delete(root);
              release(lister);
            },
            reject: () => undefined,
          };
          worker.unref();
          if (failure === null) resolve(absentOutcome());
          else reject(failure);
        };
        const watching = watchSteps({
          steps: lister.steps,
          isHeldUp: () => underWay > 0,
          afterMs: silentAfterMs,
          onSilent: leave,
        });
        const finish = (settle: () => void): void => {
          watching.stop();
          void taking.then(() => {
            release(lister);
            settle();
          });
        };
        const onReply = (reply: ScanThreadReply): void => {
          if (reply.kind === 'batch') {
            underWay += 1;
            taking = taking
              .then(() => (failure === null ? onBatch(reply.batch) : undefined))
              .finally(() => {
                underWay -= 1;
              })
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
        };
        lister.scan = {
          onReply,
          reject: (error) => {
            watching.stop();
            reject(error);
          },
        };
        worker.postMessage({ kind: 'scan', request } satisfies ScanThreadRequest);
      });
    },
    async close() {
      closed = true;
      for (const lister of listers) {
        if (lister.idleTimer) clearTimeout(lister.idleTimer);
        lister.scan?.reject(closingError());
      }
      await Promise.all([...listers].map((lister) => endThread(lister.worker)));
    },
  };
}

function closingError(): TagrollError {
  return new TagrollError('internal', 'The scan was stopped because Tagroll closes.');
}
