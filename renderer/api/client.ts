/** The one file that knows how the engine is reached. */
import { type ClientLink, createORPCClient, ORPCError } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../shared/contract.ts';
import { deserializeError, isSerializedError, TagrollError } from '../../shared/errors.ts';
import type { SearchRequest } from '../../shared/model.ts';
import type { ServiceId } from '../../shared/services.ts';
import { createStore, useStore } from '../state/store.ts';
import { type Link, openTransport, whyClosed } from './transport.ts';
import { waitForTurn } from './turns.ts';

export type Client = ContractRouterClient<Contract>;

/**
 * `connecting` only until the first connection stands; `lost` until the next one does; `refused` when
 * somebody answers who does not know this window, which is a Tagroll that was started anew; `stopped` when
 * the engine is not started again by itself; `starting` once a person asked for that.
 */
export type Connection = 'connecting' | 'open' | 'lost' | 'refused' | 'stopped' | 'starting';

const FIRST_RETRY_MS = 250;
/** The engine of a restore or a restart is there within seconds; asking costs nothing on this computer. */
const LAST_RETRY_MS = 1500;

const connection = createStore<Connection>('connecting');
let waiting = Promise.withResolvers<Link>();
let started = false;

/** A link that outlives connections: calls made while there is none wait for the next one. */
const link: ClientLink<Record<never, never>> = {
  async call(path, input, options) {
    start();
    await orAbort(waitForTurn(path), options.signal);
    const current = await orAbort(waiting.promise, options.signal);
    return current.call(path, input, options);
  },
};

/** The engine. Usable at once: calls wait until the connection stands, and reject when it breaks. */
export const client: Client = createORPCClient(link);

/** Resolves when the engine can be reached for the first time. */
export async function connect(): Promise<Client> {
  start();
  await waiting.promise;
  return client;
}

/** The state of the connection, for the notice that it was lost. */
export function useConnection(): Connection {
  return useStore(connection);
}

/** Calls back whenever the connection's state changes. Answers how to stop. */
export function onConnection(listener: (state: Connection) => void): () => void {
  return connection.subscribe(() => listener(connection.get()));
}

function start(): void {
  if (started) return;
  started = true;
  void keepConnected();
}

async function keepConnected(): Promise<never> {
  let retryMs = FIRST_RETRY_MS;
  for (;;) {
    try {
      const transport = await openTransport();
      retryMs = FIRST_RETRY_MS;
      waiting.resolve(transport.link);
      connection.set('open');
      await transport.closed;
      waiting = Promise.withResolvers<Link>();
      connection.set('lost');
    } catch {
      // Expected while the engine starts or is gone; the notice in the window tells of it.
      const why = await whyClosed();
      if (why !== 'lost' || connection.get() !== 'connecting') connection.set(why);
    }
    await pause(retryMs);
    retryMs = Math.min(LAST_RETRY_MS, retryMs * 2);
  }
}

/** Connects now instead of after a while: a person had the engine started. */
export function connectToStarted(): void {
  connection.set('starting');
  endPause();
}

let endPause = (): void => undefined;

/** Waits, but no longer once the person comes back to the window. */
function pause(durationMs: number): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      window.removeEventListener('focus', done);
      resolve();
    };
    const timer = setTimeout(done, durationMs);
    window.addEventListener('focus', done);
    endPause = done;
  });
}

function orAbort<Value>(promise: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/**
 * What a call was rejected with, as the error the window has a sentence for. A broken connection is
 * `library_unreachable`: it arrives as an `AbortError`, so look at your own signal first.
 */
export function toTagrollError(error: unknown): TagrollError {
  if (error instanceof TagrollError) return error;
  if (error instanceof ORPCError && error.code === 'TAGROLL' && isSerializedError(error.data)) {
    return deserializeError(error.data);
  }
  const message = error instanceof Error ? error.message : String(error);
  const broken = error instanceof Error && error.name === 'AbortError';
  return new TagrollError(broken ? 'library_unreachable' : 'internal', message, {}, error);
}

/** The 512 pixel thumbnail. The hash makes an edited picture a new address. */
export function thumbnailUrl(id: number, imageHash: string): string {
  return `/media/thumbnail/${id}?v=${imageHash}`;
}

/** The thumbnail inside the photo's file, which stands in until the real one is made. */
export function embeddedUrl(id: number): string {
  return `/media/embedded/${id}`;
}

/** The picture at a long side of at most 2048 pixels. */
export function previewUrl(id: number, imageHash: string): string {
  return `/media/preview/${id}?v=${imageHash}`;
}

/** The file itself, where a browser can show its format. */
export function originalUrl(id: number): string {
  return `/media/original/${id}`;
}

/** The ordered result of a search: read it with `decodeResult`. Status 400 carries a `SerializedError`. */
export function resultUrl(search: SearchRequest): string {
  const parameters = new URLSearchParams({
    query: search.query,
    threshold: String(search.threshold),
    sort: search.sort,
    ascending: search.ascending ? '1' : '0',
  });
  return `/result?${parameters}`;
}

/** The very JPEG that a service would get of a photo. Status 4xx carries the reason. */
export function sentPictureUrl(id: number, service: ServiceId): string {
  return `/media/upload/${id}?service=${service}`;
}
