/** Progress on stderr: a bar on a terminal, a line every five seconds otherwise. */
import type { Progress } from '../../shared/model.ts';

export type ProgressReporter = {
  show(progress: Progress): void;
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
  return {
    note(line) {
      clear();
      stream.write(`${line}\n`);
    },
    show(progress) {
      if (stream.isTTY) {
        const line = `${bar(progress)} ${progressLine(progress)}`;
        stream.write(`\r\u001B[2K${line.slice(0, Math.max(20, (stream.columns ?? 80) - 1))}`);
        drawn = true;
      } else if (now() - lastLineMs >= LINE_EVERY_MS) {
        lastLineMs = now();
        stream.write(`${progressLine(progress)}\n`);
      }
    },
    end: clear,
  };
}

/** "Indexing: 1,200 of 5,000 · 40 photos/s · 2 min left". */
export function progressLine(progress: Progress): string {
  const { phase, indexed, found, photosPerSecond, secondsLeft } = progress;
  const number = (value: number): string => value.toLocaleString('en');
  const parts = [`${PHASES[phase]}: ${number(indexed)} of ${number(found)}`];
  if (photosPerSecond > 0) {
    parts.push(`${number(Math.round(photosPerSecond * 10) / 10)} photos/s`);
  }
  if (secondsLeft !== null && secondsLeft > 0) parts.push(`${duration(secondsLeft)} left`);
  if (progress.failed > 0) parts.push(`${number(progress.failed)} not readable`);
  return parts.join(' · ');
}

function bar({ found, indexed }: Progress): string {
  const share = found === 0 ? 0 : Math.min(1, indexed / found);
  const full = Math.round(share * BAR_COLUMNS);
  return `${'█'.repeat(full)}${'░'.repeat(BAR_COLUMNS - full)}`;
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 360) / 10} h`;
}
