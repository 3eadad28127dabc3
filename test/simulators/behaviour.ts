/** What a simulator is told to do: how it behaves always, and what happens to the next calls. */
import type { ServiceName } from './types.ts';

/** What becomes of a call that would have been answered. */
export type Outcome =
  /** A code of the documents, such as `15`, `-1102`, `AIS.0502` or `http.503`. */
  | {
      readonly kind: 'code';
      readonly code: string;
      readonly status?: number;
      readonly message?: string;
      readonly retryAfterSeconds?: number;
    }
  /** A body of your own with status 200 or another. */
  | { readonly kind: 'body'; readonly body: unknown; readonly status?: number }
  /** No answer until somebody gives up. */
  | { readonly kind: 'hang' }
  /** The connection is reset: before a byte of the answer, or half-way through its body. */
  | { readonly kind: 'reset'; readonly when: 'before' | 'during' }
  /** JSON by its header, but not by its content. */
  | { readonly kind: 'garbage' }
  /** No bytes at all, with status 200. */
  | { readonly kind: 'empty' }
  /** An HTML page with status 200. */
  | { readonly kind: 'wrong-type' }
  /** JSON that does not end for `bytes` bytes. */
  | { readonly kind: 'huge'; readonly bytes?: number }
  | { readonly kind: 'redirect'; readonly location: string; readonly status?: number };

export type RateLimit = {
  /** Calls answered in any one second. */
  readonly perSecond: number;
  /** Sent as `Retry-After`; left out when null. */
  readonly retryAfterSeconds: number | null;
  /**
   * Huawei: `gateway` is 429 with APIG.0308, `document` a 400 without a code. Tencent answers code 15
   * in both.
   */
  readonly form: 'gateway' | 'document';
};

export type Behaviour = {
  /** Least time from the arrival of a request to its answer. */
  readonly latencyMs: number;
  /** False: nothing is verified and no picture is decoded, for measuring throughput. */
  readonly checks: boolean;
  /** Added to the clock of this computer, in checks and in the `Date` header alike. */
  readonly clockOffsetMs: number;
  readonly rate: RateLimit | null;
  /** What becomes of every call that would have been answered; null: it is answered. */
  readonly outcome: Outcome | null;
  /** `data` of the two Tencent services that have it: the documents show both. */
  readonly dataShape: 'array' | 'object';
  /** The field of a label of `picture_classify`: the documents show both. */
  readonly classifyField: 'label_name' | 'level_name';
  /** Whether `picture_detect` takes up to 20 pictures, as its header table claims. */
  readonly batching: boolean;
  /** Status of a Tencent answer with an authentication code. */
  readonly tencentRefusalStatus: 200 | 401;
  /** Status of a Huawei answer with an authentication code. */
  readonly huaweiRefusalStatus: 400 | 401;
  /** Life of the tokens that are handed out from now on. */
  readonly tokenLifeMs: number;
  /** Whether the answer with a token says when it ends. */
  readonly tokenSaysExpiry: boolean;
};

export const USUAL_BEHAVIOUR: Behaviour = {
  latencyMs: 0,
  checks: true,
  clockOffsetMs: 0,
  rate: null,
  outcome: null,
  dataShape: 'array',
  classifyField: 'label_name',
  batching: false,
  tencentRefusalStatus: 200,
  huaweiRefusalStatus: 400,
  tokenLifeMs: 24 * 60 * 60 * 1000,
  tokenSaysExpiry: true,
};

/** The strings by which a simulator is pulled. */
export type Control = {
  /** What becomes of the next `times` (1) calls, of one service or of any, in the order asked for. */
  next(
    outcome: Outcome,
    options?: { readonly times?: number; readonly service?: ServiceName },
  ): void;
  /** Changes how it behaves from now on, for one service or for all. */
  behave(changes: Partial<Behaviour>, service?: ServiceName): void;
  /** Back to usual; forgets what was planned. */
  calm(): void;
};

/** The simulator's own side of `Control`. */
export type Conduct = Control & {
  /** How a service behaves at this moment. */
  behaviour(service: ServiceName): Behaviour;
  /** What is planned for this call; planned calls are used up. */
  takeOutcome(service: ServiceName): Outcome | null;
  /** Whether a call now is within the rate; if so it counts. */
  isWithinRate(service: ServiceName): boolean;
};

type Planned = { readonly outcome: Outcome; readonly service: ServiceName | null; times: number };

/** Behaviour of one simulator. `nowMs` is any clock that only goes forward. */
export function createConduct(nowMs: () => number = () => performance.now()): Conduct {
  let general: Behaviour = USUAL_BEHAVIOUR;
  const special = new Map<ServiceName, Partial<Behaviour>>();
  let planned: Planned[] = [];
  const answeredAt = new Map<ServiceName, number[]>();
  const behaviour = (service: ServiceName): Behaviour => ({ ...general, ...special.get(service) });

  return {
    next(outcome, options = {}) {
      planned.push({ outcome, service: options.service ?? null, times: options.times ?? 1 });
    },
    behave(changes, service) {
      if (service === undefined) general = { ...general, ...changes };
      else special.set(service, { ...special.get(service), ...changes });
    },
    calm() {
      general = USUAL_BEHAVIOUR;
      special.clear();
      planned = [];
      answeredAt.clear();
    },
    behaviour,
    takeOutcome(service) {
      const plan = planned.find((one) => one.service === null || one.service === service);
      if (!plan) return behaviour(service).outcome;
      plan.times -= 1;
      planned = planned.filter(({ times }) => times > 0);
      return plan.outcome;
    },
    isWithinRate(service) {
      const { rate } = behaviour(service);
      if (!rate) return true;
      const now = nowMs();
      const recent = (answeredAt.get(service) ?? []).filter((at) => now - at < 1000);
      const isWithin = recent.length < rate.perSecond;
      if (isWithin) recent.push(now);
      answeredAt.set(service, recent);
      return isWithin;
    },
  };
}
