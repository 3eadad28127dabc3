/**
 * Half an hour of everything at once, and what was lost:
 *
 *   npm run soak
 *   npm run soak -- --minutes 6 --seed 7
 *
 * Ends with status 1 when anything was lost, doubled, wrong or paid for too often, or memory grew.
 */
import { parseArgs } from 'node:util';
import { formatColumns } from '../helpers/columns.ts';
import { type SoakReport, soak } from './soak.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    photos: { type: 'string', default: '1500' },
    rate: { type: 'string', default: '10' },
    'kill-every': { type: 'string', default: '120' },
    faults: { type: 'string', default: '0.05' },
  },
});

/** Most that memory may grow in the last twenty minutes. */
const MOST_GROWTH = 0.1;

function megabytes(bytes: number | null): string {
  return bytes === null ? 'too few samples' : `${Math.round(bytes / 1e6)} MB`;
}

function rowsOf(report: SoakReport): [string, string][] {
  const within = (count: number): string => `${count} (at most ${report.allowance})`;
  const { memory, changer } = report;
  const growth = memory.growth === null ? '' : `${(memory.growth * 100).toFixed(1)} %`;
  const kinds = Object.entries(changer.done).map(([kind, count]) => `${count} ${kind}`);
  const lost = report.photosLost + report.editsLost + report.editsUndone;
  return [
    ['minutes, seed', `${report.minutes.toFixed(1)}, ${values.seed}`],
    ['changes on disk', `${report.changesPerSecond.toFixed(1)} /s`],
    ['', kinds.join(', ')],
    ['different pictures', String(changer.pictures)],
    ['edits', `${report.edits} (${report.editsUnanswered} without an answer)`],
    ['searches in the window', report.searches === null ? 'no Chromium' : String(report.searches)],
    ['calls of the service', `${report.calls} (${report.repliesPaid} answered)`],
    ['faults injected', `${report.faults} answers, ${report.kills} kills`],
    ['slowest start', `${Math.round(report.slowestStartMs)} ms`],
    [
      `memory over the last ${report.memoryMinutes.toFixed(0)} min`,
      `${megabytes(memory.beforeBytes)} → ${megabytes(memory.afterBytes)} ${growth}`,
    ],
    ['largest', megabytes(memory.largestBytes)],
    ['files tried', String(report.filesTried)],
    ['lost', String(lost)],
    ['doubled', String(report.photosDoubled)],
    ['with a wrong state', String(report.photosWrong + report.ghosts)],
    ['replies cut off by a kill', within(report.repliesLost)],
    ['calls repeated', within(report.callsRepeated)],
    ['problems that check found', String(report.checkProblems)],
    ['errors in the window', String(report.windowErrors.length + report.windowFailures.length)],
  ];
}

const report = await soak({
  minutes: Number(values.minutes),
  seed: Number(values.seed),
  filesPerSecond: Number(values.rate),
  photos: Number(values.photos),
  secondsBetweenKills: Number(values['kill-every']),
  faultShare: Number(values.faults),
  say: (line) => process.stderr.write(`${line}\n`),
});
process.stdout.write(`${formatColumns(['soak', ''], rowsOf(report))}\n`);
const complaints = [...report.problems, ...report.windowErrors, ...report.windowFailures];
if (!report.isTagged) complaints.push('The queue of the service did not come to its end.');
if (report.repliesLost > report.allowance)
  complaints.push('More replies were lost than kills explain.');
if (report.callsRepeated > report.allowance)
  complaints.push('More calls were repeated than kills explain.');
if ((report.memory.growth ?? 0) > MOST_GROWTH) complaints.push('The engine’s memory grows.');
for (const complaint of complaints) process.stdout.write(`${complaint}\n`);
process.exitCode = complaints.length > 0 ? 1 : 0;
