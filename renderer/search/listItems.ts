/** What the list under the search field offers. */
import type { Suggestion } from '../../shared/model.ts';
import type { Stretch } from './draft.ts';

export type ListItem =
  | {
      readonly kind: 'suggestion';
      readonly id: string;
      readonly suggestion: Suggestion;
      /** What of the typed text it replaces. */
      readonly place: Stretch;
      /** What is typed there. */
      readonly word: string;
    }
  | { readonly kind: 'recent'; readonly id: string; readonly query: string }
  | { readonly kind: 'forget-all'; readonly id: string }
  | { readonly kind: 'help'; readonly id: string };

/** Earlier searches beside suggestions: more would hide that they are suggestions. */
const MOST_RECENT_MATCHES = 3;

/** The word before the cursor, or the last words. */
export type Completion = {
  readonly place: Stretch;
  readonly word: string;
  readonly suggestions: readonly Suggestion[];
};

export type ListSources = {
  /** The whole query. */
  readonly query: string;
  /** What is being typed. */
  readonly typed: string;
  /** Stretches before the cursor with what they could become, the one to offer first before the others. */
  readonly completions: readonly Completion[];
  /** The newest first. */
  readonly recents: readonly string[];
};

/**
 * While nothing is written: the last searches. While a word is: what it could become, then the last
 * searches that what is typed is a part of. The way to the help ends both.
 */
export function listItems(sources: ListSources): readonly ListItem[] {
  const { query, typed, completions, recents } = sources;
  if (query === '' && typed.trim() === '') {
    if (recents.length === 0) return [];
    return [...recents.map(recentItem), { kind: 'forget-all', id: 'forget-all' }, HELP];
  }
  if (completions.length === 0) return [];
  const part = folded(typed);
  const earlier = recents
    .filter((recent) => recent !== query && folded(recent).includes(part))
    .slice(0, MOST_RECENT_MATCHES);
  const offered = [
    ...completions.flatMap(({ place, word, suggestions }) =>
      suggestions.map(
        (suggestion): ListItem => ({
          kind: 'suggestion',
          id: `${suggestion.kind} ${suggestion.insert}`,
          suggestion,
          place,
          word,
        }),
      ),
    ),
    ...earlier.map(recentItem),
  ];
  const items = offered.filter(
    (item, index) => offered.findIndex((other) => other.id === item.id) === index,
  );
  return items.length > 0 ? [...items, HELP] : [];
}

const HELP: ListItem = { kind: 'help', id: 'help' };

function recentItem(query: string): ListItem {
  return { kind: 'recent', id: `recent ${query}`, query };
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim();
}
