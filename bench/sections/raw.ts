/** Reading camera RAW files: everything that the second pass does, against the bare loop on their JPEGs. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { extensionOf, formatOfExtension } from '../../main/imaging/formats.ts';
import type { BareLoopTable } from '../bareLoop.ts';
import { startAsked, startBare } from '../lib/asking.ts';
import { AT_ONCE, type Bench } from '../lib/bench.ts';
import { treeCpuMs } from '../lib/processTree.ts';
import { median } from '../lib/statistics.ts';
import type { Row } from '../lib/table.ts';
import { makeRaws } from '../makeRaws.ts';
import type { RawTable } from '../rawProcess.ts';

const ROUNDS = 3;
const MOST_FILES = 60;
const WARM_UP_FILES = 6;
const BAR_RATE = 40;

type FileSet = {
  readonly name: string;
  readonly files: readonly string[];
  readonly isBar: boolean;
};

type Measure = { readonly perSecond: number; readonly cpuMs: number | null };

export async function raw(bench: Bench): Promise<readonly Row[]> {
  const bare: Measure[] = [];
  const measures = new Map<string, Measure[]>();
  const sets = await fileSets(bench);
  for (let round = 1; round <= ROUNDS; round += 1) {
    bare.push(await measureBare(bench));
    for (const set of sets) {
      const measured = await measureRaw(bench, set.files);
      measures.set(set.name, [...(measures.get(set.name) ?? []), measured]);
    }
    const told = [...measures].map(
      ([name, each]) => `${name} ${each.at(-1)?.perSecond.toFixed(1)}/s`,
    );
    bench.say(`  round ${round}: bare ${bare.at(-1)?.perSecond.toFixed(1)}/s, ${told.join(', ')}`);
  }
  const section = 'raw';
  const rate = (each: readonly Measure[]): number => median(each.map((one) => one.perSecond));
  const rows: Row[] = [
    { section, name: 'bare sharp loop on JPEGs', measured: rate(bare), unit: '/s' },
  ];
  for (const { name, files, isBar } of sets) {
    const measured = measures.get(name) ?? [];
    const compared = (value: (one: Measure) => number | null): string =>
      measured.map((one, round) => ratio(value(one), value(bare[round] ?? one))).join(', ');
    rows.push({
      section,
      name,
      measured: rate(measured),
      unit: '/s',
      ...(isBar ? { bar: { kind: 'at least', value: BAR_RATE, scaled: true } as const } : {}),
      note: `${files.length} files; rate ${compared((one) => one.perSecond)} and CPU a file ${compared((one) => one.cpuMs)} × the bare loop's`,
    });
  }
  return rows;
}

function ratio(value: number | null, other: number | null): string {
  return value === null || other === null ? '–' : (value / other).toFixed(2);
}

async function measureRaw(bench: Bench, files: readonly string[]): Promise<Measure> {
  const process = startAsked<RawTable>(new URL('../rawProcess.ts', import.meta.url));
  try {
    const thumbnailFolder = bench.workshop.folder('raw');
    // A worker loads its programs with its first files.
    const warmUp = Math.min(WARM_UP_FILES, files.length - 1);
    await process.ask('run', { files: files.slice(0, warmUp), thumbnailFolder });
    const cpuBefore = treeCpuMs(process.pid);
    const counted = files.slice(warmUp);
    const { seconds, without } = await process.ask('run', { files: counted, thumbnailFolder });
    const cpuAfter = treeCpuMs(process.pid);
    if (without > 0) bench.say(`  ${without} of ${counted.length} RAW files have no picture`);
    return measureOf(counted.length / seconds, cpuBefore, cpuAfter, counted.length);
  } finally {
    await process.stop();
  }
}

function measureOf(
  perSecond: number,
  cpuBefore: number | null,
  cpuAfter: number | null,
  files: number,
): Measure {
  const isKnown = cpuBefore !== null && cpuAfter !== null;
  return { perSecond, cpuMs: isKnown ? (cpuAfter - cpuBefore) / files : null };
}

/** Those of the person's own folder, else made ones. */
async function fileSets(bench: Bench): Promise<FileSet[]> {
  const own = await rawFilesIn(bench.photos.path);
  if (own.length > 0) {
    await readAll(own);
    return [{ name: 'RAW files of the folder', files: own, isBar: true }];
  }
  const made = async (hasPreview: boolean): Promise<string[]> =>
    rawFilesIn(await makeRaws(bench.photos, MOST_FILES, hasPreview, bench.say));
  const [withPreview, fullSize] = [await made(true), await made(false)];
  await readAll([...withPreview, ...fullSize]);
  const half = MOST_FILES / 2;
  const mixed = [...withPreview.slice(0, half), ...fullSize.slice(half)];
  return [
    { name: 'RAW, half of them with a medium preview', files: mixed, isBar: true },
    { name: 'RAW with a medium preview', files: withPreview, isBar: false },
    { name: 'RAW with a JPEG of 12 megapixels only', files: fullSize, isBar: false },
  ];
}

async function rawFilesIn(path: string): Promise<string[]> {
  const names = await readdir(path, { recursive: true });
  return names
    .filter((name) => formatOfExtension(extensionOf(Buffer.from(name))) === 'raw')
    .map((name) => join(path, name))
    .sort();
}

/** Into the system's memory, so that the first round does not wait for the disk. */
async function readAll(files: readonly string[]): Promise<void> {
  for (const file of files) await readFile(file);
}

async function measureBare(bench: Bench): Promise<Measure> {
  const loop = startBare<BareLoopTable>(new URL('../bareLoop.ts', import.meta.url));
  try {
    const folder = bench.workshop.folder('raw-bare');
    const files = bench.photos.files.slice(0, MOST_FILES);
    await loop.ask('run', { files: files.slice(0, AT_ONCE), folder, atOnce: AT_ONCE });
    const cpuBefore = treeCpuMs(loop.pid);
    const { seconds } = await loop.ask('run', { files, folder, atOnce: AT_ONCE });
    return measureOf(files.length / seconds, cpuBefore, treeCpuMs(loop.pid), files.length);
  } finally {
    await loop.stop();
  }
}
