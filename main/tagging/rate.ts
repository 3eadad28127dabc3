/**
 * How fast a service is asked. Calls are paced evenly, so that a service that counts in fixed seconds, in
 * sliding ones or with a bucket sees the same: never a burst. Without a refusal there is no limit but the
 * person's own.
 *
 *   free ──refused──► finding ──refused──► settled ──► +2 % every 10 s
 *                     │ grows every two seconds,        │ refused: 90 % of what was accepted over 10 s
 *                     │ as a first burst tells little   │ again within 5 s: half
 */

/** Time over which accepted calls are counted. */
const WINDOW_MS = 10_000;
/** Fewer calls than a second's worth say nothing about a rate. */
const LEAST_WINDOW_MS = 1000;
/** Part of the accepted rate to go on with after a refusal. */
const KEPT_PART = 0.9;
/** A refusal that comes so soon after the one before says that the rate is still far too high. */
const SOON_MS = 5000;
const PROBE_EVERY_MS = 10_000;
const PROBE_FACTOR = 1.02;
const FINDING_EVERY_MS = 2000;
const FINDING_FACTOR = 1.5;
/** Wait after a refusal that names no time; doubled for each further one without an answer in between. */
const PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;
const LEAST_RATE = 0.1;
/** A timer that fired late is made up for, up to this. */
const CATCH_UP_MS = 20;
/**
 * Where a rate was found, time that was lost is made up for, up to this, by calls a little closer together:
 * at this part of the rate that was accepted.
 */
const MADE_UP_MS = 1000;
const MADE_UP_PART = 0.95;

export type RateLimiter = {
  /**
   * Takes the next turn, when it comes within `leadMs`: the call is prepared meanwhile and sent at
   * `sendAtMs`. Otherwise answers how long to wait until asking again.
   */
  take(nowMs: number, leadMs?: number): Turn;
  /**
   * When a call leaves that is ready now and whose turn is at `sendAtMs`. Calls that were held up together
   * would else leave together.
   */
  departure(nowMs: number, sendAtMs: number): number;
  /** A call that was begun at `beganMs` was answered with whatever but a rate limit. */
  accepted(nowMs: number, beganMs: number): void;
  /** A call that was begun at `beganMs` was refused because there were too many. */
  refused(nowMs: number, beganMs: number, retryAfterMs: number | null): void;
  /** The person's own limit, calls a second; null: none. */
  setCeiling(callsPerSecond: number | null): void;
  /** No call begins before this time. */
  readonly pausedUntilMs: number;
  /** Calls a second in force; null: no limit. */
  readonly limit: number | null;
  /** Refusals in a row without an accepted call; those of one burst are one. */
  readonly refusalsInRow: number;
};

export type Turn = { readonly sendAtMs: number } | { readonly waitMs: number };

/** A refusal, and what the rate was before it. */
type Refusal = {
  readonly beganMs: number;
  readonly atMs: number;
  readonly before: number | null;
  readonly phase: 'free' | 'finding' | 'settled';
  readonly isSoon: boolean;
  /** When calls went on after the refusal before. */
  readonly resumedMs: number;
  /** While finding: the rate before the last step, which was accepted for two seconds. */
  readonly held: number | null;
};

export function createRateLimiter(ceilingPerSecond: number | null = null): RateLimiter {
  let ceiling = ceilingPerSecond;
  let phase: Refusal['phase'] = 'free';
  /** What the service was found to allow; null: not known. */
  let found: number | null = null;
  let held: number | null = null;
  let startedMs: number | null = null;
  let turnAtMs = 0;
  let lastTurnMs = Number.NEGATIVE_INFINITY;
  let departedMs = Number.NEGATIVE_INFINITY;
  /** The accepted rate that the limit follows from. */
  let proven: number | null = null;
  let pausedUntilMs = 0;
  let changedAtMs = 0;
  let last: Refusal | null = null;
  let refusalsInRow = 0;
  /** When accepted calls were begun. */
  let acceptedMs: number[] = [];
  /** Times at which nothing was sent because of a refusal. */
  let pauses: { readonly fromMs: number; readonly untilMs: number }[] = [];

  const forget = (nowMs: number): void => {
    const oldest = nowMs - 3 * WINDOW_MS;
    if ((acceptedMs[0] ?? nowMs) < oldest) acceptedMs = acceptedMs.filter((at) => at >= oldest);
    pauses = pauses.filter((pause) => pause.untilMs > oldest);
  };

  /** Calls a second accepted between two times, waits left out. */
  const acceptedRate = (fromMs: number, untilMs: number): number => {
    const calls = acceptedMs.filter((at) => at >= fromMs && at <= untilMs).length;
    let waitedMs = 0;
    for (const pause of pauses) {
      waitedMs += Math.max(0, Math.min(pause.untilMs, untilMs) - Math.max(pause.fromMs, fromMs));
    }
    return (calls * 1000) / Math.max(LEAST_WINDOW_MS, untilMs - fromMs - waitedMs);
  };

  /** Most calls begun within a second and accepted. */
  const bestSecond = (fromMs: number): number => {
    const times = acceptedMs.filter((at) => at >= fromMs).sort((a, b) => a - b);
    let most = 0;
    let first = 0;
    for (const [last, at] of times.entries()) {
      while (at - (times[first] ?? at) >= LEAST_WINDOW_MS) first += 1;
      most = Math.max(most, last - first + 1);
    }
    return most;
  };

  /** The rate to go on with; worked out anew when calls of the same burst turn out to be accepted. */
  const rateAfter = (refusal: Refusal): number | null => {
    const { beganMs, before } = refusal;
    const fromMs = Math.max(beganMs - WINDOW_MS, startedMs ?? beganMs);
    const measured = KEPT_PART * acceptedRate(fromMs, beganMs);
    if (before === null) return measured > 0 ? Math.max(measured, LEAST_RATE) : null;
    if (refusal.held !== null) return Math.max(refusal.held, LEAST_RATE);
    if (refusal.isSoon) {
      // Not below what it took since: then the halving would be a guess against knowledge.
      const since = KEPT_PART * acceptedRate(refusal.resumedMs, beganMs);
      return Math.max(before / 2, Math.min(since, before), LEAST_RATE);
    }
    if (measured === 0) return Math.max(before * KEPT_PART, LEAST_RATE);
    // A mean lies below what the service takes, as calls are paced below it: without this, each refusal
    // would take a tenth of what the one before left.
    const mean = acceptedRate(fromMs, beganMs);
    const taken = Math.min(bestSecond(Math.max(fromMs, refusal.resumedMs)), Math.ceil(mean));
    return Math.max(LEAST_RATE, Math.min(before, KEPT_PART * Math.max(mean, taken)));
  };

  const limit = (): number | null => {
    if (found === null) return ceiling;
    return ceiling === null ? found : Math.min(ceiling, found);
  };

  const find = (refusal: Refusal): void => {
    found = rateAfter(refusal);
    proven = found === null ? null : found / KEPT_PART;
  };

  /** Lost time that is made up for. */
  const madeUpMs = (): number => {
    if (found === null) return CATCH_UP_MS;
    return phase === 'settled' ? MADE_UP_MS : 0;
  };

  /** Least time between two calls. */
  const leastGapMs = (): number => {
    const callsPerSecond = limit();
    if (found === null || callsPerSecond === null) return 0;
    const usualMs = 1000 / callsPerSecond;
    if (phase !== 'settled') return usualMs;
    return Math.min(usualMs, 1000 / (MADE_UP_PART * (proven ?? callsPerSecond)));
  };

  const probe = (nowMs: number): void => {
    if (found === null) return;
    const everyMs = phase === 'finding' ? FINDING_EVERY_MS : PROBE_EVERY_MS;
    if (nowMs - changedAtMs < everyMs) return;
    // A rate that is not made use of says nothing about a higher one.
    const isUsed = acceptedRate(changedAtMs, nowMs) >= found * KEPT_PART * KEPT_PART;
    changedAtMs = nowMs;
    if (phase === 'finding') {
      held = found;
      found *= FINDING_FACTOR;
    } else if (isUsed) found *= PROBE_FACTOR;
  };

  return {
    take(nowMs, leadMs = 0) {
      startedMs ??= nowMs;
      if (nowMs < pausedUntilMs) return { waitMs: pausedUntilMs - nowMs };
      probe(nowMs);
      const callsPerSecond = limit();
      if (callsPerSecond === null) return { sendAtMs: nowMs };
      // Closer together than the service allows would be refused: only the person's limit is a mean.
      const nextMs = Math.max(turnAtMs, lastTurnMs + leastGapMs());
      if (nowMs + leadMs < nextMs) return { waitMs: nextMs - leadMs - nowMs };
      lastTurnMs = Math.max(nowMs, nextMs);
      turnAtMs = Math.max(turnAtMs, nowMs - madeUpMs()) + 1000 / callsPerSecond;
      return { sendAtMs: lastTurnMs };
    },
    departure(nowMs, turnMs) {
      departedMs = Math.max(nowMs, turnMs, departedMs + leastGapMs());
      return departedMs;
    },
    accepted(nowMs, beganMs) {
      forget(nowMs);
      acceptedMs.push(beganMs);
      if (last === null || beganMs > last.atMs) refusalsInRow = 0;
      else if (nowMs < pausedUntilMs) find(last);
    },
    refused(nowMs, beganMs, retryAfterMs) {
      forget(nowMs);
      // Calls that were on their way already were sent at the rate that is given up now.
      if (last === null || beganMs > last.atMs) {
        refusalsInRow += 1;
        last = {
          beganMs,
          atMs: nowMs,
          before: found,
          phase,
          isSoon: last !== null && nowMs - last.atMs <= SOON_MS,
          resumedMs: pausedUntilMs,
          held,
        };
        held = null;
        find(last);
        if (found !== null) phase = phase === 'free' ? 'finding' : 'settled';
      }
      const usualMs = PAUSE_MS * 2 ** Math.min(10, refusalsInRow - 1);
      const untilMs = nowMs + (retryAfterMs ?? Math.min(LONGEST_PAUSE_MS, usualMs));
      if (untilMs > pausedUntilMs) {
        pauses.push({ fromMs: Math.max(nowMs, pausedUntilMs), untilMs });
        pausedUntilMs = untilMs;
      }
      // What was found within the first seconds is probed ten seconds after the start.
      changedAtMs = last.phase === 'finding' ? (startedMs ?? nowMs) : pausedUntilMs;
      turnAtMs = pausedUntilMs;
      departedMs = Number.NEGATIVE_INFINITY;
    },
    setCeiling(callsPerSecond) {
      ceiling = callsPerSecond;
    },
    get pausedUntilMs() {
      return pausedUntilMs;
    },
    get limit() {
      return limit();
    },
    get refusalsInRow() {
      return refusalsInRow;
    },
  };
}

/** Counts calls as they are made, for people. */
export function createCallMeter(): {
  note(nowMs: number): void;
  /** Over the last ten seconds, to a hundredth; less time than that counts as it is, from one second on. */
  perSecond(nowMs: number): number;
} {
  let madeMs: number[] = [];
  return {
    note(nowMs) {
      madeMs.push(nowMs);
      if ((madeMs[0] ?? nowMs) < nowMs - 2 * WINDOW_MS) {
        madeMs = madeMs.filter((at) => at > nowMs - WINDOW_MS);
      }
    },
    perSecond(nowMs) {
      madeMs = madeMs.filter((at) => at > nowMs - WINDOW_MS);
      const seconds = Math.max(1, (nowMs - (madeMs[0] ?? nowMs)) / 1000);
      return Math.round((madeMs.length / seconds) * 100) / 100;
    },
  };
}
