/** A real HTTP server on loopback that leads each request through rate, checks and planned faults. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Conduct, Outcome } from './behaviour.ts';
import { deliver } from './delivery.ts';
import type { Received, Recorder } from './record.ts';
import { type Call, type Endpoint, Refused, type Reply } from './types.ts';

/** Bodies are read to this size and no further, whatever the service would say. */
const MOST_BODY_BYTES = 64_000_000;

export type SimulatorServer = {
  readonly port: number;
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  close(): Promise<void>;
};

/** Listens on 127.0.0.1; port 0 takes a free one. `find` names the endpoint of a request. */
export async function startServer(options: {
  readonly port: number;
  readonly conduct: Conduct;
  readonly recorder: Recorder;
  readonly find: (method: string, path: string) => Endpoint;
}): Promise<SimulatorServer> {
  const closing = new AbortController();
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    void serve(request, response, options, closing.signal);
  });
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    async close() {
      closing.abort();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  { conduct, recorder, find }: Parameters<typeof startServer>[0],
  closing: AbortSignal,
): Promise<void> {
  const [path = '/', ...query] = (request.url ?? '/').split('?');
  const endpoint = find(request.method ?? '', path);
  const behaviour = conduct.behaviour(endpoint.service);
  const entry = recorder.arrive(request, endpoint.service, randomUUID());
  const nowMs = Date.now() + behaviour.clockOffsetMs;
  const due = delay(behaviour.latencyMs, undefined, { signal: closing });
  // Whoever hangs up while the latency passes must not leave a rejection that nobody hears.
  due.catch(() => undefined);
  try {
    const body = await readBody(request, entry);
    const call: Call = {
      method: request.method ?? '',
      path,
      query: query.join('?'),
      headers: request.headers,
      body,
      nowMs,
      behaviour,
      entry,
    };
    const { reply, outcome } = await decide(call, endpoint, conduct, request);
    await due;
    response.sendDate = false;
    response.setHeader('Date', new Date(Date.now() + behaviour.clockOffsetMs).toUTCString());
    response.setHeader('X-Request-Id', entry.requestId);
    await deliver(response, reply, outcome, entry);
  } catch (error) {
    entry.verdict = 'aborted';
    entry.reason = error instanceof Error ? error.message : String(error);
    request.socket.destroy();
  } finally {
    recorder.leave(entry);
  }
}

async function readBody(request: IncomingMessage, entry: Received): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
    entry.bodyBytes += (chunk as Buffer).length;
    if (entry.bodyBytes > MOST_BODY_BYTES) throw new Error('a body that does not end');
  }
  return Buffer.concat(chunks);
}

type Decision = { readonly reply: Reply; readonly outcome: Outcome | null };

async function decide(
  call: Call,
  endpoint: Endpoint,
  conduct: Conduct,
  request: IncomingMessage,
): Promise<Decision> {
  const { entry, behaviour } = call;
  if (behaviour.rate && !conduct.isWithinRate(endpoint.service)) {
    const { form, retryAfterSeconds } = behaviour.rate;
    const reply = endpoint.tooOften(form);
    entry.verdict = 'limited';
    entry.code = reply.code;
    return { reply: withRetryAfter(reply, retryAfterSeconds), outcome: null };
  }
  try {
    checkLength(call, endpoint, request);
    const reply = await endpoint.answer(call);
    const outcome = conduct.takeOutcome(endpoint.service);
    entry.verdict = outcome ? 'faulted' : 'accepted';
    if (outcome?.kind !== 'code') return { reply, outcome };
    entry.code = outcome.code;
    const failed = endpoint.refuse(outcome.code, outcome);
    return { reply: withRetryAfter(failed, outcome.retryAfterSeconds ?? null), outcome: null };
  } catch (error) {
    entry.verdict = 'refused';
    // A fault of the simulator itself is not an answer of the service: it is said as what it is.
    const refused =
      error instanceof Refused
        ? error
        : new Refused('http.500', `the simulator failed: ${String(error)}`);
    entry.code = refused.code;
    entry.reason = refused.message;
    const status = refused.status === null ? {} : { status: refused.status };
    return { reply: endpoint.refuse(refused.code, status), outcome: null };
  }
}

function checkLength({ body }: Call, endpoint: Endpoint, request: IncomingMessage): void {
  if (request.method !== 'POST') return;
  if (request.headers['content-length'] === undefined)
    throw new Refused('http.411', 'the request has no Content-Length');
  if (body.length > endpoint.maxBodyBytes)
    throw new Refused(
      endpoint.tooLargeCode,
      `the body has ${body.length} bytes, over ${endpoint.maxBodyBytes}`,
    );
}

function withRetryAfter(reply: Reply, retryAfterSeconds: number | null): Reply {
  if (retryAfterSeconds === null) return reply;
  return { ...reply, headers: { ...reply.headers, 'Retry-After': String(retryAfterSeconds) } };
}
