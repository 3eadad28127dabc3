/**
 * Verifies Tencent's multi-use signature:
 * `base64(HMAC-SHA1(secretKey, plain) ‖ plain)`, where `plain` names the account and a span of time.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Refused } from './types.ts';

export type TencentAccount = {
  readonly appId: string;
  readonly secretId: string;
  readonly secretKey: string;
  /** Buckets a signature may name; when left out, any. */
  readonly buckets?: readonly string[];
};

/** The orders of fields that documents and the vendor's own libraries show. */
const LAYOUTS: readonly string[] = ['a,b,k,e,t,r,f', 'a,k,e,t,r', 'a,b,k,t,e'];
const MAC_BYTES = 20;
/** "At most three months." */
const LONGEST_LIFE_SECONDS = 90 * 24 * 60 * 60;
/** How far ahead of ours the signer's clock may be. */
const CLOCK_TOLERANCE_SECONDS = 15 * 60;

/** The account that signed. Throws `Refused` with the documented code. */
export function verifyTencentSignature(
  authorization: string | undefined,
  accounts: readonly TencentAccount[],
  nowSeconds: number,
): TencentAccount {
  if (authorization === undefined || authorization === '')
    throw new Refused('4', 'signature: there is none');
  const decoded = decode(authorization);
  const mac = decoded.subarray(0, MAC_BYTES);
  const plain = decoded.subarray(MAC_BYTES);
  const fields = readPlain(plain.toString('latin1'));
  const account = findAccount(fields, accounts);
  const expected = createHmac('sha1', account.secretKey).update(plain).digest();
  if (!timingSafeEqual(expected, mac)) throw new Refused('14', 'signature: another secret key');
  const bucket = fields.get('b') ?? '';
  if (bucket !== '' && account.buckets && !account.buckets.includes(bucket))
    throw new Refused('6', 'signature: a bucket of somebody else');
  checkTimes(fields, nowSeconds);
  return account;
}

function decode(text: string): Buffer {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.length % 4 !== 0)
    throw new Refused('5', 'signature: not one line of standard base64 with its padding');
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length <= MAC_BYTES) throw new Refused('5', 'signature: too short');
  return bytes;
}

function readPlain(plain: string): ReadonlyMap<string, string> {
  const pairs = plain.split('&').map((pair) => {
    const match = /^([a-z])=([\w.-]*)$/.exec(pair);
    if (!match) throw new Refused('5', 'signature: after 20 bytes no plain text follows');
    return [match[1] ?? '', match[2] ?? ''] as const;
  });
  if (!LAYOUTS.includes(pairs.map(([name]) => name).join(',')))
    throw new Refused('5', 'signature: unknown fields or order');
  return new Map(pairs);
}

function findAccount(
  fields: ReadonlyMap<string, string>,
  accounts: readonly TencentAccount[],
): TencentAccount {
  const appId = fields.get('a');
  const secretId = fields.get('k');
  if (!accounts.some((account) => account.appId === appId))
    throw new Refused('10', 'signature: unknown app id');
  const owner = accounts.find((account) => account.secretId === secretId);
  if (!owner) throw new Refused('11', 'signature: unknown secret id');
  if (owner.appId !== appId) throw new Refused('12', 'signature: the secret id of another app id');
  return owner;
}

function checkTimes(fields: ReadonlyMap<string, string>, nowSeconds: number): void {
  const end = seconds(fields.get('e'));
  const begin = seconds(fields.get('t'));
  if (fields.has('r') && !/^\d{1,10}$/.test(fields.get('r') ?? ''))
    throw new Refused('5', 'signature: r is not a whole number of at most ten digits');
  if ((fields.get('f') ?? '') !== '') throw new Refused('5', 'signature: bound to a file');
  if (end === 0) throw new Refused('13', 'signature: for one use only');
  if (end <= nowSeconds) throw new Refused('9', 'signature: expired');
  if (end <= begin) throw new Refused('9', 'signature: ends before it begins');
  if (end - begin > LONGEST_LIFE_SECONDS) throw new Refused('5', 'signature: lives too long');
  if (begin > nowSeconds + CLOCK_TOLERANCE_SECONDS)
    throw new Refused('9', 'signature: from the future');
}

function seconds(text: string | undefined): number {
  if (text === undefined || !/^\d{1,10}$/.test(text))
    throw new Refused('5', 'signature: a time is not a whole number of seconds');
  return Number(text);
}
