/** A tiny HTTP server on loopback that records what arrives and answers what it is told. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Arrived = {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};

export type Answer = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Objects are written as JSON. */
  readonly body?: unknown;
};

export type Wire = {
  readonly origin: string;
  readonly arrived: readonly Arrived[];
  /** Every answer from now on. */
  answer(next: Answer | ((request: Arrived) => Answer | Promise<Answer>)): void;
  close(): Promise<void>;
};

export async function openWire(): Promise<Wire> {
  const arrived: Arrived[] = [];
  let respond: (request: Arrived) => Answer | Promise<Answer> = () => ({ body: {} });
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const one: Arrived = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(parts),
    };
    arrived.push(one);
    const { status = 200, headers = {}, body = '' } = await respond(one);
    const isRaw = typeof body === 'string' || body instanceof Uint8Array;
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(isRaw ? body : JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    arrived,
    answer(next) {
      respond = typeof next === 'function' ? next : () => next;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The parts of a multipart body, read by a parser that is not ours. */
export function readMultipart(request: Arrived): Promise<FormData> {
  const type = request.headers['content-type'] ?? '';
  return new Response(new Uint8Array(request.body), {
    headers: { 'Content-Type': type },
  }).formData();
}
