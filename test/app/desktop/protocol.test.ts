import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { answer, registerScheme } from '../../../app/desktop/protocol.ts';

const folder = mkdtempSync(join(tmpdir(), 'tagroll-protocol-'));
const address = { socketPath: join(folder, 'engine'), token: 'secret' };
const seen: IncomingMessage[] = [];
let server: Server;

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(request);
    if (request.headers['if-none-match'] === '"same"') {
      response.writeHead(304, { etag: '"same"' }).end();
    } else {
      response.writeHead(200, { 'content-type': 'image/jpeg', etag: '"x"' }).end('picture');
    }
  });
  await new Promise<void>((resolve) => server.listen(address.socketPath, resolve));
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

const ask = (url: string, init?: RequestInit): Promise<Response> =>
  answer(new Request(url, init), async () => address);

describe('tagroll://', () => {
  it('forwards a GET as it was written, with the token and without the rest', async () => {
    const response = await ask('tagroll://window/media/thumbnail/7?v=a%2Fb', {
      headers: { range: 'bytes=0-9', cookie: 'x=y', 'x-other': '1' },
    });
    expect([response.status, await response.text()]).toEqual([200, 'picture']);
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
    const request = seen.at(-1);
    expect(request?.url).toBe('/media/thumbnail/7?v=a%2Fb');
    expect(request?.headers).toMatchObject({ 'x-tagroll-token': 'secret', range: 'bytes=0-9' });
    expect(request?.headers.cookie).toBeUndefined();
    expect(request?.headers['x-other']).toBeUndefined();
  });

  it('passes on that nothing changed', async () => {
    const response = await ask('tagroll://window/a', { headers: { 'if-none-match': '"same"' } });
    expect([response.status, response.body]).toEqual([304, null]);
  });

  it('forwards nothing but GET', async () => {
    const before = seen.length;
    const methods = ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'];
    const statuses = await Promise.all(
      methods.map(async (method) => (await ask('tagroll://window/', { method })).status),
    );
    expect(new Set(statuses)).toEqual(new Set([405]));
    expect(seen.length).toBe(before);
  });

  it('answers only to its own host', async () => {
    const before = seen.length;
    expect((await ask('tagroll://other/')).status).toBe(400);
    expect((await ask('tagroll://window.evil/')).status).toBe(400);
    expect(seen.length).toBe(before);
  });

  it('says when there is no engine', async () => {
    const request = new Request('tagroll://window/');
    expect((await answer(request, async () => null)).status).toBe(503);
    const gone = { socketPath: join(folder, 'gone'), token: '' };
    expect((await answer(request, async () => gone)).status).toBe(502);
  });

  it('is a standard, secure scheme without further powers', () => {
    const registerSchemesAsPrivileged = vi.fn();
    registerScheme({ registerSchemesAsPrivileged } as unknown as Electron.Protocol);
    expect(registerSchemesAsPrivileged.mock.calls[0]?.[0]).toEqual([
      {
        scheme: 'tagroll',
        privileges: {
          standard: true,
          secure: true,
          supportFetchAPI: true,
          stream: true,
          codeCache: true,
        },
      },
    ]);
  });
});
