/** What a click on a value, or a key on it, means for the search. */
import {
  clickTerm,
  type FacetClick,
  hasOwnTerms,
  keyOfTerm,
  readTermUses,
  type TermUse,
  type TermUses,
  termUse,
  type ValueTerms,
} from '../../../shared/facetTerms.ts';
import { getView, setView, useView } from '../../state/view.ts';

type Modifiers = { readonly altKey: boolean; readonly shiftKey: boolean };

/** Plain adds, alt excludes, shift makes an alternative. */
export function clickOf({ altKey, shiftKey }: Modifiers): FacetClick {
  if (altKey) return 'exclude';
  return shiftKey ? 'or' : 'add';
}

/** The same of Enter with alt or shift, which browsers do not take for a click. Null for other keys. */
export function clickOfKey(event: Modifiers & { readonly key: string }): FacetClick | null {
  const how = event.key === 'Enter' ? clickOf(event) : 'add';
  return how === 'add' ? null : how;
}

/** What a search does with a value. */
export type FacetValueState = {
  readonly use: TermUse;
  /** Whether there is a value of its kind that it can be an alternative to. */
  readonly canJoin: () => boolean;
  /** Whether a plain click then takes that value away. */
  readonly replaces: boolean;
  readonly click: (how: FacetClick) => void;
  /** Searches for nothing else. */
  readonly only: () => void;
};

/** How a value stands in the search, and what can be done with it. */
export function useFacetValue(value: ValueTerms): FacetValueState {
  const { query, section } = useView();
  const [term] = value.writings;
  // Elsewhere than over the photos nothing is searched for; a click goes there.
  const use = section === 'photos' ? termUse(usesOf(query), value.writings) : 'none';
  return {
    use,
    canJoin: () => use !== 'included' && hasOwnTerms(query, keyOfTerm(term) ?? ''),
    replaces: value.exclusive,
    click: (how) => search(queryAfter(value, how)),
    only: () => search(term),
  };
}

function queryAfter(value: ValueTerms, how: FacetClick): string {
  const { query, section } = getView();
  const wanted = how === 'exclude' ? 'excluded' : 'included';
  const isThere = termUse(usesOf(query), value.writings) === wanted;
  return section !== 'photos' && isThere ? query : clickTerm(query, value, how);
}

function search(query: string): void {
  setView({ section: 'photos', query }, { push: true });
}

let last: { readonly query: string; readonly uses: TermUses } | null = null;

/** Read once for all the values on screen. */
export function usesOf(query: string): TermUses {
  if (last?.query !== query) last = { query, uses: readTermUses(query) };
  return last.uses;
}
