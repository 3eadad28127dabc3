/** Reading HEIC photos: everything that the second pass does, from real-size files. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { extensionOf, formatOfExtension } from '../../main/imaging/formats.ts';
import type { HeicTable } from '../heicProcess.ts';
import { startAsked } from '../lib/asking.ts';
import { AT_ONCE, type Bench } from '../lib/bench.ts';
import type { Row } from '../lib/table.ts';
import { canMakeHeics, ENCODER_HINT, makeHeics } from '../makeHeics.ts';

/** Files for each generated photo: 300 of the usual 100. */
const FILES_PER_PHOTO = 3;
const MOST_FILES = 300;
const BAR_RATE = 3;
const BAR_MEGABYTES = 512;

export async function heic(bench: Bench): Promise<readonly Row[]> {
  const section = 'heic';
  const own = await heicFilesIn(bench.photos.path);
  if (own.length === 0 && !canMakeHeics()) {
    return [{ section, name: 'HEIC photos', measured: null, unit: '/s', note: ENCODER_HINT }];
  }
  const count = Math.min(MOST_FILES, bench.photos.files.length * FILES_PER_PHOTO);
  const made =
    own.length > 0
      ? own
      : await makeHeics(bench.photos, count + AT_ONCE, bench.workshop.folder('heic'), bench.say);
  const [warmUp, files] = [made.slice(0, AT_ONCE), made.slice(AT_ONCE)];
  let bytes = 0;
  for (const file of made) bytes += (await readFile(file)).length;
  const process = startAsked<HeicTable>(new URL('../heicProcess.ts', import.meta.url));
  try {
    const thumbnailFolder = bench.workshop.folder('heic-thumbnails');
    const run = await process.ask('run', { files, warmUp, thumbnailFolder });
    const mean = bytes / made.length / 1e6;
    const missing = run.without > 0 ? `; ${run.without} without a picture` : '';
    return [
      {
        section,
        name: 'HEIC of 12 megapixels, everything',
        measured: files.length / run.seconds,
        unit: '/s',
        bar: { kind: 'at least', value: BAR_RATE, scaled: true },
        note: `${files.length} files of ${mean.toFixed(1)} MB, ${AT_ONCE} workers${missing}`,
      },
      {
        section,
        name: 'memory of a worker, at most',
        measured: run.peakBytes === null ? null : run.peakBytes / 1e6,
        unit: 'MB',
        bar: { kind: 'at most', value: BAR_MEGABYTES },
        note: run.peakBytes === null ? 'this system does not tell it of other processes' : '',
      },
    ];
  } finally {
    await process.stop();
  }
}

async function heicFilesIn(path: string): Promise<string[]> {
  const names = await readdir(path, { recursive: true });
  return names
    .filter((name) => formatOfExtension(extensionOf(Buffer.from(name))) === 'heic')
    .map((name) => join(path, name))
    .sort();
}
