import { describe, expect, it } from 'vitest';
import { createCallMeter, createRateLimiter } from '../../../main/tagging/rate.ts';

/** Answers whether a call that arrives at this time is accepted. */
type Server = (nowMs: number) => boolean;

/** Counts in seconds of its own clock. */
function fixedWindows(perSecond: number, phaseMs = 0): Server {
  let second = -1;
  let count = 0;
  return (nowMs) => {
    const current = Math.floor((nowMs + phaseMs) / 1000);
    if (current !== second) count = 0;
    second = current;
    count += 1;
    return count <= perSecond;
  };
}

/** Accepts when fewer than so many were accepted in the second before. */
function slidingWindow(perSecond: number, isRefusedCounted = false): Server {
  let times: number[] = [];
  return (nowMs) => {
    times = times.filter((time) => time > nowMs - 1000);
    const isAccepted = times.length < perSecond;
    if (isAccepted || isRefusedCounted) times.push(nowMs);
    return isAccepted;
  };
}

function tokenBucket(perSecond: number, size: number): Server {
  let tokens = size;
  let at = 0;
  return (nowMs) => {
    tokens = Math.min(size, tokens + ((nowMs - at) * perSecond) / 1000);
    at = nowMs;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}

/** A queue of `concurrency` slots on a clock of its own; latency and timers jitter as real ones do. */
function simulate(
  server: Server,
  options: {
    readonly seconds: number;
    readonly concurrency?: number;
    readonly latencyMs?: number;
    readonly retryAfterMs?: number | null;
    readonly ceiling?: number;
    /** How often the caller is busy with other things, and how long. */
    readonly stalls?: { readonly everyMs: number; readonly forMs: number };
  },
) {
  const { concurrency = 10, latencyMs = 100, retryAfterMs = null } = options;
  const limiter = createRateLimiter(options.ceiling ?? null);
  const calls: { readonly atMs: number; readonly ok: boolean }[] = [];
  let flying: { readonly beganMs: number; readonly endMs: number; readonly ok: boolean }[] = [];
  let seed = 1;
  const random = (): number => {
    seed = (seed * 48271) % 2147483647;
    return seed / 2147483647;
  };
  let wakeMs = 0;
  const { everyMs, forMs } = options.stalls ?? { everyMs: 1, forMs: 0 };
  for (let nowMs = 0; nowMs < options.seconds * 1000; nowMs += 1) {
    if (nowMs % everyMs < forMs) continue;
    const ended = flying.filter((call) => call.endMs <= nowMs);
    flying = flying.filter((call) => call.endMs > nowMs);
    for (const call of ended) {
      if (call.ok) limiter.accepted(nowMs, call.beganMs);
      else limiter.refused(nowMs, call.beganMs, retryAfterMs);
      wakeMs = Math.min(wakeMs, nowMs);
    }
    while (flying.length < concurrency && nowMs >= wakeMs) {
      const turn = limiter.take(nowMs);
      if ('waitMs' in turn) {
        wakeMs = nowMs + Math.ceil(turn.waitMs) + Math.floor(random() * 4);
        break;
      }
      const ok = server(nowMs);
      calls.push({ atMs: nowMs, ok });
      flying.push({ beganMs: nowMs, endMs: nowMs + latencyMs * (0.8 + random() * 0.4), ok });
    }
  }
  const between = (fromSeconds: number, toSeconds: number) => {
    const those = calls.filter(
      (call) => call.atMs >= fromSeconds * 1000 && call.atMs < toSeconds * 1000,
    );
    const accepted = those.filter((call) => call.ok).length;
    return {
      perSecond: accepted / (toSeconds - fromSeconds),
      refusedPart: those.length === 0 ? 0 : 1 - accepted / those.length,
      calls: those.length,
    };
  };
  return { limiter, calls, between };
}

const SERVERS: readonly (readonly [string, () => Server])[] = [
  ...[0, 100, 333, 500, 700, 900, 950].map(
    (phase) => [`fixed seconds, phase ${phase}`, () => fixedWindows(5, phase)] as const,
  ),
  ['a sliding second', () => slidingWindow(5)],
  ['a sliding second that counts refusals', () => slidingWindow(5, true)],
  ['a bucket of 1', () => tokenBucket(5, 1)],
  ['a bucket of 5', () => tokenBucket(5, 5)],
  ['a bucket of 10', () => tokenBucket(5, 10)],
];

describe('a service that refuses more than 5 calls a second', () => {
  for (const [name, server] of SERVERS) {
    for (const [concurrency, latencyMs] of [
      [10, 100],
      [10, 20],
      [2, 50],
      [50, 700],
    ] as const) {
      it(`is asked at its rate after 10 s: ${name}, ${concurrency} at once, ${latencyMs} ms`, () => {
        const run = simulate(server(), { seconds: 60, concurrency, latencyMs });
        const settled = run.between(10, 60);
        expect(settled.perSecond).toBeGreaterThanOrEqual(name.includes('bucket') ? 4.4 : 4.5);
        expect(settled.perSecond).toBeLessThanOrEqual(5.5);
        expect(settled.refusedPart).toBeLessThan(0.05);
      });
    }
  }

  for (const [name, server] of SERVERS.filter(([each]) => each.includes('second'))) {
    it(`is within a tenth of its rate from the tenth second on: ${name}`, () => {
      const run = simulate(server(), { seconds: 60 });
      for (let from = 10; from < 60; from += 10) {
        const { perSecond, refusedPart } = run.between(from, from + 10);
        expect(perSecond).toBeGreaterThanOrEqual(4.5);
        expect(perSecond).toBeLessThanOrEqual(5.5);
        expect(refusedPart).toBeLessThan(0.05);
      }
    });
  }

  it('is probed 2 % faster every 10 s, and again held to 90 % of what it accepted', () => {
    const run = simulate(fixedWindows(5), { seconds: 300 });
    const refusals = run.calls.filter((call) => !call.ok && call.atMs > 10_000);
    expect(refusals.length).toBeGreaterThan(0);
    expect(refusals.length).toBeLessThan(10);
    const after = run.between(100, 300);
    expect(after.perSecond).toBeGreaterThan(4.5);
  });

  it('is asked at its rate also by somebody who is held up every few seconds', () => {
    for (const server of [fixedWindows(5, 300), slidingWindow(5), tokenBucket(5, 1)]) {
      const run = simulate(server, { seconds: 60, stalls: { everyMs: 7000, forMs: 300 } });
      const settled = run.between(10, 60);
      expect(settled.perSecond).toBeGreaterThanOrEqual(4.5);
      expect(settled.refusedPart).toBeLessThan(0.05);
    }
  });

  it('is waited for as long as it says', () => {
    const run = simulate(fixedWindows(5), { seconds: 20, retryAfterMs: 3000 });
    const refused = run.calls.filter((call) => !call.ok).map((call) => call.atMs);
    const first = refused[0] ?? Number.NaN;
    const next = run.calls.find((call) => call.atMs > first + 300);
    expect(next?.atMs).toBeGreaterThanOrEqual(first + 3000);
  });
});

describe('a limiter', () => {
  it('knows no limit until it is refused or told one', () => {
    const limiter = createRateLimiter();
    for (let call = 0; call < 100; call += 1) {
      expect(limiter.take(1000)).toEqual({ sendAtMs: 1000 });
    }
    expect(limiter.limit).toBeNull();
    limiter.setCeiling(10);
    expect(limiter.limit).toBe(10);
  });

  it('gives turns ahead of their time, one interval apart', () => {
    const limiter = createRateLimiter(5);
    expect(limiter.take(1000, 25)).toEqual({ sendAtMs: 1000 });
    expect(limiter.take(1000, 25)).toEqual({ waitMs: expect.closeTo(155, 5) });
    expect(limiter.take(1160, 25)).toEqual({ sendAtMs: expect.closeTo(1180, 5) });
  });

  it('lets calls that were held up together leave one after the other', () => {
    const limiter = createRateLimiter();
    for (let call = 0; call < 10; call += 1) {
      limiter.take(call * 100);
      limiter.accepted(call * 100, call * 100);
    }
    expect(limiter.departure(900, 400)).toBe(900);
    expect(limiter.departure(900, 450)).toBe(900);
    limiter.refused(1000, 1000, 0);
    const gapMs = 1000 / (limiter.limit ?? Number.NaN);
    expect(limiter.departure(2000, 1500)).toBe(2000);
    expect(limiter.departure(2000, 1600)).toBeCloseTo(2000 + gapMs, 5);
    expect(limiter.departure(9000, 9100)).toBe(9100);
  });

  it("never exceeds the person's own limit, evenly", () => {
    const run = simulate(() => true, { seconds: 20, ceiling: 8 });
    const { perSecond } = run.between(2, 20);
    expect(perSecond).toBeGreaterThan(7.8);
    expect(perSecond).toBeLessThan(8.1);
    const gaps = run.calls.slice(1).map((call, at) => call.atMs - (run.calls[at]?.atMs ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(100);
  });

  it('halves on a second refusal within five seconds, but not below what was accepted since', () => {
    const limiter = createRateLimiter();
    for (let call = 0; call < 40; call += 1) {
      limiter.take(call * 25);
      limiter.accepted(call * 25, call * 25);
    }
    limiter.take(1000);
    limiter.refused(1000, 1000, null);
    expect(limiter.limit).toBeCloseTo(36, 0);
    limiter.take(2000);
    limiter.refused(2010, 2000, null);
    expect(limiter.limit).toBeCloseTo(18, 0);
  });

  it('takes refusals of calls that were on their way for one', () => {
    const limiter = createRateLimiter();
    for (let call = 0; call < 10; call += 1) limiter.take(0);
    limiter.accepted(100, 0);
    for (let call = 0; call < 9; call += 1) limiter.refused(101 + call, 0, null);
    expect(limiter.refusalsInRow).toBe(1);
    expect(limiter.limit).toBeCloseTo(0.9, 5);
  });

  it('waits longer each time when nothing is accepted in between', () => {
    const limiter = createRateLimiter();
    const waits: number[] = [];
    let now = 0;
    for (let round = 0; round < 8; round += 1) {
      const turn = limiter.take(now);
      now += ('waitMs' in turn ? turn.waitMs : 0) + 1;
      limiter.take(now);
      limiter.refused(now, now, null);
      waits.push(limiter.pausedUntilMs - now);
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
    expect(limiter.refusalsInRow).toBe(8);
  });
});

describe('a call meter', () => {
  it('counts the last ten seconds', () => {
    const meter = createCallMeter();
    for (let at = 0; at < 30_000; at += 200) meter.note(at);
    expect(meter.perSecond(30_000)).toBeCloseTo(5, 0);
    expect(meter.perSecond(60_000)).toBe(0);
  });
});
