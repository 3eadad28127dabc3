import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits as text that fits into an address, a header and a cookie. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Compares in a time that tells nothing of where the two differ. */
export function sameSecret(given: string | null, expected: string): boolean {
  if (given === null) return false;
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
