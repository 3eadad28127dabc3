/** Networks that are there and yet are not: the queue waits and goes on by itself, and no photo is given up. */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import {
  openPaidCalls,
  type PaidCalls,
  type Tagged,
  untilReceived,
  writeAlbum,
} from '../helpers/paidCalls.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** More than the ten in a row after which a service stops. */
const PHOTOS = 24;
const SERVICE = 'tencent-tag';
const TAG = ['tag', '--service', SERVICE, '--json'];

let desk: PaidCalls;
const servers: Server[] = [];
const sockets = new Set<Socket>();

beforeAll(async () => {
  desk = await openPaidCalls();
  await writeAlbum(desk.photos, PHOTOS);
});
beforeEach(async () => {
  desk.simulators.tencent.calm();
  desk.simulators.tencent.forget();
  await desk.newLibrary();
  await desk.answer(['settings', `${SERVICE}.timeoutSeconds`, '5']);
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers) server.close();
  await desk.close();
});

/** Listens for connections; null where this computer has no such address. */
async function listen(host: string, onSocket: (socket: Socket) => void): Promise<number | null> {
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    onSocket(socket);
  });
  const isListening = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(0, host, () => resolve(true));
  });
  if (!isListening) return null;
  servers.push(server);
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? null) : null;
}

it('a page to sign in at, with status 200: nothing is given up, and all goes on after the sign-in', async () => {
  const { tencent } = desk.simulators;
  const received = (): number => tencent.counters(SERVICE).received;
  tencent.behave({ outcome: { kind: 'wrong-type' } });
  const run = desk.start(TAG);
  await untilReceived(received, 6);
  // One call at a time finds out whether it is over; the others wait.
  const before = received();
  expect(before).toBeLessThan(PHOTOS);
  tencent.calm();
  const ran = await run.ended;
  expect(ran.status, ran.stdout + ran.stderr).toBe(0);
  expect(ran.json<Tagged>()).toMatchObject({ photosTagged: PHOTOS, failed: [], stopped: null });
  // What left the computer is told of, the calls without an answer too.
  const ledger = await desk.uploads();
  expect(ledger).toHaveLength(received());
  expect(ledger.filter(({ status }) => status === 'answered')).toHaveLength(PHOTOS);
});

it('an answer that drips: it is given up in time, and the photo is asked about again', async () => {
  const target = new URL(desk.simulators.tencent.url);
  let drips = 0;
  const port = await listen('127.0.0.1', (socket) => {
    drips += 1;
    if (drips > 2) {
      socket.pipe(connect(Number(target.port), target.hostname)).pipe(socket);
      return;
    }
    socket.resume();
    const text = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Slow: ${'a'.repeat(500)}`;
    let sent = 0;
    const timer = setInterval(() => {
      if (socket.destroyed || sent >= text.length) clearInterval(timer);
      else socket.write(text[sent++] ?? '');
    }, 100);
  });
  const variables = { TAGROLL_TENCENT_ENDPOINT: `http://127.0.0.1:${port}` };
  const ran = await desk.run(TAG, variables);
  expect(ran.status, ran.stdout + ran.stderr).toBe(0);
  expect(ran.json<Tagged>()).toMatchObject({ photosTagged: PHOTOS, failed: [], stopped: null });
  expect(drips).toBeGreaterThan(2);
});

it('only IPv6: the service is reached', async (context) => {
  const target = new URL(desk.simulators.tencent.url);
  const port = await listen('::1', (socket) => {
    socket.pipe(connect(Number(target.port), target.hostname)).pipe(socket);
  });
  if (port === null) context.skip('this computer has no IPv6');
  const ran = await desk.run(TAG, { TAGROLL_TENCENT_ENDPOINT: `http://[::1]:${port}` });
  expect(ran.status, ran.stdout + ran.stderr).toBe(0);
  expect(ran.json<Tagged>()).toMatchObject({ photosTagged: PHOTOS, failed: [], stopped: null });
});
