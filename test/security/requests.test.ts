/** Requests that are too large, too slow, too odd or too many. */
import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { DOOR_LIMITS } from '../../app/connectionGuard.ts';
import { ask, ended, handshake, openSocket, requestText, sendRaw } from './rawRequest.ts';
import { openStubDoor, type StubDoor } from './stubDoor.ts';

let stub: StubDoor | null = null;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await stub?.door.close();
  stub = null;
});
async function open(options: Parameters<typeof openStubDoor>[0] = {}): Promise<StubDoor> {
  stub = await openStubDoor(options);
  return stub;
}
async function connected(port: number): Promise<Socket> {
  const socket = await openSocket(port);
  sockets.push(socket);
  return socket;
}
/** What was answered before the door ended the connection. */
async function lastWords(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
  });
  await ended(socket);
  return text;
}

const QUICK = { ...DOOR_LIMITS, strangerMs: 300 };

describe('oversized requests', () => {
  it('a program sends an endless address: refused at 16 KB', async () => {
    const { port, cookie, reached } = await open();
    const answer = await ask(port, `/${'x'.repeat(20_000)}`, { Cookie: cookie });
    expect([answer.status, reached.length]).toEqual([431, 0]);
  });

  it('a program sends endless headers: refused at 16 KB', async () => {
    const { port, cookie, reached } = await open();
    const answer = await ask(port, '/', { Cookie: cookie, 'X-Long': 'x'.repeat(20_000) });
    expect([answer.status, reached.length]).toEqual([431, 0]);
  });

  it('a program sends ten thousand headers: refused at 16 KB', async () => {
    const { port, cookie, reached } = await open();
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`X-${at}`, 'x']));
    expect((await ask(port, '/', { Cookie: cookie, ...many })).status).toBe(431);
    expect(reached).toEqual([]);
  });

  it('a program sends a body that never ends: refused without reading it', async () => {
    const { port, cookie, reached } = await open();
    const socket = await connected(port);
    const done = lastWords(socket);
    socket.write(
      `GET /result HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nCookie: ${cookie}\r\nTransfer-Encoding: chunked\r\n\r\n`,
    );
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
    const feeding = setInterval(() => socket.write(chunk), 5);
    const text = await done;
    clearInterval(feeding);
    expect(text).toMatch(/^HTTP\/1\.1 413 /);
    expect(reached).toEqual([]);
  });

  it('a program announces a body of a gigabyte: refused before the first byte', async () => {
    const { port, cookie, reached } = await open();
    for (const method of ['GET', 'POST', 'PUT']) {
      const headers = { Cookie: cookie, 'Content-Length': '1000000000' };
      expect((await ask(port, '/', headers, method)).status).toBe(method === 'GET' ? 413 : 405);
    }
    expect(reached).toEqual([]);
  });

  it('a program asks whether it may send a body: it is not invited', async () => {
    const { port, cookie } = await open();
    for (const Expect of ['100-continue', 'something-else']) {
      const headers = { Cookie: cookie, 'Content-Length': '5', Expect };
      const answer = await ask(port, '/', headers);
      expect([answer.status, answer.text.includes('100 Continue')], Expect).toEqual([413, false]);
    }
  });

  it('a program smuggles a second request behind two lengths: refused as a whole', async () => {
    const { port, cookie, reached } = await open();
    const head = [`Host: 127.0.0.1:${port}`, `Cookie: ${cookie}`];
    for (const lengths of [
      ['Content-Length: 5', 'Content-Length: 6'],
      ['Content-Length: 5', 'Transfer-Encoding: chunked'],
      ['Transfer-Encoding: chunked, identity'],
    ]) {
      const text = `${requestText('/a', [...head, ...lengths])}0\r\n\r\n${requestText('/smuggled', head)}`;
      const { status } = await sendRaw(port, text);
      expect([400, 413], lengths.join()).toContain(status);
    }
    expect(reached).not.toContain('/smuggled');
  });
});

describe('odd requests', () => {
  it('a program uses TRACE, CONNECT or a method of its own: none reaches the engine', async () => {
    const { port, cookie, reached } = await open();
    for (const method of [
      'TRACE',
      'CONNECT',
      'TRACK',
      'DEBUG',
      'PROPFIND',
      'LINK',
      'PURGE',
      'GETS',
    ]) {
      const { status, text } = await ask(port, '/', { Cookie: cookie }, method);
      expect([0, 400, 405], method).toContain(status);
      expect(text, method).not.toContain(cookie);
    }
    expect(reached).toEqual([]);
  });

  it('a program speaks another protocol (TLS, HTTP/2, SMTP): the connection ends', async () => {
    const { port, reached } = await open();
    for (const bytes of [
      Buffer.from('16030100a5010000a10303', 'hex'),
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
      'EHLO evil.example\r\n\r\n',
      '\0'.repeat(100),
      'GET / HTTP/9.9\r\n\r\n',
    ]) {
      expect([0, 400, 505]).toContain((await sendRaw(port, bytes)).status);
    }
    expect(reached).toEqual([]);
  });

  it('a program puts line breaks into a header: refused', async () => {
    const { port, cookie, reached } = await open();
    for (const evil of ['a\nSet-Cookie: b=c', 'a\rX: y', 'a\0b']) {
      const answer = await ask(port, '/', { Cookie: cookie, 'X-Evil': evil });
      if (answer.status === 200) expect(answer.text).not.toContain('b=c');
      else expect(answer.status).toBe(400);
      expect(answer.headers.has('set-cookie')).toBe(false);
    }
    expect(reached.length).toBeLessThanOrEqual(1);
  });

  it('a program asks for a WebSocket elsewhere, or for another upgrade: refused and ended', async () => {
    const { port, cookie, origin } = await open();
    const own = { Cookie: cookie, Origin: origin };
    const socket = await connected(port);
    const done = lastWords(socket);
    socket.write(handshake(port, own).replace('/rpc', '/other'));
    expect(await done).toMatch(/^HTTP\/1\.1 404 /);
    const other = await connected(port);
    const otherDone = lastWords(other);
    other.write(handshake(port, own).replace('Upgrade: websocket', 'Upgrade: h2c'));
    expect(await otherDone).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('a program keeps its side of a refused WebSocket open: the connection ends all the same', async () => {
    const { port } = await open();
    const socket = await connected(port);
    socket.allowHalfOpen = true;
    const done = lastWords(socket);
    socket.write(handshake(port, { Origin: 'https://evil.example' }));
    const holding = setInterval(() => socket.write('x'), 20);
    const text = await done;
    clearInterval(holding);
    expect(text).toMatch(/^HTTP\/1\.1 403 /);
  });
});

describe('slow requests', () => {
  it('a program sends a header a byte at a time (slow loris): ended when its time is over', async () => {
    const { port } = await open({ limits: QUICK });
    const socket = await connected(port);
    const done = lastWords(socket);
    socket.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Slow: `);
    const feeding = setInterval(() => socket.write('x'), 20);
    const text = await done;
    clearInterval(feeding);
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('a program connects and says nothing: ended when its time is over', async () => {
    const { port } = await open({ limits: QUICK });
    expect(await lastWords(await connected(port))).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('a program sends a body a byte at a time: refused before it, and ended', async () => {
    const { port } = await open({ limits: QUICK });
    const socket = await connected(port);
    const done = lastWords(socket);
    socket.write(`POST / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 1000\r\n\r\n`);
    const feeding = setInterval(() => socket.write('x'), 20);
    const text = await done;
    clearInterval(feeding);
    expect(text).toMatch(/^HTTP\/1\.1 403 /);
  });

  it('a program asks again and again on one connection without the token: ended when its time is over', async () => {
    const { port } = await open({ limits: QUICK });
    const socket = await connected(port);
    const done = lastWords(socket);
    const asking = setInterval(
      () => socket.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`),
      50,
    );
    const text = await done;
    clearInterval(asking);
    expect(text).toMatch(/^HTTP\/1\.1 403 /);
  });

  it('a window rests for longer than that: its connection stays', async () => {
    const { port, cookie, origin } = await open({ limits: QUICK });
    const socket = await connected(port);
    socket.write(handshake(port, { Cookie: cookie, Origin: origin }));
    await new Promise((resolve) => socket.once('data', resolve));
    // Another one's time runs out meanwhile.
    await lastWords(await connected(port));
    expect([socket.destroyed, stub?.door.connections()]).toEqual([false, 1]);
  });
});

describe('more connections than the door accepts', () => {
  it('a program opens hundreds: its oldest are ended, the window’s own stays and new ones come in', async () => {
    const { port, cookie, origin } = await open();
    const own = await connected(port);
    own.write(handshake(port, { Cookie: cookie, Origin: origin }));
    await new Promise((resolve) => own.once('data', resolve));
    const flood: Socket[] = [];
    for (let count = 0; count < 300; count += 1) flood.push(await connected(port));
    const alive = (): number => flood.filter((socket) => !socket.destroyed).length;
    for (const socket of flood) socket.resume();
    await expect.poll(alive).toBeLessThanOrEqual(DOOR_LIMITS.strangers);
    // The window goes on, and its pictures come over connections of their own.
    expect((await ask(port, '/media/thumbnail/1', { Cookie: cookie })).status).toBe(200);
    expect([own.destroyed, stub?.door.connections()]).toEqual([false, 1]);
  });

  it('a broken page opens window after window: refused from the 65th on', async () => {
    const { port, cookie, origin } = await open({ limits: { ...DOOR_LIMITS, windows: 3 } });
    const statuses: string[] = [];
    for (let count = 0; count < 4; count += 1) {
      const socket = await connected(port);
      const words = new Promise<string>((resolve) =>
        socket.once('data', (chunk: Buffer) => resolve(chunk.toString('latin1').slice(9, 12))),
      );
      socket.write(handshake(port, { Cookie: cookie, Origin: origin }));
      statuses.push(await words);
    }
    expect(statuses).toEqual(['101', '101', '101', '503']);
    expect(DOOR_LIMITS.windows).toBe(64);
  });
});
