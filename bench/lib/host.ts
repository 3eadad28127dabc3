/** An engine process for the length of a measurement, and waiting for what it does. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { HostTable } from '../hostProcess.ts';
import { type Asked, startAsked } from './asking.ts';

export type BenchHost = Asked<HostTable>;

export type Waiting = {
  /** Between two questions. Default 20. */
  readonly stepMs?: number;
  /** Default 120,000. */
  readonly withinMs?: number;
};

/** For questions that cost the engine something to answer. */
const SELDOM: Waiting = { stepMs: 200 };

/** Runs `use` with an engine process that is gone afterwards. */
export async function withHost<Value>(
  use: (host: BenchHost) => Promise<Value>,
  nodeArguments: readonly string[] = [],
): Promise<Value> {
  const host = startAsked<HostTable>(new URL('../hostProcess.ts', import.meta.url), nodeArguments);
  try {
    return await use(host);
  } finally {
    await host.stop();
  }
}

/** Asks again and again until it is so. Rejects when that takes too long. */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  { stepMs = 20, withinMs = 120_000 }: Waiting = {},
): Promise<void> {
  const endMs = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > endMs) throw new Error(`Waited ${withinMs / 1000} s in vain: ${what}.`);
    await sleep(stepMs);
  }
}

/** Until a live engine has scanned, watches every folder and has nothing left to read. */
export function untilIdle(host: BenchHost): Promise<void> {
  return until(
    'an idle engine',
    async () => {
      const { phase, pending, watching } = await host.ask('state', null);
      return watching && phase === 'idle' && pending === 0;
    },
    SELDOM,
  );
}

/** Until the decode workers are at work. */
export function untilIndexing(host: BenchHost): Promise<void> {
  return until(
    'the decode workers',
    async () => (await host.ask('state', null)).phase === 'indexing',
    SELDOM,
  );
}
