/** What the browser door answers while its engine has stopped for good: that it has, and a way to start it again. */
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { createDoorGate, type DoorKeys, securityHeaders } from './doorGate.ts';
import { endWith, malformedStatus, toRequest } from './nodeRequest.ts';

export type StoppedDoor = {
  serve(connection: Socket): void;
  close(): void;
};

export type StoppedDoorOptions = {
  readonly port: () => number;
  readonly keys: DoorKeys;
  /** Starts the engine again. */
  readonly restart: () => void;
  readonly isStopped: () => boolean;
};

/** POST of it starts the engine again; whoever loads the page anew asks for the same. */
const RESTART_PATH = '/door/restart';
const SENTENCE =
  "Tagroll's engine stopped several times in a row. It is started again now: load this page again in a moment.\n";

export function createStoppedDoor(options: StoppedDoorOptions): StoppedDoor {
  const gate = createDoorGate({ port: options.port, keys: options.keys });
  const headers = securityHeaders(options.port);
  const server = createServer((incoming, outgoing) => {
    const request = toRequest(incoming, AbortSignal.abort());
    const refusal = request ? gate(request) : new Response('Bad request\n', { status: 400 });
    const asks =
      request &&
      !refusal &&
      ((incoming.method === 'POST' && incoming.url === RESTART_PATH) ||
        request.headers.get('sec-fetch-dest') === 'document');
    outgoing.statusCode = refusal?.status ?? (asks ? 202 : 503);
    for (const [name, value] of refusal?.headers ?? []) outgoing.appendHeader(name, value);
    for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value);
    // The next request has to find the engine that was started meanwhile.
    outgoing.setHeader('connection', 'close');
    outgoing.setHeader('cache-control', 'no-store');
    if (asks && options.isStopped()) options.restart();
    if (refusal) outgoing.end();
    else outgoing.setHeader('content-type', 'text/plain; charset=utf-8').end(SENTENCE);
  });
  server.on('clientError', (error, socket) => endWith(socket, malformedStatus(error), headers));
  server.on('upgrade', (_incoming, socket) => endWith(socket, 503, headers));
  const open = new Set<Socket>();
  return {
    serve(connection) {
      open.add(connection);
      connection.once('close', () => open.delete(connection));
      connection.setTimeout(5000, () => connection.destroy());
      server.emit('connection', connection);
      connection.resume();
    },
    close() {
      for (const socket of open) socket.destroy();
    },
  };
}
