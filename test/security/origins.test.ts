/** Pages of other sites, open in the same browser. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, requestText, sendRaw, upgrade } from './rawRequest.ts';
import { openStubDoor, type StubDoor } from './stubDoor.ts';

let stub: StubDoor;
beforeAll(async () => {
  stub = await openStubDoor();
});
afterAll(() => stub.door.close());

/** The refusal came before the engine heard anything. */
async function refused(headers: Readonly<Record<string, string>>): Promise<number> {
  const before = stub.reached.length;
  const { status } = await ask(stub.port, '/result?query=', { Cookie: stub.cookie, ...headers });
  expect(stub.reached).toHaveLength(before);
  return status;
}

/** Names that lead to this machine, or that a browser could be made to believe so. */
function foreignHosts(port: number): readonly string[] {
  return [
    `evil.example:${port}`,
    `localhost:${port}`,
    `[::1]:${port}`,
    `127.0.0.1.evil.example:${port}`,
    `127.0.0.2:${port}`,
    '127.0.0.1',
    '127.0.0.1:1',
    `0.0.0.0:${port}`,
    `2130706433:${port}`,
    `0x7f.1:${port}`,
    `127.1:${port}`,
    `127.0.0.1.:${port}`,
    `127.0.0.1:0${port}`,
    `user@127.0.0.1:${port}`,
    `127.0.0.1:${port}/x`,
    `127.0.0.1:${port}#`,
    `127.0.0.1:${port}\\@evil.example`,
    `１２７.0.0.1:${port}`,
  ];
}

describe('a web page of another site', () => {
  it('rebinds its name to 127.0.0.1: the Host of a request must be the door’s own', async () => {
    expect((await ask(stub.port, '/', { Cookie: stub.cookie })).status).toBe(200);
    for (const Host of foreignHosts(stub.port)) expect(await refused({ Host }), Host).toBe(400);
  });

  it('rebinds its name for a WebSocket: the Host of the handshake must be the door’s own', async () => {
    const { port, cookie, origin } = stub;
    for (const Host of foreignHosts(port)) {
      expect(await upgrade(port, { Cookie: cookie, Origin: origin, Host }), Host).toBe(400);
    }
  });

  it('names two hosts: the request is refused', async () => {
    const { port, cookie } = stub;
    const own = `Host: 127.0.0.1:${port}`;
    for (const lines of [
      [own, 'Host: evil.example', `Cookie: ${cookie}`],
      ['Host: evil.example', own, `Cookie: ${cookie}`],
    ]) {
      expect((await sendRaw(port, requestText('/result', lines))).status).toBe(400);
    }
  });

  it('names no host, or one in the address: the request is refused', async () => {
    const { port, cookie } = stub;
    const lines = [`Host: 127.0.0.1:${port}`, `Cookie: ${cookie}`];
    expect((await sendRaw(port, requestText('/x', [`Cookie: ${cookie}`]))).status).toBe(400);
    for (const target of ['http://evil.example/x', '//evil.example', 'evil.example/x', '*']) {
      const before = stub.reached.length;
      const { status } = await sendRaw(port, requestText(target, lines));
      // `//evil.example` is a path of this host, and nothing else.
      if (target.startsWith('/')) expect(stub.reached.at(-1)).toBe('//evil.example');
      else expect([status, stub.reached.length], target).toEqual([400, before]);
    }
  });

  it('asks from its own origin: refused, with the cookie too', async () => {
    const { port } = stub;
    for (const Origin of [
      'https://evil.example',
      'null',
      `http://localhost:${port}`,
      `https://127.0.0.1:${port}`,
      `http://127.0.0.1:${port + 1}`,
      `http://127.0.0.1:${port}.evil.example`,
      `http://127.0.0.1:${port}/`,
      'file://',
    ]) {
      expect(await refused({ Origin }), Origin).toBe(403);
    }
  });

  it('opens a WebSocket from its own origin, or from none: refused', async () => {
    const { port, cookie, origin } = stub;
    for (const Origin of ['https://evil.example', 'null', `http://127.0.0.1:${port + 1}`]) {
      expect(await upgrade(port, { Cookie: cookie, Origin }), Origin).toBe(403);
    }
    expect(await upgrade(port, { Cookie: cookie })).toBe(403);
    expect(await upgrade(port, { Cookie: cookie, Origin: origin })).toBe(101);
  });

  it('shows a photo by <img>, <script> or <iframe>: what browsers say of who asks is believed', async () => {
    for (const site of ['cross-site', 'same-site']) {
      for (const dest of ['image', 'script', 'style', 'video', 'empty']) {
        const headers = {
          'Sec-Fetch-Site': site,
          'Sec-Fetch-Mode': 'no-cors',
          'Sec-Fetch-Dest': dest,
        };
        expect(await refused(headers), `${site} ${dest}`).toBe(403);
      }
      for (const dest of ['iframe', 'embed', 'object', 'frame']) {
        const headers = {
          'Sec-Fetch-Site': site,
          'Sec-Fetch-Mode': 'navigate',
          'Sec-Fetch-Dest': dest,
        };
        expect(await refused(headers), `${site} ${dest}`).toBe(403);
      }
    }
  });

  it('links to Tagroll: the page opens, as nothing is done by opening it', async () => {
    const headers = {
      Cookie: stub.cookie,
      'Sec-Fetch-Site': 'cross-site',
      'Sec-Fetch-Mode': 'navigate',
      'Sec-Fetch-Dest': 'document',
    };
    expect((await ask(stub.port, '/', headers)).status).toBe(200);
  });

  it('sends a form or a beacon (CSRF): nothing but GET is answered, and a GET changes nothing', async () => {
    const { port, cookie, origin } = stub;
    const before = stub.reached.length;
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const own = { Cookie: cookie, Origin: origin, 'Content-Length': '0' };
      expect((await ask(port, '/rpc', own, method)).status, method).toBe(405);
      const foreign = { ...own, Origin: 'https://evil.example' };
      expect((await ask(port, '/rpc', foreign, method)).status, method).toBe(403);
    }
    expect(stub.reached).toHaveLength(before);
  });

  it('calls the engine by GET or POST on /rpc: calls are heard on a WebSocket alone', async () => {
    const { port, cookie } = stub;
    await ask(port, '/rpc/library/forgetMissing?data={"dryRun":false}', { Cookie: cookie });
    // It went the way of every page that is asked for: nothing in it calls the router.
    expect(stub.reached.at(-1)).toBe('/rpc/library/forgetMissing');
  });

  it('asks for leave first (CORS preflight): no header grants anything', async () => {
    const { headers } = await ask(
      stub.port,
      '/result',
      {
        Cookie: stub.cookie,
        Origin: 'https://evil.example',
        'Access-Control-Request-Method': 'GET',
        'Access-Control-Request-Private-Network': 'true',
      },
      'OPTIONS',
    );
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});
