/** Tokens of Huawei's IAM: asked for when needed, shared by all callers, kept in memory only. */
import { z } from 'zod';
import { serviceFailure } from '../failure.ts';
import { garbage, postBody, type Reply } from '../http.ts';
import { redactor } from '../redact.ts';
import { ServiceError, type ServiceWorld } from '../types.ts';
import { refusal } from './refusal.ts';

const SERVICE = 'huawei-tagging';
const PATH = '/v3/auth/tokens';
const USUAL_LIFE_MS = 24 * 3_600_000;
/** Renewed this long before the end, or a tenth of a short life. */
const MAX_MARGIN_MS = 5 * 60_000;

export type HuaweiToken = { readonly value: string; readonly renewAtMs: number };

export type HuaweiTokens = {
  /** The token in force, or a new one. Rejects with a `ServiceError` that was never `sent`. */
  get(options: { readonly signal: AbortSignal; readonly timeoutMs: number }): Promise<HuaweiToken>;
  /** The service took it. */
  accepted(token: HuaweiToken): void;
  /** The service refused it: a new one is worth one try, unless this was that try. */
  refused(token: HuaweiToken): 'sign-again' | 'stop';
};

export type HuaweiLogin = {
  /** Scheme, host and port of IAM. */
  readonly origin: string;
  readonly user: string;
  readonly password: string;
  /** The name of the account that the user belongs to. */
  readonly domain: string;
  /** The project's name, which is its region's. */
  readonly project: string;
};

const bodySchema = z.object({ token: z.object({ expires_at: z.string() }) });
const refusalSchema = z
  .object({
    error_msg: z.string().optional(),
    error: z.object({ message: z.string().optional() }).optional(),
  })
  .catch({});

export function createHuaweiTokens(login: HuaweiLogin, world: ServiceWorld): HuaweiTokens {
  type Held = HuaweiToken & { readonly isSecondTry: boolean };
  let held: Held | null = null;
  let pending: Pending<Held> | null = null;
  let wasRefused = false;
  const acceptedTokens = new WeakSet<HuaweiToken>();
  const verdicts = new WeakMap<HuaweiToken, 'sign-again' | 'stop'>();
  const redact = redactor([login.password]);

  async function ask(signal: AbortSignal, timeoutMs: number): Promise<Held> {
    const { user, password, domain, project } = login;
    const request = {
      auth: {
        identity: {
          methods: ['password'],
          password: { user: { name: user, password, domain: { name: domain } } },
        },
        scope: { project: { name: project } },
      },
    };
    const reply = await postBody({
      service: SERVICE,
      world,
      url: login.origin + PATH,
      headers: { 'Content-Type': 'application/json' },
      body: Buffer.from(JSON.stringify(request)),
      signal,
      timeoutMs,
      redact,
    });
    const value = reply.headers.get('x-subject-token') ?? '';
    if (reply.status < 200 || reply.status > 299 || value === '') throw refusedLogin(reply);
    held = { value, renewAtMs: renewalTime(reply), isSecondTry: wasRefused };
    return held;
  }

  function refusedLogin(reply: Reply): ServiceError {
    if (reply.status < 300) return garbage(SERVICE, reply);
    const parsed = refusalSchema.parse(reply.json ?? {});
    const text = parsed.error_msg ?? parsed.error?.message ?? '';
    const isLogin = [400, 401, 403].includes(reply.status);
    return refusal({
      service: SERVICE,
      reply,
      code: isLogin ? 'token_refused' : null,
      text,
      clockCodes: [],
      nowMs: world.now(),
      redact,
    });
  }

  /** By the server's own clock where it tells it: ours may be wrong. */
  function renewalTime(reply: Reply): number {
    const parsed = bodySchema.safeParse(reply.json);
    const expiresMs = parsed.success ? Date.parse(parsed.data.token.expires_at) : Number.NaN;
    const nowMs = world.now();
    const lifeMs = Number.isFinite(expiresMs)
      ? Math.max(expiresMs - (reply.serverTimeMs ?? nowMs), 0)
      : USUAL_LIFE_MS;
    return nowMs + lifeMs - Math.min(MAX_MARGIN_MS, lifeMs / 10);
  }

  return {
    async get({ signal, timeoutMs }) {
      if (held !== null && world.now() < held.renewAtMs) return held;
      pending ??= share((shared) => ask(shared, timeoutMs));
      const joined = pending;
      const forget = (): void => {
        if (pending === joined) pending = null;
      };
      try {
        return await joined.join(signal, forget);
      } catch (error) {
        throw error instanceof ServiceError ? unsent(error) : error;
      } finally {
        if (joined.isSettled()) forget();
      }
    },
    accepted(token) {
      acceptedTokens.add(token);
      wasRefused = false;
    },
    refused(token) {
      const known = verdicts.get(token);
      if (known !== undefined) return known;
      const isLastTry = token === held && held.isSecondTry && !acceptedTokens.has(token);
      const verdict = isLastTry ? 'stop' : 'sign-again';
      verdicts.set(token, verdict);
      wasRefused = verdict === 'sign-again';
      if (held === token) held = null;
      return verdict;
    },
  };
}

/** No picture left with it, so it was no call. */
function unsent(error: ServiceError): ServiceError {
  const { errorClass, code, message, retryAfterMs, requestId, known, cause } = error;
  return new ServiceError({
    errorClass,
    code,
    message,
    sent: false,
    retryAfterMs,
    requestId,
    known,
    cause,
  });
}

type Pending<Value> = {
  /** Waits for the shared work; `onAbandoned` runs when the last caller has given up. */
  join(signal: AbortSignal, onAbandoned: () => void): Promise<Value>;
  isSettled(): boolean;
};

/** One piece of work for several callers, cancelled when the last of them gives up. */
function share<Value>(work: (signal: AbortSignal) => Promise<Value>): Pending<Value> {
  const abandon = new AbortController();
  let callers = 0;
  let isSettled = false;
  const result = work(abandon.signal).finally(() => {
    isSettled = true;
  });
  return {
    isSettled: () => isSettled,
    async join(signal, onAbandoned) {
      callers += 1;
      const gaveUp = Promise.withResolvers<never>();
      const giveUp = (): void =>
        gaveUp.reject(serviceFailure({ service: SERVICE, code: 'cancelled', sent: false }));
      signal.addEventListener('abort', giveUp, { once: true });
      if (signal.aborted) giveUp();
      try {
        return await Promise.race([result, gaveUp.promise]);
      } finally {
        signal.removeEventListener('abort', giveUp);
        callers -= 1;
        if (callers === 0 && !isSettled) {
          onAbandoned();
          abandon.abort();
        }
      }
    },
  };
}
