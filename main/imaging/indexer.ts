/**
 * The two passes: heads first, so that people can browse at once, then pictures. What is left to do is
 * in the rows; this only feeds the head reader and the decode workers and writes back what they say, so it
 * can be stopped at any moment and goes on where it was.
 */
import { TagrollError } from '../../shared/errors.ts';
import { rootAnswers } from '../folders/patience.ts';
import type { ReadableDB } from '../library/database.ts';
import type { ReadFrom } from '../library/indexing.ts';
import { headQueue, type ImageWork, imageQueue, imageQueueOf } from '../library/work.ts';
import type { Writer } from '../library/writer.ts';
import type { Logger } from '../log.ts';
import { type HeadReader, HeadSilent } from './headReader.ts';
import type { ImageResult, ImagingPool } from './types.ts';

/** Heads read and written at a time. */
const HEAD_BATCH = 1000;
/** Results written at a time, and how long one waits for company: not long where somebody waits for it. */
const RESULT_BATCH = 64;
const RESULT_DELAY_MS = 1000;
const ON_SCREEN_DELAY_MS = 100;
/** Jobs handed to the pool for each of its workers: one at work, two waiting. */
const JOBS_PER_WORKER = 3;
/** Wait after the disk was full or the library could not be written. */
const RETRY_AFTER_ERROR_MS = 10_000;

export type IndexerOptions = {
  readonly db: ReadableDB;
  readonly writer: Writer;
  readonly heads: HeadReader;
  readonly pool: ImagingPool;
  readonly logger: Logger;
  readonly now: () => number;
  readonly isPaused: () => boolean;
  /** A file was gone when it was to be read: its root should be looked at again. */
  readonly onVanished: (photoId: number) => void;
  /** The work stopped because of the library's own disk; it is tried again later. */
  readonly onBlocked: (error: TagrollError) => void;
  readonly onProgress: () => void;
};

export type Indexer = {
  /** Looks for work; harmless when there is none. */
  wake(): void;
  /** Photos a person looks at: their second pass comes first. */
  setOnScreen(photoIds: readonly number[]): void;
  /** Second passes finished since the start, for the rate. */
  readonly finished: number;
  /** New photos that turned out to be moved ones, since the start. */
  readonly adopted: number;
  /** `reading` while heads are read, `indexing` while pictures are. */
  readonly phase: 'idle' | 'reading' | 'indexing';
  /** Stops feeding and waits until what is known is written. */
  close(): Promise<void>;
};

export function createIndexer(options: IndexerOptions): Indexer {
  const { db, writer, pool, logger } = options;
  /** Handed to the pool or waiting to be written: their rows still ask for the work. */
  const inFlight = new Set<number>();
  /** Their root went away while they waited: left alone until somebody wakes the indexer. */
  const held = new Set<number>();
  let running = 0;
  let onScreen: readonly number[] = [];
  let results: { photoId: number; result: ImageResult; from: ReadFrom }[] = [];
  let flushTimer: NodeJS.Timeout | null = null;
  /** When it is due, by `performance.now()`. */
  let flushAtMs = 0;
  let retryTimer: NodeJS.Timeout | null = null;
  let heldTimer: NodeJS.Timeout | null = null;
  let headsTimer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();
  let headsRunning = false;
  let blocked = false;
  let closed = false;
  let finished = 0;
  let adopted = 0;
  /** The queue as last read; asked anew when it runs dry or something changed. */
  let queue: ImageWork[] = [];
  let queueIsStale = true;

  const block = (error: unknown): void => {
    const known =
      error instanceof TagrollError
        ? error
        : new TagrollError('internal', String(error), {}, error);
    if (closed) return;
    blocked = true;
    logger.error('indexing stopped', { code: known.code, message: known.message });
    options.onBlocked(known);
    retryTimer ??= setTimeout(() => {
      retryTimer = null;
      blocked = false;
      wake();
    }, RETRY_AFTER_ERROR_MS);
  };

  const readHeads = async (): Promise<void> => {
    if (headsRunning || headsTimer) return feed();
    headsRunning = true;
    try {
      let pendingWrite: Promise<unknown> = Promise.resolve();
      let batch = headQueue(db, HEAD_BATCH);
      while (batch.length > 0 && !closed && !options.isPaused() && !blocked) {
        const outcomes = await options.heads.read(batch);
        await pendingWrite;
        pendingWrite = writer.run('saveHeads', outcomes);
        // One batch is written while the next is read; the rows of both still say stage 0.
        const taken = new Set(outcomes.map((outcome) => outcome.photoId));
        const next = headQueue(db, HEAD_BATCH * 2).filter((job) => !taken.has(job.photoId));
        options.onProgress();
        batch = next.slice(0, HEAD_BATCH);
        if (batch.length === 0) {
          await pendingWrite;
          batch = headQueue(db, HEAD_BATCH);
        }
      }
      await pendingWrite;
    } catch (error) {
      if (error instanceof HeadSilent) leaveHeads(error.photoId);
      else block(error);
    } finally {
      headsRunning = false;
      queueIsStale = true;
    }
    feed();
  };

  /** The folder manager finds out what is the matter; pictures of other roots go on meanwhile. */
  const leaveHeads = (photoId: number): void => {
    logger.warn('heads not read: a folder does not answer', { photoId });
    options.onVanished(photoId);
    headsTimer ??= setTimeout(() => {
      headsTimer = null;
      wake();
    }, RETRY_AFTER_ERROR_MS);
  };

  const nextWork = (): ImageWork | undefined => {
    for (;;) {
      if (queue.length === 0) {
        if (!queueIsStale) return undefined;
        queueIsStale = false;
        const busy = inFlight.size + held.size;
        const first = onScreen.length > 0 ? imageQueueOf(db, onScreen) : [];
        const wanted = RESULT_BATCH * 4 + busy;
        const rest = imageQueue(db, wanted);
        const seen = new Set(first.map((work) => work.photoId));
        queue = [...first, ...rest.filter((work) => !seen.has(work.photoId))];
        // A full page means that more may follow it.
        if (rest.length === wanted) queueIsStale = true;
        queue = queue.filter((work) => !inFlight.has(work.photoId) && !held.has(work.photoId));
        if (queue.length === 0) return undefined;
      }
      const work = queue.shift();
      if (work && !inFlight.has(work.photoId)) return work;
    }
  };

  const feed = (): void => {
    if (closed || blocked || options.isPaused() || headsRunning) return;
    const most = pool.workers * JOBS_PER_WORKER;
    while (running < most) {
      const work = nextWork();
      if (!work) return;
      inFlight.add(work.photoId);
      running += 1;
      pool.index({ photoId: work.photoId, path: work.path }).then(
        (result) => finish(work, result),
        (error: unknown) => {
          running -= 1;
          inFlight.delete(work.photoId);
          queueIsStale = true;
          if (!closed) block(error);
        },
      );
    }
  };

  const finish = (work: ImageWork, result: ImageResult): void => {
    running -= 1;
    finished += 1;
    const code = result.failure?.code;
    if (code !== 'vanished' && code !== 'timed_out') {
      take(work, result);
      return;
    }
    // An unplugged root, or one that does not answer, is no fault of its photos: they wait for it.
    void rootAnswers(work.rootPath).then((isThere) => {
      if (isThere) {
        take(work, result);
        return;
      }
      options.onVanished(work.photoId);
      inFlight.delete(work.photoId);
      hold(work.photoId);
      feed();
    });
    feed();
  };

  const hold = (photoId: number): void => {
    held.add(photoId);
    // A root that is back before anybody looked was never offline: nothing else would tell of it.
    heldTimer ??= setTimeout(() => {
      heldTimer = null;
      wake();
    }, RETRY_AFTER_ERROR_MS);
  };

  const take = (work: ImageWork, result: ImageResult): void => {
    const { path, stamp } = work;
    results.push({ photoId: work.photoId, result, from: { path, stamp } });
    feed();
    // With nothing at work no company comes.
    if (results.length >= RESULT_BATCH || running === 0) flush();
    else flushWithin(onScreen.includes(work.photoId) ? ON_SCREEN_DELAY_MS : RESULT_DELAY_MS);
  };

  const flushWithin = (delayMs: number): void => {
    const atMs = performance.now() + delayMs;
    if (flushTimer && atMs >= flushAtMs) return;
    if (flushTimer) clearTimeout(flushTimer);
    flushAtMs = atMs;
    flushTimer = setTimeout(flush, delayMs);
  };

  const flush = (): void => {
    if (flushTimer) clearTimeout(flushTimer);
    flushTimer = null;
    const batch = results;
    if (batch.length === 0) return;
    results = [];
    let isMoreToRead = false;
    writing = writing
      .then(() => writer.run('saveImages', { results: batch, now: options.now() }))
      .then((saved) => {
        adopted += saved.adopted;
        // A moved photo takes its place in the queue again, maybe from its head on.
        isMoreToRead = saved.adopted + saved.outdated > 0;
      })
      .catch(block)
      .then(() => {
        for (const { photoId, result } of batch) {
          inFlight.delete(photoId);
          // Looked for once it is written, or a file that is back by now would stay a failed one.
          if (result.failure?.code === 'vanished') options.onVanished(photoId);
        }
        queueIsStale = true;
        options.onProgress();
        if (isMoreToRead) wake();
        else feed();
      });
  };

  const wake = (): void => {
    if (closed || blocked) return;
    held.clear();
    // Photos in it may have been moved.
    queue = [];
    queueIsStale = true;
    if (options.isPaused()) return;
    void readHeads();
  };

  return {
    wake,
    setOnScreen(photoIds) {
      onScreen = photoIds;
      queue = [];
      queueIsStale = true;
      feed();
    },
    get finished() {
      return finished;
    },
    get adopted() {
      return adopted;
    },
    get phase() {
      if (headsRunning) return 'reading';
      return inFlight.size > 0 ? 'indexing' : 'idle';
    },
    async close() {
      closed = true;
      if (retryTimer) clearTimeout(retryTimer);
      if (heldTimer) clearTimeout(heldTimer);
      if (headsTimer) clearTimeout(headsTimer);
      flush();
      await writing;
    },
  };
}
