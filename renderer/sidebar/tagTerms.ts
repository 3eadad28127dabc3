import { readTermUses, type ValueTerms } from '../../shared/facetTerms.ts';
import type { Language, TagCount, TagNames } from '../../shared/model.ts';
import { quoteTerm } from '../../shared/queryText.ts';
import { otherTagName, tagName } from '../i18n/index.ts';

/** The term that a click on a tag adds, in the person's language. */
export function tagTerm(names: TagNames, language: Language): string {
  return `tag:${quoteTerm(tagName(names, language))}`;
}

/** A tag as terms: it may have been added in the other language. Bounds such as `tag:dog>80` are terms of their own. */
export function tagValue(names: TagNames, language: Language): ValueTerms {
  const term = tagTerm(names, language);
  const other = otherTagName(names, language);
  const writings: ValueTerms['writings'] = other ? [term, `tag:${quoteTerm(other)}`] : [term];
  return { writings, exclusive: false };
}

/**
 * The tags at the top level of a query that the result's own `tags` do not show: those excluded, and all
 * where nothing is found. As they are written, of type `other`, without photos; without tags with bounds.
 */
export function searchedTags(query: string, tags: readonly TagCount[]): TagCount[] {
  const { included, excluded } = readTermUses(query);
  const searched = tags.length > 0 ? [...excluded] : [...excluded, ...included];
  const terms = searched.filter((term) => /^tag:/.test(term));
  if (terms.length === 0) return [];
  const listed = new Set(
    tags.flatMap(({ names }) => tagValue(names, 'en').writings.map((written) => folded(written))),
  );
  return terms.flatMap((term, index): TagCount[] => {
    const name = /^tag:(.+)$/su.exec(term)?.[1]?.replace(/^"(.*)"$/su, '$1');
    // Only what a click would write can be taken back by one.
    if (name === undefined || `tag:${quoteTerm(name)}` !== term || listed.has(folded(term))) {
      return [];
    }
    return [{ id: -1 - index, names: { en: name, zh: name }, type: 'other', count: 0 }];
  });
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
