import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../../main/search/query.ts';
import { type Fix, markedRange, queryFixes } from '../../../renderer/search/queryFixes.ts';
import { TagrollError } from '../../../shared/errors.ts';

/** What is offered for what the engine finds wrong. */
function fixesOf(query: string): readonly Fix[] {
  try {
    parseQuery(query);
  } catch (error) {
    if (!(error instanceof TagrollError)) throw error;
    const { reason, position, length, suggestion } = error.data;
    const start = Number(position);
    return queryFixes(query, {
      reason: String(reason),
      start,
      end: start + Number(length),
      suggestion: typeof suggestion === 'string' ? suggestion : null,
    });
  }
  return [];
}

describe('queryFixes', () => {
  it.each([
    ['dog camra:x', ['dog camera:x', 'dog "camra:x"']],
    ['-re:"big trip"', ['-"re:big trip"']],
    ['is:untaged', ['is:untagged']],
    ['dog iso:400-100', ['dog iso:100-400']],
    ['date:2019-08..2019-06', ['date:2019-06..2019-08']],
    ['tag:dog=80-60', ['tag:dog=60-80']],
    ['size:5mb-1mb', ['size:1mb-5mb']],
    ['dog "red car', ['dog "red car"']],
    ['“红色', ['“红色”']],
    ['"abc""', ['"abc"""']],
    ['(dog OR cat', ['(dog OR cat)']],
    ['dog) cat', ['dog cat']],
    ['dog OR', ['dog', 'dog "OR"']],
    ['OR dog', ['dog', '"OR" dog']],
    ['a OR OR b', ['a OR b', 'a OR "OR" b']],
    ['dog ()', ['dog']],
    ['(', ['']],
    ['(a OR ) b', ['(a ) b', '(a "OR" ) b']],
    ['dog -', ['dog']],
    ['dog - cat', ['dog cat']],
    ['a:b', ['"a:b"']],
  ])('repairs %s', (query, repaired) => {
    const fixes = fixesOf(query);
    expect(fixes.map((fix) => fix.query).slice(-repaired.length)).toEqual(repaired);
    for (const fix of fixes) expect(() => parseQuery(fix.query), fix.query).not.toThrow();
  });

  it('offers nothing where nothing is likely', () => {
    expect(fixesOf('iso:many')).toEqual([]);
    expect(fixesOf('iso:')).toEqual([]);
    expect(fixesOf('a '.repeat(1001))).toEqual([]);
  });
});

describe('markedRange', () => {
  it('is never empty where there is something to underline', () => {
    expect(markedRange('dog OR', 6, 6)).toEqual([4, 6]);
    expect(markedRange('dog', 1, 2)).toEqual([1, 2]);
    expect(markedRange('', 0, 0)).toEqual([0, 0]);
  });
});
