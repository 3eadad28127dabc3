/** What a person can do with one click about a query that cannot be understood. */
import { type QueryToken, quoteTerm, tokenize } from '../../shared/queryText.ts';

/** One repair. `text` is what it puts there, takes away or takes literally. */
export type Fix = {
  readonly kind: 'use' | 'asText' | 'close' | 'remove';
  readonly text: string;
  /** The whole query after it. */
  readonly query: string;
};

export type Mistake = {
  readonly reason: string;
  /** UTF-16 units of the query. */
  readonly start: number;
  readonly end: number;
  /** What the engine thinks was meant in place of the marked text. */
  readonly suggestion: string | null;
};

/** The repairs of a mistake, the likeliest first. */
export function queryFixes(query: string, mistake: Mistake): readonly Fix[] {
  const { reason, start, end, suggestion } = mistake;
  const replaced = (text: string): string => query.slice(0, start) + text + query.slice(end);
  const fixes: Fix[] = [];
  // A single letter is near to any other.
  if (suggestion !== null && end - start > 1) {
    const text = reason === 'unknown_key' ? `${suggestion}:` : suggestion;
    fixes.push({ kind: 'use', text, query: replaced(suggestion) });
  }
  switch (reason) {
    case 'unknown_key':
      return [...fixes, ...asText(query, start)];
    case 'reversed_range': {
      const turned = turnRange(query.slice(start, end));
      return turned === null ? fixes : [{ kind: 'use', text: turned, query: replaced(turned) }];
    }
    case 'unclosed_quote': {
      const quote = '“”'.includes(query.charAt(start)) ? '”' : '"';
      return [{ kind: 'close', text: quote, query: query + quote }];
    }
    case 'unclosed_group':
      return [{ kind: 'close', text: ')', query: `${query})` }];
    case 'unopened_group':
      return [removal(query, start, end)];
    case 'missing_term':
      return missingTermFixes(query, start);
    default:
      return fixes;
  }
}

/** The part to underline: where something is missing, what stands before it. */
export function markedRange(
  query: string,
  start: number,
  end: number,
): readonly [start: number, end: number] {
  if (end > start) return [start, end];
  const before = tokenize(query).findLast((token) => token.start < start);
  return before ? [before.start, Math.min(before.end, start)] : [start, end];
}

/** Text with a colon that was meant as text. */
function asText(query: string, start: number): Fix[] {
  const token = tokenize(query).find((candidate) => candidate.start === start);
  if (token?.kind !== 'term' || token.key === null) return [];
  const text = `${token.key}:${token.segments.map((segment) => segment.text).join('')}`;
  const fixed = query.slice(0, token.start) + quoteTerm(text) + query.slice(token.end);
  return [{ kind: 'asText', text, query: fixed }];
}

/** An `OR` or `-` with nothing beside it, or empty parentheses. */
function missingTermFixes(query: string, start: number): readonly Fix[] {
  const tokens = tokenize(query);
  const at = tokens.findIndex((token) => token.start >= start);
  const here = tokens[at];
  const before = tokens[at < 0 ? tokens.length - 1 : at - 1];
  const empty = here?.kind === 'close' && before?.kind === 'open';
  if (empty) return [removal(query, before.start, here.end)];
  const odd = here?.kind === 'or' || here?.kind === 'not' ? here : before;
  if (!odd) return [];
  const fixes = [removal(query, odd.start, odd.end)];
  return odd.kind === 'or' ? [...fixes, orAsText(query, odd)] : fixes;
}

function orAsText(query: string, token: QueryToken): Fix {
  const fixed = `${query.slice(0, token.start)}"OR"${query.slice(token.end)}`;
  return { kind: 'asText', text: 'OR', query: fixed };
}

function removal(query: string, start: number, end: number): Fix {
  const before = query.slice(0, start);
  const after = query.slice(end);
  const joined = /\s$/u.test(before) ? before + after.trimStart() : before + after;
  return { kind: 'remove', text: query.slice(start, end), query: joined.trim() };
}

/** `400-100` as `100-400`; null for what is no range. */
function turnRange(value: string): string | null {
  const dates = /^(.*?)([\d-]+)\.\.([\d-]+)$/su.exec(value);
  const [, before = '', first = '', last = ''] =
    dates ?? /^(.*?)([\d.]+[a-z]*)-([\d.]+[a-z]*)$/isu.exec(value) ?? [];
  return last === '' ? null : `${before}${last}${dates ? '..' : '-'}${first}`;
}
