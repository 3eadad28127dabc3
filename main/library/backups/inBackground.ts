/** Copying and looking through databases, in a thread that lives as long as the work. */
import { Worker } from 'node:worker_threads';
import { deserializeError, type SerializedError } from '../../../shared/errors.ts';
import { siblingModule, THREAD_LIMITS } from '../../modules.ts';
import type { Examined } from './databaseFile.ts';

export type FileRequest =
  | { readonly kind: 'copy'; readonly from: string; readonly to: string }
  | { readonly kind: 'examine'; readonly path: string };

export type FileReply =
  | { readonly kind: 'done'; readonly examined: Examined }
  | { readonly kind: 'failed'; readonly error: SerializedError };

/** Copies a database as `copyDatabase` does and looks through the copy. Rejects with a `TagrollError`. */
export function copyAndExamine(from: string, to: string): Promise<Examined> {
  return inThread({ kind: 'copy', from, to });
}

/** Looks through a database file as `examineDatabase` does. */
export function examine(path: string): Promise<Examined> {
  return inThread({ kind: 'examine', path });
}

function inThread(request: FileRequest): Promise<Examined> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(siblingModule(import.meta.url, 'backupThread'), {
      workerData: request,
      resourceLimits: THREAD_LIMITS,
    });
    worker.once('message', (reply: FileReply) => {
      if (reply.kind === 'done') resolve(reply.examined);
      else reject(deserializeError(reply.error));
    });
    worker.once('error', reject);
    // After an answer this changes nothing.
    worker.once('exit', () => reject(new Error('The thread that copies the library stopped.')));
  });
}
