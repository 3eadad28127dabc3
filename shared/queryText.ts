/**
 * The text of a query, without its meaning: pieces with their places, for the search field (chips,
 * completion, clicks that add and remove terms) and for the parser. Never throws: half-typed text is
 * the usual case.
 *
 * Outside quotes full-width signs count as their ASCII twins (`：` `（` `＞` …), because Chinese input
 * methods write them. Inside straight quotes `""` is one quote; a backslash is an ordinary character.
 * All positions are UTF-16 units.
 */

/** A run of characters inside or outside quotes. */
export type TextSegment = {
  readonly text: string;
  /** Quoted text is literal: no operator, no wildcard, no key. */
  readonly quoted: boolean;
  readonly start: number;
  readonly end: number;
};

export type QueryToken =
  | { readonly kind: 'open' | 'close' | 'or' | 'not'; readonly start: number; readonly end: number }
  | {
      readonly kind: 'term';
      readonly start: number;
      readonly end: number;
      /** What stands before the first colon, as written; null for a plain word. */
      readonly key: string | null;
      /** What follows the colon, or the whole word. Empty segments are left out. */
      readonly segments: readonly TextSegment[];
      /** Where the value begins. */
      readonly valueStart: number;
      /** Place of a quote that is never closed. */
      readonly unclosedAt: number | null;
    };

export type TermToken = Extract<QueryToken, { kind: 'term' }>;

/** One piece of the top level of a query, as the search field shows it. */
export type QueryTerm = {
  readonly kind: 'term' | 'group' | 'or';
  /** As written, with its `-`. */
  readonly text: string;
  readonly negated: boolean;
  readonly start: number;
  readonly end: number;
};

const KEY = /^\p{L}[\p{L}\p{N}_-]*$/u;
const CURLY = '“”';
/** What makes text mean more than itself somewhere in a query. */
const SPECIAL = /[\s"“”():*<>=]/u;

/** The character at an index, full-width forms as ASCII. */
function at(query: string, index: number): string {
  const code = query.charCodeAt(index);
  return code >= 0xff01 && code <= 0xff5e
    ? String.fromCharCode(code - 0xfee0)
    : query.charAt(index);
}

function asciiWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (sign) =>
    String.fromCharCode(sign.charCodeAt(0) - 0xfee0),
  );
}

const isSpace = (character: string): boolean => /\s/u.test(character);

/** Cuts a query into its tokens. */
export function tokenize(query: string): QueryToken[] {
  const tokens: QueryToken[] = [];
  let index = 0;
  while (index < query.length) {
    const character = at(query, index);
    if (isSpace(character)) {
      index += 1;
    } else if (character === '(' || character === ')' || character === '-') {
      const kind = character === '(' ? 'open' : character === ')' ? 'close' : 'not';
      tokens.push({ kind, start: index, end: index + 1 });
      index += 1;
    } else {
      const token = readTerm(query, index);
      tokens.push(token);
      index = token.end;
    }
  }
  return tokens;
}

function readTerm(query: string, start: number): QueryToken {
  const segments: TextSegment[] = [];
  let unclosedAt: number | null = null;
  let index = start;
  let plainStart = start;
  const endPlain = (end: number): void => {
    if (end <= plainStart) return;
    const text = asciiWidth(query.slice(plainStart, end));
    segments.push({ text, quoted: false, start: plainStart, end });
  };
  while (index < query.length) {
    const character = at(query, index);
    if (isSpace(character) || character === '(' || character === ')') break;
    if (character === '"' || CURLY.includes(character)) {
      endPlain(index);
      const quoted = readQuoted(query, index);
      segments.push({ text: quoted.text, quoted: true, start: index, end: quoted.end });
      if (!quoted.closed) unclosedAt = index;
      index = quoted.end;
      plainStart = index;
    } else {
      index += 1;
    }
  }
  endPlain(index);
  const first = segments[0];
  const whole = segments.length === 1 && first && !first.quoted ? first.text : null;
  if (whole === 'OR') return { kind: 'or', start, end: index };
  const colon = first && !first.quoted ? first.text.indexOf(':') : -1;
  if (first && colon > 0 && KEY.test(first.text.slice(0, colon))) {
    const valueStart = start + colon + 1;
    const rest = first.text.slice(colon + 1);
    const value = rest ? [{ ...first, text: rest, start: valueStart }] : [];
    return {
      kind: 'term',
      start,
      end: index,
      key: first.text.slice(0, colon),
      segments: [...value, ...segments.slice(1)],
      valueStart,
      unclosedAt,
    };
  }
  return { kind: 'term', start, end: index, key: null, segments, valueStart: start, unclosedAt };
}

function readQuoted(query: string, start: number): { text: string; end: number; closed: boolean } {
  const curly = CURLY.includes(query.charAt(start));
  let text = '';
  let index = start + 1;
  while (index < query.length) {
    const raw = query.charAt(index);
    const closes = curly ? CURLY.includes(raw) : at(query, index) === '"';
    if (!closes) {
      text += raw;
      index += 1;
    } else if (!curly && at(query, index + 1) === '"') {
      text += '"';
      index += 2;
    } else {
      return { text, end: index + 1, closed: true };
    }
  }
  return { text, end: index, closed: false };
}

/** The text as one word or value of a query, in quotes where it would otherwise mean something else. */
export function quoteTerm(text: string): string {
  const plain = asciiWidth(text);
  const literal = plain === text && !/^(?:OR|-.*)?$/su.test(text) && !SPECIAL.test(text);
  // The full-width quote closes straight quotes as well, so it is written as the straight one.
  return literal ? text : `"${text.replace(/["＂]/g, '""')}"`;
}

/** The pieces of the top level, in order; a parenthesised group is one piece. */
export function splitTerms(query: string): QueryTerm[] {
  const terms: QueryTerm[] = [];
  let depth = 0;
  let start = -1;
  let negated = false;
  const add = (kind: QueryTerm['kind'], end: number): void => {
    terms.push({ kind, text: query.slice(start, end), negated, start, end });
    start = -1;
    negated = false;
  };
  let previousEnd = 0;
  for (const token of tokenize(query)) {
    if (depth === 0 && start >= 0 && token.start > previousEnd) add('term', previousEnd);
    if (start < 0) start = token.start;
    previousEnd = token.end;
    if (token.kind === 'open') depth += 1;
    else if (token.kind === 'close') depth -= 1;
    if (depth > 0) continue;
    if (token.kind === 'not') {
      negated = !negated;
    } else {
      const group = token.kind === 'close' && depth === 0;
      depth = 0;
      add(token.kind === 'or' ? 'or' : group ? 'group' : 'term', token.end);
    }
  }
  if (start >= 0) add(depth > 0 ? 'group' : 'term', query.length);
  return terms;
}

/** The query and `term`. A query that has it already stays; one that excludes it has it turned round. */
export function addTerm(query: string, term: string): string {
  const wanted = term.trim();
  const terms = splitTerms(query);
  if (!wanted || terms.some((known) => known.text === wanted)) return query.trim();
  const opposite = wanted.startsWith('-') ? wanted.slice(1) : `-${wanted}`;
  const turned = terms.find((known) => known.text === opposite);
  if (turned) return query.slice(0, turned.start) + wanted + query.slice(turned.end);
  const before = closeOpen(query).trim();
  if (!before) return wanted;
  return terms.some((known) => known.kind === 'or')
    ? `(${before}) ${wanted}`
    : `${before} ${wanted}`;
}

/** The query without the top-level pieces that are written like `term`. */
export function removeTerm(query: string, term: string): string {
  const wanted = term.trim();
  const kept: QueryTerm[] = [];
  for (const known of splitTerms(query)) {
    if (known.text === wanted && known.kind !== 'or') continue;
    const last = kept.at(-1);
    if (known.kind === 'or' && (!last || last.kind === 'or')) continue;
    kept.push(known);
  }
  while (kept.at(-1)?.kind === 'or') kept.pop();
  return kept.map((known) => known.text).join(' ');
}

/**
 * The term under the cursor, without `-` and parentheses, so that replacing `[start, end)` keeps them.
 * `text` is the part before the cursor, to be completed. Empty between terms.
 */
export function wordAt(
  query: string,
  cursor: number,
): { readonly start: number; readonly end: number; readonly text: string } {
  for (const token of tokenize(query)) {
    if (token.start >= cursor) break;
    if ((token.kind === 'term' || token.kind === 'or') && cursor <= token.end) {
      return { start: token.start, end: token.end, text: query.slice(token.start, cursor) };
    }
  }
  return { start: cursor, end: cursor, text: '' };
}

/** Closes what is left open, so that something can follow. */
function closeOpen(query: string): string {
  let depth = 0;
  let unclosedAt: number | null = null;
  for (const token of tokenize(query)) {
    if (token.kind === 'open') depth += 1;
    else if (token.kind === 'close') depth = Math.max(0, depth - 1);
    else if (token.kind === 'term') unclosedAt = token.unclosedAt;
  }
  const quote = unclosedAt === null ? '' : CURLY.includes(query.charAt(unclosedAt)) ? '”' : '"';
  return query + quote + ')'.repeat(depth);
}
