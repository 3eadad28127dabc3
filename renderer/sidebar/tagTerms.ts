import type { Language, TagCount, TagNames } from '../../shared/model.ts';
import { addTerm, quoteTerm, removeTerm, splitTerms } from '../../shared/queryText.ts';
import { tagName } from '../i18n/index.ts';

/** How a tag stands in a query. */
export type TagUse = 'none' | 'included' | 'excluded';

/** The term that a click on a tag adds, in the person's language. */
export function tagTerm(names: TagNames, language: Language): string {
  return `tag:${quoteTerm(tagName(names, language))}`;
}

/** Every way in which a click writes the tag: it may have been added in the other language. */
function writings(names: TagNames): string[] {
  return [names.en, names.zh].flatMap((name) => (name ? [`tag:${quoteTerm(name)}`] : []));
}

/** Whether the top level of a query asks for the tag, or excludes it. Bounds such as `tag:dog>80` count as asking. */
export function tagUse(terms: ReadonlySet<string>, names: TagNames): TagUse {
  for (const written of writings(names)) {
    if (terms.has(written)) return 'included';
    if (terms.has(`-${written}`)) return 'excluded';
  }
  return 'none';
}

/** The top-level terms of a query as written. */
export function termSet(query: string): ReadonlySet<string> {
  return new Set(splitTerms(query).map((term) => term.text));
}

/**
 * The tags at the top level of a query that the result's own `tags` do not show: those excluded, and all
 * where nothing is found. As they are written, of type `other`, without photos; without tags with bounds.
 */
export function searchedTags(query: string, tags: readonly TagCount[]): TagCount[] {
  const listed = new Set(tags.flatMap((tag) => writings(tag.names)).map(folded));
  const found = new Map<string, TagCount>();
  for (const term of splitTerms(query)) {
    const text = term.text.replace(/^-/, '');
    if (text === term.text && tags.length > 0) continue;
    const name = /^tag:(.+)$/su.exec(text)?.[1]?.replace(/^"(.*)"$/su, '$1');
    // Only what a click would write can be taken back by one.
    if (name === undefined || `tag:${quoteTerm(name)}` !== text || listed.has(folded(text)))
      continue;
    const id = -1 - found.size;
    if (!found.has(name)) {
      found.set(name, { id, names: { en: name, zh: name }, type: 'other', count: 0 });
    }
  }
  return [...found.values()];
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** The query without any of the tag's terms. */
export function withoutTag(query: string, names: TagNames): string {
  return writings(names).reduce(
    (rest, written) => removeTerm(removeTerm(rest, written), `-${written}`),
    query,
  );
}

/** What a click makes of the query: it adds the tag, or takes it away when it is there already. */
export function toggleTag(
  query: string,
  names: TagNames,
  language: Language,
  use: 'included' | 'excluded',
): string {
  const present = tagUse(termSet(query), names);
  const rest = present === 'none' ? query : withoutTag(query, names);
  if (present === use) return rest;
  const term = tagTerm(names, language);
  return addTerm(rest, use === 'excluded' ? `-${term}` : term);
}
