/** Huawei's SDK-HMAC-SHA256: signs a request with an access key and its secret. */
import { createHash, createHmac } from 'node:crypto';

const ALGORITHM = 'SDK-HMAC-SHA256';

export type HuaweiRequest = {
  readonly method: string;
  readonly url: string;
  /** Everything that is signed, host and X-Sdk-Date among it. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
};

/** The value of the Authorization header. */
export function huaweiAuthorization(
  request: HuaweiRequest,
  keys: { readonly accessKey: string; readonly secretKey: string },
): string {
  const date = new Headers(request.headers).get('x-sdk-date') ?? '';
  const { text, signedHeaders } = canonicalRequest(request);
  const toSign = `${ALGORITHM}\n${date}\n${sha256(text)}`;
  const signature = createHmac('sha256', keys.secretKey).update(toSign).digest('hex');
  return `${ALGORITHM} Access=${keys.accessKey}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
}

/** What is signed: every part in the one form that both sides agree on. */
export function canonicalRequest(request: HuaweiRequest): {
  readonly text: string;
  readonly signedHeaders: string;
} {
  const url = new URL(request.url);
  const headers = Object.entries(request.headers)
    .map(([name, value]) => [name.toLowerCase(), value.trim()] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const signedHeaders = headers.map(([name]) => name).join(';');
  const text = [
    request.method,
    canonicalPath(url.pathname),
    canonicalQuery(url.searchParams),
    ...headers.map(([name, value]) => `${name}:${value}`),
    '',
    signedHeaders,
    sha256(request.body),
  ].join('\n');
  return { text, signedHeaders };
}

/** `20240102T030405Z`. */
export function sdkDate(timeMs: number): string {
  return new Date(timeMs).toISOString().replace(/[-:]|\.\d+/g, '');
}

/** RFC 3986: all but letters, digits and `-_.~`. */
export function encodeSegment(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Signed with a slash at its end, which the request itself leaves out. */
function canonicalPath(pathname: string): string {
  const path = pathname
    .split('/')
    .map((segment) => encodeSegment(decodeURIComponent(segment)))
    .join('/');
  return path.endsWith('/') ? path : `${path}/`;
}

function canonicalQuery(query: URLSearchParams): string {
  return [...query]
    .map(([name, value]) => [encodeSegment(name), encodeSegment(value)] as const)
    .sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
