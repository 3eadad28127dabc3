/** Services that allow five calls a second: the pace is found, and hardly a call is refused. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { ServiceId } from '../../shared/services.ts';
import { openPaidCalls, type PaidCalls, untilReceived, writeAlbum } from '../helpers/paidCalls.ts';
import type { Behaviour } from '../simulators/behaviour.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

const PHOTOS = 300;
const PER_SECOND = 5;
const AT_ONCE = 10;
/** Since the first call. */
const FOUND_AFTER_MS = 10_000;
/**
 * The pace is that of so long a time. A computer that is busy with other things makes calls late, and then
 * they are refused: such a time says nothing, so there may be others.
 */
const MEASURED_MS = 10_000;
const LONGEST_MS = 90_000;
const LOOK_EVERY_MS = 1000;

/** 429 of Huawei's gateway without a time to wait, code 15 of Tencent, Huawei's 400 without a code. */
const LIMITS: readonly {
  readonly service: ServiceId;
  readonly form: NonNullable<Behaviour['rate']>['form'];
}[] = [
  { service: 'huawei-tagging', form: 'gateway' },
  { service: 'tencent-tag', form: 'document' },
];

type Pace = {
  readonly service: ServiceId;
  readonly acceptedPerSecond: number;
  readonly refusedShare: number;
};

let desk: PaidCalls;

beforeAll(async () => {
  desk = await openPaidCalls();
  await writeAlbum(desk.photos, PHOTOS);
});
afterAll(() => desk.close());

async function watch(service: ServiceId, form: 'gateway' | 'document'): Promise<Pace> {
  const { tencent, huawei } = desk.simulators;
  const simulator = service === 'huawei-tagging' ? huawei : tencent;
  const rate = { perSecond: PER_SECOND, retryAfterSeconds: null, form };
  simulator.behave({ latencyMs: 80, checks: false, rate }, service);
  const child = desk.start(['tag', '--service', service]);
  const requests = () => simulator.requests.filter((request) => request.service === service);
  await untilReceived(() => requests().length, 1);
  const firstMs = requests()[0]?.atMs ?? 0;
  const paceOf = (fromMs: number, untilMs: number): Pace => {
    const calls = requests().filter(({ atMs, verdict }) => {
      const sinceMs = atMs - firstMs;
      return sinceMs >= fromMs && sinceMs < untilMs && verdict !== 'pending';
    });
    const accepted = calls.filter(({ verdict }) => verdict === 'accepted').length;
    return {
      service,
      acceptedPerSecond: (accepted * 1000) / (untilMs - fromMs),
      refusedShare: 1 - accepted / calls.length,
    };
  };
  let untilMs = FOUND_AFTER_MS + MEASURED_MS;
  let pace: Pace;
  do {
    await sleep(firstMs + untilMs - Date.now());
    pace = paceOf(untilMs - MEASURED_MS, untilMs);
    untilMs += LOOK_EVERY_MS;
  } while (!isWithinBar(pace) && untilMs <= LONGEST_MS);
  await child.kill('SIGKILL');
  expect(paceOf(FOUND_AFTER_MS, untilMs).refusedShare).toBeLessThan(0.05);
  return pace;
}

function isWithinBar({ acceptedPerSecond, refusedShare }: Pace): boolean {
  return Math.abs(acceptedPerSecond - PER_SECOND) <= PER_SECOND / 10 && refusedShare < 0.05;
}

it('settles at what the service takes, with hardly a refused call', async () => {
  const watching: Promise<Pace>[] = [];
  // They wait more than they work: side by side they take the time of one.
  for (const { service, form } of LIMITS) {
    await desk.newLibrary();
    await desk.answer(['settings', `${service}.concurrency`, String(AT_ONCE)]);
    watching.push(watch(service, form));
  }
  const paces = await Promise.all(watching);
  expect(paces.filter((pace) => !isWithinBar(pace))).toEqual([]);
});
