/** Reading a damaged library in a thread of its own, part by part. */
import { Worker } from 'node:worker_threads';
import { deserializeError, type SerializedError } from '../../../shared/errors.ts';
import { siblingModule, THREAD_LIMITS } from '../../modules.ts';
import type { Salvaged, SalvageRequest } from './types.ts';

export type SalvageReply =
  | { readonly kind: 'part'; readonly part: Salvaged }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly error: SerializedError };

/** Hands each part to `take`, one after the other. Rejects when the file cannot be read, or when aborted. */
export async function readInThread(
  request: SalvageRequest,
  take: (part: Salvaged) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const worker = new Worker(siblingModule(import.meta.url, 'salvageThread'), {
    workerData: request,
    resourceLimits: THREAD_LIMITS,
  });
  const stop = (): void => void worker.terminate();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      worker.on('message', (reply: SalvageReply) => {
        if (reply.kind === 'done') return resolve();
        if (reply.kind === 'failed') return reject(deserializeError(reply.error));
        take(reply.part).then(() => worker.postMessage('next'), reject);
      });
      worker.once('error', reject);
      // After an answer this changes nothing.
      worker.once('exit', () =>
        reject(new Error('The thread that reads the damaged file stopped.')),
      );
    });
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
}
