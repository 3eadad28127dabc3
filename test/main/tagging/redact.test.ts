import { describe, expect, it } from 'vitest';
import { redactor } from '../../../main/tagging/redact.ts';

describe('redacting', () => {
  const redact = redactor(['TESTKEY+secret/1', 'ab']);

  it('takes secrets out, plain and encoded, and leaves short ones alone', () => {
    const encoded = encodeURIComponent('TESTKEY+secret/1');
    const base64 = Buffer.from('TESTKEY+secret/1').toString('base64');
    expect(redact(`no TESTKEY+secret/1 nor ${encoded} nor ${base64}, about`)).toBe(
      'no … nor … nor …, about',
    );
  });

  it('takes out whatever looks like a signature or a token', () => {
    const header = 'SDK-HMAC-SHA256 Access=TESTAK, SignedHeaders=host, Signature=0011';
    expect(redact(`got ${header} here`)).toBe('got … here');
    expect(redact(`token ${'MIIabc+/'.repeat(20)} is bad`)).toBe('token … is bad');
  });

  it('makes one short line', () => {
    expect(redact(' a\r\n\tb ')).toBe('a b');
    expect(redact('word '.repeat(500)).length).toBeLessThanOrEqual(300);
  });
});
