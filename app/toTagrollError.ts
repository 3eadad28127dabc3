import { ORPCError } from '@orpc/client';
import { type SerializedError, TagrollError } from '../shared/errors.ts';

/** What a call was rejected with, as the one error that people are told about. */
export function toTagrollError(error: unknown, gone: AbortSignal | null): TagrollError {
  if (error instanceof TagrollError) return error;
  if (error instanceof ORPCError) {
    if (error.code === 'TAGROLL') {
      const { code, message, data } = error.data as SerializedError;
      return new TagrollError(code, message, data, error);
    }
    if (error.code === 'BAD_REQUEST')
      return new TagrollError('usage', inputProblem(error), {}, error);
  }
  if (gone?.aborted) {
    return new TagrollError(
      'holder_silent',
      'The running Tagroll that holds the library has ended. Run the command again.',
      {},
      error,
    );
  }
  return new TagrollError(
    'internal',
    error instanceof Error ? error.message : String(error),
    {},
    error,
  );
}

type Issue = { readonly message?: unknown; readonly path?: readonly unknown[] };

function inputProblem(error: ORPCError<string, unknown>): string {
  const { issues } = (error.data ?? {}) as { issues?: readonly Issue[] };
  const texts = (issues ?? []).map(
    (issue) => `${(issue.path ?? []).map(String).join('.')}: ${String(issue.message)}`,
  );
  return texts.length > 0 ? texts.join('; ') : error.message;
}
