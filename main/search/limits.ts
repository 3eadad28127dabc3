/** What one question may cost: terms that look at every photo are few in anything a person writes. */
import { tokenize } from '../../shared/queryText.ts';
import { queryError } from './queryError.ts';

/** Each looks through the names of all files. */
const MOST_WORDS = 32;
/** Each looks at a column of all photos. */
const MOST_COLUMNS = 64;
/** Answered from what is in order or known already. */
const CHEAP_KEYS = new Set(['tag', 'box', 'source', 'conf', 'from', 'to', 'date', 'is']);

/** Throws `query_invalid` for a query that would keep everybody waiting. */
export function checkWork(query: string): void {
  let words = 0;
  let columns = 0;
  for (const token of tokenize(query)) {
    if (token.kind !== 'term') continue;
    const key = token.key?.toLowerCase() ?? 'name';
    if (key === 'name') words += 1;
    else if (!CHEAP_KEYS.has(key)) columns += 1;
    if (words <= MOST_WORDS && columns <= MOST_COLUMNS) continue;
    const what =
      words > MOST_WORDS
        ? `more than ${MOST_WORDS} words and file names`
        : `more than ${MOST_COLUMNS} conditions on single properties`;
    throw queryError(
      'too_many_terms',
      { start: token.start, end: query.length },
      `The query has ${what}. Leave some out; tags and dates may be more.`,
    );
  }
}
