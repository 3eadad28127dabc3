/** What the browser door answers while its engine has stopped for good: that it has, and a way to start it again. */
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import type { SerializedError } from '../shared/errors.ts';
import { createDoorGate, type DoorKeys, securityHeaders } from './doorGate.ts';
import { endWith, malformedStatus, toRequest } from './nodeRequest.ts';
import { stoppedPage } from './stoppedPage.ts';

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
  /** Why it stopped; null once it is started again. */
  readonly reason: () => SerializedError | null;
};

/** POST of it starts the engine again. */
const RESTART_PATH = '/door/restart';
/**
 * Whoever loads the page anew asks for a start too, and is sent here: the new engine answers it with the window,
 * and where that stops as well it is answered with what happened, once, instead of one start after the other.
 */
const STARTED_PATH = '/?started';

export function createStoppedDoor(options: StoppedDoorOptions): StoppedDoor {
  const gate = createDoorGate({ port: options.port, keys: options.keys });
  const headers = securityHeaders(options.port);
  const server = createServer((incoming, outgoing) => {
    const request = toRequest(incoming, AbortSignal.abort());
    const refusal = request ? gate(request) : new Response('Bad request\n', { status: 400 });
    const path = incoming.url ?? '';
    const isPage = request?.headers.get('sec-fetch-dest') === 'document';
    const asksByPost = incoming.method === 'POST' && path === RESTART_PATH;
    const asksByPage = isPage && path !== STARTED_PATH;
    const asks = request && !refusal && (asksByPost || asksByPage);
    for (const [name, value] of refusal?.headers ?? []) outgoing.appendHeader(name, value);
    for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value);
    // The next request has to find the engine that was started meanwhile.
    outgoing.setHeader('connection', 'close');
    outgoing.setHeader('cache-control', 'no-store');
    const reason = options.reason();
    if (asks && options.isStopped()) options.restart();
    const answer = (status: number, type?: string, body = ''): void => {
      outgoing.statusCode = status;
      if (type) outgoing.setHeader('content-type', `${type}; charset=utf-8`);
      outgoing.end(body);
    };
    if (refusal) answer(refusal.status);
    else if (asksByPost) answer(202);
    else if (asksByPage) {
      outgoing.setHeader('location', STARTED_PATH);
      answer(303);
    } else if (isPage) {
      answer(503, 'text/html', stoppedPage(request?.headers.get('accept-language') ?? '', reason));
    } else answer(503, 'application/json', JSON.stringify(reason));
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
