/**
 * Services that allow five calls a second. How near the pace comes to that is measured by
 * `npm run bench -- --only sending` and proven with a clock of its own in `rate.test.ts`; here it is the
 * whole way, and nothing depends on how busy the computer is.
 */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { ServiceId, TagSummary } from '../../shared/services.ts';
import { openPaidCalls, type PaidCalls, writeAlbum } from '../helpers/paidCalls.ts';
import type { Behaviour } from '../simulators/behaviour.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

const PHOTOS = 60;
const PER_SECOND = 5;
const AT_ONCE = 10;
/** The first calls leave together; whoever does not slow down after them is refused hundreds of times. */
const MOST_REFUSED = 40;

/** 429 of Huawei's gateway without a time to wait, code 15 of Tencent. */
const LIMITS: readonly {
  readonly service: ServiceId;
  readonly form: NonNullable<Behaviour['rate']>['form'];
}[] = [
  { service: 'huawei-tagging', form: 'gateway' },
  { service: 'tencent-tag', form: 'document' },
];

let desk: PaidCalls;

beforeAll(async () => {
  desk = await openPaidCalls();
  await writeAlbum(desk.photos, PHOTOS);
  await desk.newLibrary();
});
afterAll(() => desk.close());

it.each(LIMITS)('$service: refusals slow it down, and cost no photo', async ({ service, form }) => {
  const { tencent, huawei } = desk.simulators;
  const simulator = service === 'huawei-tagging' ? huawei : tencent;
  const rate = { perSecond: PER_SECOND, retryAfterSeconds: null, form };
  simulator.behave({ latencyMs: 80, checks: false, rate }, service);
  await desk.answer(['settings', `${service}.concurrency`, String(AT_ONCE)]);
  const ran = await desk.start(['tag', '--service', service, '--json']).ended;
  expect([ran.status, ran.json<TagSummary>()]).toMatchObject([
    0,
    { photosTagged: PHOTOS, failed: [], stopped: null },
  ]);
  const { received, accepted, limited } = simulator.counters(service);
  expect(accepted).toBe(PHOTOS);
  expect(limited).toBe(received - accepted);
  expect(limited).toBeGreaterThan(0);
  expect(limited).toBeLessThan(MOST_REFUSED);
});
