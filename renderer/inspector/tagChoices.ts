import type { Suggestion, TagNames } from '../../shared/model.ts';

export type TagChoice = {
  /** The tag's id, or a name. */
  readonly tag: number | string;
  readonly name: string;
  /** The other language's name. */
  readonly detail?: string | null;
  /** Not a tag of the library yet. */
  readonly isNew?: boolean;
};

/** Longest list that is looked through rather than searched. */
const MOST_SHOWN = 8;

/**
 * What a tag field offers for a text. A name that is written out comes first: Enter then takes what was
 * written, and nothing longer that merely begins like it.
 */
export function tagChoices(
  text: string,
  choices: readonly (TagChoice & { readonly names: TagNames })[] | null,
  suggestions: readonly Suggestion[],
  allowNew: boolean,
): readonly TagChoice[] {
  const wanted = fold(text);
  if (choices !== null) {
    return choices
      .filter(({ names }) =>
        [names.en, names.zh].some((name) => name !== undefined && fold(name).includes(wanted)),
      )
      .slice(0, MOST_SHOWN);
  }
  if (wanted === '') return [];
  const offers = suggestions.map(
    (suggestion): TagChoice => ({
      tag: suggestion.text,
      name: suggestion.text,
      detail: suggestion.detail,
    }),
  );
  const isExact = ({ name, detail }: TagChoice): boolean =>
    fold(name) === wanted || (typeof detail === 'string' && fold(detail) === wanted);
  const exact = offers.filter(isExact);
  const others = offers.filter((offer) => !isExact(offer));
  const name = text.trim();
  const created = allowNew && exact.length === 0 ? [{ tag: name, name, isNew: true }] : [];
  return [...exact, ...created, ...others].slice(0, MOST_SHOWN + 1);
}

function fold(text: string): string {
  return text.trim().normalize('NFKC').toLowerCase();
}
