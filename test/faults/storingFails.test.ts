/** A disk that fills up while answers come in: they are stored, and no further call is paid for. */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import {
  openPaidCalls,
  type PaidCalls,
  type Tagged,
  untilReceived,
  writeAlbum,
} from '../helpers/paidCalls.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const PHOTOS = 80;
const AT_ONCE = 6;
const SERVICE = 'tencent-tag';
const TAG = ['tag', '--service', SERVICE];

let desk: PaidCalls;
let disk: string;
/** A disk of our own, small enough to fill. Needs root and a system that mounts memory. */
let isMounted = false;

beforeAll(async () => {
  desk = await openPaidCalls();
  await writeAlbum(desk.photos, PHOTOS);
  disk = join(desk.base, 'disk');
  mkdirSync(disk);
  isMounted =
    process.platform === 'linux' &&
    spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', disk]).status === 0;
});
afterAll(async () => {
  if (isMounted) spawnSync('umount', [disk]);
  await desk.close();
});

/** Takes all the room that is left. */
function fillUp(path: string): void {
  const descriptor = openSync(path, 'w');
  let block = Buffer.alloc(1024 * 1024);
  try {
    while (block.length > 0) {
      try {
        writeSync(descriptor, block);
      } catch {
        block = block.subarray(0, Math.floor(block.length / 2));
      }
    }
  } finally {
    closeSync(descriptor);
  }
}

it('loses no answer and makes no call that it could not store', async (context) => {
  if (!isMounted) context.skip('no small disk can be mounted here');
  const { tencent } = desk.simulators;
  const received = (): number => tencent.counters(SERVICE).received;
  desk.library = join(disk, 'library');
  await desk.answer(['index', desk.photos]);
  await desk.answer(['settings', `${SERVICE}.concurrency`, String(AT_ONCE)]);
  tencent.behave({ latencyMs: 100 });

  const child = desk.start([...TAG, '--json']);
  await untilReceived(received, 20);
  fillUp(join(disk, 'others'));
  const ran = await child.ended;
  expect(ran.status, ran.stdout + ran.stderr).toBe(1);
  const { stopped } = ran.json<Tagged>();
  expect(stopped?.code).toBe('disk_full');
  expect(stopped?.message).toMatch(/Free some (disk )?space/);
  const sent = received();
  expect(sent).toBeLessThan(PHOTOS);

  rmSync(join(disk, 'others'));
  const rest = await desk.answer<Tagged>(TAG);
  expect(rest).toMatchObject({ failed: [], stopped: null, calls: PHOTOS - sent });
  // Every answer that was on its way when the disk became full was stored.
  expect(received()).toBe(PHOTOS);
  const ledger = await desk.uploads();
  expect(ledger.map(({ status }) => status)).toEqual(Array(PHOTOS).fill('answered'));
  expect(await desk.answer(['check'])).toEqual({ ok: true, problems: [] });
});
