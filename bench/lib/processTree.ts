/** What a process and everything it started has used, as Linux counts it. */
import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second, whatever the kernel's own clock. */
const TICK_MS = 10;

type Stat = { readonly pid: number; readonly parent: number; readonly ticks: number };

/**
 * CPU time in milliseconds of a process, of its living descendants, and of those that ended and were
 * waited for. Null where the system does not tell.
 */
export function treeCpuMs(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  const byParent = Map.groupBy(allStats(), (stat) => stat.parent);
  const root = readStat(pid);
  if (!root) return null;
  let ticks = 0;
  const left = [root];
  for (let stat = left.pop(); stat; stat = left.pop()) {
    ticks += stat.ticks;
    left.push(...(byParent.get(stat.pid) ?? []));
  }
  return ticks * TICK_MS;
}

function allStats(): Stat[] {
  return readdirSync('/proc')
    .filter((name) => /^[0-9]+$/.test(name))
    .map((name) => readStat(Number(name)))
    .filter((stat) => stat !== null);
}

/** Null when the process is gone. */
function readStat(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name before the last bracket may hold spaces; field 3 of the manual follows it.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const ticks = [11, 12, 13, 14].reduce((total, index) => total + Number(fields[index]), 0);
    return { pid, parent: Number(fields[1]), ticks };
  } catch {
    return null;
  }
}
