/**
 * The browser door: the same window in a browser, on 127.0.0.1 only. Whoever asks must name this
 * server as host and as origin, and must hold the cookie that an entry address is exchanged for.
 */
import type { Socket } from 'node:net';
import type { Engine } from '../main/engine.ts';
import type { Logger } from '../main/log.ts';
import { type ConnectionLimits, DOOR_LIMITS } from './connectionGuard.ts';
import {
  createDoorGate,
  type DoorKeys,
  entryAddress,
  newDoorKeys,
  securityHeaders,
} from './doorGate.ts';
import { serve } from './nodeHttp.ts';
import { randomSecret } from './secrets.ts';

export type BrowserDoor = {
  readonly port: number;
  /** An address to print: opens a window as often as it is used, as long as this door is open. */
  readonly url: string;
  /**
   * An address to hand to a browser that is started here: works once, because every user of the
   * machine can read a command line.
   */
  windowUrl(): string;
  /** Open windows. */
  readonly connections: () => number;
  /** Serves a connection that another process accepted on this door's port. */
  adopt(connection: Socket): void;
  close(): Promise<void>;
};

export type BrowserDoorOptions = {
  /** 0 picks a free port. */
  readonly port: number;
  /** Another process listens on the port and hands its connections over. */
  readonly handed?: boolean;
  readonly logger: Logger;
  /** Default: new ones. */
  readonly keys?: DoorKeys;
  readonly limits?: ConnectionLimits;
  readonly onConnections?: (count: number) => void;
  /** A key that works once was used. */
  readonly onSpent?: (key: string) => void;
};

/** Rejects when the port is taken. */
export async function openBrowserDoor(
  engine: Pick<Engine, 'handle' | 'router'>,
  options: BrowserDoorOptions,
): Promise<BrowserDoor> {
  const keys = options.keys ?? newDoorKeys();
  let port = options.port;
  const server = await serve(engine, {
    listen: options.handed ? { handedPort: port } : { port },
    authorize: createDoorGate({
      port: () => port,
      keys,
      ...(options.onSpent ? { onSpent: options.onSpent } : {}),
    }),
    headers: securityHeaders(() => port),
    limits: options.limits ?? DOOR_LIMITS,
    logger: options.logger,
    ...(options.onConnections ? { onConnections: options.onConnections } : {}),
  });
  port = Number(server.address);
  return {
    port,
    url: entryAddress(port, keys.entry),
    windowUrl() {
      const key = randomSecret();
      keys.once.add(key);
      return entryAddress(port, key);
    },
    connections: server.connections,
    adopt: server.adopt,
    close: server.close,
  };
}
