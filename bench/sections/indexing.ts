/** Reading photos, against a loop that does nothing but write the same thumbnails. */
import { appendFileSync, copyFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BareLoopTable } from '../bareLoop.ts';
import { startBare } from '../lib/asking.ts';
import { AT_ONCE, type Bench } from '../lib/bench.ts';
import { withHost } from '../lib/host.ts';
import { treeCpuMs } from '../lib/processTree.ts';
import { median } from '../lib/statistics.ts';
import type { Row } from '../lib/table.ts';

/** Photos a second of the machine that the bars are for, two thumbnails at a time. */
export const REFERENCE_RATE = 44;
const REFERENCE_AT_ONCE = 2;
const ROUNDS = 3;
/** Read before the clock starts, on both sides, so that no program is still loading. */
const WARM_UP_PHOTOS = 8;

/** With fewer, what happens once weighs as much as the photos. */
const ENOUGH_PHOTOS = 50;

type Run = {
  readonly photosPerSecond: number;
  /** Milliseconds of CPU a photo; null where the system does not tell. */
  readonly cpuMs: number | null;
};

/** Adds to `bench.bareRates`, which tell this machine's speed. */
export async function measureSpeed(bench: Bench): Promise<void> {
  await readAll(bench);
  await runBareLoop(bench, warmUpFolder(bench), REFERENCE_AT_ONCE);
}

export async function indexing(bench: Bench): Promise<readonly Row[]> {
  await readAll(bench);
  const warmUp = warmUpFolder(bench);
  const bare: Run[] = [];
  const engine: Run[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    bare.push(await runBareLoop(bench, warmUp, AT_ONCE));
    engine.push(await runEngine(bench, warmUp));
    bench.say(`  round ${round}: bare loop ${text(bare.at(-1))}, engine ${text(engine.at(-1))}`);
  }
  const cold = await runEngine(bench, null);
  const rate = (runs: readonly Run[]): number => median(runs.map((run) => run.photosPerSecond));
  const rateRatios = engine.map(
    (run, round) => run.photosPerSecond / (bare[round]?.photosPerSecond ?? Number.NaN),
  );
  const cpuRatios = engine.flatMap((run, round) => {
    const alone = bare[round]?.cpuMs ?? null;
    return run.cpuMs === null || alone === null ? [] : [run.cpuMs / alone];
  });
  const cpu = (runs: readonly Run[]): number | null => {
    const known = runs.map((run) => run.cpuMs).filter((value) => value !== null);
    return known.length === 0 ? null : median(known);
  };
  const section = 'index';
  const few = bench.photos.files.length < ENOUGH_PHOTOS ? '; too few to tell much' : '';
  const photos = `${bench.photos.files.length} photos, median of ${ROUNDS} rounds${few}`;
  return [
    {
      section,
      name: 'bare sharp loop',
      measured: rate(bare),
      unit: '/s',
      note: `${AT_ONCE} at once`,
    },
    { section, name: 'bare sharp loop, CPU a photo', measured: cpu(bare), unit: 'ms' },
    { section, name: 'engine, everything', measured: rate(engine), unit: '/s', note: photos },
    {
      section,
      name: 'engine, CPU a photo',
      measured: cpu(engine),
      unit: 'ms',
      note: 'with workers',
    },
    {
      section,
      name: 'rate, engine ÷ bare loop',
      measured: median(rateRatios),
      unit: 'x',
      bar: { kind: 'at least', value: 0.85, goal: 0.9 },
      note: `rounds ${rateRatios.map((ratio) => ratio.toFixed(2)).join(', ')}`,
    },
    {
      section,
      name: 'CPU, engine ÷ bare loop',
      measured: cpuRatios.length === 0 ? null : median(cpuRatios),
      unit: 'x',
      bar: { kind: 'at most', value: 1.2, goal: 1.12 },
      note:
        cpuRatios.length === 0
          ? 'this system does not tell the CPU time of other processes'
          : `rounds ${cpuRatios.map((ratio) => ratio.toFixed(2)).join(', ')}`,
    },
    {
      section,
      name: 'engine, its workers not yet started',
      measured: cold.photosPerSecond,
      unit: '/s',
      note: 'the same, without a warm-up',
    },
  ];
}

/** One after the other in a process of its own. */
async function runBareLoop(bench: Bench, warmUp: WarmUp, atOnce: number): Promise<Run> {
  const loop = startBare<BareLoopTable>(new URL('../bareLoop.ts', import.meta.url));
  try {
    await loop.ask('run', {
      files: warmUp.files,
      folder: bench.workshop.folder('bare'),
      atOnce,
    });
    const { files } = bench.photos;
    const cpuBefore = treeCpuMs(loop.pid);
    const { seconds, failed } = await loop.ask('run', {
      files,
      folder: bench.workshop.folder('bare'),
      atOnce,
    });
    const cpuAfter = treeCpuMs(loop.pid);
    if (failed === files.length) throw new Error('sharp could read none of the photos.');
    const run = runOf(files.length, seconds, cpuBefore, cpuAfter);
    if (atOnce === REFERENCE_AT_ONCE) bench.bareRates.push(run.photosPerSecond);
    return run;
  } finally {
    await loop.stop();
  }
}

/** A new library, from adding the folder until every photo is read and written. */
function runEngine(bench: Bench, warmUp: WarmUp | null): Promise<Run> {
  const { files, path } = bench.photos;
  return withHost(async (host) => {
    const libraryPath = bench.workshop.folder('indexed');
    await host.ask('open', { libraryPath, live: false, door: false });
    if (warmUp) {
      await host.ask('index', await host.ask('addFolders', [warmUp.path]));
    }
    const cpuBefore = treeCpuMs(host.pid);
    const seconds = await host.ask('index', await host.ask('addFolders', [path]));
    const cpuAfter = treeCpuMs(host.pid);
    const { found } = await host.ask('state', null);
    if (found < files.length)
      throw new Error(`Only ${found} of ${files.length} photos were found.`);
    await host.ask('close', null);
    return runOf(files.length, seconds, cpuBefore, cpuAfter);
  });
}

type WarmUp = { readonly path: string; readonly files: readonly string[] };

/** Copies that differ in their last byte, so that no thumbnail of the photos proper is there already. */
function warmUpFolder(bench: Bench): WarmUp {
  const path = bench.workshop.folder('warm-up');
  const files = bench.photos.files.slice(0, WARM_UP_PHOTOS).map((source, index) => {
    const target = join(path, `${index}.jpg`);
    copyFileSync(source, target);
    appendFileSync(target, '\0');
    return target;
  });
  return { path, files };
}

/** Into the system's memory, so that the first round does not wait for the disk. */
async function readAll(bench: Bench): Promise<void> {
  for (const file of bench.photos.files) await readFile(file);
}

function runOf(
  photos: number,
  seconds: number,
  cpuBefore: number | null,
  cpuAfter: number | null,
): Run {
  const cpuMs = cpuBefore === null || cpuAfter === null ? null : (cpuAfter - cpuBefore) / photos;
  return { photosPerSecond: photos / seconds, cpuMs };
}

function text(run: Run | undefined): string {
  if (!run) return '–';
  const cpu = run.cpuMs === null ? '' : `, ${run.cpuMs.toFixed(1)} CPU ms a photo`;
  return `${run.photosPerSecond.toFixed(1)}/s${cpu}`;
}
