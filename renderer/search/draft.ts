/**
 * The search field's text in two parts: terms that are done, shown as chips, and what the person is
 * typing. Both together are the query, so that photos are found while one types.
 */
import { splitTerms, wordAt } from '../../shared/queryText.ts';

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

/** A suggestion in place of the word before the cursor. A whole term is done; a key such as `from:` waits for its value. */
export function takeSuggestion(
  text: SearchText,
  cursor: number,
  insert: string,
): { readonly text: SearchText; readonly cursor: number } {
  const word = wordAt(text.typed, cursor);
  const typed = text.typed.slice(0, word.start) + insert + text.typed.slice(word.end);
  const end = word.start + insert.length;
  if (insert.endsWith(':') || typed.slice(end).trim() !== '') {
    return { text: { ...text, typed }, cursor: end };
  }
  return { text: finish({ ...text, typed }), cursor: 0 };
}
