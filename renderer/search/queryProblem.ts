import type { TagrollError } from '../../shared/errors.ts';
import type { Translate } from '../i18n/index.ts';

/** Where and why a query cannot be understood. Places are UTF-16 units of the whole query. */
export type QueryProblem = {
  readonly start: number;
  readonly end: number;
  readonly sentence: string;
  /** What could stand in its place. */
  readonly suggestion: string | null;
};

const MISTAKES = [
  'unknown_key',
  'missing_value',
  'bad_value',
  'reversed_range',
  'no_such_date',
  'unclosed_quote',
  'unclosed_group',
  'unopened_group',
  'missing_term',
  'too_deep',
  'too_many_terms',
] as const;

/** What to underline and say; null when the error is not about the query. */
export function queryProblem(
  error: TagrollError | null,
  query: string,
  t: Translate,
): QueryProblem | null {
  if (error?.code !== 'query_invalid') return null;
  const { position, length, reason, suggestion } = error.data;
  const start = Math.min(typeof position === 'number' ? position : 0, query.length);
  const end = Math.min(start + (typeof length === 'number' ? length : 0), query.length);
  const mistake = MISTAKES.find((known) => known === reason) ?? 'other';
  return {
    start,
    end,
    sentence: t(`search.mistakes.${mistake}`, { text: query.slice(start, end) }),
    suggestion: typeof suggestion === 'string' ? suggestion : null,
  };
}
