import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { openSupervisedDoor, type SupervisedDoor } from '../../app/supervisedDoor.ts';
import { ask } from '../security/rawRequest.ts';

const folder = mkdtempSync(join(tmpdir(), 'tagroll-supervised-'));
const log = join(folder, 'starts.log');
let door: SupervisedDoor | null = null;
let said: string[] = [];
let windows: number[] = [];
afterEach(async () => {
  await door?.close();
  door = null;
  rmSync(log, { force: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A stand-in for the engine: answers every connection with the number of its start and the keys it was told. */
async function open(program: string, silentMs?: number): Promise<SupervisedDoor> {
  said = [];
  windows = [];
  const entry = join(folder, 'engine.mjs');
  writeFileSync(
    entry,
    `import { appendFileSync, readFileSync } from 'node:fs';
     appendFileSync(${JSON.stringify(log)}, process.argv.slice(2).join(' ') + '\\n');
     const starts = readFileSync(${JSON.stringify(log)}, 'utf8').trim().split('\\n').length;
     let keys = null;
     process.on('disconnect', () => process.exit(0));
     process.on('message', (message, socket) => {
       if (message.kind === 'ping') process.send({ kind: 'pong' });
       if (message.kind === 'door') keys = message;
       if (message.kind !== 'connection') return;
       process.send({ kind: 'connected' });
       socket.resume();
       socket.on('error', () => {});
       socket.once('data', (data) => {
         if (String(data).includes('/crash')) return setTimeout(() => process.exit(9), 100);
         const body = JSON.stringify({ starts, entry: keys.entry, once: keys.once });
         socket.end('HTTP/1.1 200 OK\\r\\nContent-Length: ' + body.length + '\\r\\n\\r\\n' + body);
       });
     });
     const ready = () => console.log(JSON.stringify({ kind: 'ready', socketPath: '/s', token: 't' }));
     ${program}`,
  );
  door = await openSupervisedDoor({
    node: process.execPath,
    entry,
    libraryPath: '/library',
    rendererPath: '/renderer',
    port: 0,
    firstDelayMs: 1,
    ...(silentMs === undefined ? {} : { silentMs }),
    onWindows: (count) => windows.push(count),
    say: (line) => said.push(line),
  });
  return door;
}

type Body = { readonly starts: number; readonly entry: string; readonly once: readonly string[] };

describe('the door before an engine of its own', () => {
  it('hands connections over, and holds those that come while the engine starts again', async () => {
    const { port, url } = await open('ready();');
    const first = JSON.parse((await ask(port, '/')).body) as Body;
    expect(first).toMatchObject({ starts: 1, entry: new URL(url).searchParams.get('token') });
    expect((await ask(port, '/crash')).status).toBe(0);
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(port, '/')));
    const bodies = answers.map(({ body }) => JSON.parse(body) as Body);
    expect(new Set(bodies.map(({ starts }) => starts))).toEqual(new Set([2]));
    // The same keys: no window has to be let in again.
    expect(new Set(bodies.map(({ entry }) => entry))).toEqual(new Set([first.entry]));
    expect(said.join()).toContain('is started again');
  });

  it('hands a connection that an engine hung with to the next one', async () => {
    const { port } = await open(
      'ready(); if (starts === 1) setTimeout(() => { for (;;); }, 300);',
      1000,
    );
    expect(JSON.parse((await ask(port, '/')).body)).toMatchObject({ starts: 1 });
    await new Promise((resolve) => setTimeout(resolve, 400));
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask(port, '/')));
    expect(answers.map(({ body }) => (JSON.parse(body) as Body).starts)).toEqual([2, 2, 2, 2, 2]);
  });

  it('keeps windows open in mind until they had time to come again', async () => {
    const { port } = await open(
      'ready(); if (starts === 1) setTimeout(() => process.send({ kind: "windows", count: 2 }), 20);',
    );
    await expect.poll(() => windows).toEqual([2]);
    await ask(port, '/crash');
    expect(JSON.parse((await ask(port, '/')).body)).toMatchObject({ starts: 2 });
    expect(windows).toEqual([2, 0]);
  });

  it('tells the next engine of keys that were not used yet', async () => {
    const opened = await open('ready();');
    const [one, other] = [opened.windowUrl(), opened.windowUrl()].map(
      (url) => new URL(url).searchParams.get('token') ?? '',
    );
    await ask(opened.port, '/crash');
    const { once } = JSON.parse((await ask(opened.port, '/')).body) as Body;
    expect([...once].sort()).toEqual([one, other].sort());
  });

  it('says so when the engine dies again and again, and starts it once a window asks for it', async () => {
    const { port, url } = await open(
      'if (starts === 1 || starts > 6) ready(); else process.exit(1);',
    );
    expect((await ask(port, '/crash')).status).toBe(0);
    await expect.poll(() => said.join('\n'), { timeout: 20_000 }).toContain('in a row');
    const origin = `http://127.0.0.1:${port}`;
    // Whoever has no cookie learns nothing and starts nothing.
    for (const headers of [{}, { Origin: 'https://evil.example' }]) {
      expect((await ask(port, '/door/restart', headers, 'POST')).status).toBe(403);
    }
    const entered = await ask(port, url.slice(origin.length));
    const Cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const stopped = await ask(port, '/', { Cookie });
    expect(stopped.status).toBe(503);
    expect(stopped.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(stopped.headers.get('x-content-type-options')).toBe('nosniff');
    expect(JSON.parse(stopped.body)).toMatchObject({
      code: 'internal',
      data: { reason: 'ended with status 1' },
    });
    // Whoever was sent there after a start is told, and starts nothing by being there.
    const page = { Cookie, 'Sec-Fetch-Dest': 'document', 'Sec-Fetch-Mode': 'navigate' };
    const chinese = await ask(port, '/?started', { ...page, 'Accept-Language': 'fr,zh-CN,en' });
    expect(chinese.status).toBe(503);
    expect(asUtf8(chinese.body)).toContain('Tagroll 引擎已停止');
    const english = await ask(port, '/?started', page);
    expect(asUtf8(english.body)).toContain('<h1>Tagroll’s engine stopped</h1>');
    expect(english.body).toContain('ended 6 times in a row');
    const foreign = { Cookie, Origin: 'https://evil.example' };
    expect((await ask(port, '/door/restart', foreign, 'POST')).status).toBe(403);
    expect(readFileSync(log, 'utf8').trim().split('\n')).toHaveLength(6);
    expect((await ask(port, '/door/restart', { Cookie, Origin: origin }, 'POST')).status).toBe(202);
    await expect.poll(async () => (await ask(port, '/')).status).toBe(200);
  });

  it('starts it for whoever loads the window anew, and sends them to what comes of it', async () => {
    const { port, url } = await open(
      'if (starts === 1 || starts > 6) ready(); else process.exit(1);',
    );
    expect((await ask(port, '/crash')).status).toBe(0);
    await expect.poll(() => said.join('\n'), { timeout: 20_000 }).toContain('in a row');
    const entered = await ask(port, url.slice(`http://127.0.0.1:${port}`.length));
    const Cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const asked = await ask(port, '/', { Cookie, 'Sec-Fetch-Dest': 'document' });
    expect(asked.status).toBe(303);
    expect(asked.headers.get('location')).toBe('/?started');
    expect(JSON.parse((await ask(port, '/?started', { Cookie })).body)).toMatchObject({
      starts: 7,
    });
  });

  it('says what the engine said when it cannot start, and listens to nobody', async () => {
    const failing = open(
      "console.log(JSON.stringify({ kind: 'failed', error: { code: 'library_locked', message: 'held', data: {} } })); process.exitCode = 1; process.disconnect();",
    );
    await expect(failing).rejects.toMatchObject({ code: 'library_locked', message: 'held' });
  });

  it('ends when somebody ends its engine politely', async () => {
    const { ended } = await open('ready(); setTimeout(() => process.exit(0), 50);');
    await ended;
    expect(said).toEqual([]);
  });
});

/** What `ask` read byte by byte. */
function asUtf8(body: string): string {
  return Buffer.from(body, 'latin1').toString('utf8');
}
