/** A disk that fills up while answers come in: they are stored, and no further call is paid for. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import {
  openPaidCalls,
  type PaidCalls,
  type Tagged,
  untilReceived,
  writeAlbum,
} from '../helpers/paidCalls.ts';
import { mountSmallDisk, type SmallDisk } from './disks.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const PHOTOS = 80;
const AT_ONCE = 6;
const SERVICE = 'tencent-tag';
const TAG = ['tag', '--service', SERVICE];

let desk: PaidCalls;
let disk: string;
let small: SmallDisk | null = null;

beforeAll(async () => {
  desk = await openPaidCalls();
  await writeAlbum(desk.photos, PHOTOS);
  disk = join(desk.base, 'disk');
  small = mountSmallDisk(disk, 24 * 1024);
});
afterAll(async () => {
  small?.remove();
  await desk.close();
});

it('loses no answer and makes no call that it could not store', async (context) => {
  if (!small) return context.skip('no small disk can be mounted here');
  const { tencent } = desk.simulators;
  const received = (): number => tencent.counters(SERVICE).received;
  desk.library = join(disk, 'library');
  await desk.answer(['index', desk.photos]);
  await desk.answer(['settings', `${SERVICE}.concurrency`, String(AT_ONCE)]);
  tencent.behave({ latencyMs: 100 });

  const child = desk.start([...TAG, '--json']);
  await untilReceived(received, 20);
  small.fill();
  const ran = await child.ended;
  expect(ran.status, ran.stdout + ran.stderr).toBe(1);
  const { stopped } = ran.json<Tagged>();
  expect(stopped?.code).toBe('disk_full');
  expect(stopped?.message).toMatch(/Free some (disk )?space/);
  const sent = received();
  expect(sent).toBeLessThan(PHOTOS);

  small.free();
  const rest = await desk.answer<Tagged>(TAG);
  expect(rest).toMatchObject({ failed: [], stopped: null, calls: PHOTOS - sent });
  // Every answer that was on its way when the disk became full was stored.
  expect(received()).toBe(PHOTOS);
  const ledger = await desk.uploads();
  expect(ledger.map(({ status }) => status)).toEqual(Array(PHOTOS).fill('answered'));
  expect(await desk.answer(['check'])).toEqual({ ok: true, problems: [] });
});
