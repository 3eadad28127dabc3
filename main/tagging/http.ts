/**
 * The one place that talks HTTP for the services: a POST with timeout, cancelling, a bounded answer and
 * lenient parsing. Whatever goes wrong on the way is a `ServiceError` that says whether the body began to
 * leave, because then it was a call and may be paid.
 */
import type { ServiceId } from '../../shared/services.ts';
import { SIGN_IN_PAGE, serviceFailure } from './failure.ts';
import { parseJson } from './json.ts';
import { networkFailure } from './networkFailure.ts';
import type { Redact } from './redact.ts';
import { ServiceError, type ServiceWorld } from './types.ts';

/** Real answers have a few kilobytes. */
const MAX_ANSWER_BYTES = 4_000_000;
const MAX_RETRY_AFTER_MS = 24 * 3_600_000;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];
const REQUEST_ID_HEADERS = [
  'x-request-id',
  'x-tc-requestid',
  'x-ci-request-id',
  'x-cos-request-id',
];

/** A complete answer, whatever its status. */
export type Reply = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** `undefined` where the body is no JSON; its declared type does not matter. */
  readonly json: unknown;
  readonly requestId: string | null;
  /** What the server's clock says, milliseconds since 1970 UTC. */
  readonly serverTimeMs: number | null;
  readonly retryAfterMs: number | null;
};

export type PostOptions = {
  readonly service: ServiceId;
  readonly world: ServiceWorld;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly signal: AbortSignal;
  /** For everything: connecting, sending, waiting, reading the answer. */
  readonly timeoutMs: number;
  readonly redact: Redact;
};

/**
 * Sends the body once and reads the answer. Rejects with a `ServiceError`: `network`, `connection_lost`,
 * `timed_out`, `cancelled`, `tls`, `proxy`, `redirected`, `garbage_answer` (a success that is no JSON),
 * `too_large_answer`, `unusable_key`.
 */
export async function postBody(options: PostOptions): Promise<Reply> {
  const { service, world, body, signal, redact } = options;
  const headers = headersOf(options);
  const limit = new AbortController();
  const cancel = (): void => limit.abort();
  const timer = setTimeout(cancel, options.timeoutMs);
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  const departure = departing(body);
  try {
    const response = await world.fetch(options.url, {
      method: 'POST',
      headers,
      body: departure.stream,
      // 'manual' would have fetch copy the stream, and its start would say nothing any more.
      redirect: 'error',
      signal: limit.signal,
      ...{ duplex: 'half' },
    });
    departure.begin();
    return await readReply(response, options);
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    const sent = departure.began();
    if (signal.aborted) throw serviceFailure({ service, code: 'cancelled', sent });
    if (limit.signal.aborted) throw serviceFailure({ service, code: 'timed_out', sent });
    throw networkFailure({ service, error, began: sent, redact });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
  }
}

/** The code with which an answer that makes no sense is thrown away. */
export function garbage(service: ServiceId, reply: Reply): ServiceError {
  return serviceFailure({
    service,
    code: 'garbage_answer',
    sent: true,
    detail: `HTTP ${reply.status}, ${reply.body.length} bytes of ${reply.headers.get('content-type') ?? 'no type'}`,
    requestId: reply.requestId,
  });
}

/** A hotel's or a train's network answers everything with its own page until somebody signs in. */
function page(service: ServiceId, reply: Reply): ServiceError {
  return serviceFailure({
    service,
    code: SIGN_IN_PAGE,
    sent: true,
    detail: `HTTP ${reply.status}, ${reply.body.length} bytes`,
  });
}

function isPage(headers: Headers): boolean {
  return /^(text\/html|application\/xhtml)/i.test(headers.get('content-type') ?? '');
}

function headersOf(options: PostOptions): Headers {
  try {
    // A stream has no length of its own, and the services insist on one.
    return new Headers({ ...options.headers, 'Content-Length': String(options.body.length) });
  } catch {
    // The thrown error quotes the header, and with it the key.
    throw serviceFailure({ service: options.service, code: 'unusable_key', sent: false });
  }
}

/**
 * The body as a stream that knows whether it was begun. Also keeps fetch from repeating the request by
 * itself, as it does with bytes after an answer 421: that call would be paid and never counted.
 */
function departing(body: Uint8Array): {
  readonly stream: ReadableStream<Uint8Array>;
  readonly began: () => boolean;
  readonly begin: () => void;
} {
  let isBegun = false;
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        isBegun = true;
        controller.enqueue(body);
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  const begin = (): void => {
    isBegun = true;
  };
  return { stream, began: () => isBegun, begin };
}

async function readReply(response: Response, options: PostOptions): Promise<Reply> {
  const { service, world } = options;
  const { status, headers } = response;
  if (REDIRECTS.includes(status) || response.type === 'opaqueredirect' || status === 407) {
    await response.body?.cancel();
    const code = status === 407 ? 'proxy' : 'redirected';
    throw serviceFailure({ service, code, sent: true, detail: `HTTP ${status}` });
  }
  const body = await readBounded(response, service);
  const json = parseJson(new TextDecoder().decode(body));
  const reply: Reply = {
    status,
    headers,
    body,
    json,
    requestId: requestIdOf(headers, json, options.redact),
    serverTimeMs: readDate(headers.get('date')),
    retryAfterMs: readRetryAfter(headers, world.now()),
  };
  if (response.ok && json === undefined)
    throw isPage(headers) ? page(service, reply) : garbage(service, reply);
  return reply;
}

async function readBounded(response: Response, service: ServiceId): Promise<Uint8Array> {
  if (response.body === null) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop cancels the rest.
  for await (const part of response.body) {
    size += part.length;
    if (size > MAX_ANSWER_BYTES) {
      const detail = `more than ${MAX_ANSWER_BYTES / 1_000_000} MB`;
      throw serviceFailure({ service, code: 'too_large_answer', sent: true, detail });
    }
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}

function requestIdOf(headers: Headers, json: unknown, redact: Redact): string | null {
  for (const name of REQUEST_ID_HEADERS) {
    const value = headers.get(name);
    if (value) return redact(value);
  }
  if (typeof json !== 'object' || json === null) return null;
  const fields = new Map<string, unknown>(Object.entries(json));
  for (const name of ['request_id', 'requestId', 'RequestId', 'requestid']) {
    const value = fields.get(name);
    if (typeof value === 'string' && value !== '') return redact(value);
  }
  return null;
}

function readDate(text: string | null): number | null {
  const time = text === null ? Number.NaN : Date.parse(text);
  return Number.isFinite(time) ? time : null;
}

/** Seconds, or a date of the server's clock. Never more than a day. */
function readRetryAfter(headers: Headers, nowMs: number): number | null {
  const text = headers.get('retry-after')?.trim();
  if (!text) return null;
  const untilMs = readDate(text);
  const waitMs = /^\d+(\.\d+)?$/.test(text)
    ? Number(text) * 1000
    : untilMs === null
      ? null
      : untilMs - (readDate(headers.get('date')) ?? nowMs);
  return waitMs === null ? null : Math.min(Math.max(waitMs, 0), MAX_RETRY_AFTER_MS);
}
