import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type BrowserDoor, openBrowserDoor } from '../../app/browser.ts';
import type { Engine } from '../../main/engine.ts';
import { silentLogger } from '../../main/log.ts';

let door: BrowserDoor | null = null;
afterEach(async () => {
  await door?.close();
  door = null;
});

async function openDoor(): Promise<BrowserDoor> {
  const engine: Pick<Engine, 'handle' | 'router'> = {
    handle: async (request) => new Response(`page ${new URL(request.url).pathname}`),
    router: {} as Engine['router'],
  };
  door = await openBrowserDoor(engine, { port: 0, logger: silentLogger });
  return door;
}

/** Enters and answers the cookie as the browser would send it. */
async function enter(url: string): Promise<{ status: number; cookie: string; header: string }> {
  const answer = await fetch(url, { redirect: 'manual' });
  const header = answer.headers.get('set-cookie') ?? '';
  return { status: answer.status, cookie: header.split(';')[0] ?? '', header };
}

function upgrade(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url, { headers });
    socket.on('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.on('unexpected-response', (_request, answer) => resolve(answer.statusCode ?? 0));
    socket.on('error', () => undefined);
  });
}

describe('the browser door', () => {
  it('exchanges its token for a cookie that scripts cannot read', async () => {
    const { url, port } = await openDoor();
    const entered = await enter(url);
    expect(entered.status).toBe(303);
    expect(entered.header).toMatch(/^tagroll-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/);
    expect(entered.cookie).not.toContain(new URL(url).searchParams.get('token') ?? '?');
    const page = await fetch(`http://127.0.0.1:${port}/x`, { headers: { cookie: entered.cookie } });
    expect([page.status, await page.text()]).toEqual([200, 'page /x']);
  });

  it('refuses everybody else', async () => {
    const { port } = await openDoor();
    const base = `http://127.0.0.1:${port}`;
    expect((await fetch(`${base}/`)).status).toBe(403);
    expect((await fetch(`${base}/?token=`)).status).toBe(403);
    expect((await fetch(`${base}/?token=${'A'.repeat(43)}`)).status).toBe(403);
    const cookie = `tagroll-${port}=${'A'.repeat(43)}`;
    expect((await fetch(`${base}/`, { headers: { cookie } })).status).toBe(403);
  });

  it('takes the token of a command line once, the printed one as often as it is used', async () => {
    const { windowUrl, url } = await openDoor();
    const once = windowUrl();
    const first = await enter(once);
    expect(first.status).toBe(303);
    expect((await enter(once)).status).toBe(403);
    const again = await fetch(once, { redirect: 'manual', headers: { cookie: first.cookie } });
    expect(again.status).toBe(303);
    expect([(await enter(url)).status, (await enter(url)).status]).toEqual([303, 303]);
  });

  it('answers only to its own name', async () => {
    const { url, port } = await openDoor();
    const { cookie } = await enter(url);
    const answer = await fetch(`http://localhost:${port}/`, { headers: { cookie } });
    expect(answer.status).toBe(400);
  });

  it('refuses other sites, with or without the cookie', async () => {
    const { url, port } = await openDoor();
    const { cookie } = await enter(url);
    const base = `http://127.0.0.1:${port}`;
    const evil = { cookie, origin: 'https://evil.example' };
    expect((await fetch(`${base}/`, { headers: evil })).status).toBe(403);
    expect((await fetch(`${base}/`, { headers: { cookie, origin: base } })).status).toBe(200);
    const rpc = `ws://127.0.0.1:${port}/rpc`;
    expect(await upgrade(rpc, evil)).toBe(403);
    expect(await upgrade(rpc, { cookie })).toBe(403);
    expect(await upgrade(rpc, { origin: base })).toBe(403);
    expect(await upgrade(rpc, { cookie, origin: base })).toBe(101);
  });

  it('tells the browser to load nothing from elsewhere', async () => {
    const { url, port } = await openDoor();
    const { headers } = await fetch(url, { redirect: 'manual' });
    const policy = headers.get('content-security-policy');
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${port};`);
    expect(policy).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });
});
