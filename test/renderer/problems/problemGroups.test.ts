import { describe, expect, it } from 'vitest';
import { problemGroups } from '../../../renderer/problems/problemGroups.ts';
import type { Failure, Problem } from '../../../shared/model.ts';

const problem = (photoId: number, code: Failure['code']): Problem => ({
  photoId,
  path: `/photos/${photoId}.jpg`,
  state: code === 'unsupported' ? 'unsupported' : 'failed',
  failure: { code, message: '' },
});

describe('problemGroups', () => {
  it('puts the most frequent reason first and formats without a decoder last', () => {
    const groups = problemGroups([
      problem(1, 'unsupported'),
      problem(2, 'unsupported'),
      problem(3, 'unsupported'),
      problem(4, 'empty_file'),
      problem(5, 'damaged'),
      problem(6, 'damaged'),
    ]);
    expect(groups.map((group) => [group.code, group.problems.map((one) => one.photoId)])).toEqual([
      ['damaged', [5, 6]],
      ['empty_file', [4]],
      ['unsupported', [1, 2, 3]],
    ]);
    expect(problemGroups([])).toEqual([]);
  });
});
