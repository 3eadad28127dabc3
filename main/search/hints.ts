/** Tags of a query that the library does not have, each with the nearest that it has. */
import type { QueryHint } from '../../shared/model.ts';
import { quoteTerm, tokenize } from '../../shared/queryText.ts';
import { foldName } from './fold.ts';
import { nearest } from './queryError.ts';
import type { Store } from './store.ts';
import { SENSITIVITY } from './tagTable.ts';
import { parseTerm, rawBound } from './terms.ts';

/** More mistakes than that are no slips. */
const MOST_HINTS = 5;

/** The query must be one that can be read. */
export function hintsFor(store: Store, query: string): QueryHint[] {
  const hints: QueryHint[] = [];
  for (const token of tokenize(query)) {
    if (token.kind !== 'term' || token.key === null) continue;
    const key = token.key.toLowerCase();
    if (key !== 'tag' && key !== 'box') continue;
    const term = parseTerm(token);
    if ((term.kind !== 'tag' && term.kind !== 'box') || term.name === '') continue;
    if (store.tags.named(term.name, term.prefix).length > 0) continue;
    const suggestion = nearestTag(store, foldName(term.name));
    const rest = `${term.prefix ? '*' : ''}${rawBound(token)}`;
    hints.push({
      position: token.valueStart,
      length: token.end - token.valueStart,
      name: term.name,
      suggestion,
      replacement: suggestion === null ? null : quoteTerm(suggestion) + rest,
    });
    if (hints.length === MOST_HINTS) break;
  }
  return hints;
}

function nearestTag(store: Store, key: string): string | null {
  const keys: string[] = [];
  for (const tag of store.tags.tags.values()) if (tag.type !== SENSITIVITY) keys.push(...tag.keys);
  const found = nearest(key, keys) ?? keys.find((known) => known.startsWith(key)) ?? null;
  if (found === null) return null;
  // As it is written, not as it is compared.
  for (const tag of store.tags.tags.values()) {
    if (tag.type === SENSITIVITY || !tag.keys.includes(found)) continue;
    const names = [tag.names.en, tag.names.zh];
    return names.find((name) => name !== undefined && foldName(name) === found) ?? found;
  }
  return null;
}
