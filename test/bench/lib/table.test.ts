import { describe, expect, it } from 'vitest';
import { formatTable, verdict } from '../../../bench/lib/table.ts';

describe('verdict', () => {
  it('counts the bar itself as met, on either side', () => {
    expect(verdict({ kind: 'at most', value: 3 }, 3)).toBe('met');
    expect(verdict({ kind: 'at most', value: 3 }, 3.01)).toBe('MISSED');
    expect(verdict({ kind: 'at least', value: 0.85 }, 0.85)).toBe('met');
    expect(verdict({ kind: 'at least', value: 0.85 }, 0.84)).toBe('MISSED');
  });

  it('never calls what was not measured met', () => {
    expect(verdict({ kind: 'at most', value: 3 }, null)).toBe('not measured');
    expect(verdict({ kind: 'at most', value: 3 }, Number.NaN)).toBe('not measured');
  });
});

describe('formatTable', () => {
  const slow = {
    section: 'rescan',
    name: 'nothing changed',
    measured: 4,
    unit: 's',
    bar: { kind: 'at most', value: 3, scaled: true },
  } as const;

  it('judges a scaled bar after scaling: half as fast a machine may take twice as long', () => {
    const [, , line] = formatTable([slow], 0.5).split('\n');
    expect(line).toMatch(/4\.00 s\s+2\.00 s\s+≤ 3 s\s+met/);
    expect(formatTable([slow], 1)).toContain('MISSED');
  });

  it('scales rates the other way: half as fast a machine may make half as many', () => {
    const bar = { kind: 'at least', value: 40, scaled: true } as const;
    const [, , line] = formatTable([{ ...slow, measured: 21, unit: '/s', bar }], 0.5).split('\n');
    expect(line).toMatch(/21\.0 \/s\s+42\.0 \/s\s+≥ 40 \/s\s+met/);
  });

  it('does not scale other bars', () => {
    const { scaled: _, ...bar } = slow.bar;
    expect(formatTable([{ ...slow, bar }], 0.5)).toContain('MISSED');
  });

  it('lines up its columns and gives the reason for what is missing', () => {
    const text = formatTable(
      [slow, { section: 'grid', name: 'could not run', measured: null, unit: '', note: 'why' }],
      1,
    );
    const lines = text.split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[3]).toMatch(/^grid\s+could not run\s+–\s+why$/);
    expect(lines[2]?.indexOf('nothing')).toBe(lines[0]?.indexOf('measurement'));
  });
});
