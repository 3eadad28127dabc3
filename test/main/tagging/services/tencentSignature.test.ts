import { describe, expect, it } from 'vitest';
import {
  createTencentSigner,
  tencentSignature,
} from '../../../../main/tagging/services/tencentSignature.ts';

const KEYS = {
  appId: '1250000000',
  bucket: '',
  secretId: 'TESTSECRETID0000000000000000000001',
  secretKey: 'testsecretkey000000000000000001',
};
/** Worked out by hand from the documented formula, with invented keys. */
const EXPECTED =
  'LBSekxEpjksRMv6TJoQHLjtDZ9NhPTEyNTAwMDAwMDAmYj0maz1URVNUU0VDUkVUSUQwMDAwMDAwMDAwMDAwMDAwMDAwMDAxJmU9MTcwMDAwMTgwMCZ0PTE3MDAwMDAwMDAmcj0xMjM0NTY3ODkwJmY9';
const EXPECTED_WITH_BUCKET =
  'f8/1/tVPJVwMh9cxpRZ/KJqn4kNhPTEyNTAwMDAwMDAmYj1waG90b2J1Y2tldCZrPVRFU1RTRUNSRVRJRDAwMDAwMDAwMDAwMDAwMDAwMDAwMDEmZT0xNzAwMDAwMDMwJnQ9MTcwMDAwMDAwMCZyPTEyMzQ1Njc4OTAmZj0=';

describe('the signature', () => {
  const nowSeconds = 1_700_000_000;

  it('is what the formula gives', () => {
    const times = { nowSeconds, expiresSeconds: nowSeconds + 1800, random: 1_234_567_890 };
    expect(tencentSignature(KEYS, times)).toBe(EXPECTED);
  });

  it('names a bucket where there is one', () => {
    const times = { nowSeconds, expiresSeconds: nowSeconds + 30, random: 1_234_567_890 };
    expect(tencentSignature({ ...KEYS, bucket: 'photobucket' }, times)).toBe(EXPECTED_WITH_BUCKET);
  });
});

describe('the signer', () => {
  const plainOf = (signature: string): URLSearchParams =>
    new URLSearchParams(Buffer.from(signature, 'base64').subarray(20).toString());

  it('keeps a signature and makes a new one well before it expires', () => {
    let nowMs = 1_700_000_000_500;
    const signer = createTencentSigner(KEYS, { now: () => nowMs, random: Math.random });
    const first = signer.current();
    expect(plainOf(first).get('t')).toBe('1700000000');
    expect(plainOf(first).get('e')).toBe('1700001800');
    nowMs += 20 * 60_000;
    expect(signer.current()).toBe(first);
    nowMs += 6 * 60_000;
    const second = signer.current();
    expect(second).not.toBe(first);
    expect(Number(plainOf(second).get('e')) * 1000).toBe(
      Math.floor(nowMs / 1000) * 1000 + 1_800_000,
    );
  });

  it('signs anew when one was refused, once for all who held it', () => {
    const signer = createTencentSigner(KEYS, { now: () => 1_700_000_000_000, random: Math.random });
    const first = signer.current();
    signer.drop(first);
    const second = signer.current();
    expect(second).not.toBe(first);
    signer.drop(first);
    expect(signer.current()).toBe(second);
  });

  it('does not trust a signature from the future after the clock was set back', () => {
    let nowMs = 1_700_000_000_000;
    const signer = createTencentSigner(KEYS, { now: () => nowMs, random: Math.random });
    const first = signer.current();
    nowMs -= 3_600_000;
    expect(signer.current()).not.toBe(first);
  });

  it('draws whole random numbers of at most ten digits', () => {
    for (const value of [0, 0.5, 1 - 2 ** -53]) {
      const signer = createTencentSigner(KEYS, { now: Date.now, random: () => value });
      expect(plainOf(signer.current()).get('r')).toMatch(/^[1-9]\d{0,9}$/);
    }
  });
});
