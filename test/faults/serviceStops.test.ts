/** Services that refuse in the middle of a run: hardly a call is wasted, and the run goes on afterwards. */
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import {
  openPaidCalls,
  type PaidCalls,
  type Tagged,
  untilReceived,
  writeAlbum,
} from '../helpers/paidCalls.ts';
import { ACCOUNT_ABNORMAL } from '../simulators/tencentCodes.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const PHOTOS = 60;
const AT_ONCE = 6;
const SERVICE = 'tencent-tag';
const TAG = ['tag', '--service', SERVICE, '--json'];

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
  await desk.newLibrary();
  await desk.answer(['settings', `${SERVICE}.concurrency`, String(AT_ONCE)]);
});

it('an account in arrears ends the run at once, says so, and costs no answer', async () => {
  const { tencent } = desk.simulators;
  tencent.behave({ latencyMs: 60 });
  const child = desk.start(TAG);
  await untilReceived(received, 20);
  tencent.behave({ outcome: { kind: 'code', code: '3', message: ACCOUNT_ABNORMAL } });
  const ran = await child.ended;
  expect(ran.status).toBe(4);
  const { stopped, photosTagged, failed } = ran.json<Tagged>();
  expect(stopped?.code).toBe('3.account_abnormal');
  expect(stopped?.message).toMatch(/^Tencent Image Tags V1: .*arrears.* Pay .*, then resume\./);
  expect(failed).toEqual([]);

  const { requests } = tencent;
  const refused = requests.filter(({ verdict }) => verdict === 'faulted');
  const [first] = refused;
  const answeredMs = (first?.atMs ?? 0) + (first?.durationMs ?? 0);
  expect(refused.length).toBeGreaterThan(0);
  expect(requests.filter(({ atMs }) => atMs > answeredMs).length).toBeLessThanOrEqual(AT_ONCE);
  expect(photosTagged).toBe(tencent.counters(SERVICE).accepted);

  tencent.calm();
  const answered = tencent.counters(SERVICE).accepted;
  const rest = await desk.answer<Tagged>(TAG.slice(0, -1));
  expect(rest).toMatchObject({
    considered: PHOTOS,
    alreadyKnown: answered,
    calls: PHOTOS - answered,
    stopped: null,
  });
  expect(received()).toBe(PHOTOS + refused.length);
  expect(await desk.uploads()).toHaveLength(PHOTOS + refused.length);
});

it('ten photos in a row with the same code pause the service', async () => {
  const { tencent } = desk.simulators;
  tencent.behave({ outcome: { kind: 'code', code: '-1102' } });
  const ran = await desk.run(TAG);
  expect(ran.status).toBe(1);
  const { stopped, failed } = ran.json<Tagged>();
  expect(stopped?.code).toBe('same_error_repeated');
  expect(stopped?.message).toMatch(/10 photos in a row .*-1102/);
  expect(received()).toBeGreaterThanOrEqual(10);
  expect(received()).toBeLessThanOrEqual(10 + AT_ONCE - 1);
  expect(failed).toHaveLength(received());

  tencent.calm();
  const rest = await desk.answer<Tagged>(TAG.slice(0, -1));
  expect(rest).toMatchObject({ stopped: null, failed: [] });
});
