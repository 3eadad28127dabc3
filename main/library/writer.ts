/**
 * The serving thread's side of the one thread that writes. `writer.run('name', input)` runs an
 * operation of `operations.ts` there and resolves when it is committed.
 */
import { Worker } from 'node:worker_threads';
import { deserializeError, type SerializedError, TagrollError } from '../../shared/errors.ts';
import { siblingModule, THREAD_LIMITS } from '../modules.ts';
import type { LibraryChanges } from './changes.ts';
import type { OperationInput, OperationName, OperationOutput } from './operations.ts';

export type WriterReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed-to-open'; readonly error: SerializedError }
  | {
      readonly kind: 'done';
      readonly id: number;
      readonly output: unknown;
      readonly changes: LibraryChanges | null;
    }
  | { readonly kind: 'failed'; readonly id: number; readonly error: SerializedError };

export type WriterRequest =
  | {
      readonly kind: 'run';
      readonly id: number;
      readonly name: OperationName;
      readonly input: unknown;
    }
  | { readonly kind: 'close' };

export type Writer = {
  /** Runs one operation in one transaction. Rejects with a `TagrollError`; then nothing was written. */
  run<Name extends OperationName>(
    name: Name,
    input: OperationInput<Name>,
  ): Promise<OperationOutput<Name>>;
  /** Waits for what was asked before, then closes the connection. */
  close(): Promise<void>;
};

export type WriterOptions = {
  readonly databasePath: string;
  /** Gets a backup before a library of an earlier version is changed; none is made when left out. */
  readonly backupFolder?: string;
  /** Called each time the database answered with damage. */
  readonly onDamaged?: () => void;
  /** Called after a commit, before the caller of `run` hears of it. */
  readonly onChanges: (changes: LibraryChanges) => void;
};

/** Opens and migrates the library in a thread of its own. Rejects when it cannot be opened. */
export async function openWriter(options: WriterOptions): Promise<Writer> {
  const worker = new Worker(siblingModule(import.meta.url, 'writerThread'), {
    workerData: {
      databasePath: options.databasePath,
      backupFolder: options.backupFolder ?? null,
    },
    resourceLimits: THREAD_LIMITS,
  });
  const waiting = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (error: Error) => void }
  >();
  let nextId = 1;
  let closed: Error | null = null;
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));

  const failAll = (error: Error): void => {
    closed = error;
    for (const call of waiting.values()) call.reject(error);
    waiting.clear();
  };

  await new Promise<void>((resolve, reject) => {
    worker.on('message', (reply: WriterReply) => {
      if (reply.kind === 'ready') return resolve();
      if (reply.kind === 'failed-to-open') return reject(deserializeError(reply.error));
      const call = waiting.get(reply.id);
      waiting.delete(reply.id);
      if (reply.kind === 'failed') {
        if (reply.error.code === 'library_damaged') options.onDamaged?.();
        return call?.reject(deserializeError(reply.error));
      }
      if (reply.changes) options.onChanges(reply.changes);
      call?.resolve(reply.output);
    });
    worker.once('error', (error) => {
      const wrapped = new TagrollError(
        'internal',
        `The thread that writes the library stopped: ${error.message}. Restart Tagroll.`,
        {},
        error,
      );
      reject(wrapped);
      failAll(wrapped);
    });
    worker.once('exit', () => {
      const error = closed ?? new TagrollError('internal', 'The library is closed.');
      reject(error);
      failAll(error);
    });
  });

  return {
    run(name, input) {
      if (closed) return Promise.reject(closed);
      const id = nextId++;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
        worker.postMessage({ kind: 'run', id, name, input } satisfies WriterRequest);
      });
    },
    async close() {
      worker.postMessage({ kind: 'close' } satisfies WriterRequest);
      await exited;
    },
  };
}
