/** One library for the length of a command: opened here, or reached through the Tagroll that holds it. */
import { createRouterClient, ORPCError } from '@orpc/server';
import { type SerializedError, TagrollError } from '../shared/errors.ts';
import type { Client } from './engineClient.ts';
import { openHost } from './host.ts';
import { connectHolder } from './remote.ts';

export type Session = {
  readonly client: Client;
  /** Aborted when the Tagroll that holds the library has gone. */
  readonly gone: AbortSignal | null;
  close(): Promise<void>;
};

/** Opens the library, or connects to who holds it. Rejects with a `TagrollError`. */
export async function openSession(libraryPath: string): Promise<Session> {
  const local = await openLocal(libraryPath);
  if (local) return local;
  try {
    const remote = await connectHolder(libraryPath);
    const { client, gone } = remote;
    return { client, gone, close: async () => remote.close() };
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
    const host = await openHost({ libraryPath, rendererPath: null, live: false });
    return {
      client: createRouterClient(host.engine.router),
      gone: null,
      close: () => host.close(),
    };
  } catch (error) {
    if (error instanceof TagrollError && error.code === 'library_locked') return null;
    throw error;
  }
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
