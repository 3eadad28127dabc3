/** How the terms of a query are shown as chips: with words of the person's language instead of keys. */
import { type QueryTerm, tokenize } from '../../shared/queryText.ts';

export type TermIcon = 'tag' | 'folder' | 'camera' | 'date' | 'place' | 'state' | 'text' | 'group';

/** What a chip shows. `label` is a key of the texts under `search.`, null when the value speaks for itself. */
export type TermText = {
  readonly icon: TermIcon;
  readonly label: string | null;
  readonly value: string;
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

/** The term as it is written, without its `-`. */
export function written(term: QueryTerm): string {
  return term.text.replace(/^-+\s*/, '');
}

/** What to show for one term. A group is shown as it is written. */
export function termText(term: QueryTerm): TermText {
  const text = written(term);
  if (term.kind !== 'term') return { icon: 'group', label: null, value: text };
  const token = tokenize(text).find((candidate) => candidate.kind === 'term');
  if (token?.kind !== 'term') return { icon: 'text', label: null, value: text };
  const value = token.segments.map((segment) => segment.text).join('');
  const key = token.key?.toLowerCase() ?? null;
  if (key === null) return { icon: 'text', label: null, value };
  const icon = ICONS[key] ?? 'text';
  if (key === 'tag') return { icon, label: null, value: spaced(value) };
  if (key === 'folder') return { icon, label: null, value: lastName(value) };
  if (key === 'is') return { icon, label: `is.${value.toLowerCase()}`, value };
  if (key === 'has') return { icon, label: 'hasGps', value };
  if (key === 'added' && value === '<30d') return { icon, label: 'recent', value };
  return { icon, label: `keys.${key}`, value: spaced(value) };
}

/** The folder's own name; the whole path is in the term. */
function lastName(path: string): string {
  return path.split(/[\\/]/).findLast(Boolean) ?? path;
}

/** `dog>=80` as `dog ≥ 80`. */
function spaced(value: string): string {
  return value
    .replace(/\s*(>=|<=|>|<|=)\s*/u, (_, sign: string) => ` ${SIGNS[sign] ?? sign} `)
    .trim();
}

const SIGNS: Readonly<Record<string, string>> = { '>=': '≥', '<=': '≤' };
