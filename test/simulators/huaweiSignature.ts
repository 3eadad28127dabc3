/** Verifies Huawei's `SDK-HMAC-SHA256 Access=…` signature of a request. */
import { createHash, createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Refused } from './types.ts';

export type HuaweiKey = { readonly accessKey: string; readonly secretKey: string };

export type SignedRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};

const ALGORITHM = 'SDK-HMAC-SHA256';
const CLOCK_TOLERANCE_MS = 15 * 60 * 1000;
/** The gateway's one code for a token or a signature that it does not believe. */
const NOT_BELIEVED = 'APIG.0301';

/** Throws `Refused` unless the request is signed by the key, within 15 minutes of `nowMs`. */
export function verifyHuaweiSignature(
  request: SignedRequest,
  keys: readonly HuaweiKey[],
  nowMs: number,
): void {
  const { access, signedNames, signature } = readAuthorization(request.headers.authorization);
  const date = headerOf(request.headers, 'x-sdk-date');
  if (date === null) throw refusal('there is no X-Sdk-Date');
  const atMs = readDate(date);
  if (Math.abs(atMs - nowMs) > CLOCK_TOLERANCE_MS)
    throw refusal('X-Sdk-Date is more than 15 minutes off');
  if (!signedNames.includes('x-sdk-date')) throw refusal('X-Sdk-Date is not signed');
  if (headerOf(request.headers, 'x-sdk-content-sha256') !== null)
    throw refusal('the body is not signed');
  const key = keys.find(({ accessKey }) => accessKey === access);
  if (!key) throw refusal('unknown access key');
  const toSign = [ALGORITHM, date, sha256(canonicalRequest(request, signedNames))].join('\n');
  const expected = createHmac('sha256', key.secretKey).update(toSign, 'utf8').digest('hex');
  if (expected !== signature) throw refusal('another secret key, header, path or body');
}

function refusal(reason: string): Refused {
  return new Refused(NOT_BELIEVED, `signature: ${reason}`);
}

function readAuthorization(text: string | undefined): {
  access: string;
  signedNames: readonly string[];
  signature: string;
} {
  const match =
    /^SDK-HMAC-SHA256 Access=([\w-]+), SignedHeaders=([a-z0-9-]+(?:;[a-z0-9-]+)*), Signature=([0-9a-f]{64})$/.exec(
      text ?? '',
    );
  if (!match) throw refusal('the header has another form');
  const [, access = '', names = '', signature = ''] = match;
  const signedNames = names.split(';');
  if (signedNames.join(';') !== [...new Set(signedNames)].sort().join(';'))
    throw refusal('the signed headers are not sorted');
  return { access, signedNames, signature };
}

function readDate(text: string): number {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (!match) throw refusal('X-Sdk-Date is not YYYYMMDDTHHMMSSZ');
  const [, year, month, day, hour, minute, second] = match;
  const atMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(atMs)) throw refusal('X-Sdk-Date is no date');
  return atMs;
}

function canonicalRequest(request: SignedRequest, signedNames: readonly string[]): string {
  const headerLines = signedNames.map((name) => {
    const value = headerOf(request.headers, name);
    if (value === null) throw refusal(`the signed header ${name} is not there`);
    return `${name}:${value.trim()}\n`;
  });
  return [
    request.method,
    canonicalPath(request.path),
    canonicalQuery(request.query),
    headerLines.join(''),
    signedNames.join(';'),
    sha256(request.body),
  ].join('\n');
}

function canonicalPath(path: string): string {
  const encoded = path.split('/').map((segment) => encode(decode(segment)));
  const joined = encoded.join('/');
  return joined.endsWith('/') ? joined : `${joined}/`;
}

function canonicalQuery(query: string): string {
  if (query === '') return '';
  return query
    .split('&')
    .map((pair) => {
      const [name = '', ...rest] = pair.split('=');
      return { name: encode(decode(name)), value: encode(decode(rest.join('='))) };
    })
    .sort((a, b) => compare(a.name, b.name) || compare(a.value, b.value))
    .map(({ name, value }) => `${name}=${value}`)
    .join('&');
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    throw new Refused('APIG.0101', `the address cannot be read: ${String(error)}`);
  }
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function headerOf(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name];
  return typeof value === 'string' ? value : null;
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}
