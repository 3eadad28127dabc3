/** An engine with its world and its private socket: what every door that holds a library starts from. */
import { createEngine, type Engine } from '../main/engine.ts';
import { createFileLogger, type Logger, silentLogger } from '../main/log.ts';
import type { Vault } from '../main/secrets.ts';
import { SERVICE_VARIABLES } from '../main/tagging/accounts.ts';
import type { WindowAddresses } from './engineClient.ts';
import { keysPath } from './places.ts';
import { followProxies } from './proxy.ts';
import { revealFile } from './reveal.ts';
import { openSocket, type PrivateSocket } from './socket.ts';
import { VERSION } from './version.ts';

export type HostOptions = {
  readonly libraryPath: string;
  /** Folder of the built window; null where none is shown. */
  readonly rendererPath: string | null;
  /** Watches the folders and rescans on a timer. */
  readonly live: boolean;
  /** The door's way to the system's keychain; it has none when left out. */
  readonly vault?: Vault | null;
  /** Starts this process anew, so that a backup takes its place; without it whoever opened it does so. */
  readonly restart?: (() => void) | null;
  /** The process before this one ended by itself; windows are told. */
  readonly isRestart?: boolean;
};

export type Host = {
  readonly engine: Engine;
  readonly logger: Logger;
  readonly socket: PrivateSocket;
  /** From now on the socket tells others how to open a window here. */
  offerWindow(addresses: () => Promise<WindowAddresses | null>): void;
  /** Stops listening, then closes the library. */
  close(): Promise<void>;
};

/** Opens the library. Rejects with a `TagrollError` that says who holds it or why it cannot be opened. */
export async function openHost(options: HostOptions): Promise<Host> {
  const { libraryPath, rendererPath, live, restart } = options;
  let logger: Logger = silentLogger;
  const proxyProblem = followProxies(process.env);
  const engine: Engine = await createEngine({
    libraryPath,
    rendererPath,
    live,
    now: Date.now,
    revealFile,
    version: VERSION,
    environment: serviceEnvironment(process.env),
    secrets: { folder: keysPath(process.env, process.platform), vault: options.vault ?? null },
    ...(restart ? { restart } : {}),
    isRestart: options.isRestart ?? false,
    logger: (logPath, redact) => {
      logger = createFileLogger(logPath, Date.now, redact);
      return logger;
    },
  });
  if (proxyProblem) logger.warn('no proxy is used', { cause: proxyProblem });
  let addresses: () => Promise<WindowAddresses | null> = async () => null;
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

/** The service variables of an environment, and nothing else of it. */
export function serviceEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    SERVICE_VARIABLES.flatMap((name) => {
      const value = environment[name];
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
}
