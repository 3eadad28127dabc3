/**
 * The work of one service: takes waiting photos, keeps pictures ready, makes calls at the pace and the
 * number the service and the person allow, and stops where going on would waste calls.
 *
 *   idle ──► running ◄──► waiting (the service or the network asked for it)
 *               │  └────► paused (the person)
 *               └───────► stopped (account, budget, ten failures in a row, disk): waits for the person
 */
import type { ServiceId, ServiceReason } from '../../shared/services.ts';
import { type Settings, serviceSetting } from '../../shared/settings.ts';
import type { ImagingPool } from '../imaging/types.ts';
import type { ReadableDB } from '../library/database.ts';
import type { Writer } from '../library/writer.ts';
import type { Logger } from '../log.ts';
import type { Bookkeeper } from './bookkeeper.ts';
import { callPrice } from './budget.ts';
import { type CallEnd, makeCall } from './call.ts';
import { isUnreached } from './failure.ts';
import { type LanePhase, lanePhase } from './lanePhase.ts';
import { capReason, createLaneStanding, MOST_SAME_ERRORS, sameErrors } from './laneStanding.ts';
import { createCallMeter, createRateLimiter } from './rate.ts';
import type { ReadyServices } from './readyServices.ts';
import { createRunEnds } from './runEnds.ts';
import { createSetbacks } from './setbacks.ts';
import { asTagrollError, createSupply, type Prepared } from './supply.ts';
import type { ServiceAdapter } from './types.ts';

/** A call is reserved so long before its turn, so that the pace does not depend on the disk. */
const LEAD_MS = 25;
/** Pictures ready beyond those with the service. */
const AHEAD = 2;
/** Calls under way at the end get so long to be answered, and then so long to give up. */
const CLOSE_MS = 5000;
const ABORT_MS = 1000;
/** A cap is looked at so often: the month may be over. */
const CAP_TIMER_MS = 60 * 60_000;

export type LaneOptions = {
  readonly adapter: ServiceAdapter;
  readonly db: ReadableDB;
  readonly writer: Pick<Writer, 'run'>;
  readonly books: Bookkeeper;
  readonly pool: Pick<ImagingPool, 'upload'>;
  readonly services: ReadyServices;
  readonly settings: () => Settings;
  readonly logger: Logger;
  readonly now: () => number;
  /** 0 ≤ value < 1. */
  readonly random: () => number;
  /** Only jobs of these runs; null: of all. */
  readonly runIds: () => readonly number[] | null;
  readonly onChanged: () => void;
  readonly onStopped: (service: ServiceId, reason: ServiceReason) => void;
  readonly onRunEnded: (runId: number) => void;
  /** A photo's file is gone or shows another picture: it has to be read again. */
  readonly onFileChanged: (photoId: number) => void;
};

export type LaneView = LanePhase & {
  readonly inFlight: number;
  /** Over the last ten seconds. */
  readonly callsPerSecond: number;
};

export type Lane = {
  /** Looks for work. */
  wake(): void;
  view(): LaneView;
  /** Why it stopped; null: it did not. */
  stopped(): ServiceReason | null;
  /** Calls whose end is not stored yet. */
  readonly open: number;
  setPaused(paused: boolean): Promise<void>;
  /** Takes back pause and stop, and goes on. */
  resume(): Promise<void>;
  /** What waits was dropped: what is ready is not sent. */
  drop(): void;
  setOnScreen(photoIds: readonly number[]): void;
  settingsChanged(): void;
  /** Lets calls under way end, for five seconds; later answers are lost, their calls stay counted. */
  close(): Promise<void>;
};

export function createLane(options: LaneOptions): Lane {
  const { adapter, books, now, random, writer } = options;
  const service = adapter.id;
  const setting = (name: 'concurrency' | 'timeoutSeconds'): number =>
    serviceSetting(options.settings(), service, name);
  const ceiling = (): number | null =>
    serviceSetting(options.settings(), service, 'callsPerSecond');
  const limiter = createRateLimiter(ceiling());
  const setbacks = createSetbacks({ now, random });
  const runEnds = createRunEnds({ ...options, service, onEnded: options.onRunEnded });
  const abort = new AbortController();
  const calls = new Set<Promise<void>>();
  /** Calls with the service; one whose answer is being stored is none any more. */
  let inFlight = 0;
  const meter = createCallMeter();
  /** Jobs whose reservation was refused because they are not wanted: once is chance. */
  const gone = new Set<number>();
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  const standing = createLaneStanding({
    ...options,
    service,
    onStopped: (reason) => {
      supply.reset();
      options.onStopped(service, reason);
      options.onChanged();
    },
  });
  const isHeld = (): boolean => closed || standing.paused || standing.reason() !== null;
  const atOnce = (): number =>
    setbacks.isProbing || limiter.refusalsInRow > 0 ? 1 : setting('concurrency');

  const supply = createSupply({
    ...options,
    service,
    limits: adapter.limits,
    ahead: () => setting('concurrency') + AHEAD,
    onReady: () => pump(),
    onEnded: (runId) => {
      if (!closed) runEnds.check(runId);
    },
    onBroken: (error) => {
      if (!closed) standing.halt(error);
    },
  });

  const sleepUntil = (atMs: number | null): void => {
    if (timer) clearTimeout(timer);
    timer = null;
    if (atMs === null || closed) return;
    timer = setTimeout(
      () => {
        supply.lookAgain();
        pump();
      },
      Math.min(CAP_TIMER_MS, Math.max(1, atMs - now())),
    );
  };

  const pump = (): void => {
    if (closed) return;
    standing.liftCap();
    if (isHeld()) {
      sleepUntil(standing.isCapped ? now() + CAP_TIMER_MS : null);
      return;
    }
    if (setbacks.untilMs !== null && now() < setbacks.untilMs) {
      sleepUntil(setbacks.untilMs);
      return;
    }
    supply.restrict(setbacks.only);
    supply.fill();
    let wakeAtMs: number | null = null;
    while (inFlight < atOnce()) {
      const group = supply.take();
      if (group.length === 0) break;
      const turn = limiter.take(now(), LEAD_MS);
      if ('waitMs' in turn) {
        supply.putBack(group);
        wakeAtMs = now() + turn.waitMs;
        break;
      }
      start(group, turn.sendAtMs);
    }
    supply.fill();
    if (wakeAtMs === null && inFlight === 0 && supply.atHand === 0) wakeAtMs = supply.retryAt();
    sleepUntil(wakeAtMs);
    options.onChanged();
  };

  const start = (group: readonly Prepared[], sendAtMs: number): void => {
    inFlight += 1;
    let isCounted = true;
    const leave = (): void => {
      if (isCounted) inFlight -= 1;
      isCounted = false;
    };
    const call = makeCall(group, {
      service,
      leavesAtMs: () => limiter.departure(now(), sendAtMs),
      books,
      now,
      random,
      price: () => callPrice(options.settings(), service),
      timeoutMs: () => setting('timeoutSeconds') * 1000,
      mayBeSent: () => !isHeld() && now() >= limiter.pausedUntilMs,
      signal: abort.signal,
      onSent: () => meter.note(now()),
      onAnswered: (beganMs) => {
        leave();
        limiter.accepted(now(), beganMs);
        setbacks.clear();
        // The next reservation then lies in the same transaction as this answer.
        pump();
      },
    })
      .then((end) => {
        leave();
        settle(group, end);
      })
      .catch((error: unknown) => {
        leave();
        if (!closed) standing.halt(asTagrollError(error));
      })
      .finally(() => {
        calls.delete(call);
        pump();
        options.onChanged();
      });
    calls.add(call);
  };

  const release = (jobId: number, runId: number): void => {
    supply.letGo(jobId);
    if (!closed) runEnds.check(runId);
  };

  const settle = (group: readonly Prepared[], end: CallEnd): void => {
    switch (end.kind) {
      case 'answered':
        for (const { job } of group) release(job.jobId, job.runId);
        return;
      case 'held':
      case 'abandoned':
        if (isHeld()) for (const { job } of group) supply.letGo(job.jobId);
        else supply.putBack(group);
        return;
      case 'gone':
        for (const { job } of group) settleGone(job.jobId, job.runId);
        return;
      case 'refused-by-budget':
        refuseForBudget(group, end.reason);
        return;
      case 'failed':
        settleFailed(end);
    }
  };

  const settleGone = (jobId: number, runId: number): void => {
    if (!gone.delete(jobId)) {
      gone.add(jobId);
      release(jobId, runId);
      return;
    }
    // Read again it still seemed to wait: its answer is there under what is asked for now.
    books
      .write('settle', { jobIds: [jobId], state: 'done', code: null, message: null, now: now() })
      .then(() => release(jobId, runId), failed);
  };

  const failed = (error: unknown): void => {
    if (!closed) standing.halt(asTagrollError(error));
  };

  const refuseForBudget = (
    group: readonly Prepared[],
    reason: 'cap_calls' | 'cap_money' | 'run_calls',
  ): void => {
    const [first] = group;
    if (!first) return;
    if (group.length > 1) {
      // Fewer pictures may still be allowed: they are sent one by one up to the limit.
      supply.putBack(group.map((prepared) => ({ ...prepared, alone: true })));
      return;
    }
    const { jobId, runId } = first.job;
    supply.letGo(jobId);
    if (reason !== 'run_calls') {
      standing.stop(capReason(adapter.names.en, reason));
      return;
    }
    writer.run('cancelRun', { runId, now: now() }).then(() => {
      supply.reset();
      release(jobId, runId);
      pump();
    }, failed);
  };

  const settleFailed = (end: Extract<CallEnd, { kind: 'failed' }>): void => {
    const { error } = end;
    const reason = { code: error.code, message: error.message };
    if (error.errorClass === 'wait') limiter.refused(now(), end.sentMs, error.retryAfterMs);
    else if (!isUnreached(error)) limiter.accepted(now(), end.sentMs);
    if (!isUnreached(error)) setbacks.reached();
    for (const { prepared, decision } of end.photos) {
      const { job } = prepared;
      switch (decision.kind) {
        case 'failed':
          release(job.jobId, job.runId);
          noteFailure(reason);
          break;
        case 'later':
          supply.letGo(job.jobId);
          setbacks.trouble(job.photoId, reason);
          break;
        case 'sign-again':
          supply.putBack([
            { ...prepared, signedAgain: true, job: { ...job, attempts: job.attempts + 1 } },
          ]);
          break;
        case 'alone':
          supply.putBack([{ ...prepared, alone: true }]);
          break;
        case 'slow-down':
          supply.putBack([prepared]);
          break;
        case 'network':
          supply.putBack([prepared]);
          setbacks.network(reason);
          break;
        case 'stop':
          supply.letGo(job.jobId);
          standing.stop(reason);
      }
    }
    if (limiter.refusalsInRow >= MOST_SAME_ERRORS) standing.stop(sameErrors(reason, 'calls'));
  };

  const noteFailure = (reason: ServiceReason): void => {
    books.write('note', { service, code: reason.code }).then(({ streakCount }) => {
      if (streakCount >= MOST_SAME_ERRORS) standing.stop(sameErrors(reason, 'photos'));
    }, failed);
  };

  const wake = (): void => {
    supply.refresh();
    if (!closed) runEnds.checkAll();
    pump();
    options.onChanged();
  };

  const view = (): LaneView => {
    const nowMs = now();
    const phase = lanePhase({ adapter, standing, setbacks, limiter, supply, inFlight, nowMs });
    return { ...phase, inFlight, callsPerSecond: meter.perSecond(nowMs) };
  };

  return {
    wake,
    view,
    stopped: () => standing.reason(),
    get open() {
      return calls.size;
    },
    async setPaused(paused) {
      await standing.setPaused(paused);
      wake();
    },
    async resume() {
      setbacks.clear();
      books.retry();
      await standing.resume();
      wake();
    },
    drop() {
      supply.reset();
      wake();
    },
    setOnScreen: (photoIds) => supply.setOnScreen(photoIds),
    settingsChanged() {
      limiter.setCeiling(ceiling());
      // What is ready was made for other settings.
      supply.reset();
      standing.clearHalt();
      wake();
    },
    async close() {
      closed = true;
      sleepUntil(null);
      supply.reset();
      books.retry();
      const limit = setTimeout(() => abort.abort(), CLOSE_MS);
      let giveUp: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        giveUp = setTimeout(resolve, CLOSE_MS + ABORT_MS);
      });
      await Promise.race([Promise.all(calls), late]);
      clearTimeout(limit);
      clearTimeout(giveUp);
    },
  };
}
