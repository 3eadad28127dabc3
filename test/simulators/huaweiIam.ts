/** Huawei's IAM: hands out tokens for a name and a password, and knows them again. */
import { randomBytes } from 'node:crypto';
import { parseJsonObject } from './huaweiRequest.ts';
import { type Call, type Endpoint, Refused, type Reply } from './types.ts';

export type IamUser = {
  readonly user: string;
  readonly password: string;
  readonly domain: string;
  /** The project's name, which is its region. */
  readonly region: string;
};

export type TokenOffice = {
  readonly endpoint: Endpoint;
  /** Throws `Refused` unless the token was handed out and is still alive. */
  verify(token: string, nowMs: number): void;
  /** Ends every token that is alive. */
  expireTokens(): void;
};

const MAX_BODY_BYTES = 64_000;

/** An office with its own memory of tokens. */
export function openTokenOffice(user: IamUser): TokenOffice {
  const endsAtMs = new Map<string, number>();
  return {
    endpoint: {
      service: 'huawei-iam',
      maxBodyBytes: MAX_BODY_BYTES,
      tooLargeCode: 'http.413',
      tooOften: () => ({ ...refusal('http.429'), code: 'http.429' }),
      refuse: (code, changes) => refusal(code, changes),
      async answer(call) {
        checkIdentity(call, user);
        const token = `TEST${randomBytes(900).toString('base64url')}`;
        const { tokenLifeMs, tokenSaysExpiry } = call.behaviour;
        endsAtMs.set(token, call.nowMs + tokenLifeMs);
        return handOut(token, call.nowMs, tokenSaysExpiry ? tokenLifeMs : null);
      },
    },
    verify(token, nowMs) {
      if (token === '') throw new Refused('ModelArts.4101', 'token: empty');
      const endMs = endsAtMs.get(token);
      if (endMs === undefined) throw new Refused('APIG.0301', 'token: decrypt token fail');
      if (endMs <= nowMs) throw new Refused('APIG.0301', 'token: token expires');
    },
    expireTokens() {
      for (const token of endsAtMs.keys()) endsAtMs.set(token, 0);
    },
  };
}

function handOut(token: string, nowMs: number, lifeMs: number | null): Reply {
  // Six digits of a second, as IAM writes them.
  const iso = (atMs: number): string => new Date(atMs).toISOString().replace('Z', '000Z');
  return {
    status: 201,
    headers: { 'X-Subject-Token': token },
    body: {
      token: {
        ...(lifeMs === null ? {} : { expires_at: iso(nowMs + lifeMs) }),
        issued_at: iso(nowMs),
        methods: ['password'],
        catalog: [],
        roles: [{ id: '0', name: 'te_admin' }],
      },
    },
  };
}

function checkIdentity(call: Call, user: IamUser): void {
  if (!/^application\/json\b/i.test(call.headers['content-type'] ?? ''))
    throw new Refused('http.415', 'content type: not JSON');
  const body = parseJsonObject(call.body, 'http.400');
  const methods = at(body, 'auth', 'identity', 'methods');
  if (!Array.isArray(methods) || methods.length !== 1 || methods[0] !== 'password')
    throw new Refused('http.400', 'identity: methods is not ["password"]');
  if (!call.behaviour.checks) return;
  const sent = (...path: readonly string[]): unknown => at(body, 'auth', ...path);
  const isKnown =
    sent('identity', 'password', 'user', 'name') === user.user &&
    sent('identity', 'password', 'user', 'password') === user.password &&
    sent('identity', 'password', 'user', 'domain', 'name') === user.domain;
  if (!isKnown) throw new Refused('http.401', 'identity: another user, password or domain');
  if (sent('scope', 'project', 'name') !== user.region)
    throw new Refused('http.401', 'scope: another project');
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, name) =>
      typeof inner === 'object' && inner !== null
        ? (inner as Readonly<Record<string, unknown>>)[name]
        : undefined,
    value,
  );
}

const WORDS: Readonly<Record<string, string>> = {
  'http.400': 'The request body is invalid',
  'http.401': 'The username or password is wrong.',
  'http.403': 'You are not authorized to perform the requested action.',
  'http.413': 'The request body is too large',
  'http.415': 'Unsupported Media Type',
  'http.429': 'Too Many Requests',
  'http.500': 'Internal Server Error',
  'http.503': 'Service Unavailable',
};

/** IAM's own form of an error. */
function refusal(
  code: string,
  { message, status }: { readonly message?: string; readonly status?: number } = {},
): Reply {
  const http = status ?? Number(/^http\.(\d{3})$/.exec(code)?.[1] ?? 400);
  return {
    status: http,
    body: { error: { code: http, message: message ?? WORDS[code] ?? code, title: 'Error' } },
  };
}
