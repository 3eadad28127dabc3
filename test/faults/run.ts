/**
 * Kills Tagroll 200 times at random moments under full load, and says what was lost:
 *
 *   npm run faults
 *   npm run faults -- --count 50 --seed 7 --photos 300
 *
 * Ends with status 1 when anything was.
 */
import { parseArgs } from 'node:util';
import { formatColumns } from '../helpers/columns.ts';
import { killUnderLoad } from './killUnderLoad.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    photos: { type: 'string', default: '400' },
  },
});
const kills = Number(values.count);
const report = await killUnderLoad({
  kills,
  seed: Number(values.seed),
  photos: Number(values.photos),
  onKill: (count) => {
    if (count % 10 === 0) process.stderr.write(`${count} of ${kills}…\n`);
  },
});
const isWithin = (count: number): string => `${count} (at most ${report.allowance})`;
const rows: [string, string][] = [
  ['kills, seed', `${report.kills}, ${values.seed}`],
  ['changes on disk', String(report.changes)],
  ['edits acknowledged', `${report.edits} (${report.editsUnanswered} without an answer)`],
  ['calls of the service', `${report.calls} (${report.repliesPaid} answered)`],
  ['slowest start', `${Math.round(report.slowestStartMs)} ms`],
  ['files compared', String(report.filesTried)],
  ['photos lost', String(report.photosLost)],
  ['photos doubled', String(report.photosDoubled)],
  ['photos with a wrong state', String(report.photosWrong + report.ghosts)],
  ['acknowledged edits lost', String(report.editsLost + report.editsUndone)],
  ['replies cut off by a kill', isWithin(report.repliesLost)],
  ['calls repeated', isWithin(report.callsRepeated)],
  ['problems that check found', String(report.checkProblems)],
  ['took', `${Math.round(report.seconds)} s`],
];
process.stdout.write(`${formatColumns(['kill -9 under full load', ''], rows)}\n`);
for (const problem of report.problems) process.stdout.write(`${problem}\n`);
const isLost =
  report.problems.length > 0 ||
  report.repliesLost > report.allowance ||
  report.callsRepeated > report.allowance;
process.exitCode = isLost ? 1 : 0;
