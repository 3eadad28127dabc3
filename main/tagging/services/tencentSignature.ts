/** Tencent's signature of the older image services, for many calls. */
import { createHmac } from 'node:crypto';
import type { ServiceWorld } from '../types.ts';

const LIFE_SECONDS = 30 * 60;
/** Signed anew this long before it expires, so that no call arrives with a stale one. */
const RENEW_SECONDS = 5 * 60;
/** A clock that was set back must not keep an old signature alive for ever. */
const MAX_BACKWARDS_SECONDS = 60;

export type TencentKeys = {
  readonly appId: string;
  /** May be empty: left over from history. */
  readonly bucket: string;
  readonly secretId: string;
  readonly secretKey: string;
};

/** One signature. Times are whole Unix seconds, `random` has at most ten digits. */
export function tencentSignature(
  keys: TencentKeys,
  times: { readonly nowSeconds: number; readonly expiresSeconds: number; readonly random: number },
): string {
  const plain = `a=${keys.appId}&b=${keys.bucket}&k=${keys.secretId}&e=${times.expiresSeconds}&t=${times.nowSeconds}&r=${times.random}&f=`;
  const mac = createHmac('sha1', keys.secretKey).update(plain).digest();
  return Buffer.concat([mac, Buffer.from(plain)]).toString('base64');
}

export type TencentSigner = {
  /** The signature in force. It holds the SecretId in the clear: never for a log. */
  current(): string;
  /** The service refused this one: the next `current` signs anew. */
  drop(signature: string): void;
};

export function createTencentSigner(
  keys: TencentKeys,
  world: Pick<ServiceWorld, 'now' | 'random'>,
): TencentSigner {
  let held: { readonly signature: string; readonly signedSeconds: number } | null = null;
  return {
    current() {
      const nowSeconds = Math.floor(world.now() / 1000);
      const ageSeconds = held === null ? LIFE_SECONDS : nowSeconds - held.signedSeconds;
      if (
        held === null ||
        ageSeconds > LIFE_SECONDS - RENEW_SECONDS ||
        ageSeconds < -MAX_BACKWARDS_SECONDS
      ) {
        const expiresSeconds = nowSeconds + LIFE_SECONDS;
        const random = 1 + Math.floor(world.random() * 0xffff_fffe);
        const signature = tencentSignature(keys, { nowSeconds, expiresSeconds, random });
        held = { signature, signedSeconds: nowSeconds };
      }
      return held.signature;
    },
    drop(signature) {
      if (held?.signature === signature) held = null;
    },
  };
}
