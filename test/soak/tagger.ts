/** Keeps a tagging service busy, and has its simulator fail now and then. */
import type { ServiceId } from '../../shared/services.ts';
import type { Random } from '../fuzz/random.ts';
import type { Outcome } from '../simulators/behaviour.ts';
import type { Simulators } from '../simulators/start.ts';
import type { Engine } from './engine.ts';

export const SERVICE: ServiceId = 'tencent-tag';
/** Calls at once. */
export const AT_ONCE = 4;

const FAULTS: readonly Outcome[] = [
  { kind: 'code', code: 'http.503' },
  { kind: 'code', code: 'http.500' },
  { kind: 'code', code: '15' },
  { kind: 'reset', when: 'before' },
  { kind: 'reset', when: 'during' },
  { kind: 'garbage' },
  { kind: 'empty' },
  { kind: 'wrong-type' },
];

/** From now on this share of all calls fails in a way of its own. Answers how many did so far. */
export function injectFaults(
  simulators: Simulators,
  random: Random,
  share: number,
): { readonly injected: number; stop(): void } {
  let injected = 0;
  let stopped = false;
  simulators.tencent.onRequest(() => {
    if (stopped || random.next() >= share) return;
    injected += 1;
    simulators.tencent.next(random.pick(FAULTS), { service: SERVICE as 'tencent-tag' });
  });
  return {
    get injected() {
      return injected;
    },
    stop() {
      stopped = true;
    },
  };
}

/** Sets the service up once. */
export async function prepareTagging(client: Engine['client']): Promise<void> {
  await client.settings.set({ key: `${SERVICE}.concurrency`, value: AT_ONCE });
}

/** Starts a run over what is not tagged yet where none is under way, and has a stopped one go on. */
export async function keepTagging(client: Engine['client']): Promise<void> {
  const { lanes } = await client.tagging.status();
  const lane = lanes.find(({ service }) => service === SERVICE);
  if (lane?.phase === 'stopped' || lane?.phase === 'paused') {
    await client.tagging.resume({ service: SERVICE });
  } else if (!lane || lane.phase === 'idle') {
    await client.tagging.start({
      service: SERVICE,
      target: { query: '', threshold: 0 },
      again: false,
    });
  }
}

/** Waits until nothing is asked any more, at most so long. False: there is still work. */
export async function untilTagged(client: Engine['client'], withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  await keepTagging(client);
  while (performance.now() < deadline) {
    const { lanes } = await client.tagging.status();
    const lane = lanes.find(({ service }) => service === SERVICE);
    if (!lane || lane.phase === 'idle') return true;
    if (lane.phase === 'stopped') await client.tagging.resume({ service: SERVICE });
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return false;
}
