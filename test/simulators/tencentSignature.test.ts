import { describe, expect, it } from 'vitest';
import { signTencent } from './clients.ts';
import { TENCENT_TEST_ACCOUNT } from './tencent.ts';
import { verifyTencentSignature } from './tencentSignature.ts';
import { Refused } from './types.ts';

const OTHER = { appId: '1259990002', secretId: 'TESTother', secretKey: 'TESTotherKey' };
const ACCOUNTS = [TENCENT_TEST_ACCOUNT, OTHER];
const NOW = 1_800_000_010;

/** Computed with another program from the documented formula, for the test account. */
const WORKED = {
  'a,b,k,e,t,r,f with an empty bucket':
    's7+QfhPkyHSFJdg25NeAyllA4P1hPTEyNTk5OTAwMDEmYj0maz1URVNUc2ltdWxhdG9yU2VjcmV0SWQwMDAwMDAwMDAwMDAwMSZlPTE4MDAwMDE4MDAmdD0xODAwMDAwMDAwJnI9OTg3NjU0MzIxJmY9',
  'a,k,e,t,r':
    '75+ny2zGVlfV5lKGLnJG7qyGgjlhPTEyNTk5OTAwMDEmaz1URVNUc2ltdWxhdG9yU2VjcmV0SWQwMDAwMDAwMDAwMDAwMSZlPTE4MDI1OTIwMDAmdD0xODAwMDAwMDAwJnI9OTg3NjU0MzIx',
  'a,b,k,e,t,r,f with a bucket':
    'mRSDK4kKNnPFldmzESYf4YZGGTlhPTEyNTk5OTAwMDEmYj10ZXN0YnVja2V0Jms9VEVTVHNpbXVsYXRvclNlY3JldElkMDAwMDAwMDAwMDAwMDEmZT0xODAwMDAwMDMwJnQ9MTgwMDAwMDAwMCZyPTk4NzY1NDMyMSZmPQ==',
  'a,b,k,t,e':
    'VjRMSCHEF7oP3Af9H17nLFfTBx1hPTEyNTk5OTAwMDEmYj10ZXN0YnVja2V0Jms9VEVTVHNpbXVsYXRvclNlY3JldElkMDAwMDAwMDAwMDAwMDEmdD0xODAwMDAwMDAwJmU9MTgwMDAwMDMwMA==',
};

/** The same with the MAC as 40 hexadecimal characters: a mistake seen in public code. */
const HEXADECIMAL =
  'YjNiZjkwN2UxM2U0Yzg3NDg1MjVkODM2ZTRkNzgwY2E1OTQwZTBmZGE9MTI1OTk5MDAwMSZiPSZrPVRFU1RzaW11bGF0b3JTZWNyZXRJZDAwMDAwMDAwMDAwMDAxJmU9MTgwMDAwMTgwMCZ0PTE4MDAwMDAwMDAmcj05ODc2NTQzMjEmZj0=';

function codeFor(authorization: string | undefined, nowSeconds = NOW): string {
  try {
    verifyTencentSignature(authorization, ACCOUNTS, nowSeconds);
    return 'accepted';
  } catch (error) {
    if (error instanceof Refused) return error.code;
    throw error;
  }
}

const signed = (fields: Readonly<Record<string, string | number>>, key?: string): string =>
  signTencent({ e: NOW + 1800, t: NOW, ...fields }, key);

describe('a signature', () => {
  it.each(Object.entries(WORKED))('in the order %s is accepted', (_, authorization) => {
    expect(verifyTencentSignature(authorization, ACCOUNTS, NOW)).toBe(TENCENT_TEST_ACCOUNT);
  });

  it('with a hexadecimal MAC is refused', () => {
    expect(codeFor(HEXADECIMAL)).toBe('5');
  });

  it.each([
    ['that is not there', undefined, '4'],
    ['that is empty', '', '4'],
    ['with a scheme word', `Bearer ${signed({})}`, '5'],
    ['in two lines', signed({}).replace(/(.{76})/, '$1\n'), '5'],
    ['in the alphabet of addresses', signed({ r: 1 }).replaceAll(/[+/A]/g, '_'), '5'],
    ['without its padding', signed({ f: '' }).replace(/.$/, ''), '5'],
    ['that is too short', Buffer.alloc(20).toString('base64'), '5'],
    ['with a field nobody knows', signed({ z: 1 }), '5'],
    ['with a time in fractions', signed({ t: NOW + 0.5 }), '5'],
    ['with eleven digits of chance', signed({ r: '12345678901' }), '5'],
    ['bound to a file', signed({ f: 'x' }), '5'],
    ['longer than 90 days', signed({ e: NOW + 91 * 86_400 }), '5'],
    ['for one use', signed({ e: 0 }), '13'],
    ['that has expired', signed({ e: NOW }), '9'],
    ['from a clock 20 minutes ahead', signed({ t: NOW + 1200, e: NOW + 3000 }), '9'],
    ['of an unknown account', signed({ a: '1' }), '10'],
    ['of an unknown secret id', signed({ k: 'TESTnobody' }), '11'],
    ['of one account for another', signed({ a: OTHER.appId }), '12'],
    ['by another key', signed({}, 'TESTanotherKey'), '14'],
  ])('%s is refused', (_, authorization, code) => {
    expect(codeFor(authorization)).toBe(code);
  });

  it('names a bucket of its account only', () => {
    const accounts = [{ ...TENCENT_TEST_ACCOUNT, buckets: ['mine'] }];
    expect(() => verifyTencentSignature(signed({ b: 'mine' }), accounts, NOW)).not.toThrow();
    expect(() => verifyTencentSignature(signed({ b: 'yours' }), accounts, NOW)).toThrow(
      'a bucket of somebody else',
    );
  });
});
