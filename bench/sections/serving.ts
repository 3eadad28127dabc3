/** The engine's own memory, and how long its serving thread makes others wait, while it reads photos. */
import { setTimeout as sleep } from 'node:timers/promises';
import { makeBacklog } from '../lib/backlog.ts';
import type { Bench } from '../lib/bench.ts';
import { type BenchHost, untilIdle, untilIndexing, withHost } from '../lib/host.ts';
import { largest, percentile } from '../lib/statistics.ts';
import type { Row } from '../lib/table.ts';
import { type BenchWindow, openWindow } from '../lib/window.ts';

const BACKLOG_PHOTOS = 2000;
const WATCHED_MS = 30_000;
/** The window waits for this long after a change before it asks anew. */
const WINDOW_DELAY_MS = 150;
const PING_STEP_MS = 20;
const LENS = 50;

export async function serving(bench: Bench): Promise<readonly Row[]> {
  const libraryPath = await bench.library();
  const backlog = bench.workshop.folder('backlog');
  makeBacklog(bench.photos, backlog, BACKLOG_PHOTOS);
  return withHost(async (host) => {
    const { url } = await host.ask('open', { libraryPath, live: true, door: true });
    const window = await openWindow(url ?? '');
    try {
      await untilIdle(host);
      const asked = await behaveLikeWindow(window);
      const before = await host.ask('observe', null);
      await host.ask('addFolders', [backlog]);
      await untilIndexing(host);
      const pings = await pingWhileBusy(host);
      const observed = await host.ask('observed', null);
      const { pending } = await host.ask('state', null);
      const section = 'serving';
      return [
        {
          section,
          name: 'engine memory while indexing, without workers',
          measured: observed.largestMemoryMb,
          unit: 'MB',
          bar: { kind: 'at most', value: 300 },
          note: `${bench.libraryPhotos} photos; ${before.memoryMb.toFixed(0)} MB before`,
        },
        {
          section,
          name: 'delay of the serving thread, p99',
          measured: observed.delayP99Ms,
          unit: 'ms',
          bar: { kind: 'at most', value: 50 },
          note: `at most ${observed.delayMaxMs.toFixed(0)} ms; ${BACKLOG_PHOTOS - pending} photos read; a window asked ${asked()} times`,
        },
        {
          section,
          name: 'a caller waits, p99',
          measured: percentile(pings, 99),
          unit: 'ms',
          note: `${pings.length} questions ${PING_STEP_MS} ms apart, at most ${largest(pings).toFixed(0)} ms`,
        },
      ];
    } finally {
      window.close();
    }
  });
}

/** Asks for result and facets after each change, as the window does; answers how often it did. */
async function behaveLikeWindow(window: BenchWindow): Promise<() => number> {
  let asked = 0;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const ask = async (): Promise<void> => {
    try {
      await Promise.all([
        window.result(),
        window.client.tags.facets({ query: '', threshold: LENS }),
      ]);
      asked += 1;
    } catch (error) {
      if (!closed) throw error;
    }
  };
  await window.onPhotosChanged(() => {
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), WINDOW_DELAY_MS);
  });
  const close = window.close.bind(window);
  Object.assign(window, {
    close() {
      closed = true;
      clearTimeout(timer);
      close();
    },
  });
  return () => asked;
}

/** Asks at fixed times, whether or not the last answer has come; milliseconds that each took. */
async function pingWhileBusy(host: BenchHost): Promise<number[]> {
  const waits: number[] = [];
  const open: Promise<void>[] = [];
  const endMs = performance.now() + WATCHED_MS;
  while (performance.now() < endMs) {
    const askedMs = performance.now();
    open.push(
      host.ask('ping', null).then(() => {
        waits.push(performance.now() - askedMs);
      }),
    );
    await sleep(PING_STEP_MS);
    if (open.length % 100 === 0 && (await host.ask('state', null)).phase === 'idle') break;
  }
  await Promise.all(open);
  return waits;
}
