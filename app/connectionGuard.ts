/**
 * How much of a server strangers may take up. Whoever can reach the port can open connections; only who
 * has shown the token keeps one.
 */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

export type ConnectionLimits = {
  /** Connections that have not shown the token; a further one ends the oldest of them. */
  readonly strangers: number;
  /** A connection that has not shown the token by then is ended. */
  readonly strangerMs: number;
  /** WebSockets, which are windows. */
  readonly windows: number;
};

/** What a browser and its windows need, many times over. */
export const DOOR_LIMITS: ConnectionLimits = { strangers: 64, strangerMs: 10_000, windows: 64 };

export type ConnectionGuard = {
  /** From now on the connection is one of ours. */
  trust(socket: Socket): void;
  /** Ends every connection. */
  close(): void;
};

/** Watches every connection of a server. `dismiss` ends one that has waited too long. */
export function guardConnections(
  server: Server,
  limits: ConnectionLimits | null,
  dismiss: (socket: Socket) => void,
): ConnectionGuard {
  const all = new Set<Socket>();
  /** Oldest first. */
  const strangers = new Map<Socket, NodeJS.Timeout>();

  const forget = (socket: Socket): void => {
    clearTimeout(strangers.get(socket));
    strangers.delete(socket);
  };
  const suspect = (socket: Socket, { strangers: most, strangerMs }: ConnectionLimits): void => {
    const late = setTimeout(() => {
      forget(socket);
      dismiss(socket);
    }, strangerMs);
    strangers.set(socket, late.unref());
    const [oldest] = strangers.keys();
    if (strangers.size > most && oldest) {
      forget(oldest);
      oldest.destroy();
    }
  };

  server.on('connection', (socket: Socket) => {
    all.add(socket);
    socket.once('close', () => {
      all.delete(socket);
      forget(socket);
    });
    if (limits) suspect(socket, limits);
  });

  return {
    trust: forget,
    close() {
      for (const socket of all) socket.destroy();
    },
  };
}
