import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type PostOptions, postBody } from '../../../main/tagging/http.ts';
import { redactor } from '../../../main/tagging/redact.ts';
import { openWire, type Wire } from '../../helpers/wire.ts';
import { everythingOf, failureOf, worldOf } from './services/fixture.ts';

const KEY = 'TESTKEY-0123456789';
const BODY = Buffer.from('{"image":"HELLO"}');

function post(url: string, changes: Partial<PostOptions> = {}) {
  return postBody({
    service: 'tencent-tag',
    world: worldOf(),
    url,
    headers: { Authorization: KEY, 'Content-Type': 'application/json' },
    body: BODY,
    signal: new AbortController().signal,
    timeoutMs: 5000,
    redact: redactor([KEY]),
    ...changes,
  });
}

describe('a POST', () => {
  let wire: Wire;
  beforeEach(async () => {
    wire = await openWire();
  });
  afterEach(() => wire.close());

  it('arrives once, with its length and nothing else of ours', async () => {
    wire.answer({ body: { code: 0 } });
    const reply = await post(`${wire.origin}/path`);
    expect(reply.json).toEqual({ code: 0 });
    expect(wire.arrived).toHaveLength(1);
    const [request] = wire.arrived;
    expect(request?.body).toEqual(BODY);
    expect(request?.headers['content-length']).toBe(String(BODY.length));
    expect(request?.headers['transfer-encoding']).toBeUndefined();
    expect(request?.headers.authorization).toBe(KEY);
  });

  it('is never repeated by fetch itself', async () => {
    for (const status of [401, 421, 500, 503]) {
      const before = wire.arrived.length;
      wire.answer({ status, body: {} });
      expect((await post(wire.origin)).status).toBe(status);
      expect(wire.arrived.length - before).toBe(1);
    }
  });

  it('reads the date, the request id and how long to wait', async () => {
    const date = 'Fri, 01 Mar 2024 10:00:00 GMT';
    wire.answer({
      status: 429,
      headers: { Date: date, 'Retry-After': '7', 'X-Request-Id': 'r-1' },
    });
    const seconds = await post(wire.origin);
    expect(seconds).toMatchObject({ requestId: 'r-1', retryAfterMs: 7000, status: 429 });
    expect(seconds.serverTimeMs).toBe(Date.parse(date));

    wire.answer({
      status: 429,
      headers: { Date: date, 'Retry-After': 'Fri, 01 Mar 2024 10:01:30 GMT' },
      body: { request_id: 'r-2' },
    });
    expect(await post(wire.origin)).toMatchObject({ requestId: 'r-2', retryAfterMs: 90_000 });

    wire.answer({ status: 429, headers: { 'Retry-After': 'soon' } });
    expect((await post(wire.origin)).retryAfterMs).toBeNull();
    wire.answer({ status: 429, headers: { 'Retry-After': '99999999' } });
    expect((await post(wire.origin)).retryAfterMs).toBe(86_400_000);
  });

  it('takes JSON of any type and encoding, with a byte order mark and NaN', async () => {
    const text = '\ufeff{"a":NaN,"b":"NaN, -Infinity","c":-Infinity,"d":"天空"}';
    wire.answer({
      headers: { 'Content-Type': 'text/html', 'Content-Encoding': 'gzip' },
      body: gzipSync(text),
    });
    expect((await post(wire.origin)).json).toEqual({
      a: null,
      b: 'NaN, -Infinity',
      c: null,
      d: '天空',
    });
  });

  it('says that a success without JSON is no answer', async () => {
    for (const body of ['<html>Sign in</html>', '', '{"code":0,']) {
      wire.answer({ body });
      const error = await failureOf(post(wire.origin));
      expect(error).toMatchObject({ code: 'garbage_answer', errorClass: 'retry', sent: true });
    }
    wire.answer({ headers: { 'Content-Type': 'text/html' }, body: '<html>Sign in</html>' });
    const page = await failureOf(post(wire.origin));
    expect(page).toMatchObject({ code: 'sign_in_page', errorClass: 'retry', sent: true });
    wire.answer({ status: 502, body: '<html>Bad Gateway</html>' });
    expect(await post(wire.origin)).toMatchObject({ status: 502, json: undefined });
  });

  it('drops a huge answer', async () => {
    wire.answer({ body: Buffer.alloc(4_000_001, 32) });
    const error = await failureOf(post(wire.origin));
    expect(error).toMatchObject({ code: 'too_large_answer', sent: true });
  });

  it('does not follow a redirect', async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      wire.answer({ status, headers: { Location: `${wire.origin}/elsewhere` } });
      const error = await failureOf(post(`${wire.origin}/first`));
      expect(error).toMatchObject({ code: 'redirected', errorClass: 'stop', sent: true });
    }
    expect(wire.arrived.map(({ path }) => path)).toEqual(Array(5).fill('/first'));
  });

  it('calls an answer 407 a proxy', async () => {
    wire.answer({ status: 407 });
    const error = await failureOf(post(wire.origin));
    expect(error).toMatchObject({ code: 'proxy', errorClass: 'stop', sent: true });
  });

  it('times out while it waits for the answer', async () => {
    wire.answer(() => new Promise(() => undefined));
    const error = await failureOf(post(wire.origin, { timeoutMs: 100 }));
    expect(error).toMatchObject({ code: 'timed_out', errorClass: 'retry', sent: true });
  });

  it('is cancelled, before and while it is under way', async () => {
    const before = await failureOf(post(wire.origin, { signal: AbortSignal.abort() }));
    expect(before).toMatchObject({ code: 'cancelled', sent: false });
    expect(wire.arrived).toHaveLength(0);

    const cancel = new AbortController();
    wire.answer(() => {
      cancel.abort();
      return new Promise(() => undefined);
    });
    const during = await failureOf(post(wire.origin, { signal: cancel.signal }));
    expect(during).toMatchObject({ code: 'cancelled', sent: true });
  });

  it('refuses a key that cannot be a header, without showing it', async () => {
    const bad = 'TESTKEY\u200bWITH-A-HIDDEN-SPACE';
    const error = await failureOf(post(wire.origin, { headers: { Authorization: bad } }));
    expect(error).toMatchObject({ code: 'unusable_key', errorClass: 'stop', sent: false });
    expect(everythingOf(error)).not.toContain('HIDDEN');
  });
});

describe('a connection', () => {
  let server: Server;
  const sockets = new Set<Socket>();
  let onData: (socket: Socket, seen: string) => void = () => undefined;

  beforeEach(async () => {
    server = createServer((socket) => {
      sockets.add(socket);
      let seen = '';
      socket.on('error', () => undefined);
      socket.on('data', (data) => {
        seen += data.toString('latin1');
        onData(socket, seen);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    server.close();
    await once(server, 'close');
  });

  const origin = (scheme = 'http'): string =>
    `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}/`;

  it('to a closed port was no call', async () => {
    const closed = createServer();
    closed.listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    closed.close();
    await once(closed, 'close');
    const error = await failureOf(post(`http://127.0.0.1:${port}/`));
    expect(error).toMatchObject({ code: 'network', errorClass: 'retry', sent: false });
    expect(error.message).toContain('ECONNREFUSED');
    expect(everythingOf(error)).not.toContain(KEY);
  });

  it('to a name that does not exist was no call', async () => {
    const lookup: typeof fetch = () => {
      const cause = Object.assign(new Error('getaddrinfo ENOTFOUND x'), { code: 'ENOTFOUND' });
      return Promise.reject(new TypeError('fetch failed', { cause }));
    };
    const error = await failureOf(post('http://x/', { world: worldOf({ fetch: lookup }) }));
    expect(error).toMatchObject({ code: 'network', sent: false });
  });

  it('reset after the request was a call', async () => {
    onData = (socket, seen) => {
      if (seen.includes('HELLO')) socket.resetAndDestroy();
    };
    const error = await failureOf(post(origin()));
    expect(error).toMatchObject({ code: 'connection_lost', errorClass: 'retry', sent: true });
  });

  it('closed or reset in the middle of the answer was a call', async () => {
    for (const end of ['resetAndDestroy', 'end'] as const) {
      onData = (socket, seen) => {
        if (!seen.includes('HELLO')) return;
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"code":');
        setTimeout(() => socket[end](), 20);
      };
      const error = await failureOf(post(origin()));
      expect(error).toMatchObject({ code: 'connection_lost', sent: true });
    }
  });

  it('that hangs in the middle of the answer times out', async () => {
    onData = (socket, seen) => {
      if (seen.includes('HELLO')) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{');
    };
    const error = await failureOf(post(origin(), { timeoutMs: 150 }));
    expect(error).toMatchObject({ code: 'timed_out', sent: true });
  });

  it('that answers something else than HTTP gave no answer', async () => {
    onData = (socket, seen) => {
      if (seen.includes('HELLO')) socket.end('I am no web server\r\n\r\n');
    };
    const error = await failureOf(post(origin()));
    expect(error).toMatchObject({ code: 'garbage_answer', sent: true });
  });

  it('without the encryption that was asked for sends nothing', async () => {
    onData = (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    const error = await failureOf(post(origin('https')));
    expect(error).toMatchObject({ code: 'tls', errorClass: 'stop', sent: false });
  });

  it('reset while the encryption is agreed on sends nothing', async () => {
    onData = (socket) => socket.resetAndDestroy();
    const error = await failureOf(post(origin('https')));
    expect(error).toMatchObject({ code: 'network', sent: false });
  });

  it('that never becomes one times out without a call', async () => {
    onData = () => undefined;
    const error = await failureOf(post(origin('https'), { timeoutMs: 150 }));
    expect(error).toMatchObject({ code: 'timed_out', sent: false });
  });
});

describe('what fetch throws', () => {
  const thrown = (code: string, message = `it failed: ${KEY}`) => {
    const cause = Object.assign(new Error(message), { code, headers: { Authorization: KEY } });
    const rejecting: typeof fetch = () => Promise.reject(new TypeError('fetch failed', { cause }));
    return failureOf(post('http://x/', { world: worldOf({ fetch: rejecting }) }));
  };

  it.each([
    ['EAI_AGAIN', 'network'],
    ['EHOSTUNREACH', 'network'],
    ['ENETUNREACH', 'network'],
    ['UND_ERR_CONNECT_TIMEOUT', 'network'],
    ['CERT_HAS_EXPIRED', 'tls'],
    ['CERT_NOT_YET_VALID', 'tls'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
    ['ERR_PROXY_TUNNEL', 'proxy'],
  ])('%s before the body left is %s', async (code, expected) => {
    const error = await thrown(code);
    expect(error).toMatchObject({ code: expected, sent: false });
    expect(error.message).toContain(code);
    expect(everythingOf(error)).not.toContain(KEY);
  });

  it('knows a proxy by its words', async () => {
    const words = 'Proxy response (407) !== 200 when HTTP Tunneling';
    expect(await thrown('UND_ERR_ABORTED', words)).toMatchObject({ code: 'proxy', sent: false });
  });
});
