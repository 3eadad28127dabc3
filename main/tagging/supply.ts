/**
 * Pictures made ready ahead of the calls: jobs are read from the library a page at a time, and a few
 * pictures wait in memory so that no call waits for a decoder.
 */
import { TagrollError } from '../../shared/errors.ts';
import type { ServiceId, ServiceLimits } from '../../shared/services.ts';
import type { ImagingPool } from '../imaging/types.ts';
import type { ReadableDB } from '../library/database.ts';
import { nextJobs, nextRetryAt } from '../library/tagging/jobs.ts';
import type { TagJob } from '../library/tagging/types.ts';
import type { Bookkeeper } from './bookkeeper.ts';
import type { ReadyService, ReadyServices } from './readyServices.ts';
import type { Service, UploadPicture } from './types.ts';
import { uploadRequest } from './uploadRequest.ts';

/** Jobs read at a time. */
const PAGE = 50;

/** A photo whose picture is ready to be sent. */
export type Prepared = {
  readonly job: TagJob;
  readonly service: Service;
  readonly picture: UploadPicture;
  /** The call before ended with an expired signature. */
  readonly signedAgain: boolean;
  /** A call with others was refused: it is sent alone, so that one photo does not harm the others. */
  readonly alone: boolean;
};

export type SupplyOptions = {
  readonly service: ServiceId;
  readonly limits: ServiceLimits;
  readonly db: ReadableDB;
  readonly pool: Pick<ImagingPool, 'upload'>;
  readonly services: Pick<ReadyServices, 'of'>;
  readonly books: Pick<Bookkeeper, 'write'>;
  readonly now: () => number;
  /** Pictures prepared ahead of the calls. */
  readonly ahead: () => number;
  /** Only jobs of these runs; null: of all. */
  readonly runIds: () => readonly number[] | null;
  /** A picture is ready, or a job ended without one. */
  readonly onReady: () => void;
  /** A job ended without a call. */
  readonly onEnded: (runId: number) => void;
  /** The file is gone or shows another picture by now. */
  readonly onFileChanged: (photoId: number) => void;
  /** Nothing can be prepared for a reason that is not the photo's. */
  readonly onBroken: (error: TagrollError) => void;
};

export type Supply = {
  /** Reads jobs and prepares pictures, as far as there is room. */
  fill(): void;
  /** Pictures for one call, of one run; as many as fit it. Empty: none is ready yet. */
  take(): readonly Prepared[];
  /** They come first the next time: a call could not be made, or is made again. */
  putBack(group: readonly Prepared[]): void;
  /** The job is over, or waits in the library for a later try. */
  letGo(jobId: number): void;
  /** Forgets what is not with the service; in the library it waits as before. */
  reset(): void;
  /** A job may be due by now. */
  lookAgain(): void;
  /** What waits in the library may have changed. */
  refresh(): void;
  /** Photos a person looks at. */
  setOnScreen(photoIds: readonly number[]): void;
  /** Only these photos, while the service is in trouble; null: all. */
  restrict(photoIds: ReadonlySet<number> | null): void;
  /** Jobs that are read, being prepared or ready. */
  readonly atHand: number;
  /** When a job that has to wait may be tried again; null: none has to. */
  retryAt(): number | null;
};

export function createSupply(options: SupplyOptions): Supply {
  const { service, db } = options;
  /** Everything that must not be read again: waiting here, being prepared, ready, or with the service. */
  const inHand = new Map<number, TagJob>();
  let jobs: TagJob[] = [];
  let ready: Prepared[] = [];
  const preparing = new Set<number>();
  /** Nothing more was found; asked again when something ended or changed. */
  let isDry = false;
  let readAtMs = 0;
  let perCall = 1;
  let onScreen: readonly number[] = [];
  let only: ReadonlySet<number> | null = null;
  /** Counts resets: a picture that was begun before one is not wanted any more. */
  let generation = 0;

  const letGo = (jobId: number): void => {
    inHand.delete(jobId);
    isDry = false;
  };

  const end = (
    ended: readonly TagJob[],
    state: 'done' | 'failed',
    reason: { readonly code: string; readonly message: string } | null,
  ): void => {
    const [first] = ended;
    if (!first) return;
    const input = {
      jobIds: ended.map((job) => job.jobId),
      state,
      code: reason?.code ?? null,
      message: reason?.message ?? null,
      now: options.now(),
    };
    options.books.write('settle', input).then(
      () => {
        for (const job of ended) letGo(job.jobId);
        for (const runId of new Set(ended.map((job) => job.runId))) options.onEnded(runId);
        options.onReady();
      },
      (error: unknown) => options.onBroken(asTagrollError(error)),
    );
  };

  const read = (): void => {
    if (isDry || jobs.length > 0) return;
    readAtMs = options.now();
    const page = nextJobs(db, {
      service,
      limit: PAGE,
      now: readAtMs,
      exclude: [...inHand.keys()],
      onScreen: only ? [...only] : onScreen,
      runIds: options.runIds(),
    });
    const wanted = only ? page.filter((job) => only?.has(job.photoId)) : page;
    isDry = wanted.length === 0;
    for (const job of wanted) inHand.set(job.jobId, job);
    jobs = wanted.filter((job) => !job.known && job.hindrance === null);
    end(
      wanted.filter((job) => job.known),
      'done',
      null,
    );
    for (const job of wanted) {
      if (!job.known && job.hindrance !== null) end([job], 'failed', hindered(job));
    }
  };

  const prepare = async (job: TagJob): Promise<void> => {
    const began = generation;
    try {
      const made = await options.services.of(job.runId);
      const result = await options.pool.upload(
        { photoId: job.photoId, path: job.path },
        requestFor(job, made, options.limits),
      );
      if (began !== generation) return;
      preparing.delete(job.jobId);
      perCall = made.service.picturesPerCall;
      if ('failure' in result) {
        const isOther = result.failure.code === 'vanished';
        if (isOther) options.onFileChanged(job.photoId);
        end([job], 'failed', {
          code: isOther ? 'unavailable' : result.failure.code,
          message: result.failure.message,
        });
        return;
      }
      if (only !== null && !only.has(job.photoId)) {
        letGo(job.jobId);
        return;
      }
      ready.push({
        job,
        service: made.service,
        picture: result.picture,
        signedAgain: false,
        alone: false,
      });
      options.onReady();
    } catch (error) {
      if (began !== generation) return;
      preparing.delete(job.jobId);
      letGo(job.jobId);
      options.onBroken(asTagrollError(error));
    }
  };

  const forgetUnsent = (isUnwanted: (job: TagJob) => boolean): void => {
    for (const job of [...jobs, ...ready.map((each) => each.job)]) {
      if (isUnwanted(job)) letGo(job.jobId);
    }
    jobs = jobs.filter((job) => !isUnwanted(job));
    ready = ready.filter((each) => !isUnwanted(each.job));
    isDry = false;
  };

  return {
    fill() {
      // A call with many pictures takes all that wait here at once.
      const most = Math.max(options.ahead(), perCall + 2);
      while (preparing.size + ready.length < most) {
        read();
        const job = jobs.shift();
        if (!job) return;
        preparing.add(job.jobId);
        void prepare(job);
      }
    },
    take() {
      const [first] = ready;
      if (!first) return [];
      const { picturesPerCall } = first.service;
      if (first.alone || picturesPerCall === 1) return ready.splice(0, 1);
      const group: Prepared[] = [];
      for (const each of ready) {
        if (group.length === picturesPerCall) break;
        if (each.alone || each.service !== first.service || each.job.runId !== first.job.runId) {
          continue;
        }
        const sizes = [...group, each].map((member) => member.picture.jpeg.length);
        if (group.length > 0 && !fits(first.service, sizes, options.limits)) break;
        group.push(each);
      }
      // More of them are on their way: a fuller call costs the same time.
      if (group.length < picturesPerCall && preparing.size > 0 && group.length === ready.length) {
        return [];
      }
      ready = ready.filter((each) => !group.includes(each));
      return group;
    },
    putBack(group) {
      ready.unshift(...group);
    },
    letGo,
    reset() {
      generation += 1;
      for (const jobId of preparing) inHand.delete(jobId);
      preparing.clear();
      forgetUnsent(() => true);
    },
    lookAgain() {
      isDry = false;
    },
    refresh() {
      // Jobs that are only listed may be gone, or others may come before them now.
      for (const job of jobs) inHand.delete(job.jobId);
      jobs = [];
      isDry = false;
    },
    setOnScreen(photoIds) {
      onScreen = photoIds;
      for (const job of jobs) inHand.delete(job.jobId);
      jobs = [];
      isDry = false;
    },
    restrict(photoIds) {
      if (photoIds === only) return;
      only = photoIds;
      isDry = false;
      if (photoIds) forgetUnsent((job) => !photoIds.has(job.photoId));
    },
    get atHand() {
      return jobs.length + preparing.size + ready.length;
    },
    // Seen from the last look: what became due since was not found by it.
    retryAt: () => nextRetryAt(db, service, readAtMs),
  };
}

function requestFor(
  job: TagJob,
  made: ReadyService,
  limits: ServiceLimits,
): Parameters<ImagingPool['upload']>[1] {
  return uploadRequest({
    imageHash: job.imageHash,
    wantedLongSide: made.longSidePixels,
    limits,
    maxJpegBytes: made.service.maxJpegBytes,
  });
}

function fits(service: Service, sizes: readonly number[], limits: ServiceLimits): boolean {
  return service.bodyBytes(sizes) <= limits.maxBodyBytes;
}

function hindered(job: TagJob): { code: string; message: string } {
  if (job.hindrance === 'never_upload') {
    return {
      code: 'never_upload',
      message: `${job.pathText} lies in a folder of which nothing is uploaded. Allow uploads of the folder, then try again.`,
    };
  }
  return {
    code: 'unavailable',
    message: `${job.pathText} cannot be read now: it is missing, offline or not read yet. Connect its disk or index it, then try again.`,
  };
}

export function asTagrollError(error: unknown): TagrollError {
  if (error instanceof TagrollError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new TagrollError('internal', message, {}, error);
}
