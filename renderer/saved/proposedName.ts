/** What a search could be called: its terms in the person's language. */

import type { Language, TagCount } from '../../shared/model.ts';
import { type QueryTerm, splitTerms } from '../../shared/queryText.ts';
import { withoutIsolation } from '../i18n/directions.ts';
import { type Translate, tagName } from '../i18n/index.ts';
import { boundText, readTagTerm, withoutMinus } from '../search/tagBound.ts';
import { termWords } from '../search/termText.ts';

/** The longest name of a saved search, UTF-16 units. */
export const LONGEST_NAME = 100;

export type NamingOptions = {
  readonly t: Translate;
  /** Whether there is a text of this key. */
  readonly exists: (key: string) => boolean;
  readonly language: Language;
  /** Tags whose names are known in both languages. */
  readonly tags: readonly Pick<TagCount, 'names'>[];
};

/** A name of at most `LONGEST_NAME`, cut between terms where it can be; empty for an empty query. */
export function proposedName(query: string, options: NamingOptions): string {
  const { language } = options;
  let name = '';
  let isJoined = true;
  for (const term of splitTerms(query)) {
    const words = wordsOf(term, options);
    if (term.kind === 'or') {
      name += language === 'zh' ? words : ` ${words} `;
      isJoined = true;
      continue;
    }
    const next = name + (isJoined ? '' : language === 'zh' ? '，' : ', ') + words;
    if (next.length > LONGEST_NAME && name !== '') break;
    name = next;
    isJoined = false;
  }
  return withoutIsolation(name).slice(0, LONGEST_NAME).trim();
}

function wordsOf(term: QueryTerm, options: NamingOptions): string {
  const { t, exists } = options;
  const plain = withoutMinus(term.text);
  const words = term.kind === 'group' ? groupWords(plain, options) : tagWords(plain, options);
  if (words === null) return termWords(term, t, exists).spoken;
  return term.negated ? t('search.not', { term: words }) : words;
}

/** A group is named by what is in it. */
function groupWords(text: string, options: NamingOptions): string | null {
  const inner = /^[(（](.*)[)）]$/su.exec(text)?.[1];
  return inner === undefined ? null : `(${proposedName(inner, options)})`;
}

/** The tag's name in the person's language, however it is written in the query. */
function tagWords(text: string, { tags, language }: NamingOptions): string | null {
  const term = readTagTerm(text);
  if (term?.key !== 'tag') return null;
  const wanted = folded(term.name);
  const known = tags.find(({ names }) =>
    [names.en, names.zh].some((name) => name !== undefined && folded(name) === wanted),
  );
  if (!known) return null;
  const name = tagName(known.names, language);
  return term.bound === '' ? name : `${name} ${boundText(term.bound)}`;
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
