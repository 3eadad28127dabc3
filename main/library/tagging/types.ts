/** What the queue and the library say to each other: every step of a paid call is one transaction. */
import type { ServiceId } from '../../../shared/services.ts';
import type { FileStamp } from '../../imaging/types.ts';
import type { ServiceTag } from '../../tagging/types.ts';

/** Photos for a service, as the person asked. */
export type RunRequest = {
  readonly service: ServiceId;
  readonly photoIds: readonly number[];
  /** Also photos that were answered for before. */
  readonly again: boolean;
  /** Most photos that need a call; null: all. */
  readonly limit: number | null;
  /** Most calls of the run; null: no limit. */
  readonly maxCalls: number | null;
  /** `Service.variant`: what a known reply must agree in. */
  readonly variant: string;
};

/**
 * What a run is made of. `considered = alreadyKnown + neverUpload + unavailable + waitingAlready + queued`
 * (limits aside); ids of photos that are gone are not considered.
 */
export type RunPlan = {
  readonly considered: number;
  /** Answered for before, or a duplicate of another photo of the run. */
  readonly alreadyKnown: number;
  readonly neverUpload: number;
  /** Not read yet, unreadable, missing, offline. */
  readonly unavailable: number;
  /** Photos that wait for this service already. */
  readonly waitingAlready: number;
  /** One photo a picture, newest first, limits applied. */
  readonly photoIds: readonly number[];
};

/** A job that may be worked on now. */
export type TagJob = {
  readonly jobId: number;
  readonly runId: number;
  readonly photoId: number;
  readonly pictureId: number;
  /** 32 bytes. */
  readonly imageHash: Uint8Array;
  /** Absolute path as bytes, and as it is shown. */
  readonly path: Uint8Array;
  readonly pathText: string;
  readonly stamp: FileStamp;
  /** Calls and other tries so far. */
  readonly attempts: number;
  readonly again: boolean;
  /** The picture was answered for since (a duplicate of it was): the job is done without a call. */
  readonly known: boolean;
  /** Missing, offline, edited and not read again, or never to be uploaded any more: why it cannot be sent now. */
  readonly hindrance: 'unavailable' | 'never_upload' | null;
};

/** What a call costs and what it may cost, in millionths of the currency. */
export type CallPrice = {
  /** Null: no price is set. */
  readonly pricePerCallMicros: number | null;
  readonly freeCallsPerMonth: number;
  readonly currency: string;
  readonly capCalls: number | null;
  readonly capMoneyMicros: number | null;
};

export type BeginCallInput = {
  readonly service: ServiceId;
  /** Null: a connection test. */
  readonly runId: number | null;
  /** Local calendar month, `2026-11`. */
  readonly month: string;
  readonly now: number;
  readonly variant: string;
  readonly price: CallPrice;
  /** One entry a picture: each is counted, capped and priced (docs/rules.md 6). */
  readonly pictures: readonly {
    /** Null: a connection test. */
    readonly job: TagJob | null;
    /** This picture's share of the request body. */
    readonly bytes: number;
    readonly widthPixels: number;
    readonly heightPixels: number;
  }[];
};

/**
 * The reservation, in one transaction with the jobs' state `running`; or why there must be no call.
 * `run_calls`: the run's own limit. `gone`: a job was cancelled or its picture is known by now.
 */
export type BeginCallOutput =
  | { readonly uploadIds: readonly number[] }
  | { readonly refused: 'cap_calls' | 'cap_money' | 'run_calls' | 'gone' };

export type FinishCallInput = {
  readonly service: ServiceId;
  readonly now: number;
  readonly variant: string;
  /** In the order of the reservation. */
  readonly answers: readonly {
    readonly uploadId: number;
    readonly job: TagJob | null;
    readonly tags: readonly ServiceTag[];
    /** The reply as it came; stored compressed. */
    readonly body: Uint8Array;
    readonly requestId: string | null;
    /** What was asked for, and the size and content rectangle of the picture that was sent. */
    readonly parameters: Readonly<Record<string, unknown>>;
  }[];
};

export type FailCallInput = {
  readonly now: number;
  readonly uploads: readonly number[];
  readonly uploadState: 'refused' | 'failed' | 'unknown';
  readonly code: string;
  readonly message: string;
  readonly requestId: string | null;
  /** `waiting` with the time of the next try (null: at once), or `failed` for good. */
  readonly jobs: readonly {
    readonly jobId: number;
    readonly state: 'waiting' | 'failed';
    readonly retryAt: number | null;
    /** False: this try does not count towards the five (a rate limit, a stop of the service). */
    readonly countsAsAttempt: boolean;
  }[];
};

/** How a service stands in the database. */
export type ServiceStanding = {
  readonly paused: boolean;
  readonly stopped: { readonly code: string; readonly message: string; readonly at: number } | null;
  readonly streakCode: string | null;
  readonly streakCount: number;
};
