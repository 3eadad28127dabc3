/** Calls a second of the queue against simulated services: as fast as they answer, and as slow as they want. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import type { ServiceId } from '../../shared/services.ts';
import { type Asked, startAsked } from '../lib/asking.ts';
import type { Bench } from '../lib/bench.ts';
import { cachedFolder } from '../lib/places.ts';
import { median } from '../lib/statistics.ts';
import type { Row } from '../lib/table.ts';
import type { SendingTable } from '../sendingProcess.ts';
import type { Arrival, SimulatorTable } from '../simulatorProcess.ts';

const ROUNDS = 3;
const PHOTOS = 600;
const SIDE_PIXELS = 64;
const AT_ONCE = 10;
const LATENCY_MS = 100;
const SERVICE: ServiceId = 'tencent-tag';

/** A service that refuses more: how long it is asked, and from when on the pace counts. */
const LIMITED: ServiceId = 'huawei-tagging';
const PER_SECOND = 5;
const FOUND_AFTER_MS = 10_000;
const WATCHED_MS = 35_000;

export async function sending(bench: Bench): Promise<readonly Row[]> {
  const folder = await makeAlbum();
  const simulators = startAsked<SimulatorTable>(new URL('../simulatorProcess.ts', import.meta.url));
  try {
    const environment = await simulators.ask('start', null);
    const behaviour = { latencyMs: LATENCY_MS, checks: false };
    await simulators.ask('behave', { service: SERVICE, changes: behaviour });
    const rates: number[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      await withEngine(bench, folder, SERVICE, async (engine) => {
        const summary = await engine.ask('tag', { service: SERVICE, environment });
        if (summary.photosTagged !== PHOTOS) throw new Error('Not every photo was answered.');
      });
      rates.push(rateOf(await simulators.ask('take', SERVICE)));
      bench.say(`  round ${round}: ${rates.at(-1)?.toFixed(1)} calls/s`);
    }
    return [
      {
        section: 'sending',
        name: `calls, ${AT_ONCE} at once, answered after ${LATENCY_MS} ms`,
        measured: median(rates),
        unit: '/s',
        bar: { kind: 'at least', value: 90 },
        note: `${PHOTOS} photos of ${SIDE_PIXELS} × ${SIDE_PIXELS}; at most ${(AT_ONCE * 1000) / LATENCY_MS}/s`,
      },
      ...(await limited(bench, folder, simulators, environment)),
    ];
  } finally {
    await simulators.stop();
  }
}

/** The pace at a service that answers 429 above a rate. */
async function limited(
  bench: Bench,
  folder: string,
  simulators: Asked<SimulatorTable>,
  environment: Readonly<Record<string, string>>,
): Promise<readonly Row[]> {
  const rate = { perSecond: PER_SECOND, retryAfterSeconds: null, form: 'gateway' } as const;
  const behaviour = { latencyMs: LATENCY_MS, checks: false, rate };
  await simulators.ask('behave', { service: LIMITED, changes: behaviour });
  await withEngine(bench, folder, LIMITED, async (engine) => {
    // It is not over when the time is: the process is ended then, and the run with it.
    engine.ask('tag', { service: LIMITED, environment }).catch(() => undefined);
    await sleep(WATCHED_MS + 1000);
  });
  const arrivals = await simulators.ask('take', LIMITED);
  const startMs = arrivals[0]?.atMs ?? 0;
  const watched = arrivals.filter(
    ({ atMs }) => atMs >= startMs + FOUND_AFTER_MS && atMs < startMs + WATCHED_MS,
  );
  const accepted = watched.filter(({ isAccepted }) => isAccepted).length;
  const section = 'sending';
  const note = `from ${FOUND_AFTER_MS / 1000} to ${WATCHED_MS / 1000} s`;
  return [
    {
      section,
      name: `calls, refused above ${PER_SECOND}/s`,
      measured: (accepted * 1000) / (WATCHED_MS - FOUND_AFTER_MS),
      unit: '/s',
      bar: { kind: 'at least', value: PER_SECOND * 0.9 },
      note,
    },
    {
      section,
      name: 'refused calls',
      measured: (1 - accepted / watched.length) * 100,
      unit: '%',
      bar: { kind: 'at most', value: 5 },
      note,
    },
  ];
}

/** Opens a new library with the album in it. */
async function withEngine(
  bench: Bench,
  folder: string,
  service: ServiceId,
  work: (engine: Asked<SendingTable>) => Promise<void>,
): Promise<void> {
  const engine = startAsked<SendingTable>(new URL('../sendingProcess.ts', import.meta.url));
  try {
    await engine.ask('open', { libraryPath: bench.workshop.folder('sending'), folder });
    await engine.ask('set', { key: `${service}.concurrency`, value: AT_ONCE });
    await work(engine);
  } finally {
    await engine.stop();
  }
}

/** From the first arrival to the last one. */
function rateOf(arrivals: readonly Arrival[]): number {
  const times = arrivals.map(({ atMs }) => atMs);
  return ((times.length - 1) * 1000) / (Math.max(...times) - Math.min(...times));
}

/** Small pictures, each of its own colour. */
function makeAlbum(): Promise<string> {
  return cachedFolder(`sending-${PHOTOS}-${SIDE_PIXELS}`, async (draft) => {
    for (let index = 0; index < PHOTOS; index += 1) {
      const background = { r: (index % 25) * 10, g: Math.floor(index / 25) * 10, b: 120 };
      const create = { width: SIDE_PIXELS, height: SIDE_PIXELS, channels: 3, background } as const;
      writeFileSync(join(draft, `${index}.jpg`), await sharp({ create }).jpeg().toBuffer());
    }
  });
}
