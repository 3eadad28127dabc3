/** An engine with its world and its private socket: what every door that holds a library starts from. */
import { createEngine, type Engine } from '../main/engine.ts';
import { createFileLogger, type Logger, silentLogger } from '../main/log.ts';
import packageInfo from '../package.json' with { type: 'json' };
import type { WindowAddresses } from './engineClient.ts';
import { revealFile } from './reveal.ts';
import { openSocket, type PrivateSocket } from './socket.ts';

export const VERSION = packageInfo.version;

export type HostOptions = {
  readonly libraryPath: string;
  /** Folder of the built window; null where none is shown. */
  readonly rendererPath: string | null;
  /** Watches the folders and rescans on a timer. */
  readonly live: boolean;
};

export type Host = {
  readonly engine: Engine;
  readonly logger: Logger;
  readonly socket: PrivateSocket;
  /** From now on the socket tells others how to open a window here. */
  offerWindow(addresses: () => WindowAddresses): void;
  /** Stops listening, then closes the library. */
  close(): Promise<void>;
};

/** Opens the library. Rejects with a `TagrollError` that says who holds it or why it cannot be opened. */
export async function openHost(options: HostOptions): Promise<Host> {
  let logger: Logger = silentLogger;
  const engine = await createEngine({
    ...options,
    now: Date.now,
    revealFile,
    version: VERSION,
    logger: (logPath) => {
      logger = createFileLogger(logPath, Date.now);
      return logger;
    },
  });
  let addresses: () => WindowAddresses | null = () => null;
  let socket: PrivateSocket;
  try {
    socket = await openSocket(engine, { logger, addresses: () => addresses() });
  } catch (error) {
    await engine.close();
    throw error;
  }
  let closing: Promise<void> | null = null;
  return {
    engine,
    logger,
    socket,
    offerWindow(next) {
      addresses = next;
    },
    close() {
      closing ??= socket.close().finally(() => engine.close());
      return closing;
    },
  };
}
