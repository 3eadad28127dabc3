/** One library for the length of a command: opened here, or reached through the Tagroll that holds it. */
import { createRouterClient } from '@orpc/server';
import { TagrollError } from '../shared/errors.ts';
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
