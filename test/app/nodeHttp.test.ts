import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { os, type RouterClient } from '@orpc/server';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type NodeServer, type ServeOptions, serve } from '../../app/nodeHttp.ts';
import { whenSent } from '../../main/api/sent.ts';
import type { Engine } from '../../main/engine.ts';
import { silentLogger } from '../../main/log.ts';

const CHUNK = 'x'.repeat(200_000);
let produced = 0;
let stopped = 0;

const router = {
  add: os.handler(async () => 42),
  flood: os.handler(async function* () {
    try {
      for (let index = 0; index < 2000; index += 1) {
        produced += 1;
        yield CHUNK;
      }
    } finally {
      stopped += 1;
    }
  }),
};

function engineOf(
  handle: (request: Request) => Promise<Response>,
): Pick<Engine, 'handle' | 'router'> {
  return { handle, router: router as unknown as Engine['router'] };
}

const open: NodeServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function start(
  handle: (request: Request) => Promise<Response>,
  options: Partial<ServeOptions> = {},
): Promise<number> {
  const server = await serve(engineOf(handle), {
    listen: { port: 0 },
    authorize: () => null,
    logger: silentLogger,
    ...options,
  });
  open.push(server);
  return Number(server.address);
}

/** What a client that is not a browser can write: the bytes as they are. */
function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('data', (data) => {
      answer += data;
    });
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
    setTimeout(() => socket.destroy(new Error(`no answer to ${text}`)), 5000).unref();
  });
}

const echo = async (request: Request): Promise<Response> =>
  new Response(`${request.method} ${request.url}`);

describe('requests', () => {
  it('keeps the host when the path looks like another one', async () => {
    const port = await start(echo);
    const answer = await raw(
      port,
      `GET //evil/x HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toContain('200 OK');
    expect(answer).toContain(`GET http://127.0.0.1:${port}//evil/x`);
  });

  it('leaves a climbing path inside the address', async () => {
    const port = await start(async (request) => new Response(new URL(request.url).pathname));
    const answer = await raw(
      port,
      `GET /../../../etc/passwd HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toContain('\r\n/etc/passwd');
    expect(answer).not.toContain('..');
  });

  it.each([
    ['TRACE', 'TRACE / HTTP/1.1\r\nHost: 127.0.0.1'],
    ['a host that is none', 'GET / HTTP/1.1\r\nHost: a b'],
    ['a host with a path', 'GET / HTTP/1.1\r\nHost: 127.0.0.1/evil'],
    ['a host with a user', 'GET / HTTP/1.1\r\nHost: me@127.0.0.1'],
    ['no host', 'GET / HTTP/1.1\r\nX: y'],
    ['an absolute address', 'GET http://evil/ HTTP/1.1\r\nHost: 127.0.0.1'],
    ['OPTIONS *', 'OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1'],
  ])('answers 400 to %s', async (_name, head) => {
    const port = await start(echo);
    expect(await raw(port, `${head}\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('answers only GET and HEAD', async () => {
    const port = await start(echo);
    const url = `http://127.0.0.1:${port}/a`;
    expect((await fetch(url, { method: 'POST', body: 'x' })).status).toBe(405);
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  it('lets the gate answer instead of the engine, and adds the headers to everything', async () => {
    const port = await start(echo, {
      authorize: (request) =>
        request.headers.get('x-key') === 'open' ? null : new Response('no', { status: 403 }),
      headers: { 'x-frame-options': 'DENY' },
    });
    const refused = await fetch(`http://127.0.0.1:${port}/`);
    expect([refused.status, refused.headers.get('x-frame-options')]).toEqual([403, 'DENY']);
    const allowed = await fetch(`http://127.0.0.1:${port}/`, { headers: { 'x-key': 'open' } });
    expect([allowed.status, allowed.headers.get('x-frame-options')]).toEqual([200, 'DENY']);
  });

  it('turns a failing engine into an answer', async () => {
    const port = await start(() => Promise.reject(new Error('the disk is gone')));
    const answer = await fetch(`http://127.0.0.1:${port}/`);
    expect(answer.status).toBe(500);
    expect(await answer.json()).toMatchObject({ code: 'internal', message: 'the disk is gone' });
  });

  it('sends headers before the first byte of a body that is still being made', async () => {
    let release = (): void => undefined;
    const port = await start(
      async () =>
        new Response(
          new ReadableStream({
            start(controller) {
              release = () => {
                controller.enqueue(new TextEncoder().encode('done'));
                controller.close();
              };
            },
          }),
        ),
    );
    const answer = await fetch(`http://127.0.0.1:${port}/`);
    expect(answer.status).toBe(200);
    release();
    expect(await answer.text()).toBe('done');
  });

  it('cancels the work when the one who asked has gone', async () => {
    let aborted = false;
    const port = await start(
      (request) =>
        new Promise((_resolve, reject) => {
          request.signal.addEventListener('abort', () => {
            aborted = true;
            reject(new Error('cancelled'));
          });
        }),
    );
    const client = httpRequest({ port, host: '127.0.0.1', path: '/' });
    client.on('error', () => undefined);
    client.end();
    await sleep(100);
    client.destroy();
    await expect.poll(() => aborted).toBe(true);
  });

  it('gives back what a response held once all of it has left, and not before', async () => {
    const results: Uint8Array<ArrayBuffer>[] = [];
    const port = await start(async () => {
      const bytes = new Uint8Array(8_000_000).fill(7);
      results.push(bytes);
      const body = new ReadableStream({
        start(controller) {
          controller.enqueue(bytes);
          controller.close();
        },
      });
      return whenSent(new Response(body), () => void bytes.buffer.transfer(0));
    });
    const answer = await fetch(`http://127.0.0.1:${port}/`);
    const received = new Uint8Array(await answer.arrayBuffer());
    expect(received).toHaveLength(8_000_000);
    expect(received.every((byte) => byte === 7)).toBe(true);
    await expect.poll(() => results[0]?.byteLength).toBe(0);
    // Broken off: it may still be on its way.
    const client = httpRequest({ port, host: '127.0.0.1', path: '/' });
    client.on('error', () => undefined);
    client.on('response', (response) => {
      response.pause();
      client.destroy();
    });
    client.end();
    await expect.poll(() => results.length).toBe(2);
    await expect.poll(() => client.destroyed).toBe(true);
    expect(results[1]?.byteLength).toBe(8_000_000);
  });

  it('does not read ahead of a slow reader', async () => {
    let pulled = 0;
    const port = await start(
      async () =>
        new Response(
          new ReadableStream({
            pull(controller) {
              pulled += 1;
              controller.enqueue(new Uint8Array(1_000_000));
              if (pulled === 200) controller.close();
            },
          }),
        ),
    );
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
      socket.pause();
    });
    await sleep(500);
    expect(pulled).toBeGreaterThan(0);
    expect(pulled).toBeLessThan(60);
    socket.destroy();
  });
});

describe('calls', () => {
  async function client(
    url: string,
  ): Promise<{ socket: WebSocket; client: RouterClient<typeof router> }> {
    const socket = new WebSocket(url);
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    const websocket = socket as unknown as globalThis.WebSocket;
    return { socket, client: createORPCClient(new RPCLink({ websocket })) };
  }

  it('are answered over one WebSocket, which is counted', async () => {
    const counts: number[] = [];
    const port = await start(echo, { onConnections: (count) => counts.push(count) });
    const window = await client(`ws://127.0.0.1:${port}/rpc`);
    expect(await window.client.add()).toBe(42);
    window.socket.close();
    await expect.poll(() => counts).toEqual([1, 0]);
  });

  it('go through the gate and only to /rpc', async () => {
    const port = await start(echo, {
      authorize: (request) =>
        new URL(request.url).searchParams.has('key') ? null : new Response('no', { status: 403 }),
    });
    await expect(client(`ws://127.0.0.1:${port}/rpc`)).rejects.toThrow('403');
    await expect(client(`ws://127.0.0.1:${port}/other?key`)).rejects.toThrow('404');
    expect(await (await client(`ws://127.0.0.1:${port}/rpc?key`)).client.add()).toBe(42);
  });

  it('wait for a window that does not read, and stop when it goes', async () => {
    produced = 0;
    stopped = 0;
    const port = await start(echo);
    const window = await client(`ws://127.0.0.1:${port}/rpc`);
    const events = await window.client.flood();
    await events.next();
    window.socket.pause();
    await sleep(500);
    const early = produced;
    expect(early).toBeLessThan(200);
    await sleep(300);
    expect(produced).toBeLessThan(early + 50);
    window.socket.terminate();
    await expect.poll(() => stopped).toBe(1);
  });
});

describe('addresses', () => {
  it('can be a Unix socket', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tagroll-test-'));
    const socketPath = join(folder, 'engine');
    const server = await serve(engineOf(echo), {
      listen: { socketPath },
      authorize: () => null,
      logger: silentLogger,
    });
    const status = await new Promise((resolve, reject) => {
      const client = httpRequest({ socketPath, path: '/x' }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      client.on('error', reject);
      client.end();
    });
    expect([server.address, status]).toEqual([socketPath, 200]);
    await server.close();
    await rm(folder, { recursive: true });
  });

  it('are refused when they are taken', async () => {
    const port = await start(echo);
    await expect(start(echo, { listen: { port } })).rejects.toThrow('EADDRINUSE');
  });
});
