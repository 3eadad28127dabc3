/**
 * One paid call from its reservation to the booked end. What it means for the lane is told in one word;
 * the database knows everything else.
 *
 *   reserved ──► sent ──► answered: stored with its tags
 *      │           └────► refused or failed: booked, the photos wait, are given up, or stop the service
 *      └► given back, when the body never began to leave
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceId } from '../../shared/services.ts';
import type { BeginCallOutput, CallPrice } from '../library/tagging/types.ts';
import type { Bookkeeper } from './bookkeeper.ts';
import { isUnreached } from './failure.ts';
import { type Decision, decide } from './retry.ts';
import type { Prepared } from './supply.ts';
import { ServiceError } from './types.ts';
import { monthOf } from './usage.ts';

export type CallOptions = {
  readonly service: ServiceId;
  readonly books: Bookkeeper;
  readonly now: () => number;
  readonly random: () => number;
  readonly price: () => CallPrice;
  readonly timeoutMs: () => number;
  /** Its turn, asked for once it is ready: the body does not leave earlier. */
  readonly leavesAtMs: () => number;
  /** Asked once more after the reservation: the service may have stopped meanwhile. */
  readonly mayBeSent: () => boolean;
  readonly signal: AbortSignal;
  /** The answer is here; it is being stored. The next call may be reserved behind it. */
  readonly onAnswered: (sentMs: number) => void;
  /** The body is about to leave. */
  readonly onSent: () => void;
};

export type CallEnd =
  | { readonly kind: 'answered' }
  /** Not sent, because the library cannot be written or the service stopped: to be put back. */
  | { readonly kind: 'held' }
  | {
      readonly kind: 'refused-by-budget';
      readonly reason: Exclude<RefusedBegin, 'gone'>;
    }
  /** A job was cancelled or answered meanwhile. */
  | { readonly kind: 'gone' }
  /** Left as it is, because Tagroll ends. */
  | { readonly kind: 'abandoned' }
  | {
      readonly kind: 'failed';
      readonly error: ServiceError;
      readonly sentMs: number;
      /** What becomes of each photo, in the order of the group. */
      readonly photos: readonly { readonly prepared: Prepared; readonly decision: PhotoEnd }[];
    };

/** A decision, or `alone`: the same picture again, without the others of its call. */
export type PhotoEnd = Decision | { readonly kind: 'alone' } | { readonly kind: 'network' };

type RefusedBegin = Extract<BeginCallOutput, { refused: string }>['refused'];

/** Makes the call. Rejects only when its end cannot be stored for a reason of its own. */
export async function makeCall(group: readonly Prepared[], options: CallOptions): Promise<CallEnd> {
  const { books, now } = options;
  const [first] = group;
  if (!first) return { kind: 'held' };
  const { service } = first;
  const sizes = group.map(({ picture }) => picture.jpeg.length);
  const bytes = shares(service.bodyBytes(sizes), sizes);
  const begun = await books
    .begin({
      service: options.service,
      runId: first.job.runId,
      month: monthOf(now()),
      now: now(),
      variant: service.variant,
      price: options.price(),
      pictures: group.map(({ job, picture }, index) => ({
        job,
        bytes: bytes[index] ?? 0,
        widthPixels: picture.widthPixels,
        heightPixels: picture.heightPixels,
      })),
    })
    .catch((error: unknown) => {
      if (books.blocked === null) throw error;
      return null;
    });
  if (!begun) return { kind: 'held' };
  if ('refused' in begun) {
    return begun.refused === 'gone'
      ? { kind: 'gone' }
      : { kind: 'refused-by-budget', reason: begun.refused };
  }
  const { uploadIds } = begun;
  const earlyMs = options.leavesAtMs() - now();
  if (earlyMs > 0) await sleep(earlyMs);
  if (!options.mayBeSent()) {
    await release(books, group, uploadIds, null, null);
    return { kind: 'held' };
  }
  const sentMs = now();
  options.onSent();
  try {
    const answers = await service.tag(
      group.map(({ picture }) => ({ bytes: picture })),
      { signal: options.signal, timeoutMs: options.timeoutMs() },
    );
    if (answers.length !== group.length) throw wrongNumber(options.service, answers.length, group);
    const stored = books.write('finish', {
      service: options.service,
      now: now(),
      variant: service.variant,
      answers: answers.map((answer, index) => {
        const { job, picture } = group[index] ?? first;
        return {
          uploadId: uploadIds[index] ?? 0,
          job,
          tags: answer.tags,
          body: answer.body,
          requestId: answer.requestId,
          parameters: {
            ...service.parameters,
            width: picture.widthPixels,
            height: picture.heightPixels,
            content: picture.content,
          },
        };
      }),
    });
    options.onAnswered(sentMs);
    await stored;
    return { kind: 'answered' };
  } catch (error) {
    const known = toServiceError(options.service, error);
    if (known === null) throw error;
    if (options.signal.aborted && known.sent) return { kind: 'abandoned' };
    return fail(group, uploadIds, known, sentMs, options);
  }
}

/** Books the end of a call that brought no answer. */
async function fail(
  group: readonly Prepared[],
  uploadIds: readonly number[],
  error: ServiceError,
  sentMs: number,
  options: CallOptions,
): Promise<CallEnd> {
  const { books, now, random } = options;
  const isBatch = group.length > 1;
  const photos = group.map((prepared) => {
    const { job, signedAgain } = prepared;
    const decided = decide(error, { tries: job.attempts + 1, signedAgain }, { now: now(), random });
    const decision: PhotoEnd =
      decided.kind === 'failed' && error.errorClass === 'skip' && isBatch
        ? { kind: 'alone' }
        : decided.kind === 'later' || (decided.kind === 'failed' && error.errorClass === 'retry')
          ? isUnreached(error)
            ? { kind: 'network' }
            : decided
          : decided;
    return { prepared, decision };
  });
  if (!error.sent) await release(books, group, uploadIds, error.code, error.message);
  const jobs = photos
    .filter(({ decision }) => error.sent || decision.kind === 'failed')
    .map(({ prepared, decision }) => ({
      jobId: prepared.job.jobId,
      state: decision.kind === 'failed' ? ('failed' as const) : ('waiting' as const),
      retryAt: decision.kind === 'later' ? decision.retryAt : null,
      countsAsAttempt: ['failed', 'later', 'sign-again'].includes(decision.kind),
    }));
  if (jobs.length > 0) {
    await books.write('fail', {
      now: now(),
      uploads: error.sent ? uploadIds : [],
      uploadState: uploadStateOf(error),
      code: error.code,
      message: error.message,
      requestId: error.requestId,
      jobs,
    });
  }
  return { kind: 'failed', error, sentMs, photos };
}

function release(
  books: Bookkeeper,
  group: readonly Prepared[],
  uploadIds: readonly number[],
  code: string | null,
  message: string | null,
): Promise<void> {
  return books.write('release', {
    uploadIds,
    jobIds: group.map(({ job }) => job.jobId),
    retryAt: null,
    code,
    message,
  });
}

/** Our own codes are words, and say that no answer came that could be understood. */
function uploadStateOf(error: ServiceError): 'refused' | 'failed' {
  return /^[a-z_]+$/.test(error.code) && error.errorClass === 'retry' ? 'failed' : 'refused';
}

/** Each picture's share of the body. */
function shares(bodyBytes: number, sizes: readonly number[]): readonly number[] {
  const all = sizes.reduce((sum, size) => sum + size, 0);
  return sizes.map((size) => Math.round((bodyBytes * size) / Math.max(1, all)));
}

function wrongNumber(
  service: ServiceId,
  answers: number,
  group: readonly Prepared[],
): ServiceError {
  return new ServiceError({
    errorClass: 'retry',
    code: 'garbage_answer',
    message: `${service} answered about ${answers} pictures instead of ${group.length}. The photos are tried again.`,
    sent: true,
  });
}

/** Null: not the service's error but the library's. Anything else thrown there is a slip of ours. */
function toServiceError(service: ServiceId, error: unknown): ServiceError | null {
  if (error instanceof ServiceError) return error;
  if (error instanceof Error && error.name === 'TagrollError') return null;
  const cause = error instanceof Error ? error.message : String(error);
  return new ServiceError({
    errorClass: 'retry',
    code: 'internal',
    message: `The answer of ${service} could not be worked on (${cause}). Please report this.`,
    sent: true,
    known: false,
    cause: error,
  });
}
