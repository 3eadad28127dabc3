import { request as httpRequest } from 'node:http';
import { ALBUM } from './album.ts';
import { expect, tagrollForFile, test } from './fixture.ts';
import { openWindow } from './window.ts';

const tagroll = tagrollForFile(ALBUM);

type Answer = {
  readonly status: number;
  readonly body: string;
  readonly headers: NodeJS.Dict<string | string[]>;
};

/** A request that is sent as it is written: no client in between tidies its path or its headers. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const { port } = tagroll().door;
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body, headers: response.headers }),
      );
    });
    request.on('error', reject);
    request.end();
  });
}

/** What a window holds after it came in by the printed address. */
async function cookie(): Promise<string> {
  const { url, origin } = tagroll().door;
  const answer = await ask(url.slice(origin.length));
  expect(answer.status).toBe(303);
  const [set] = answer.headers['set-cookie'] ?? [];
  expect(set).toMatch(/HttpOnly; SameSite=Strict/);
  return set?.split(';')[0] ?? '';
}

test('nothing is answered without the cookie, or with a wrong token', async () => {
  for (const path of [
    '/',
    '/result?query=',
    '/media/thumbnail/1',
    '/media/original/1',
    '/?token=wrong',
    '/assets/x.js',
  ]) {
    const { status, body } = await ask(path);
    expect([401, 403], path).toContain(status);
    expect(body, path).not.toContain('<html');
  }
});

test('another host or another site may not ask', async () => {
  const { port } = tagroll().door;
  const held = await cookie();
  expect((await ask('/result?query=', { cookie: held })).status).toBe(200);
  for (const host of [
    `evil.example:${port}`,
    `localhost:${port}`,
    '127.0.0.1:1',
    `127.0.0.1.evil.example:${port}`,
  ]) {
    expect((await ask('/result?query=', { cookie: held, host })).status, host).toBe(400);
  }
  for (const origin of ['http://evil.example', 'null', `http://localhost:${port}`]) {
    expect((await ask('/result?query=', { cookie: held, origin })).status, origin).toBe(403);
  }
  expect((await ask('/result?query=', { cookie: held }, 'POST')).status).toBe(405);
});

test('only known photos and the window’s own files are served', async () => {
  const held = { cookie: await cookie() };
  for (const kind of ['thumbnail', 'preview', 'embedded', 'original']) {
    expect((await ask(`/media/${kind}/999999`, held)).status).toBe(404);
  }
  const { photos } = await tagroll().tagroll<{ photos: { id: number }[] }>('search', 'sea.jpg');
  const id = photos[0]?.id ?? 0;
  expect((await ask(`/media/original/${id}`, held)).status).toBe(200);
  const paths = [
    '/../package.json',
    '/..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/package.json',
    '/assets/../../../package.json',
    '/media/original/..%2f..%2fetc%2fpasswd',
    '/media/original//etc/passwd',
    '/media/original/1/../../../etc/passwd',
    '//etc/passwd',
    '/\\..\\..\\package.json',
    '/%00/etc/passwd',
  ];
  for (const path of paths) {
    const { status, body } = await ask(path, held);
    expect(body, path).not.toMatch(/"dependencies"|root:/);
    // A path that is none of its files may be answered with the window itself, never with another file.
    expect([200, 400, 404], path).toContain(status);
    if (status === 200) expect(body, path).toContain('id="root"');
  }
});

test('a WebSocket needs the cookie and the right origin', async () => {
  const { port, origin } = tagroll().door;
  const held = await cookie();
  const upgrade = (headers: Record<string, string>): Promise<number> =>
    new Promise((resolve, reject) => {
      const request = httpRequest({
        host: '127.0.0.1',
        port,
        path: '/rpc',
        headers: {
          connection: 'Upgrade',
          upgrade: 'websocket',
          'sec-websocket-version': '13',
          'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
          ...headers,
        },
      });
      request.on('upgrade', (_response, socket) => {
        socket.destroy();
        resolve(101);
      });
      request.on('response', (response) => resolve(response.statusCode ?? 0));
      request.on('error', reject);
      request.end();
    });
  expect(await upgrade({ cookie: held, origin })).toBe(101);
  expect(await upgrade({ origin })).toBe(403);
  expect(await upgrade({ cookie: held })).toBe(403);
  expect(await upgrade({ cookie: held, origin: 'http://evil.example' })).toBe(403);
});

test('the page runs only its own code and talks only to its own engine', async ({
  page,
  faults,
}) => {
  faults.allow(/content security policy|refused to|violates/i);
  await openWindow(page, tagroll());
  const { headers } = await ask('/', { cookie: await cookie() });
  expect(headers['content-security-policy']).toContain("default-src 'self'");
  expect(headers['content-security-policy']).not.toContain('unsafe');
  expect(headers['x-content-type-options']).toBe('nosniff');
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.title = "inline"';
    document.head.append(script);
    return document.title;
  });
  expect(ran).not.toBe('inline');
  const reached = await page.evaluate(() =>
    fetch('http://127.0.0.1:9/').then(
      () => 'reached',
      (error: unknown) => String(error),
    ),
  );
  expect(reached).toContain('TypeError');
  // The page's cookie is out of reach for scripts.
  expect(await page.evaluate(() => document.cookie)).toBe('');
});
