/**
 * The engine's fetch handler and its calls on node:http: a Unix socket, a Windows named pipe or a
 * loopback port. Pictures and files are GET; calls and events are one WebSocket at `/rpc`.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { RPCHandler } from '@orpc/server/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { wasSent } from '../main/api/sent.ts';
import type { Engine } from '../main/engine.ts';
import type { Logger } from '../main/log.ts';
import { serializeError } from '../shared/errors.ts';
import { type ConnectionLimits, guardConnections } from './connectionGuard.ts';
import { endWith, hasBody, malformedStatus, pathOf, toRequest } from './nodeRequest.ts';

/** Answers a request instead of the engine (a refusal, a redirect); null lets it through. */
export type Gate = (request: Request) => Response | null;

export type ListenAddress =
  /** Loopback port; 0 picks a free one. */
  | { readonly port: number }
  /** Unix socket or Windows named pipe. */
  | { readonly socketPath: string }
  /** Nowhere: another process listens on this port and hands its connections over. */
  | { readonly handedPort: number };

export type ServeOptions = {
  readonly listen: ListenAddress;
  /** Sees every request and every WebSocket before the engine does. */
  readonly authorize: Gate;
  /** Added to every response. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What strangers may take up; nothing is limited where only this user can connect at all. */
  readonly limits?: ConnectionLimits;
  /** Hears the number of open WebSockets each time it changes. */
  readonly onConnections?: (count: number) => void;
  readonly logger: Logger;
};

export type NodeServer = {
  /** The port that was taken, or the socket's path. */
  readonly address: number | string;
  /** Open WebSockets. */
  readonly connections: () => number;
  /** Serves a connection that another process accepted. */
  adopt(connection: Socket): void;
  /** Ends every connection and stops listening. */
  close(): Promise<void>;
};

/** Largest message a window may send: a million photo ids. */
const MAX_MESSAGE_BYTES = 64_000_000;
/** Address and headers of a request together. */
const MAX_HEADER_BYTES = 16_384;

/** Serves `engine`. Rejects when the address cannot be taken. */
export async function serve(
  engine: Pick<Engine, 'handle' | 'router'>,
  options: ServeOptions,
): Promise<NodeServer> {
  const { logger } = options;
  /** One for each library that was opened behind this door. */
  const handlers = new WeakMap<object, RPCHandler<Record<never, never>>>();
  const rpcOf = ({ router }: Pick<Engine, 'router'>): RPCHandler<Record<never, never>> => {
    const known = handlers.get(router);
    if (known) return known;
    const made = new RPCHandler(router);
    handlers.set(router, made);
    return made;
  };
  const sockets = new Set<WebSocket>();
  const webSockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
  });

  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (incoming, outgoing) => {
    answer(engine, options, incoming, outgoing, guard.trust).catch((error: unknown) => {
      logger.error('A request failed.', { path: pathOf(incoming), cause: serializeError(error) });
      outgoing.destroy();
    });
  });
  const guard = guardConnections(server, options.limits ?? null, (socket) =>
    endWith(socket, 408, options.headers ?? {}),
  );
  // Nobody is invited to send a body, however politely they ask.
  server.on('checkContinue', (incoming, outgoing) => server.emit('request', incoming, outgoing));
  server.on('checkExpectation', (incoming, outgoing) => server.emit('request', incoming, outgoing));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    endWith(socket, malformedStatus(error), options.headers ?? {});
  });
  webSockets.on('wsClientError', (_error, socket) => endWith(socket, 400, options.headers ?? {}));
  server.on('upgrade', (incoming, socket, head) => {
    socket.on('error', (error) => logger.warn('A window went away.', { cause: error.message }));
    const refuse = (status: number): void => endWith(socket, status, options.headers ?? {});
    const request = toRequest(incoming, AbortSignal.abort());
    if (!request) return refuse(400);
    const refusal = options.authorize(request);
    if (refusal) return refuse(refusal.status < 400 ? 400 : refusal.status);
    if (new URL(request.url).pathname !== '/rpc') return refuse(404);
    if (options.limits && sockets.size >= options.limits.windows) return refuse(503);
    guard.trust(incoming.socket);
    webSockets.handleUpgrade(incoming, socket, head, (webSocket) => {
      sockets.add(webSocket);
      options.onConnections?.(sockets.size);
      webSocket.once('close', () => {
        sockets.delete(webSocket);
        options.onConnections?.(sockets.size);
      });
      webSocket.on('error', (error) =>
        logger.warn('A window broke off.', { cause: error.message }),
      );
      void rpcOf(engine).upgrade({
        addEventListener: webSocket.addEventListener.bind(webSocket),
        send: (data: Parameters<WebSocket['send']>[0]) => sendAndWait(webSocket, data),
      } as Pick<WebSocket, 'addEventListener' | 'send'>);
    });
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    const done = (): void => {
      server.off('error', reject);
      resolve();
    };
    if ('handedPort' in options.listen) done();
    else if ('port' in options.listen) server.listen(options.listen.port, '127.0.0.1', done);
    else server.listen(options.listen.socketPath, done);
  });
  server.on('error', (error) => logger.error('The server failed.', { cause: error.message }));
  const address = 'handedPort' in options.listen ? null : server.address();
  const handedPort = 'handedPort' in options.listen ? options.listen.handedPort : 0;

  return {
    address: typeof address === 'string' ? address : (address?.port ?? handedPort),
    connections: () => sockets.size,
    adopt(connection) {
      server.emit('connection', connection);
    },
    close() {
      for (const socket of sockets) socket.terminate();
      // Where nothing listens there is nothing to close; the answer is the same.
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      guard.close();
      server.closeAllConnections();
      return closed;
    },
  };
}

/**
 * Resolves when the bytes have left: without it a slow window would pile up every event in memory.
 * A send on a broken connection counts as done, because its `close` event ends all calls anyway.
 */
function sendAndWait(socket: WebSocket, data: Parameters<WebSocket['send']>[0]): Promise<void> {
  return new Promise((resolve) => socket.send(data, () => resolve()));
}

async function answer(
  engine: Pick<Engine, 'handle'>,
  options: ServeOptions,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  trust: (socket: Socket) => void,
): Promise<void> {
  // A body is not read: the connection ends with the answer.
  if (hasBody(incoming)) outgoing.setHeader('connection', 'close');
  const abort = new AbortController();
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) abort.abort();
  });
  const request = toRequest(incoming, abort.signal);
  const response = await respond(engine, options, request, () => {
    if (hasBody(incoming) && request?.method === 'GET')
      return plain(413, 'A request with a body is not answered');
    trust(incoming.socket);
    return null;
  });
  await write(outgoing, response, options, incoming.method);
}

async function respond(
  engine: Pick<Engine, 'handle'>,
  options: ServeOptions,
  request: Request | null,
  onAllowed: () => Response | null,
): Promise<Response> {
  if (!request) return plain(400, 'Bad request');
  const early = options.authorize(request) ?? onAllowed();
  if (early) return early;
  if (request.method !== 'GET') return plain(405, 'Only GET is answered', { allow: 'GET, HEAD' });
  try {
    return await engine.handle(request);
  } catch (error) {
    if (request.signal.aborted) return plain(499, 'Cancelled');
    options.logger.error('A request failed.', {
      url: new URL(request.url).pathname,
      cause: serializeError(error),
    });
    return Response.json(serializeError(error), { status: 500 });
  }
}

async function write(
  outgoing: ServerResponse,
  response: Response,
  options: ServeOptions,
  method: string | undefined,
): Promise<void> {
  if (outgoing.destroyed) {
    await response.body?.cancel();
    return;
  }
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) outgoing.appendHeader(name, value);
  // Last, so that the door's own word stands once, whatever the engine said.
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    outgoing.setHeader(name, value);
  }
  if (!response.body || method === 'HEAD') {
    await response.body?.cancel();
    outgoing.end();
    return;
  }
  outgoing.flushHeaders();
  try {
    await pipeline(Readable.fromWeb(response.body as NodeReadableStream), outgoing);
    wasSent(response);
  } catch (error) {
    // The one who asked has gone: nothing is left to tell.
    if (!isGone(error)) throw error;
  }
}

function isGone(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    error.name === 'AbortError' ||
    ('code' in error &&
      ['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE'].includes(String(error.code)))
  );
}

function plain(status: number, text: string, headers: Record<string, string> = {}): Response {
  return new Response(`${text}\n`, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
  });
}
