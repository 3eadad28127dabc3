/** What Linux tells of a process that somebody waits for. */
import { readFileSync } from 'node:fs';

export type ProcessTime = {
  /** Somebody stopped it, as SIGSTOP does. */
  readonly isStopped: boolean;
  /** Processor time that all of its threads have used, in milliseconds. */
  readonly usedMs: number;
};

/** The kernel counts in hundredths of a second, whatever its clock. */
const TICK_MS = 10;

/** Null where the system does not tell, or the process is gone. */
export function processTime(pid: number): ProcessTime | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name before it may hold anything, spaces and brackets too.
    const [state, ...fields] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const usedMs = (Number(fields[10]) + Number(fields[11])) * TICK_MS;
    return { isStopped: state === 'T' || state === 't', usedMs };
  } catch {
    return null;
  }
}

/**
 * Whether a process had too little of the processor since then to have answered: the computer is busy, it
 * is not.
 */
export function isStarved(
  before: ProcessTime | null,
  now: ProcessTime | null,
  sinceMs: number,
): boolean {
  if (!before || !now || now.isStopped) return false;
  return now.usedMs - before.usedMs < sinceMs / 2;
}
