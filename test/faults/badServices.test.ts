/** Wrong accounts, clocks, addresses and networks: each is one clear sentence, and no key is in it. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createRawServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { Ran } from '../helpers/commandLine.ts';
import {
  openPaidCalls,
  type PaidCalls,
  type Tagged,
  type Variables,
  writeAlbum,
} from '../helpers/paidCalls.ts';
import { startTencent } from '../simulators/tencent.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const PHOTOS = 3;
const TENCENT = ['tag', '--service', 'tencent-tag', '--json'];
const HUAWEI = ['tag', '--service', 'huawei-tagging', '--json'];
const MINUTES_20_MS = 20 * 60_000;
const OTHER_KEY = 'TESTanotherKeyOfNobody';
const PROXY_PASSWORD = 'TESTproxyPassword';

let desk: PaidCalls;
const servers: { close(): unknown }[] = [];
const outputs: string[] = [];

beforeAll(async () => {
  desk = await openPaidCalls();
  await writeAlbum(desk.photos, PHOTOS);
  await desk.newLibrary();
  for (const service of ['tencent-tag', 'huawei-tagging']) {
    await desk.answer(['settings', `${service}.timeoutSeconds`, '5']);
  }
});
afterEach(() => {
  desk.simulators.tencent.calm();
  desk.simulators.huawei.calm();
});
afterAll(async () => {
  for (const server of servers) server.close();
  await desk.close();
});

async function run(words: readonly string[], variables: Variables = {}): Promise<Ran> {
  const ran = await desk.run(words, variables);
  outputs.push(ran.stdout, ran.stderr);
  return ran;
}

/** The run ends with this status and says why it stopped. */
async function expectStopped(
  words: readonly string[],
  wanted: { readonly status: number; readonly code: string; readonly message: RegExp },
  variables: Variables = {},
): Promise<void> {
  const ran = await run(words, variables);
  expect(ran.status, ran.stdout + ran.stderr).toBe(wanted.status);
  const { stopped, failed, photosTagged } = ran.json<Tagged>();
  expect(stopped?.code).toBe(wanted.code);
  expect(stopped?.message).toMatch(wanted.message);
  expect([failed, photosTagged]).toEqual([[], 0]);
}

/** Listens on a free port of this computer. */
async function listen(server: Server | ReturnType<typeof createRawServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  return (server.address() as AddressInfo).port;
}

it.each([
  ['Tencent', TENCENT, 'TAGROLL_TENCENT_SECRET_KEY', '14', /^Tencent Image Tags V1: .*SecretKey/],
  ['Huawei', HUAWEI, 'TAGROLL_HUAWEI_SECRET_KEY', 'APIG.0301', /^Huawei Image Tagging: .*key/i],
  ['Tencent', TENCENT, 'TAGROLL_TENCENT_SECRET_ID', '11', /SecretId does not exist.*resume/],
] as const)('%s with a wrong key (%#)', async (_name, words, variable, code, message) => {
  await expectStopped(words, { status: 4, code, message }, { [variable]: OTHER_KEY });
});

it.each([
  ['ahead', -MINUTES_20_MS, 'tencent', TENCENT],
  ['behind', MINUTES_20_MS, 'huawei', HUAWEI],
] as const)('a clock that is 20 minutes %s', async (side, clockOffsetMs, vendor, words) => {
  desk.simulators[vendor].behave({ clockOffsetMs });
  const message = new RegExp(`clock differs.*Set the clock.*20 minutes ${side}`);
  await expectStopped(words, { status: 4, code: 'clock', message });
});

it('a project of somebody else', async () => {
  await expectStopped(
    HUAWEI,
    { status: 4, code: 'ModelArts.4203', message: /^Huawei Image Tagging: .*\. .*then resume/ },
    { TAGROLL_HUAWEI_PROJECT_ID: '0f00000000000000000000000000dead' },
  );
});

it('a region without the service', async () => {
  const outcome = { kind: 'code', code: 'APIG.0101', status: 404 } as const;
  desk.simulators.huawei.behave({ outcome });
  const message = /^Huawei Image Tagging: .*(address|region)/;
  await expectStopped(HUAWEI, { status: 4, code: 'APIG.0101', message });
});

it('an address that is not of this service', async () => {
  const port = await listen(createServer((_request, response) => response.writeHead(404).end()));
  await expectStopped(
    TENCENT,
    { status: 4, code: 'http.404', message: /^Tencent Image Tags V1: .*address/ },
    { TAGROLL_TENCENT_ENDPOINT: `http://127.0.0.1:${port}` },
  );
});

it('no encryption where there should be', async () => {
  const { url } = desk.simulators.tencent;
  await expectStopped(
    TENCENT,
    { status: 1, code: 'tls', message: /certificate could not be trusted.*Nothing was sent/ },
    { TAGROLL_TENCENT_ENDPOINT: url.replace('http:', 'https:') },
  );
});

it('a proxy that lets nobody through', async () => {
  const proxy = createServer((_request, response) => response.writeHead(407).end());
  proxy.on('connect', (_request, socket) => {
    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n');
  });
  const port = await listen(proxy);
  await expectStopped(
    TENCENT,
    {
      status: 1,
      code: 'proxy',
      message: /The proxy did not let the call through\. Check the proxy/,
    },
    {
      TAGROLL_TENCENT_ENDPOINT: 'https://service.example',
      https_proxy: `http://somebody:${PROXY_PASSWORD}@127.0.0.1:${port}`,
    },
  );
});

it('an address that leads elsewhere', async () => {
  const location = `${desk.simulators.huawei.url}/elsewhere`;
  desk.simulators.tencent.behave({ outcome: { kind: 'redirect', location } });
  const before = desk.simulators.huawei.counters().received;
  const message = /sent the call elsewhere; photos and keys do not follow\. Check the address/;
  await expectStopped(TENCENT, { status: 1, code: 'redirected', message });
  expect(desk.simulators.huawei.counters().received).toBe(before);
});

it.each([
  ['hang', 'timed_out', /did not answer in time\. Tagroll tries again/],
  ['garbage', 'garbage_answer', /is no answer of this service\. Tagroll tries again/],
] as const)('a service that answers with %s', async (kind, code, message) => {
  desk.simulators.tencent.behave({ outcome: { kind } });
  const ran = await run(['services', 'test', 'tencent-tag', '--json']);
  const answer = ran.json<{ ok: boolean; code: string; message: string }>();
  expect([ran.status, answer.ok, answer.code]).toEqual([1, false, code]);
  expect(answer.message).toMatch(/^Tencent Image Tags V1: /);
  expect(answer.message).toMatch(message);
});

it('a network that comes back: the run waits, says so, and goes on', async () => {
  const port = await listen(createRawServer());
  await new Promise((resolve) => (servers.pop() as Server).close(resolve));
  const child = desk.start(TENCENT, { TAGROLL_TENCENT_ENDPOINT: `http://127.0.0.1:${port}` });
  await expect
    .poll(child.told, { timeout: 60_000 })
    .toMatch(
      /Waiting: 0 of 3.*Tencent Image Tags V1: The service could not be reached\. Check the internet/,
    );
  const late = await startTencent({ port });
  servers.push(late);
  const ran = await child.ended;
  outputs.push(ran.stdout, ran.stderr);
  expect([ran.status, ran.json<Tagged>()]).toMatchObject([0, { calls: PHOTOS, failed: [] }]);
  // What never left was no call.
  expect(late.counters('tencent-tag')).toMatchObject({ received: PHOTOS, accepted: PHOTOS });
});

it('one call that hangs is given up, counted, and made again', async () => {
  desk.simulators.huawei.next({ kind: 'hang' });
  const ran = await run(HUAWEI);
  expect([ran.status, ran.json<Tagged>()]).toMatchObject([
    0,
    { calls: PHOTOS + 1, photosTagged: PHOTOS, failed: [], stopped: null },
  ]);
  const ledger = await desk.uploads();
  const ends = ledger.slice(0, PHOTOS + 1).map(({ status }) => status);
  expect(ends.toSorted()).toEqual([...Array(PHOTOS).fill('answered'), 'failed']);
});

it('tells no key: not on the screen, not in the log', () => {
  const secrets = Object.entries(desk.simulators.environment)
    .filter(([name]) => /SECRET|ACCESS_KEY|PASSWORD/.test(name))
    .map(([, value]) => value);
  expect(secrets.length).toBeGreaterThanOrEqual(4);
  const log = readFileSync(join(desk.library, 'tagroll.log'), 'utf8');
  expect(log).toContain('service stopped');
  for (const text of [...outputs, log]) {
    for (const secret of [...secrets, OTHER_KEY, PROXY_PASSWORD])
      expect(text).not.toContain(secret);
  }
});
