/** A library that another process holds, reached through that process's private socket. */
import { request as httpRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Holder, readHolder } from '../main/library/lock.ts';
import { TagrollError } from '../shared/errors.ts';
import {
  type Client,
  type Connection,
  connectEngine,
  type EngineAddress,
  TOKEN_HEADER,
  WINDOW_PATH,
  type WindowAddresses,
} from './engineClient.ts';

export type Remote = Connection & {
  readonly holder: Holder;
  /** Where a window reaches it; null where its window is not in a browser. */
  addresses(): Promise<WindowAddresses | null>;
};

/** How long a holder may take to answer. It may still be starting. */
const ANSWER_WITHIN_MS = 5000;
const LOOK_AGAIN_MS = 100;

/** Connects to the process that holds `libraryPath`. Throws `holder_silent` when it does not answer in time. */
export async function connectHolder(
  libraryPath: string,
  withinMs: number = ANSWER_WITHIN_MS,
): Promise<Remote> {
  const deadlineMs = performance.now() + withinMs;
  const leftMs = (): number => Math.max(1, Math.ceil(deadlineMs - performance.now()));
  for (;;) {
    const holder = readHolder(libraryPath);
    if (holder?.socketPath) {
      const address = { socketPath: holder.socketPath, token: holder.token };
      const connection = await connectEngine(address, leftMs());
      if (connection && (await answers(connection.client, leftMs()))) {
        return { ...connection, holder, addresses: () => askAddresses(address) };
      }
      connection?.close();
    }
    if (leftMs() <= LOOK_AGAIN_MS) throw silent(libraryPath, holder);
    await sleep(LOOK_AGAIN_MS);
  }
}

/** A process may be stopped or stuck while its socket still accepts. */
async function answers(client: Client, withinMs: number): Promise<boolean> {
  const signal = AbortSignal.timeout(withinMs);
  return client.settings.get(undefined, { signal }).then(
    () => true,
    () => false,
  );
}

function askAddresses(address: EngineAddress): Promise<WindowAddresses | null> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      socketPath: address.socketPath,
      path: WINDOW_PATH,
      headers: { [TOKEN_HEADER]: address.token },
      timeout: ANSWER_WITHIN_MS,
    });
    request.once('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () =>
        resolve(JSON.parse(Buffer.concat(chunks).toString('utf8')) as WindowAddresses | null),
      );
    });
    request.once('timeout', () =>
      request.destroy(new Error('The running Tagroll does not answer.')),
    );
    request.once('error', reject);
    request.end();
  });
}

function silent(libraryPath: string, holder: Holder | null): TagrollError {
  const since = holder ? new Date(holder.since).toISOString() : null;
  const who = holder
    ? `Process ${holder.pid} has held the library ${libraryPath} since ${since}`
    : `Another process holds the library ${libraryPath}`;
  return new TagrollError(
    'holder_silent',
    `${who}, and does not answer. End it, or choose another library with --library.`,
    { path: libraryPath, pid: holder?.pid ?? null, since },
  );
}
