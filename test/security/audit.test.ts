import { describe, expect, it } from 'vitest';
import { readAudit } from '../../.ci/readAudit.ts';

const counts = (more: Record<string, number>) => ({
  metadata: { vulnerabilities: { low: 0, moderate: 0, high: 0, critical: 0, total: 0, ...more } },
});

describe('the audit of dependencies', () => {
  it('fails on severe findings, and names the packages', () => {
    const found = {
      ...counts({ high: 1, total: 2 }),
      vulnerabilities: { bad: { severity: 'high' }, dull: { severity: 'low' } },
    };
    const { failed, text } = readAudit(JSON.stringify(found), 1);
    expect([failed, text]).toEqual([true, expect.stringContaining('1 severe, in bad.')]);
  });

  it('passes where there is nothing, or nothing severe', () => {
    expect(readAudit(JSON.stringify(counts({})), 0).failed).toBe(false);
    expect(readAudit(JSON.stringify(counts({ moderate: 3, total: 3 })), 0).text).toContain(
      '3 in all',
    );
  });

  it('tells a registry without an audit from a finding', () => {
    const answers = [
      JSON.stringify({ error: { code: 'ENOAUDIT', summary: 'does not support audit' } }),
      JSON.stringify({ message: 'request to https://registry failed', error: {} }),
      'npm ERR! network',
      '',
    ];
    for (const answer of answers) {
      const { failed, text } = readAudit(answer, 1);
      expect([failed, text.includes('Left out')], answer).toEqual([false, true]);
    }
  });
});
