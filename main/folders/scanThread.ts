/** The thread that lists folders. One request at a time; batches wait until the other side took the last ones. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ThreadSteps } from '../threadSilence.ts';
import type { ScanThreadReply, ScanThreadRequest } from './scan.ts';
import { walk } from './walk.ts';

/** Batches under way before the walk waits. */
const WINDOW = 2;

const { steps } = workerData as ThreadSteps;

let cancelled = false;
let underWay = 0;
let wake: (() => void) | null = null;

function reply(message: ScanThreadReply, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

parentPort?.on('message', (message: ScanThreadRequest) => {
  if (message.kind === 'taken') {
    underWay--;
    wake?.();
    return;
  }
  if (message.kind === 'cancel') {
    cancelled = true;
    wake?.();
    return;
  }
  cancelled = false;
  underWay = 0;
  walk(
    message.request,
    async (batch) => {
      underWay++;
      reply({ kind: 'batch', batch });
      while (underWay >= WINDOW && !cancelled) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    () => cancelled,
    () => {
      Atomics.add(steps, 0, 1);
    },
  ).then(
    (outcome) => reply({ kind: 'done', outcome }),
    (error: unknown) =>
      reply({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
  );
});
