/**
 * The search field's text in two parts: terms that are done, shown as chips, and what the person is
 * typing. Both together are the query, so that photos are found while one types.
 */
import { splitTerms, tokenize } from '../../shared/queryText.ts';

export type SearchText = {
  /** Terms that are done. */
  readonly done: string;
  /** What is in the input. */
  readonly typed: string;
};

export const NO_TEXT: SearchText = { done: '', typed: '' };

/** Both parts as one query. */
export function joinText({ done, typed }: SearchText): string {
  const text = typed.trim();
  return done && text ? `${done} ${text}` : done || text;
}

/** The parts after the query was changed elsewhere: what is typed stays where it still is at the end. */
export function followQuery(text: SearchText, query: string): SearchText {
  return joinText(text) === query.trim() ? text : { done: query.trim(), typed: '' };
}

/** Everything is done. */
export function finish(text: SearchText): SearchText {
  return { done: joinText(text), typed: '' };
}

/** Everything is text to edit. */
export function editAll(text: SearchText): SearchText {
  return { done: '', typed: joinText(text) };
}

/** The last chip becomes text again. */
export function editLast({ done }: SearchText): SearchText {
  const last = splitTerms(done).at(-1);
  if (!last) return NO_TEXT;
  return { done: done.slice(0, last.start).trimEnd(), typed: done.slice(last.start) };
}

/** A piece of what is typed, UTF-16 units. */
export type Stretch = { readonly start: number; readonly end: number };

/**
 * The last two and three words before the cursor, the longer first: what only several words say, such as
 * `July 2019`. Words with a key, quotes or signs end it.
 */
export function phrasesAt(
  typed: string,
  cursor: number,
): readonly (Stretch & { readonly text: string })[] {
  const tokens = tokenize(typed);
  let at = tokens.findLastIndex((token) => token.start < cursor && cursor <= token.end);
  const end = tokens[at]?.end ?? 0;
  const starts: number[] = [];
  for (; starts.length < MOST_PHRASE_WORDS; at -= 1) {
    const token = tokens[at];
    if (token?.kind !== 'term' || token.key !== null) break;
    if (token.segments.some((segment) => segment.quoted)) break;
    starts.unshift(token.start);
  }
  return starts.slice(0, -1).map((start) => ({ start, end, text: typed.slice(start, cursor) }));
}

const MOST_PHRASE_WORDS = 3;

/** A suggestion in place of a part of the typed text. A whole term is done; a key such as `from:` waits for its value. */
export function takeSuggestion(
  text: SearchText,
  { start, end }: Stretch,
  insert: string,
): { readonly text: SearchText; readonly cursor: number } {
  const typed = text.typed.slice(0, start) + insert + text.typed.slice(end);
  const after = start + insert.length;
  if (insert.endsWith(':') || typed.slice(after).trim() !== '') {
    return { text: { ...text, typed }, cursor: after };
  }
  return { text: finish({ ...text, typed }), cursor: 0 };
}
