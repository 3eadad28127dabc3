/** Caps hold to the very call, also when the program is killed on the way to them. */
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import {
  openPaidCalls,
  type PaidCalls,
  type Tagged,
  untilReceived,
  writeAlbum,
} from '../helpers/paidCalls.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const PHOTOS = 130;
const AT_ONCE = 8;
const SERVICE = 'tencent-tag';
const TAG = ['tag', '--service', SERVICE];

let desk: PaidCalls;
const received = (): number => desk.simulators.tencent.counters(SERVICE).received;

beforeAll(async () => {
  desk = await openPaidCalls();
  await writeAlbum(desk.photos, PHOTOS);
});
afterAll(() => desk.close());

beforeEach(async () => {
  desk.simulators.tencent.calm();
  desk.simulators.tencent.forget();
  desk.simulators.tencent.behave({ latencyMs: 40 });
  await desk.newLibrary();
  await desk.answer(['settings', `${SERVICE}.concurrency`, String(AT_ONCE)]);
});

/** Kills a run at so many calls, and lets the next one come to its end. */
async function killAt(calls: number): Promise<Tagged> {
  const child = desk.start(TAG);
  await untilReceived(received, calls);
  await child.kill('SIGKILL');
  return desk.answer<Tagged>(TAG, 4);
}

it('of 100 calls lets no more through, and books them all', async () => {
  await desk.answer(['settings', `${SERVICE}.capCalls`, '100']);
  const { stopped } = await killAt(60);
  expect(stopped?.code).toBe('cap_calls');
  expect(stopped?.message).toMatch(/Raise the cap/);
  expect(await desk.uploads()).toHaveLength(100);
  // A call that was reserved when the program was killed counts, be it sent or not.
  expect(received()).toBeLessThanOrEqual(100);
  expect(received()).toBeGreaterThan(100 - AT_ONCE);
  const dry = await desk.run([...TAG, '--dry-run']);
  expect(dry.stdout).toContain('leaves 0 calls');

  const before = received();
  expect(await desk.answer<Tagged>(TAG, 4)).toMatchObject({ calls: 0 });
  expect(received()).toBe(before);
});

it('of money lets no more through, and books it all', async () => {
  await desk.answer(['settings', `${SERVICE}.pricePerThousand`, '25']);
  await desk.answer(['settings', `${SERVICE}.capMoney`, '1.01']);
  const { stopped } = await killAt(22);
  expect(stopped?.code).toBe('cap_money');
  const ledger = await desk.uploads();
  expect(ledger).toHaveLength(40);
  expect(ledger.reduce((sum, { cost }) => sum + (cost ?? Number.NaN), 0)).toBeCloseTo(1);
  expect(received()).toBeLessThanOrEqual(40);
  expect(received()).toBeGreaterThan(40 - AT_ONCE);
});
