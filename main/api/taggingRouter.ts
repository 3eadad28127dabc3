/** Asking cloud services: the calls of `shared/taggingContract.ts` under `tagging`. */
import type { EngineParts } from '../engineParts.ts';
import { listUploads, uploadTotals } from '../library/tagging/ledger.ts';
import { recentAnswers, taggingProblems } from '../library/tagging/progress.ts';
import { listRuns, runChanges } from '../library/tagging/runChanges.ts';
import type { StartRequest } from '../tagging/queue.ts';
import type { RouterBuilder } from './builder.ts';

/** Which photos an action is for. */
type Target = { photoIds: number[] } | { query: string; threshold: number };

type Asked = {
  readonly service: StartRequest['service'];
  readonly target: Target;
  readonly again: boolean;
  readonly limit?: number | undefined;
  readonly maxCalls?: number | undefined;
  readonly environment?: Readonly<Record<string, string>> | undefined;
};

export function createTaggingRouter(
  builder: RouterBuilder,
  parts: EngineParts,
  /** Ids of the photos of a target, once the tags are loaded. */
  photosOf: (target: Target) => Promise<readonly number[]>,
) {
  const { db, writer, tagging } = parts;
  const calls = builder.tagging;

  const requestOf = async (asked: Asked): Promise<StartRequest> => ({
    service: asked.service,
    photoIds: await photosOf(asked.target),
    again: asked.again,
    limit: asked.limit ?? null,
    maxCalls: asked.maxCalls ?? null,
    environment: asked.environment,
  });

  return {
    estimate: calls.estimate.handler(async ({ input }) => tagging.estimate(await requestOf(input))),
    start: calls.start.handler(async ({ input }) => tagging.begin(await requestOf(input))),
    wait: calls.wait.handler(({ input, signal }) => tagging.wait(input.runId, signal)),
    status: calls.status.handler(() => ({ lanes: tagging.status() })),
    pause: calls.pause.handler(({ input }) => tagging.pause(input.service)),
    resume: calls.resume.handler(({ input }) => tagging.resume(input.service)),
    cancel: calls.cancel.handler(({ input }) => tagging.cancel(input.service)),
    problems: calls.problems.handler(() => ({ problems: taggingProblems(db) })),
    retry: calls.retry.handler(({ input }) => tagging.retry(input.service, input.code ?? null)),
    recent: calls.recent.handler(({ input }) => ({
      photos: recentAnswers(db, input.service, input.limit),
    })),
    uploads: calls.uploads.handler(async ({ input }) => {
      const { limit, offset, service, photoId, query } = input;
      const found = query === undefined ? undefined : await photosOf({ query, threshold: 0 });
      const photoIds =
        photoId === undefined
          ? found
          : [photoId].filter((id) => found === undefined || found.includes(id));
      return listUploads(db, { limit, offset, service, photoIds });
    }),
    uploadTotals: calls.uploadTotals.handler(() => ({ totals: uploadTotals(db) })),
    changes: calls.changes.handler(async ({ input }) => {
      const { runId, limit, offset } = input;
      const found = runChanges(db, runId, { limit, offset });
      if (found.undo !== null || found.total === 0) return found;
      return { ...found, ...(await writer.run('ensureRunUndo', { runId, now: parts.now() })) };
    }),
    runs: calls.runs.handler(({ input }) => ({ runs: listRuns(db, input.limit) })),
    setNeverUpload: calls.setNeverUpload.handler(async ({ input }) => {
      await writer.run('setNeverUpload', input);
      tagging.wake();
    }),
  };
}
