/**
 * What a click on a value of the sidebar makes of a query. Terms are compared as they are written, and
 * everything that is not about the value stays as the person typed it. Never throws.
 *
 * At the top level a positive term counts as chosen, and so does a term of a group that is nothing but
 * terms of one key joined by OR: `(camera:A OR camera:B)`, or a whole query like `tag:a OR tag:b`.
 */
import { addTerm, type QueryTerm, splitTerms, tokenize } from './queryText.ts';

/** Plain, with the alt key, with the shift key. */
export type FacetClick = 'add' | 'exclude' | 'or';

/** How a value stands in a query. */
export type TermUse = 'none' | 'included' | 'excluded';

/** A value as terms. */
export type ValueTerms = {
  /** Every way in which a click writes it, such as in both languages; the first is the one that is added. */
  readonly writings: readonly [string, ...string[]];
  /** A photo has one value of the kind: two of them joined by AND would find nothing. */
  readonly exclusive: boolean;
};

/** The values that a query asks for and those that it excludes, as written, without `-`. */
export type TermUses = {
  readonly included: ReadonlySet<string>;
  readonly excluded: ReadonlySet<string>;
};

/** A piece of the top level. */
type Piece = {
  readonly text: string;
  readonly kind: QueryTerm['kind'];
  readonly negated: boolean;
  /** Of a term, and of a group of terms of one key. */
  readonly key: string | null;
  /** The terms of such a group, or the one term, without `-`. */
  readonly terms: readonly string[];
  /** A group that is the whole query, without parentheses. */
  readonly bare: boolean;
  /** What stands between it and the piece before. */
  readonly gap: string;
};

/** The key of a positive term, in lower case; null of words and everything else. */
export function keyOfTerm(term: string): string | null {
  const [token, ...others] = tokenize(term);
  return token?.kind === 'term' && others.length === 0 ? (token.key?.toLowerCase() ?? null) : null;
}

/** The terms of a text that is nothing but positive terms of one key joined by OR. */
function alternatives(text: string): readonly string[] | null {
  const pieces = splitTerms(text);
  if (pieces.length % 2 === 0) return null;
  const terms: string[] = [];
  let key: string | null = null;
  for (const [index, piece] of pieces.entries()) {
    const isOr = index % 2 === 1;
    if (isOr !== (piece.kind === 'or')) return null;
    if (isOr) continue;
    const own = piece.kind === 'term' ? keyOfTerm(piece.text) : null;
    if (own === null || (key !== null && own !== key)) return null;
    key = own;
    terms.push(piece.text);
  }
  return terms;
}

function termsOfGroup({ text }: QueryTerm): readonly string[] | null {
  const tokens = tokenize(text);
  const closed = tokens[0]?.kind === 'open' && tokens.at(-1)?.kind === 'close';
  return closed ? alternatives(text.slice(1, -1)) : null;
}

function readPieces(query: string): readonly Piece[] {
  const whole = alternatives(query);
  if (whole && whole.length > 1) {
    const text = query.trim();
    const key = keyOfTerm(whole[0] ?? '');
    return [{ text, kind: 'group', negated: false, key, terms: whole, bare: true, gap: '' }];
  }
  let end = 0;
  return splitTerms(query).map((piece) => {
    const { text, kind, negated } = piece;
    const gap = query.slice(end, piece.start);
    end = piece.end;
    const plain = negated ? text.slice(1) : text;
    const terms = kind === 'term' ? [plain] : kind === 'group' ? (termsOfGroup(piece) ?? []) : [];
    return { text, kind, negated, key: keyOfTerm(terms[0] ?? ''), terms, bare: false, gap };
  });
}

/** Whether the top level is alternatives: a term among them is not asked of every photo. */
function isMixed(pieces: readonly Piece[]): boolean {
  return pieces.some(({ kind }) => kind === 'or');
}

/** The query with other texts for some pieces; null takes one out, with the OR beside it. */
function rewrite(
  query: string,
  pieces: readonly Piece[],
  change: (piece: Piece) => string | null,
): string {
  let changed = false;
  const kept: { readonly text: string; readonly kind: Piece['kind']; readonly gap: string }[] = [];
  let dropped = false;
  for (const piece of pieces) {
    const text = change(piece);
    if (text !== piece.text) changed = true;
    const last = kept.at(-1);
    const isOr = piece.kind === 'or';
    if (text === null || (isOr && changed && (!last || last.kind === 'or'))) {
      dropped = true;
      continue;
    }
    kept.push({ text, kind: piece.kind, gap: dropped ? piece.gap || ' ' : piece.gap });
    dropped = false;
  }
  if (!changed) return query;
  while (kept.at(-1)?.kind === 'or') kept.pop();
  return kept.map(({ text, gap }, index) => (index === 0 ? text : gap + text)).join('');
}

/** What a query asks for and excludes. Cheap, but worth keeping for a list of values. */
export function readTermUses(query: string): TermUses {
  const included = new Set<string>();
  const excluded = new Set<string>();
  for (const { kind, negated, terms } of readPieces(query)) {
    if (negated && kind !== 'term') continue;
    for (const term of terms) (negated ? excluded : included).add(term);
  }
  return { included, excluded };
}

/** How a value stands, by any of its writings. */
export function termUse(uses: TermUses, writings: readonly string[]): TermUse {
  for (const written of writings) {
    if (uses.included.has(written)) return 'included';
    if (uses.excluded.has(written)) return 'excluded';
  }
  return 'none';
}

/** The query without a value: a group of one is left without its parentheses. */
export function withoutTerms(query: string, writings: readonly string[]): string {
  return rewrite(query, readPieces(query), (piece) => {
    const { kind, negated, terms, bare, text } = piece;
    if (negated && kind !== 'term') return text;
    const rest = terms.filter((term) => !writings.includes(term));
    if (rest.length === terms.length) return text;
    const joined = rest.join(' OR ');
    if (rest.length === 0) return null;
    return rest.length === 1 || bare ? joined : `(${joined})`;
  });
}

/** What a click makes of a query. On a value that stands there already it takes it away. */
export function clickTerm(query: string, value: ValueTerms, click: FacetClick): string {
  const use = termUse(readTermUses(query), value.writings);
  const rest = use === 'none' ? query : withoutTerms(query, value.writings);
  const wanted = click === 'exclude' ? 'excluded' : 'included';
  if (use === wanted) return rest;
  const [term] = value.writings;
  if (click === 'exclude') return addTerm(rest, `-${term}`);
  if (click === 'or') return joinTerm(rest, term);
  return value.exclusive ? switchTerm(rest, term) : addTerm(rest, term);
}

/** Whether the query has something of the same key that a value can be an alternative to. */
export function hasOwnTerms(query: string, key: string): boolean {
  const pieces = readPieces(query);
  return !isMixed(pieces) && pieces.some((piece) => isOwn(piece, key));
}

/** Positive, and about nothing else than the key. */
function isOwn(piece: Piece, key: string): boolean {
  return !piece.negated && piece.key === key;
}

function joinTerm(query: string, term: string): string {
  const key = keyOfTerm(term);
  const pieces = readPieces(query);
  const own = key === null ? undefined : pieces.findLast((piece) => isOwn(piece, key));
  if (!own || isMixed(pieces)) return addTerm(query, term);
  return rewrite(query, pieces, (piece) => {
    if (piece !== own) return piece.text;
    if (own.bare) return `${own.text} OR ${term}`;
    return own.kind === 'group'
      ? `${own.text.slice(0, -1)} OR ${term}${own.text.slice(-1)}`
      : `(${own.text} OR ${term})`;
  });
}

function switchTerm(query: string, term: string): string {
  const key = keyOfTerm(term);
  const pieces = readPieces(query);
  const first = key === null ? undefined : pieces.find((piece) => isOwn(piece, key));
  if (key === null || !first || isMixed(pieces)) return addTerm(query, term);
  return rewrite(query, pieces, (piece) => {
    if (piece === first) return term;
    return isOwn(piece, key) ? null : piece.text;
  });
}

/**
 * The query without what it says of a key, wanted or excluded: what is left is what the values of that
 * key can be chosen from. A query of alternatives stays whole.
 */
export function withoutKey(query: string, key: string): string {
  const pieces = readPieces(query);
  if (isMixed(pieces)) return query;
  return rewrite(query, pieces, (piece) => {
    const about = piece.key === key && (piece.kind === 'term' || !piece.negated);
    return about ? null : piece.text;
  });
}

/** Values of a key that the query asks for or excludes, as they are written: `camera:apple`. */
export function termsOfKey(query: string, key: string): readonly string[] {
  const pieces = readPieces(query);
  const found = pieces.flatMap((piece) => {
    return piece.key === key && (piece.kind === 'term' || !piece.negated) ? piece.terms : [];
  });
  return [...new Set(found)];
}
