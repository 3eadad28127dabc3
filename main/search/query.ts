/** The query language: text to tree. Pure; see `terms.ts` for what each key takes. */
import { type QueryToken, tokenize } from '../../shared/queryText.ts';
import { queryError } from './queryError.ts';
import { parseTerm } from './terms.ts';
import type { QueryNode } from './tree.ts';

/** Groups in groups. Deeper ones are a mistake, and could exhaust the stack. */
const MAX_DEPTH = 100;
/** Far more than a person writes; bounds the time of an answer. */
const MAX_TERMS = 1000;

type Reader = { readonly tokens: readonly QueryToken[]; readonly query: string; next: number };

/**
 * Reads a query. The empty one is `all`. Throws `query_invalid`, see `queryError`, for the first thing
 * that is wrong.
 */
export function parseQuery(query: string): QueryNode {
  const tokens = tokenize(query);
  if (tokens.length === 0) return { kind: 'all' };
  let terms = 0;
  for (const token of tokens) {
    if (token.kind !== 'term') continue;
    terms += 1;
    if (terms > MAX_TERMS) {
      throw queryError(
        'too_many_terms',
        { start: token.start, end: query.length },
        `The query has more than ${MAX_TERMS} terms. Leave some out.`,
      );
    }
    if (token.unclosedAt !== null) {
      throw queryError(
        'unclosed_quote',
        { start: token.unclosedAt, end: token.end },
        'A quote is opened here and never closed. Close it, or write "" for a quote inside quotes.',
        { expected: 'a closing quote' },
      );
    }
  }
  const reader: Reader = { tokens, query, next: 0 };
  const node = readAlternatives(reader, 0);
  const left = tokens[reader.next];
  if (left) throw unopened(left);
  return node;
}

function readAlternatives(reader: Reader, depth: number): QueryNode {
  const alternatives = [readGroup(reader, depth)];
  while (reader.tokens[reader.next]?.kind === 'or') {
    reader.next += 1;
    alternatives.push(readGroup(reader, depth));
  }
  return join('or', alternatives);
}

/** Terms side by side. */
function readGroup(reader: Reader, depth: number): QueryNode {
  const terms: QueryNode[] = [];
  for (;;) {
    const token = reader.tokens[reader.next];
    if (!token || token.kind === 'or' || token.kind === 'close') break;
    terms.push(readNegated(reader, depth));
  }
  if (terms.length === 0) {
    const token = reader.tokens[reader.next];
    throw depth === 0 && token?.kind === 'close' ? unopened(token) : missingTerm(reader);
  }
  return join('and', terms);
}

function readNegated(reader: Reader, depth: number): QueryNode {
  let negated = false;
  let token = reader.tokens[reader.next];
  while (token?.kind === 'not') {
    negated = !negated;
    reader.next += 1;
    const following = reader.tokens[reader.next];
    if (!following || following.start !== token.end || following.kind === 'close') {
      throw queryError(
        'missing_term',
        token,
        'A "-" must stand right before what it excludes. Put it in quotes to search for it.',
        { expected: 'a term right after "-"' },
      );
    }
    token = following;
  }
  const child = readOne(reader, depth);
  return negated ? { kind: 'not', child } : child;
}

function readOne(reader: Reader, depth: number): QueryNode {
  const token = reader.tokens[reader.next];
  if (token?.kind === 'term') {
    reader.next += 1;
    return parseTerm(token);
  }
  if (token?.kind !== 'open') throw missingTerm(reader);
  if (depth >= MAX_DEPTH) {
    throw queryError(
      'too_deep',
      token,
      `There are more than ${MAX_DEPTH} groups in each other here. Leave some parentheses out.`,
    );
  }
  reader.next += 1;
  const node = readAlternatives(reader, depth + 1);
  if (reader.tokens[reader.next]?.kind !== 'close') {
    throw queryError(
      'unclosed_group',
      token,
      'This parenthesis is never closed. Close it, or put it in quotes.',
      { expected: 'a closing parenthesis' },
    );
  }
  reader.next += 1;
  return node;
}

function unopened(token: QueryToken): Error {
  return queryError(
    'unopened_group',
    token,
    'This parenthesis closes nothing. Remove it, or put it in quotes.',
  );
}

function missingTerm(reader: Reader): Error {
  const token = reader.tokens[reader.next];
  const place = token ?? { start: reader.query.length, end: reader.query.length };
  const before = reader.tokens[reader.next - 1];
  const message =
    before?.kind === 'or' || token?.kind === 'or'
      ? 'OR stands between two terms. Write another term beside it, or "OR" in quotes to search for it.'
      : 'There is nothing inside these parentheses. Write a term, or put them in quotes.';
  return queryError('missing_term', place, message, { expected: 'a term' });
}

function join(kind: 'and' | 'or', children: readonly QueryNode[]): QueryNode {
  const [only] = children;
  return children.length === 1 && only ? only : { kind, children };
}
