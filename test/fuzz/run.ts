/**
 * Breaks pictures of every format in every way and looks at them with the real workers:
 *
 *   npm run fuzz                        5,000 files
 *   npm run fuzz -- --count 300 --seed 7 --only "png,jpeg cmyk" --keep
 *
 * The same seed makes the same files. Ends with status 1 where a file broke the rules; those are kept.
 */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatColumns } from '../helpers/columns.ts';
import { type FuzzReport, fuzz } from './fuzz.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '5000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
  },
});

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function tableOf({ outcomes, unbroken }: FuzzReport): string {
  const codes = [...new Set([...outcomes.values()].flatMap((row) => [...row.keys()]))].sort();
  const rows = [...outcomes].map(([kind, row]) => [
    kind,
    unbroken.get(kind) ?? '',
    ...codes.map((code) => String(row.get(code) ?? '')),
  ]);
  const totals = codes.map((code) =>
    String([...outcomes.values()].reduce((sum, row) => sum + (row.get(code) ?? 0), 0)),
  );
  return formatColumns(['format', 'unbroken', ...codes], [...rows, ['all', '', ...totals]]);
}

const base = mkdtempSync(join(tmpdir(), 'tagroll-fuzz-'));
const count = Number(values.count);
const seed = Number(values.seed);
const report = await fuzz({
  folder: base,
  count,
  seed,
  workers: Math.max(2, Math.min(4, availableParallelism())),
  ...(values.only ? { kinds: values.only.split(',').map((kind) => kind.trim()) } : {}),
  onProgress: (done) => {
    if (done % 500 === 0) process.stderr.write(`${done} of ${count}…\n`);
  },
});
say(tableOf(report));
say('');
say(
  formatColumns(
    ['figure', ''],
    [
      ['files, seed', `${report.files}, ${seed}`],
      ['sound neighbours between them', String(report.neighbours)],
      ['stand-ins of broken HEICs', String(report.standIns)],
      ['workers that died with their file', String(report.deaths)],
      ['slowest file', `${Math.round(report.slowestMs)} ms`],
      ['slowest head', `${Math.round(report.slowestHeadMs)} ms`],
      ['largest worker', `${Math.round(report.largestWorkerBytes / 1e6)} MB`],
      ['took', `${Math.round(report.seconds)} s`],
      ['files that broke the rules', String(report.offenders.length)],
    ],
  ),
);
if (report.offenders.length > 0) {
  const kept = join(tmpdir(), 'tagroll-fuzz-offenders');
  mkdirSync(kept, { recursive: true });
  for (const { index, kind, mutations, what, path } of report.offenders) {
    say(`${index} ${kind} (${mutations.join(', ')}): ${what}`);
    if (path) copyFileSync(path, join(kept, `${seed}-${basename(path)}`));
  }
  say(`They are kept in ${kept}.`);
  process.exitCode = 1;
}
rmSync(base, { recursive: true, force: true, maxRetries: 5 });
