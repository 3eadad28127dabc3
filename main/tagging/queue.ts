/**
 * Cloud tagging as the doors see it: runs, their progress and their end. What is left to do is in the
 * library's rows; this only starts the lanes that do it, so it can be ended at any moment.
 */
import { TagrollError } from '../../shared/errors.ts';
import type { Notice } from '../../shared/events.ts';
import {
  type LaneState,
  SERVICE_IDS,
  type ServiceId,
  type ServiceTest,
  type TagEstimate,
  type TagSummary,
} from '../../shared/services.ts';
import { type Settings, serviceSetting } from '../../shared/settings.ts';
import type { ImagingPool } from '../imaging/types.ts';
import type { ReadableDB } from '../library/database.ts';
import { MICROS } from '../library/tagging/ledger.ts';
import { planRun } from '../library/tagging/plan.ts';
import { laneCounts, runSummary } from '../library/tagging/progress.ts';
import { hasWaitingJobs, isRunOver } from '../library/tagging/startRun.ts';
import type { RunRequest } from '../library/tagging/types.ts';
import type { Writer } from '../library/writer.ts';
import type { Logger } from '../log.ts';
import type { Accounts, ServiceEnvironment } from './accounts.ts';
import { type Bookkeeper, createBookkeeper, type SpareRoom } from './bookkeeper.ts';
import { callPrice } from './budget.ts';
import { estimateRun } from './estimate.ts';
import { createLane, type Lane } from './lane.ts';
import { createReadyServices, type ReadyService, type ReadyServices } from './readyServices.ts';
import { ADAPTERS } from './services/registry.ts';
import { testService } from './serviceTest.ts';
import type { ServiceAdapter } from './types.ts';
import { usageOf } from './usage.ts';

/** Calls that are not answered or not stored yet keep a stopped run from being given up for so long. */
const OPEN_CALLS_WAIT_MS = 30_000;
/** At the end, what is paid for and not stored is tried for so long. */
const CLOSE_BOOKS_MS = 5000;

export type TaggingOptions = {
  readonly db: ReadableDB;
  readonly writer: Pick<Writer, 'run'>;
  readonly pool: Pick<ImagingPool, 'upload'>;
  readonly accounts: Pick<Accounts, 'values' | 'uploadLongSide' | 'isConfigured'>;
  readonly settings: () => Settings;
  readonly logger: Logger;
  readonly fetch: typeof fetch;
  readonly now: () => number;
  /** 0 ≤ value < 1. Default `Math.random`. */
  readonly random?: () => number;
  /** True: what waits in the library goes on by itself. False: only runs that are started here. */
  readonly live: boolean;
  readonly adapters?: Readonly<Record<ServiceId, ServiceAdapter>>;
  readonly spare?: SpareRoom;
  readonly onChanged: () => void;
  readonly onNotice: (notice: Notice) => void;
  /** A photo's file is gone or shows another picture: it has to be read again. */
  readonly onFileChanged: (photoId: number) => void;
};

/** Photos for a service, as a person asked for them. */
export type StartRequest = Omit<RunRequest, 'variant'> & {
  readonly environment?: ServiceEnvironment | undefined;
};

export type Tagging = {
  /** Takes up what a crash cut short, and in a live engine what waits. */
  start(): Promise<void>;
  estimate(request: StartRequest): Promise<TagEstimate>;
  /**
   * Queues photos and goes on with the service, also after a pause or a stop: the person wants it now.
   * `runId` is null when there is nothing to ask. Rejects with `service_not_configured`.
   */
  begin(
    request: StartRequest,
  ): Promise<{ runId: number | null; considered: number; alreadyKnown: number }>;
  /** Resolves when the run is over or its service stopped. Rejects with `not_found`, or when aborted. */
  wait(runId: number, signal?: AbortSignal): Promise<TagSummary>;
  status(): LaneState[];
  pause(service: ServiceId): Promise<void>;
  resume(service: ServiceId): Promise<void>;
  /** Drops what waits; calls under way are finished. */
  cancel(service: ServiceId): Promise<{ photos: number }>;
  /** Tries photos again that failed: all, or those with one code. */
  retry(service: ServiceId, code: string | null): Promise<{ photos: number }>;
  test(
    service: ServiceId,
    environment?: ServiceEnvironment,
    signal?: AbortSignal,
  ): Promise<ServiceTest>;
  setOnScreen(photoIds: readonly number[]): void;
  /** Settings or keys changed. */
  settingsChanged(): void;
  /** There may be photos to send, or none any more. */
  wake(): void;
  close(): Promise<void>;
};

export function createTagging(options: TaggingOptions): Tagging {
  const { db, writer, now, logger } = options;
  const adapters = options.adapters ?? ADAPTERS;
  const lanes = new Map<ServiceId, Lane>();
  const ready = new Map<ServiceId, ReadyServices>();
  /** Runs that were started here. */
  const started = new Set<number>();
  const estimates = new Map<number, number | null>();
  const waiting = new Set<() => void>();
  let onScreen: readonly number[] = [];

  const changed = (): void => {
    options.onChanged();
    for (const look of [...waiting]) look();
  };

  const books: Bookkeeper = createBookkeeper({
    writer,
    logger,
    ...(options.spare ? { spare: options.spare } : {}),
    onBlocked: (error) => {
      if (error?.code === 'disk_full' || error?.code === 'library_read_only') {
        options.onNotice({ code: error.code, data: { path: String(error.data['path'] ?? '') } });
      }
      if (error === null) for (const lane of lanes.values()) lane.wake();
      changed();
    },
  });

  const readyOf = (service: ServiceId): ReadyServices => {
    const known = ready.get(service);
    if (known) return known;
    const made = createReadyServices({
      adapter: adapters[service],
      accounts: options.accounts,
      settings: options.settings,
      world: { fetch: options.fetch, now, random: options.random ?? Math.random },
    });
    ready.set(service, made);
    return made;
  };

  const laneOf = (service: ServiceId): Lane => {
    const known = lanes.get(service);
    if (known) return known;
    const lane = createLane({
      adapter: adapters[service],
      db,
      writer,
      books,
      pool: options.pool,
      services: readyOf(service),
      settings: options.settings,
      logger,
      now,
      random: options.random ?? Math.random,
      runIds: () => (options.live ? null : [...started]),
      onChanged: changed,
      onStopped: (id, reason) => {
        options.onNotice({ code: 'service_stopped', data: { service: id, code: reason.code } });
        changed();
      },
      onRunEnded: changed,
      onFileChanged: options.onFileChanged,
    });
    lane.setOnScreen(onScreen);
    lanes.set(service, lane);
    return lane;
  };

  const requestOf = (request: StartRequest, variant: string): RunRequest => {
    const { environment: _environment, ...rest } = request;
    return { ...rest, variant };
  };

  const estimateWith = (request: StartRequest, made: ReadyService | null): TagEstimate => {
    const { service, limit, maxCalls } = request;
    const plan = planRun(db, requestOf(request, made?.service.variant ?? ''));
    return estimateRun({
      db,
      settings: options.settings(),
      service,
      plan,
      limit,
      maxCalls,
      ready: made,
      callsPerSecond: lanes.get(service)?.view().callsPerSecond ?? 0,
      now: now(),
    });
  };

  const summaryOf = (runId: number): TagSummary | null => {
    const run = runSummary(db, runId);
    if (!run) return null;
    const hasPrice =
      serviceSetting(options.settings(), run.service, 'pricePerThousand') !== null || run.calls > 0;
    const cost = !hasPrice || run.costMicros === null ? null : run.costMicros / MICROS;
    const stopped = lanes.get(run.service)?.stopped() ?? null;
    return {
      service: run.service,
      runId,
      considered: run.considered,
      alreadyKnown: run.alreadyKnown,
      calls: run.calls,
      photosTagged: run.photosTagged,
      tagsWritten: run.tagsWritten,
      failed: run.failed,
      stopped,
      estimatedCost: estimates.get(runId) ?? cost,
      cost,
      currency: serviceSetting(options.settings(), run.service, 'currency'),
      seconds: Math.round(((run.endedAt ?? now()) - run.startedAt) / 10) / 100,
    };
  };

  const stateOf = (service: ServiceId): LaneState => {
    const view = laneOf(service).view();
    const counts = laneCounts(db, service);
    const hasPrice = serviceSetting(options.settings(), service, 'pricePerThousand') !== null;
    const { costMicros } = counts;
    return {
      service,
      phase: view.phase,
      reason: view.reason,
      runId: counts.runId,
      waiting: counts.waiting,
      inFlight: counts.running,
      done: counts.done,
      failed: counts.failed,
      calls: counts.calls,
      cost: costMicros === null || (!hasPrice && costMicros === 0) ? null : costMicros / MICROS,
      bytesSent: counts.bytesSent,
      currency: serviceSetting(options.settings(), service, 'currency'),
      callsPerSecond: view.callsPerSecond,
      secondsLeft: view.callsPerSecond > 0 ? Math.ceil(counts.waiting / view.callsPerSecond) : null,
      usage: usageOf(db, options.settings(), service, now()),
    };
  };

  return {
    async start() {
      await writer.run('recoverTagging', { now: now() });
      if (!options.live) return;
      for (const service of SERVICE_IDS) {
        if (!hasWaitingJobs(db, service)) continue;
        if (await options.accounts.isConfigured(service)) laneOf(service).wake();
      }
    },
    async estimate(request) {
      const made = await readyOf(request.service)
        .make(request.environment)
        .catch((error: unknown) => {
          if (error instanceof TagrollError && error.code === 'service_not_configured') return null;
          throw error;
        });
      return estimateWith(request, made);
    },
    async begin(request) {
      const { service, environment } = request;
      const made = await readyOf(service).make(environment);
      options.spare?.keep();
      const { estimatedCost } = estimateWith(request, made);
      const { runId, considered, alreadyKnown } = await writer.run('startRun', {
        ...requestOf(request, made.service.variant),
        now: now(),
        parameters: made.service.parameters,
      });
      if (runId !== null) {
        started.add(runId);
        estimates.set(runId, estimatedCost);
        readyOf(service).setEnvironment(runId, environment ?? {});
        await laneOf(service).resume();
      }
      return { runId, considered, alreadyKnown };
    },
    wait(runId, signal) {
      const run = runSummary(db, runId);
      if (!run) {
        const message = `There is no run ${runId} in this library.`;
        return Promise.reject(new TagrollError('not_found', message, { runId }));
      }
      return new Promise((resolve, reject) => {
        let stoppedSinceMs: number | null = null;
        let timer: NodeJS.Timeout | null = null;
        const end = (): void => {
          waiting.delete(look);
          signal?.removeEventListener('abort', onAbort);
          if (timer) clearTimeout(timer);
        };
        const look = (): void => {
          const isEnded = isRunOver(db, runId) && runSummary(db, runId)?.endedAt !== null;
          const lane = laneOf(run.service);
          if (!isEnded && !lane.stopped()) return;
          // What was paid for is worth waiting for, also where it could not be stored at once.
          if (!isEnded && lane.open > 0) {
            stoppedSinceMs ??= now();
            if (now() - stoppedSinceMs < OPEN_CALLS_WAIT_MS) {
              timer ??= setTimeout(() => {
                timer = null;
                look();
              }, 1000);
              return;
            }
          }
          const summary = summaryOf(runId);
          end();
          if (summary) resolve(summary);
        };
        const onAbort = (): void => {
          end();
          reject(signal?.reason);
        };
        if (signal?.aborted) return onAbort();
        signal?.addEventListener('abort', onAbort, { once: true });
        waiting.add(look);
        look();
      });
    },
    status: () => SERVICE_IDS.map(stateOf),
    async pause(service) {
      await laneOf(service).setPaused(true);
      changed();
    },
    async resume(service) {
      await laneOf(service).resume();
      changed();
    },
    async cancel(service) {
      const cancelled = await writer.run('cancelJobs', { service, now: now() });
      laneOf(service).drop();
      changed();
      return cancelled;
    },
    async retry(service, code) {
      const { photos, runIds } = await writer.run('retryJobs', { service, code, now: now() });
      for (const runId of runIds) started.add(runId);
      laneOf(service).wake();
      changed();
      return { photos };
    },
    async test(service, environment, signal = new AbortController().signal) {
      const made = await readyOf(service).make(environment);
      const answer = await testService({
        adapter: adapters[service],
        service: made.service,
        books,
        price: callPrice(options.settings(), service),
        timeoutMs: serviceSetting(options.settings(), service, 'timeoutSeconds') * 1000,
        now,
        signal,
      });
      changed();
      return answer;
    },
    setOnScreen(photoIds) {
      onScreen = photoIds;
      for (const lane of lanes.values()) lane.setOnScreen(photoIds);
    },
    settingsChanged() {
      for (const services of ready.values()) services.forget();
      for (const lane of lanes.values()) lane.settingsChanged();
    },
    wake() {
      for (const lane of lanes.values()) lane.wake();
    },
    async close() {
      await Promise.all([...lanes.values()].map((lane) => lane.close()));
      await books.close(CLOSE_BOOKS_MS);
      waiting.clear();
    },
  };
}
