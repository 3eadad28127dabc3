/**
 * A pool of disposable decode workers. A worker that dies is blamed on the one file it had, and replaced:
 *
 *   waiting ──► at work ──► result
 *                 │ too much memory: once more, alone and with more of it
 *                 │ died, too slow, too much memory again: once more for its facts only, without decoding
 *                 ▼
 *              failure, with what is known
 */
import { rmSync } from 'node:fs';
import { deserializeError, TagrollError } from '../../shared/errors.ts';
import type { Logger } from '../log.ts';
import { createExiftool, type RawHelper } from './exiftool.ts';
import { NO_FACTS, shownPath } from './problems.ts';
import type { RawHelp } from './rawPicture.ts';
import { unfinishedFolder } from './thumbnail.ts';
import type {
  ImageFailure,
  ImageJob,
  ImageResult,
  ImagingPool,
  UploadRequest,
  UploadResult,
} from './types.ts';
import { type Death, startWorkerProcess, type WorkerProcess } from './workerProcess.ts';
import type { Answered, WorkerReply, WorkerRequest } from './workerProtocol.ts';

export type ImagingPoolOptions = {
  /** Photos decoded at once, 1 or more. */
  readonly workers: number;
  readonly thumbnailFolder: string;
  readonly logger: Logger;
  /** Longest time for one photo. Default 20,000. */
  readonly timeoutMs?: number;
  /** Resident memory of a worker at which its photo is taken from it. Default 512 MB. */
  readonly memoryLimitBytes?: number;
  /** The same for a photo that is tried again alone. Default 1.5 GB. */
  readonly aloneMemoryLimitBytes?: number;
  /** Another pool writes thumbnails into the same folder: what is unfinished there is its own. */
  readonly isSecond?: boolean;
  /** Default: exiftool, started with the first RAW file that needs it. */
  readonly rawHelper?: RawHelper;
};

/** The pool with what its tests look at. */
export type DecodePool = ImagingPool & {
  /** Process ids of the workers that live. */
  readonly pids: () => readonly number[];
};

type Attempt = 'normal' | 'alone' | 'facts';

/** What is wanted of a file, and who waits for it. */
type Wanted =
  | { readonly kind: 'index'; readonly finish: (result: ImageResult) => void }
  | {
      readonly kind: 'preview';
      readonly target: string;
      readonly finish: (failure: ImageFailure | null) => void;
    }
  | { readonly kind: 'stand-in'; readonly finish: (jpeg: Uint8Array | null) => void }
  | {
      readonly kind: 'upload';
      readonly request: UploadRequest;
      readonly finish: (result: UploadResult) => void;
    };

type Task = {
  readonly job: ImageJob;
  readonly wanted: Wanted;
  attempt: Attempt;
  /** What exiftool says, once it was asked. */
  help: RawHelp | null;
  /** What went wrong before an attempt for the facts only. */
  failure: ImageFailure | null;
  readonly reject: (error: Error) => void;
};

type Slot = {
  worker: WorkerProcess | null;
  task: Task | null;
  requestId: number;
  timer: NodeJS.Timeout | null;
  /** Why we end the worker, if it is us. */
  verdict: 'timed_out' | 'out_of_memory' | null;
};

const MB = 1_000_000;
/** A worker that grew to this share of its limit is replaced before its next photo pays for it. */
const RETIRE_SHARE = 0.6;
/** Workers that die before their first request mean that none ever starts. */
const MAX_FAILED_STARTS = 3;

/** Starts its workers with the first jobs. */
export function createImagingPool(options: ImagingPoolOptions): DecodePool {
  const { logger, thumbnailFolder } = options;
  const timeoutMs = options.timeoutMs ?? 20_000;
  const memoryLimitBytes = options.memoryLimitBytes ?? 512 * MB;
  const aloneLimitBytes = options.aloneMemoryLimitBytes ?? 1500 * MB;
  const slots: Slot[] = Array.from({ length: Math.max(1, options.workers) }, () => ({
    worker: null,
    task: null,
    requestId: 0,
    timer: null,
    verdict: null,
  }));
  const waiting: Task[] = [];
  const waitingAlone: Task[] = [];
  /** Tasks that wait for what exiftool says. */
  const helped = new Set<Task>();
  const rawHelper = options.rawHelper ?? createExiftool({ logger });
  let nextId = 1;
  let failedStarts = 0;
  let closed = false;
  const living = new Set<WorkerProcess>();
  let onAllDead: (() => void) | null = null;
  if (!options.isSecond) removeUnfinished(thumbnailFolder, logger);

  const schedule = (): void => {
    if (closed || slots.some((slot) => slot.task?.attempt === 'alone')) return;
    const [alone] = waitingAlone;
    const [first] = slots;
    if (alone && first) {
      if (slots.some((slot) => slot.task)) return;
      // Memory that other photos left behind would count against this one.
      for (const slot of slots) retire(slot);
      waitingAlone.shift();
      start(first, alone);
      return;
    }
    for (const slot of slots) {
      if (slot.task) continue;
      const task = waiting.shift();
      if (!task) return;
      start(slot, task);
    }
  };

  const start = (slot: Slot, task: Task): void => {
    slot.task = task;
    slot.verdict = null;
    slot.requestId = nextId++;
    slot.worker ??= startWorker(slot);
    slot.timer = setTimeout(() => {
      slot.verdict = 'timed_out';
      slot.worker?.kill();
    }, timeoutMs);
    slot.worker.send(requestOf(task, slot.requestId));
  };

  const requestOf = (task: Task, id: number): WorkerRequest => {
    const limit = task.attempt === 'alone' ? aloneLimitBytes : memoryLimitBytes;
    const shared = { id, path: task.job.path, memoryLimitBytes: limit, help: task.help };
    switch (task.wanted.kind) {
      case 'index':
        return { kind: 'index', ...shared, decode: task.attempt !== 'facts' };
      case 'preview':
        return { kind: 'preview', ...shared, target: task.wanted.target };
      case 'stand-in':
        return { kind: 'stand-in', id, path: shared.path, memoryLimitBytes: limit };
      case 'upload':
        return { kind: 'upload', ...shared, request: task.wanted.request };
    }
  };

  const startWorker = (slot: Slot): WorkerProcess => {
    const started = startWorkerProcess({
      thumbnailFolder,
      onReply: (reply) => {
        if (slot.worker === started) receive(slot, reply);
      },
      onDeath: (death) => {
        living.delete(started);
        if (living.size === 0) onAllDead?.();
        if (slot.worker === started) bury(slot, death);
      },
    });
    living.add(started);
    return started;
  };

  /** Takes the worker out of its slot and ends it. */
  const retire = (slot: Slot): void => {
    const { worker } = slot;
    slot.worker = null;
    worker?.kill();
  };

  const release = (slot: Slot): Task | null => {
    const { task } = slot;
    if (slot.timer) clearTimeout(slot.timer);
    slot.timer = null;
    slot.task = null;
    return task;
  };

  const receive = (slot: Slot, reply: WorkerReply): void => {
    if (reply.kind === 'ready' || reply.id !== slot.requestId) return;
    if (reply.kind === 'over-memory') {
      slot.verdict ??= 'out_of_memory';
      slot.worker?.kill();
      return;
    }
    failedStarts = 0;
    const task = release(slot);
    if (reply.kind === 'help-wanted') {
      if (task) void askForHelp(task);
    } else if (reply.kind === 'failed') task?.reject(deserializeError(reply.error));
    else {
      if (reply.rssBytes > memoryLimitBytes * RETIRE_SHARE) retire(slot);
      if (task) deliver(task, reply);
    }
    schedule();
  };

  /** The worker is free meanwhile. */
  const askForHelp = async (task: Task): Promise<void> => {
    helped.add(task);
    task.help = await rawHelper.help(task.job.path);
    if (!helped.delete(task)) return;
    waiting.unshift(task);
    schedule();
  };

  /** A worker died: it is blamed on the file it had. */
  const bury = (slot: Slot, death: Death): void => {
    slot.worker = null;
    const { verdict } = slot;
    const task = release(slot);
    if (closed || !task) return;
    if (death.atStart && verdict === null) {
      failedStarts += 1;
      logger.error('decode worker did not start', { ...death });
      if (failedStarts < MAX_FAILED_STARTS) waiting.unshift(task);
      else {
        failedStarts = 0;
        const message = `Decode workers do not start (${death.reason}). ${death.lastWords}`;
        task.reject(new TagrollError('internal', message.trim()));
      }
    } else if (verdict === 'out_of_memory' && isWorthAnother(task)) {
      task.attempt = 'alone';
      waitingAlone.push(task);
    } else {
      giveUp(task, failureOf(task, verdict, death));
      logger.warn('decode worker ended', {
        path: shownPath(task.job.path),
        verdict: verdict ?? 'decoder_crashed',
        ...death,
      });
    }
    schedule();
  };

  /** Decoding is over; what can be learnt without it is still asked for, once. */
  const giveUp = (task: Task, failure: ImageFailure): void => {
    const { wanted } = task;
    if (wanted.kind === 'preview') wanted.finish(failure);
    else if (wanted.kind === 'upload') wanted.finish({ failure });
    else if (wanted.kind === 'stand-in') wanted.finish(null);
    else if (task.attempt === 'facts') {
      wanted.finish({ facts: NO_FACTS, failure: task.failure ?? failure });
    } else {
      task.attempt = 'facts';
      task.failure = failure;
      waiting.unshift(task);
    }
  };

  const failureOf = (task: Task, verdict: Slot['verdict'], death: Death): ImageFailure => {
    const path = shownPath(task.job.path);
    if (verdict === 'timed_out') {
      const seconds = Math.round(timeoutMs / 1000);
      return {
        code: 'timed_out',
        message: `${path} took more than ${seconds} s to decode and was stopped. Try it again when the machine is less busy, or save the photo anew.`,
      };
    }
    if (verdict === 'out_of_memory') {
      const megabytes = Math.round(aloneLimitBytes / MB);
      return {
        code: 'out_of_memory',
        message: `${path} needs more than ${megabytes} MB to decode and was stopped. Make a smaller copy.`,
      };
    }
    return {
      code: 'decoder_crashed',
      message: `${path} made its decoder crash (${death.reason}). The file is probably damaged: open it in another program and save it anew.`,
    };
  };

  const add = (
    job: ImageJob,
    wanted: Wanted,
    reject: (error: Error) => void,
    signal: AbortSignal | null = null,
  ): void => {
    if (closed) {
      reject(closedError());
      return;
    }
    const task: Task = { job, wanted, attempt: 'normal', help: null, failure: null, reject };
    // Somebody waits for a preview, and a service for a picture; indexing can wait a moment.
    if (wanted.kind === 'index') waiting.push(task);
    else waiting.unshift(task);
    schedule();
    signal?.addEventListener('abort', () => {
      const at = waiting.indexOf(task);
      if (at < 0 || wanted.kind !== 'stand-in') return;
      waiting.splice(at, 1);
      wanted.finish(null);
    });
  };

  return {
    workers: slots.length,
    pids: () => [...living].flatMap((worker) => worker.pid ?? []),
    index: (job) => new Promise((finish, reject) => add(job, { kind: 'index', finish }, reject)),
    preview: (job, target) =>
      new Promise((finish, reject) => add(job, { kind: 'preview', target, finish }, reject)),
    standIn: (job, signal) =>
      new Promise((finish, reject) => {
        if (signal.aborted) finish(null);
        else add(job, { kind: 'stand-in', finish }, reject, signal);
      }),
    upload: (job, request) =>
      new Promise((finish, reject) => add(job, { kind: 'upload', request, finish }, reject)),
    async close() {
      closed = true;
      const atWork = slots.flatMap((slot) => release(slot) ?? []);
      for (const task of [...atWork, ...waiting, ...waitingAlone, ...helped]) {
        task.reject(closedError());
      }
      helped.clear();
      waiting.length = 0;
      waitingAlone.length = 0;
      const helperEnds = rawHelper.close();
      const allDead = new Promise<void>((resolve) => {
        if (living.size === 0) resolve();
        else onAllDead = resolve;
      });
      for (const worker of living) worker.kill();
      await Promise.all([allDead, helperEnds]);
    },
  };
}

/** More memory, with all others waiting, is only for what cannot be had otherwise. */
function isWorthAnother({ attempt, wanted }: Task): boolean {
  return attempt === 'normal' && wanted.kind !== 'stand-in';
}

/** Hands a worker's answer to whoever waits for it. */
function deliver(task: Task, reply: Answered): void {
  const { wanted } = task;
  if (wanted.kind === 'index' && reply.kind === 'indexed') {
    wanted.finish({ ...reply.result, failure: task.failure ?? reply.result.failure });
  } else if (wanted.kind === 'preview' && reply.kind === 'previewed') {
    wanted.finish(reply.failure);
  } else if (wanted.kind === 'stand-in' && reply.kind === 'stand-in') {
    wanted.finish(reply.jpeg);
  } else if (wanted.kind === 'upload' && reply.kind === 'uploadable') {
    wanted.finish(reply.result);
  } else {
    task.reject(new TagrollError('internal', `A decode worker answered ${reply.kind}.`));
  }
}

function closedError(): TagrollError {
  return new TagrollError('internal', 'The decode workers are stopped.');
}

/** What killed workers of an earlier run left behind. */
function removeUnfinished(thumbnailFolder: string, logger: Logger): void {
  const path = unfinishedFolder(thumbnailFolder);
  try {
    rmSync(path, { recursive: true, force: true });
  } catch (error) {
    logger.warn('unfinished thumbnails could not be removed', { path, error: String(error) });
  }
}
