/** Progress on stderr: a bar on a terminal, a line every five seconds otherwise. */
import type { Progress } from '../../shared/model.ts';
import type { LaneState } from '../../shared/services.ts';
import { duration, moneyText, number } from './figures.ts';

export type ProgressReporter = {
  show(progress: Progress): void;
  /** The same for the work of a cloud service. */
  lane(lane: LaneState): void;
  /** A line of its own. */
  note(line: string): void;
  /** Removes the bar, so that what follows starts on an empty line. */
  end(): void;
};

export type ProgressStream = {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
};

const BAR_COLUMNS = 24;
const LINE_EVERY_MS = 5000;
const PHASES: Readonly<Record<Progress['phase'], string>> = {
  idle: 'Done',
  scanning: 'Looking through the folders',
  reading: 'Reading dates and cameras',
  indexing: 'Indexing',
  paused: 'Paused',
};

const LANE_PHASES: Readonly<Record<LaneState['phase'], string>> = {
  idle: 'Done',
  running: 'Sending',
  waiting: 'Waiting',
  paused: 'Paused',
  stopped: 'Stopped',
};

export function createProgressReporter(
  stream: ProgressStream,
  now: () => number,
): ProgressReporter {
  let lastLineMs = now();
  let drawn = false;
  const clear = (): void => {
    if (drawn) stream.write('\r\u001B[2K');
    drawn = false;
  };
  const draw = (share: number, text: string): void => {
    if (stream.isTTY) {
      const line = `${bar(share)} ${text}`;
      stream.write(`\r\u001B[2K${line.slice(0, Math.max(20, (stream.columns ?? 80) - 1))}`);
      drawn = true;
    } else if (now() - lastLineMs >= LINE_EVERY_MS) {
      lastLineMs = now();
      stream.write(`${text}\n`);
    }
  };
  return {
    note(line) {
      clear();
      stream.write(`${line}\n`);
    },
    show(progress) {
      const { found, indexed } = progress;
      draw(found === 0 ? 0 : indexed / found, progressLine(progress));
    },
    lane(lane) {
      const ended = lane.done + lane.failed;
      const all = ended + lane.waiting + lane.inFlight;
      draw(all === 0 ? 0 : ended / all, laneLine(lane));
    },
    end: clear,
  };
}

/** "Indexing: 1,200 of 5,000 · 40 photos/s · 2 min left". */
export function progressLine(progress: Progress): string {
  const { phase, indexed, found, photosPerSecond, secondsLeft } = progress;
  const parts = [`${PHASES[phase]}: ${number(indexed)} of ${number(found)}`];
  if (photosPerSecond > 0) {
    parts.push(`${number(Math.round(photosPerSecond * 10) / 10)} photos/s`);
  }
  if (secondsLeft !== null && secondsLeft > 0) parts.push(`${duration(secondsLeft)} left`);
  if (progress.failed > 0) parts.push(`${number(progress.failed)} not readable`);
  return parts.join(' · ');
}

/** "Sending: 120 of 250 · 4.8 calls/s · 27 s left · CNY 0.72". */
export function laneLine(lane: LaneState): string {
  const { phase, done, failed, waiting, inFlight, callsPerSecond, secondsLeft, reason } = lane;
  const all = done + failed + waiting + inFlight;
  const parts = [`${LANE_PHASES[phase]}: ${number(done + failed)} of ${number(all)}`];
  if (callsPerSecond > 0) parts.push(`${number(Math.round(callsPerSecond * 10) / 10)} calls/s`);
  if (secondsLeft !== null && secondsLeft > 0) parts.push(`${duration(secondsLeft)} left`);
  if (lane.cost !== null) parts.push(moneyText(lane.cost, lane.currency));
  if (failed > 0) parts.push(`${number(failed)} failed`);
  if (phase !== 'running' && reason) parts.push(reason.message);
  return parts.join(' · ');
}

function bar(share: number): string {
  const full = Math.round(Math.min(1, share) * BAR_COLUMNS);
  return `${'█'.repeat(full)}${'░'.repeat(BAR_COLUMNS - full)}`;
}
