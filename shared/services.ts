/**
 * The cloud tagging services as every side sees them: what they are, what they cost, what was sent to
 * them and how their work goes. Keys are never part of any of this.
 */
import type { TagEntry, TagNames } from './model.ts';

export const SERVICE_IDS = [
  'tencent-tag',
  'tencent-classify',
  'huawei-tagging',
  'tencent-terrorism',
  'tencent-porn',
] as const;

export type ServiceId = (typeof SERVICE_IDS)[number];

/** The account a service is paid with; several services share one. */
export type AccountId = 'tencent' | 'huawei';

export const ACCOUNT_OF: Readonly<Record<ServiceId, AccountId>> = {
  'tencent-tag': 'tencent',
  'tencent-classify': 'tencent',
  'huawei-tagging': 'huawei',
  'tencent-terrorism': 'tencent',
  'tencent-porn': 'tencent',
};

/** Services that say how sensitive a picture is instead of what is in it (docs/rules.md 3). */
export const SENSITIVITY_SERVICES: readonly ServiceId[] = ['tencent-terrorism', 'tencent-porn'];

/** Fields of an account. Secret ones are kept by the secret store and never leave the engine again. */
export const ACCOUNT_FIELDS = {
  tencent: {
    plain: ['appId', 'bucket', 'endpoint'],
    secret: ['secretId', 'secretKey'],
  },
  huawei: {
    plain: ['authentication', 'projectId', 'region', 'endpoint', 'user', 'domain', 'iamEndpoint'],
    secret: ['accessKey', 'secretKey', 'password'],
  },
} as const satisfies Record<AccountId, { plain: readonly string[]; secret: readonly string[] }>;

export type SecretName =
  | `tencent.${(typeof ACCOUNT_FIELDS.tencent.secret)[number]}`
  | `huawei.${(typeof ACCOUNT_FIELDS.huawei.secret)[number]}`;

/**
 * Where keys are kept: the system's keychain · a keychain without protection (Linux without a secret
 * service) · a file that only this user may read · nowhere, they are asked for again after a restart.
 */
export type SecretProtection = 'keychain' | 'unprotected' | 'file' | 'memory';

/** What a service accepts; null where its documents name no limit. */
export type ServiceLimits = {
  readonly maxSidePixels: number | null;
  readonly minSidePixels: number;
  /** The whole request body as it goes on the wire. */
  readonly maxBodyBytes: number;
  readonly formats: readonly string[];
};

/** One service as a person sees it. */
export type ServiceInfo = {
  readonly id: ServiceId;
  readonly account: AccountId;
  /** The service's own name, in English and Chinese. */
  readonly names: { readonly en: string; readonly zh: string };
  readonly kind: 'tags' | 'sensitivity';
  readonly configured: boolean;
  /** Fields of the account that have no value yet. */
  readonly missing: readonly string[];
  /** A field whose value cannot be used, such as an address that is not encrypted. */
  readonly invalid: { readonly field: string; readonly code: string } | null;
  readonly limits: ServiceLimits;
  /** `older`: its maker advertises successors; `closing`: it ends on `closesOn`. */
  readonly standing: 'older' | 'closing';
  readonly closesOn: string | null;
  /** Secret fields that have a value. */
  readonly secretsSet: readonly string[];
  /** Fields whose value comes from the environment and wins over what is stored. */
  readonly fromEnvironment: readonly string[];
  /** The account's fields that are no secret, as they are in force. */
  readonly fields: Readonly<Record<string, string>>;
  /** Where requests go: scheme, host and port. */
  readonly address: string | null;
  readonly usage: ServiceUsage;
};

/** What a service was used for in the current calendar month. */
export type ServiceUsage = {
  /** Local calendar month, `2026-11`. */
  readonly month: string;
  readonly calls: number;
  /** In `currency`; null while no price is set. */
  readonly cost: number | null;
  readonly currency: string;
  readonly capCalls: number | null;
  readonly capMoney: number | null;
};

/** A reason with the sentence for logs and tools; people read the sentence of the code. */
export type ServiceReason = { readonly code: string; readonly message: string };

/** What `services test` answers: one real call with a built-in picture. */
export type ServiceTest = {
  readonly ok: boolean;
  /** Null when it worked. */
  readonly code: string | null;
  readonly message: string;
  readonly tags: readonly {
    readonly names: TagNames;
    readonly type: string;
    readonly confidence: number;
  }[];
};

/** What a run would do and cost, before it is begun. */
export type TagEstimate = {
  readonly service: ServiceId;
  /** Photos that match. */
  readonly considered: number;
  /** Of them, those whose picture was answered for before or is there twice. */
  readonly alreadyKnown: number;
  /** In folders of which nothing is ever uploaded. */
  readonly neverUpload: number;
  /** Not read yet, unreadable, missing or offline: they cannot be sent now. */
  readonly unavailable: number;
  readonly calls: number;
  /** Null: no price is set. */
  readonly estimatedCost: number | null;
  readonly currency: string;
  readonly bytes: number;
  readonly seconds: number;
  /** Calls left under the caps of this month; null: there is no cap. */
  readonly callsLeft: number | null;
  readonly configured: boolean;
};

/** What a run did. */
export type TagSummary = {
  readonly service: ServiceId;
  readonly runId: number | null;
  readonly considered: number;
  readonly alreadyKnown: number;
  readonly calls: number;
  readonly photosTagged: number;
  readonly tagsWritten: number;
  readonly failed: readonly {
    readonly path: string;
    readonly code: string;
    readonly message: string;
  }[];
  readonly stopped: ServiceReason | null;
  readonly estimatedCost: number | null;
  readonly cost: number | null;
  readonly currency: string;
  readonly seconds: number;
};

/** How the work of one service stands. */
export type LaneState = {
  readonly service: ServiceId;
  /** `waiting`: the service asked to slow down, or the next try is later. `stopped`: it waits for the person. */
  readonly phase: 'idle' | 'running' | 'waiting' | 'paused' | 'stopped';
  /** Why it waits or stopped. */
  readonly reason: ServiceReason | null;
  /** The run at work or last at work. */
  readonly runId: number | null;
  /** Jobs of that run. */
  readonly waiting: number;
  readonly inFlight: number;
  readonly done: number;
  readonly failed: number;
  /** Calls and cost of that run; cost null: no price is set. */
  readonly calls: number;
  readonly cost: number | null;
  readonly bytesSent: number;
  readonly currency: string;
  /** Over the last ten seconds. */
  readonly callsPerSecond: number;
  readonly secondsLeft: number | null;
  readonly usage: ServiceUsage;
};

/** A photo that a service just answered for. */
export type TaggedPhoto = {
  readonly photoId: number;
  readonly atMs: number;
  /** What this service says of it, most confident first. */
  readonly tags: readonly TagEntry[];
};

/** Photos that a service could not tag, by reason. */
export type TaggingProblem = {
  readonly service: ServiceId;
  readonly code: string;
  readonly message: string;
  readonly photos: number;
  /** The first few of them. */
  readonly photoIds: readonly number[];
};

/** `sent`: still on its way · `unknown`: Tagroll ended before an answer came. */
export type UploadStatus = 'sent' | 'answered' | 'refused' | 'failed' | 'unknown';

/** One picture that left this computer. */
export type Upload = {
  readonly id: number;
  readonly atMs: number;
  readonly service: ServiceId;
  /** Null: the photo is forgotten, or it was a connection test. */
  readonly photoId: number | null;
  /** Where the photo was when it was sent; null for a connection test. */
  readonly path: string | null;
  /** The whole request body. */
  readonly bytes: number;
  /** Pixels of the picture that was sent. */
  readonly width: number;
  readonly height: number;
  readonly status: UploadStatus;
  /** The service's error code, or ours. */
  readonly code: string | null;
  readonly requestId: string | null;
  /** Null: no price was set. */
  readonly cost: number | null;
  readonly currency: string;
};

/** What was ever sent to a service and paid in one currency. */
export type UploadTotal = {
  readonly service: ServiceId;
  readonly uploads: number;
  readonly bytes: number;
  /** Of the uploads with a price; null: none had one. */
  readonly cost: number | null;
  readonly currency: string;
  /** Uploads while no price was set. */
  readonly unpriced: number;
};

/** What tagging again changed on one photo. */
export type TagChange = {
  readonly photoId: number;
  readonly added: readonly TagScore[];
  readonly removed: readonly TagScore[];
  readonly moved: readonly (TagScore & { readonly before: number })[];
};

export type TagScore = {
  readonly id: number;
  readonly names: TagNames;
  /** 0..100. */
  readonly confidence: number;
};

/** Two names that may be one tag, offered to the person. */
export type LinkSuggestion = {
  readonly zh: { readonly tagId: number; readonly name: string; readonly photos: number };
  readonly en: { readonly tagId: number; readonly name: string; readonly photos: number };
};
