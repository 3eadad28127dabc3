/** A rescan of a large library in which nothing has changed. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from '../lib/bench.ts';
import { until, withHost } from '../lib/host.ts';
import { median } from '../lib/statistics.ts';
import type { Row } from '../lib/table.ts';

const ROUNDS = 3;

export async function rescan(bench: Bench): Promise<readonly Row[]> {
  const libraryPath = await bench.library();
  const thumbnails = join(libraryPath, 'thumbnails');
  const before = stampsBelow(thumbnails);
  const measured = await withHost(
    async (host) => {
      await host.ask('open', { libraryPath, live: false, door: false });
      await until(
        'the index',
        async () => (await host.ask('browsable', null)) === bench.libraryPhotos,
      );
      const { memoryMb } = await host.ask('observe', null);
      // The first one brings the folders into the system's memory.
      await host.ask('rescan', null);
      const seconds: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const startedMs = performance.now();
        await host.ask('rescan', null);
        seconds.push((performance.now() - startedMs) / 1000);
      }
      const observed = await host.ask('observed', null);
      const { pending } = await host.ask('state', null);
      await host.ask('close', null);
      if (pending > 0) throw new Error(`The rescan took ${pending} unchanged photos for new ones.`);
      return { seconds, extraMb: observed.largestMemoryMb - memoryMb, observed };
    },
    ['--expose-gc'],
  );
  const after = stampsBelow(thumbnails);
  const touched = [...after].filter(([path, stamp]) => before.get(path) !== stamp).length;
  const gone = [...before.keys()].filter((path) => !after.has(path)).length;
  const section = 'rescan';
  return [
    {
      section,
      name: `${bench.libraryPhotos} files, nothing changed, warm`,
      measured: median(measured.seconds),
      unit: 's',
      bar: { kind: 'at most', value: 3, scaled: true },
      note: `median of ${ROUNDS}: ${measured.seconds.map((value) => value.toFixed(2)).join(', ')}`,
    },
    {
      section,
      name: 'extra memory, at most',
      measured: measured.extraMb,
      unit: 'MB',
      bar: { kind: 'at most', value: 150 },
    },
    {
      section,
      name: 'thumbnails touched',
      measured: touched + gone,
      unit: '',
      bar: { kind: 'at most', value: 0 },
    },
    {
      section,
      name: 'delay of the serving thread meanwhile, p99',
      measured: measured.observed.delayP99Ms,
      unit: 'ms',
      note: `at most ${measured.observed.delayMaxMs.toFixed(0)} ms`,
    },
  ];
}

/** Size, time and inode of every file. */
function stampsBelow(folder: string): Map<string, string> {
  const stamps = new Map<string, string>();
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const stats = statSync(join(folder, name));
    if (stats.isFile()) stamps.set(name, `${stats.size} ${stats.mtimeMs} ${stats.ino}`);
  }
  return stamps;
}
