/** How the terms of a query are shown: with words of the person's language instead of keys. */
import { type QueryTerm, splitTerms, tokenize } from '../../shared/queryText.ts';
import type { Translate } from '../i18n/index.ts';
import { boundText, readTagTerm, withoutMinus } from './tagBound.ts';

export type TermIcon = 'tag' | 'folder' | 'camera' | 'date' | 'place' | 'state' | 'text' | 'group';

/** What a chip shows. `label` is a key of the texts under `search.`, null when the value speaks for itself. */
export type TermText = {
  readonly icon: TermIcon;
  readonly label: string | null;
  readonly value: string;
};

/** A term in words. */
export type TermWords = {
  readonly icon: TermIcon;
  /** Without "not". */
  readonly words: string;
  /** With "not" where it excludes. */
  readonly spoken: string;
};

const ICONS: Readonly<Record<string, TermIcon>> = {
  tag: 'tag',
  folder: 'folder',
  camera: 'camera',
  lens: 'camera',
  from: 'date',
  to: 'date',
  date: 'date',
  on: 'date',
  month: 'date',
  hour: 'date',
  added: 'date',
  near: 'place',
  has: 'place',
  is: 'state',
};

/** What to show for one term. A group is shown as it is written. */
export function termText(term: QueryTerm): TermText {
  const text = withoutMinus(term.text);
  if (term.kind !== 'term') return { icon: 'group', label: null, value: text };
  const token = tokenize(text).find((candidate) => candidate.kind === 'term');
  if (token?.kind !== 'term') return { icon: 'text', label: null, value: text };
  const value = token.segments.map((segment) => segment.text).join('');
  const key = token.key?.toLowerCase() ?? null;
  if (key === null) return { icon: 'text', label: null, value };
  const icon = ICONS[key] ?? 'text';
  const tag = readTagTerm(text);
  if (tag) {
    const bounded = tag.bound ? `${tag.name} ${boundText(tag.bound)}` : tag.name;
    return { icon, label: key === 'tag' ? null : `keys.${key}`, value: bounded };
  }
  if (key === 'tag') return { icon, label: null, value };
  if (key === 'folder') return { icon, label: null, value: lastName(value) };
  if (key === 'is') return { icon, label: `is.${value.toLowerCase()}`, value };
  if (key === 'has') return { icon, label: 'hasGps', value };
  if (key === 'added' && value === '<30d') return { icon, label: 'recent', value };
  return { icon, label: `keys.${key}`, value: spaced(value) };
}

/** Groups in groups beyond this are shown as they are written. */
const DEEPEST_GROUP = 3;

/** One term in the person's language; as it is written where there is no word for it. */
export function termWords(
  term: QueryTerm,
  t: Translate,
  exists: (key: string) => boolean,
  depth = 0,
): TermWords {
  if (term.kind === 'or') return { icon: 'text', words: t('search.or'), spoken: t('search.or') };
  const { icon, label, value } = termText(term);
  const key = label === 'recent' ? 'sidebar.recent' : `search.${label}`;
  const known = (): string =>
    exists(key) ? t(key as 'search.keys.from', { value }) : withoutMinus(term.text);
  const inner = term.kind === 'group' && depth < DEEPEST_GROUP ? innerText(value) : null;
  const words =
    inner !== null ? `(${groupWords(inner, t, exists, depth + 1)})` : label ? known() : value;
  return { icon, words, spoken: term.negated ? t('search.not', { term: words }) : words };
}

/** What stands between parentheses; null where one of them is missing. */
function innerText(group: string): string | null {
  return /^[(（](.*)[)）]$/su.exec(group)?.[1] ?? null;
}

function groupWords(
  text: string,
  t: Translate,
  exists: (key: string) => boolean,
  depth: number,
): string {
  let words = '';
  let joined = true;
  for (const term of splitTerms(text)) {
    const { spoken } = termWords(term, t, exists, depth);
    const isOr = term.kind === 'or';
    words += isOr ? ` ${spoken} ` : joined ? spoken : ` · ${spoken}`;
    joined = isOr;
  }
  return words.trim();
}

/** The terms of a query in words, in order. */
export function queryWords(
  query: string,
  t: Translate,
  exists: (key: string) => boolean,
): readonly (TermWords & Pick<QueryTerm, 'kind' | 'negated' | 'start'>)[] {
  return splitTerms(query).map((term) => ({
    ...termWords(term, t, exists),
    kind: term.kind,
    negated: term.negated,
    start: term.start,
  }));
}

/** The folder's own name; the whole path is in the term. */
function lastName(path: string): string {
  return path.split(/[\\/]/).findLast(Boolean) ?? path;
}

/** `>=1600` as `≥ 1600`. */
function spaced(value: string): string {
  return value
    .replace(/\s*(>=|<=|>|<|=)\s*/u, (_, sign: string) => ` ${SIGNS[sign] ?? sign} `)
    .trim();
}

const SIGNS: Readonly<Record<string, string>> = { '>=': '≥', '<=': '≤' };
