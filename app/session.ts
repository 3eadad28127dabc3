/** One library for the length of a command: opened here, or reached through the Tagroll that holds it. */
import { createRouterClient, ORPCError } from '@orpc/server';
import { type SerializedError, TagrollError } from '../shared/errors.ts';
import type { Client } from './engineClient.ts';
import { openHost } from './host.ts';
import { connectHolder } from './remote.ts';

/** A holder closes its library, puts the backup in place and opens it. */
const REOPENED_WITHIN_MS = 60_000;

export type Session = {
  /** Another one after `reopen`. */
  readonly client: Client;
  /** Opens the library anew, or finds it again once its holder has: a backup was put back. */
  reopen(): Promise<void>;
  /** Aborted when the Tagroll that holds the library has gone. */
  readonly gone: AbortSignal | null;
  close(): Promise<void>;
};

/** Opens the library, or connects to who holds it. Rejects with a `TagrollError`. */
export async function openSession(libraryPath: string): Promise<Session> {
  const local = await openLocal(libraryPath);
  if (local) return local;
  try {
    return await openRemote(libraryPath);
  } catch (silent) {
    // It may have ended while it was asked.
    const late = await openLocal(libraryPath);
    if (late) return late;
    throw silent;
  }
}

/** Null when another process holds the library. */
async function openLocal(libraryPath: string): Promise<Session | null> {
  try {
    const open = () => openHost({ libraryPath, rendererPath: null, live: false, restart: null });
    let host = await open();
    let client: Client = createRouterClient(host.engine.router);
    return {
      get client() {
        return client;
      },
      async reopen() {
        await host.close();
        host = await open();
        client = createRouterClient(host.engine.router);
      },
      gone: null,
      close: () => host.close(),
    };
  } catch (error) {
    if (error instanceof TagrollError && error.code === 'library_locked') return null;
    throw error;
  }
}

async function openRemote(libraryPath: string): Promise<Session> {
  let remote = await connectHolder(libraryPath);
  return {
    get client() {
      return remote.client;
    },
    async reopen() {
      await aborted(remote.gone);
      remote = await connectHolder(libraryPath, REOPENED_WITHIN_MS);
    },
    get gone() {
      return remote.gone;
    },
    close: async () => remote.close(),
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** What a call was rejected with, as the one error that people are told about. */
export function toTagrollError(error: unknown, gone: AbortSignal | null): TagrollError {
  if (error instanceof TagrollError) return error;
  if (error instanceof ORPCError) {
    if (error.code === 'TAGROLL') {
      const { code, message, data } = error.data as SerializedError;
      return new TagrollError(code, message, data, error);
    }
    if (error.code === 'BAD_REQUEST')
      return new TagrollError('usage', inputProblem(error), {}, error);
  }
  if (gone?.aborted) {
    return new TagrollError(
      'holder_silent',
      'The running Tagroll that holds the library has ended. Run the command again.',
      {},
      error,
    );
  }
  return new TagrollError(
    'internal',
    error instanceof Error ? error.message : String(error),
    {},
    error,
  );
}

type Issue = { readonly message?: unknown; readonly path?: readonly unknown[] };

function inputProblem(error: ORPCError<string, unknown>): string {
  const { issues } = (error.data ?? {}) as { issues?: readonly Issue[] };
  const texts = (issues ?? []).map(
    (issue) => `${(issue.path ?? []).map(String).join('.')}: ${String(issue.message)}`,
  );
  return texts.length > 0 ? texts.join('; ') : error.message;
}
