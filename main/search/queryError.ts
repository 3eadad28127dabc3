import { TagrollError } from '../../shared/errors.ts';

/** What is wrong, for a window that words it itself. */
export type QueryMistake =
  | 'unknown_key'
  | 'missing_value'
  | 'bad_value'
  | 'reversed_range'
  | 'no_such_date'
  | 'unclosed_quote'
  | 'unclosed_group'
  | 'unopened_group'
  | 'missing_term'
  | 'too_deep'
  | 'too_many_terms';

/** A stretch of the query's text, UTF-16 units. */
export type Place = { readonly start: number; readonly end: number };

export type QueryErrorDetails = {
  /** What would have been right here, in English. */
  readonly expected?: string;
  /** Replaces the marked text. */
  readonly suggestion?: string;
};

/**
 * `query_invalid` with `data.position` and `data.length` (UTF-16 units) of the part to underline,
 * `data.reason`, and where they are known `data.expected` and `data.suggestion`.
 */
export function queryError(
  reason: QueryMistake,
  place: Place,
  message: string,
  details: QueryErrorDetails = {},
): TagrollError {
  return new TagrollError('query_invalid', message, {
    reason,
    position: place.start,
    length: place.end - place.start,
    ...details,
  });
}

/** The candidate with the fewest edits to `word`, when there are at most two and not most of the word. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  let best: string | null = null;
  let bestDistance = Math.min(2, Math.ceil(word.length / 2)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= bestDistance) continue;
    const distance = editDistance(word, candidate);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Levenshtein distance, where two neighbours that changed places are one edit. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
