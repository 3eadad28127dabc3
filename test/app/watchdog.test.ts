import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isStarved, processTime } from '../../app/processTime.ts';
import { startWatchdog, type Watchdog } from '../../app/watchdog.ts';

let nowMs = 0;
let pings = 0;
let hung = 0;
let watchdog: Watchdog | null = null;
beforeEach(() => {
  vi.useFakeTimers();
  nowMs = 0;
  pings = 0;
  hung = 0;
});
afterEach(() => {
  watchdog?.stop();
  vi.useRealTimers();
});

function start(options: { answers: boolean; isExcused?: () => boolean }): void {
  watchdog = startWatchdog({
    ping: () => {
      pings += 1;
      if (options.answers) queueMicrotask(() => watchdog?.pong());
    },
    onHung: () => {
      hung += 1;
    },
    silentMs: 5000,
    everyMs: 500,
    now: () => nowMs,
    ...(options.isExcused ? { isExcused: options.isExcused } : {}),
  });
}
async function pass(durationMs: number): Promise<void> {
  for (let passed = 0; passed < durationMs; passed += 500) {
    nowMs += 500;
    await vi.advanceTimersByTimeAsync(500);
  }
}

describe('the watchdog', () => {
  it('is content with a process that answers', async () => {
    start({ answers: true });
    await pass(60_000);
    expect([hung, pings]).toEqual([0, 121]);
  });

  it('tells once of one that does not answer, after five seconds', async () => {
    start({ answers: false });
    await pass(4500);
    expect(hung).toBe(0);
    await pass(20_000);
    expect(hung).toBe(1);
  });

  it('does not count the time in which the computer slept', async () => {
    start({ answers: false });
    await pass(4500);
    nowMs += 3_600_000;
    await vi.advanceTimersByTimeAsync(500);
    await pass(4500);
    expect(hung).toBe(0);
    await pass(500);
    expect(hung).toBe(1);
  });

  it('gives one that had no processor four times as long', async () => {
    start({ answers: false, isExcused: () => true });
    await pass(19_500);
    expect(hung).toBe(0);
    await pass(500);
    expect(hung).toBe(1);
  });
});

describe('the time of a process', () => {
  it('tells a busy one from one that was not let', () => {
    const at = (usedMs: number, isStopped = false) => ({ usedMs, isStopped });
    expect(isStarved(at(0), at(200), 5000)).toBe(true);
    expect(isStarved(at(0), at(4900), 5000)).toBe(false);
    expect(isStarved(at(0), at(0, true), 5000)).toBe(false);
    expect(isStarved(null, at(0), 5000)).toBe(false);
    expect(isStarved(at(0), null, 5000)).toBe(false);
  });

  it.runIf(process.platform === 'linux')('is read from the system', () => {
    const own = processTime(process.pid);
    expect(own?.isStopped).toBe(false);
    expect(own?.usedMs).toBeGreaterThan(0);
    expect(processTime(2 ** 30)).toBeNull();
  });
});
