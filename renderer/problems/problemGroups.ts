import type { Failure, Problem } from '../../shared/model.ts';

/** Problems with one reason. */
export type ProblemGroup = {
  readonly code: Failure['code'];
  readonly problems: readonly Problem[];
};

/** Problems by reason, most photos first; formats that cannot be shown yet come last, for nothing is wrong with them. */
export function problemGroups(problems: readonly Problem[]): ProblemGroup[] {
  const groups = Map.groupBy(problems, (problem) => problem.failure.code);
  return [...groups]
    .map(([code, members]) => ({ code, problems: members }))
    .sort(
      (a, b) =>
        Number(a.code === 'unsupported') - Number(b.code === 'unsupported') ||
        b.problems.length - a.problems.length ||
        (a.code < b.code ? -1 : 1),
    );
}
