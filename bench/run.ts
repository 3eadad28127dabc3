/**
 * Measures the bars and prints one table. It reports: a missed bar is not a failure, a section that
 * could not run is.
 */
import { cpus, loadavg, totalmem } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { stopAllAsked } from './lib/asking.ts';
import { type Bench, createBench, type Section } from './lib/bench.ts';
import { openWorkshop } from './lib/places.ts';
import { largest } from './lib/statistics.ts';
import { formatTable, type Row } from './lib/table.ts';
import { makePhotos, photosIn } from './makePhotos.ts';
import { browse } from './sections/browse.ts';
import { firstPass } from './sections/firstPass.ts';
import { heic } from './sections/heic.ts';
import { indexing, measureSpeed, REFERENCE_RATE } from './sections/indexing.ts';
import { newFile } from './sections/newFile.ts';
import { raw } from './sections/raw.ts';
import { rescan } from './sections/rescan.ts';
import { restart } from './sections/restart.ts';
import { scroll } from './sections/scroll.ts';
import { search } from './sections/search.ts';
import { sending } from './sections/sending.ts';
import { serving } from './sections/serving.ts';
import { start } from './sections/start.ts';
import { upload } from './sections/upload.ts';

const SECTIONS = {
  index: indexing,
  'first-pass': firstPass,
  rescan,
  'new-file': newFile,
  start,
  restart,
  grid: scroll,
  serving,
  search,
  browse,
  raw,
  heic,
  upload,
  sending,
} as const satisfies Record<string, Section>;

/** Processes that wanted a core in the minute before the run. */
const BUSY_LOAD = 0.5;

type SectionName = keyof typeof SECTIONS;

const USAGE = `npm run bench -- [options]
  --only a,b      sections: ${Object.keys(SECTIONS).join(', ')}
  --photos DIR    your own photos instead of generated ones (all below DIR; they are only read)
  --count N       generated photos of 12 megapixels (100)
  --files N       photos of the large library (100000)
  --keep          keep the libraries of this run`;

type Options = {
  readonly only: readonly SectionName[];
  readonly photos: string | null;
  readonly count: number;
  readonly files: number;
  readonly keep: boolean;
};

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      photos: { type: 'string' },
      count: { type: 'string', default: '100' },
      files: { type: 'string', default: '100000' },
      keep: { type: 'boolean', default: false },
    },
  });
  const names = (values.only?.split(',') ?? Object.keys(SECTIONS)).map((name) => name.trim());
  for (const name of names) if (!isSection(name)) throw new Error(`There is no section “${name}”.`);
  return {
    only: names.filter(isSection),
    // npm changes the working folder to the project; `INIT_CWD` is where the person typed.
    photos: values.photos ? resolve(process.env['INIT_CWD'] ?? '.', values.photos) : null,
    count: wholeNumber('--count', values.count),
    files: wholeNumber('--files', values.files),
    keep: values.keep,
  };
}

function isSection(name: string): name is SectionName {
  return Object.hasOwn(SECTIONS, name);
}

function wholeNumber(option: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${option} takes a whole number.`);
  return value;
}

/** Sections that ran, and how many could not. */
async function runSections(
  bench: Bench,
  names: readonly SectionName[],
): Promise<{ rows: Row[]; failures: number }> {
  const rows: Row[] = [];
  let failures = 0;
  for (const name of names) {
    bench.say(`${name}…`);
    try {
      rows.push(...(await SECTIONS[name](bench)));
    } catch (error) {
      failures += 1;
      const reason = error instanceof Error ? error.message : String(error);
      console.error(`  ${name} could not run: ${error instanceof Error ? error.stack : reason}`);
      const [note = ''] = reason.split('\n');
      rows.push({ section: name, name: 'could not run', measured: null, unit: '', note });
    }
  }
  return { rows, failures };
}

async function main(): Promise<number> {
  let options: Options;
  try {
    options = readOptions();
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    return 2;
  }
  const [loadBefore = 0] = loadavg();
  const workshop = openWorkshop();
  const say = (line: string): void => console.error(line);
  const stop = (): void => {
    stopAllAsked();
    if (!options.keep) workshop.remove();
    process.exit(130);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    const photos = options.photos
      ? await photosIn(options.photos)
      : await makePhotos(options.count, say);
    const bench = createBench({ photos, libraryPhotos: options.files, workshop, say });
    await measureSpeed(bench);
    const { rows, failures } = await runSections(bench, options.only);
    await measureSpeed(bench);
    // Whatever else ran meanwhile only slows the loop down; the fastest one is the strictest measure.
    const rate = largest(bench.bareRates);
    const factor = rate / REFERENCE_RATE;
    const rates = bench.bareRates.map((each) => each.toFixed(1)).join(', ');
    const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, ${(totalmem() / 1e9).toFixed(0)} GB, Node ${process.version}, ${process.platform}`;
    console.log(`\n${machine}`);
    console.log(
      `Factor ${factor.toFixed(2)}: the bare loop, two at once, makes ${rate.toFixed(1)} thumbnails/s here (fastest of ${rates}), ${REFERENCE_RATE}/s where the bars in seconds are from.\n`,
    );
    if (loadBefore > BUSY_LOAD) {
      console.log(
        `This machine was busy with something else (load ${loadBefore.toFixed(1)} before the run): what is measured in time is worse than it is, ratios and long frames are uncertain.\n`,
      );
    }
    console.log(formatTable(rows, factor));
    return failures === 0 ? 0 : 1;
  } finally {
    if (options.keep) say(`Kept: ${workshop.path}`);
    else workshop.remove();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`The benchmark could not run: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
