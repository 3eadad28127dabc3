/**
 * What the queue and the services say to each other. A service is made of five parts in the same order:
 * endpoint and limits, settings, response schema, mapping to tags, `create`. It knows its wire and
 * nothing of queues, retries, budgets or the library.
 */
import type { Box, TagNames, TagType } from '../../shared/model.ts';
import type { AccountId, ServiceId, ServiceLimits } from '../../shared/services.ts';
import type { Settings } from '../../shared/settings.ts';

/** A rectangle in pixels. */
export type PixelRectangle = {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
};

/** A picture made ready for a service. */
export type UploadPicture = {
  /** JPEG, upright, sRGB, without metadata. */
  readonly jpeg: Uint8Array;
  /** Of the JPEG. */
  readonly widthPixels: number;
  readonly heightPixels: number;
  /** Where the displayed picture lies in it: smaller than the whole where it was padded. */
  readonly content: PixelRectangle;
};

/** What is asked about: our picture, or one that the service fetches. The app only sends bytes. */
export type ServicePicture =
  | { readonly bytes: UploadPicture }
  | { readonly url: string; readonly widthPixels: number; readonly heightPixels: number };

/** One tag as a service gave it. */
export type ServiceTag = {
  /** The service's own word, whatever else follows from it: the key of the mapping to tags. */
  readonly raw: string;
  readonly names: TagNames;
  readonly type: TagType;
  /** What the service calls the type, where it tells. */
  readonly typeNames?: TagNames;
  /** 0..100, decimals kept. */
  readonly confidence: number;
  /** 0..1 of the displayed picture. */
  readonly boxes: readonly Box[];
};

/** The answer about one picture. */
export type ServiceAnswer = {
  /** Most confident first; one entry a word. */
  readonly tags: readonly ServiceTag[];
  /** The reply as it came, for the record. Of a batch: the part about this picture. */
  readonly body: Uint8Array;
  readonly requestId: string | null;
};

/**
 * What to do about an error: try again · slow down and try again · sign anew and try again · give up on
 * this photo · stop asking this service until the person did something.
 */
export type ErrorClass = 'retry' | 'wait' | 'sign-again' | 'skip' | 'stop';

/** A call that brought no answer. Its message never holds keys, signatures or tokens. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly errorClass: ErrorClass;
  /** The service's own code ("15", "AIS.0502", "http.413"), or ours ("network", "timed_out", "clock", …). */
  readonly code: string;
  /** Whether the request's body began to leave: then it was a call and may be paid (docs/rules.md 6). */
  readonly sent: boolean;
  readonly retryAfterMs: number | null;
  readonly requestId: string | null;
  /** False: the code is in no table; it is shown verbatim and tried again twice. */
  readonly known: boolean;

  constructor(options: {
    readonly errorClass: ErrorClass;
    readonly code: string;
    /** English, for logs and tools: names the service, the cause and the next step. */
    readonly message: string;
    readonly sent: boolean;
    readonly retryAfterMs?: number | null;
    readonly requestId?: string | null;
    readonly known?: boolean;
    readonly cause?: unknown;
  }) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.errorClass = options.errorClass;
    this.code = options.code;
    this.sent = options.sent;
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.requestId = options.requestId ?? null;
    this.known = options.known ?? true;
  }
}

/** What a service is handed of the world. */
export type ServiceWorld = {
  readonly fetch: typeof fetch;
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
  /** 0 ≤ value < 1. */
  readonly random: () => number;
};

/** Values of an account by field: stored ones, overruled by the environment's. Empty ones are left out. */
export type AccountValues = Readonly<Record<string, string>>;

/** What a service still lacks, or what of it cannot be used. */
export type ConfigurationProblem = {
  readonly missing: readonly string[];
  readonly invalid: {
    readonly field: string;
    readonly code: 'not_an_address' | 'not_encrypted' | 'not_a_number';
  } | null;
};

/** A service with its account, ready to be asked. */
export type Service = {
  readonly id: ServiceId;
  /** Pictures that one request may hold; 1 unless batching is switched on. */
  readonly picturesPerCall: number;
  /** Most bytes of JPEG that still fit the service's body limit, with every overhead counted. */
  readonly maxJpegBytes: number;
  /** The whole body of a request with JPEGs of these sizes. */
  bodyBytes(jpegBytes: readonly number[]): number;
  /** Recorded with the reply: what was asked for, besides the picture. No keys. */
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
  /** What changes the meaning of an answer (docs/rules.md 6); empty for services without a choice of model. */
  readonly variant: string;
  /** Asks about pictures, as many answers as pictures in their order. Rejects with a `ServiceError`. */
  tag(
    pictures: readonly ServicePicture[],
    options: { readonly signal: AbortSignal; readonly timeoutMs: number },
  ): Promise<readonly ServiceAnswer[]>;
  /** The tags of a stored reply, so that a better mapping can be applied to what was paid for. */
  readTags(body: Uint8Array, picture: Omit<UploadPicture, 'jpeg'>): readonly ServiceTag[];
};

/** A kind of service, before an account is put in. The registry is an object of five of these. */
export type ServiceAdapter = {
  readonly id: ServiceId;
  readonly account: AccountId;
  readonly names: { readonly en: string; readonly zh: string };
  readonly kind: 'tags' | 'sensitivity';
  readonly limits: ServiceLimits;
  readonly standing: 'older' | 'closing';
  readonly closesOn: string | null;
  /** For tools: one English sentence about what the service gives and how it stands. */
  readonly note: string;
  /** Null: it can be used. */
  check(account: AccountValues): ConfigurationProblem | null;
  /** Scheme, host and port that requests go to. */
  address(account: AccountValues): string;
  /** Throws only when `check` finds a problem. */
  create(options: {
    readonly account: AccountValues;
    readonly settings: Settings;
    readonly world: ServiceWorld;
  }): Service;
};
