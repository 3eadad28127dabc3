/** What each kind of term asks of one photo, for the oracle. */
import type { Period, QueryNode, Range, Term } from '../../../main/search/tree.ts';

export type Row = {
  id: number;
  name: string;
  folderId: number;
  folderPath: string;
  rootPath: string;
  folderOffline: number;
  rootOffline: number;
  removed: number;
  taken: string | null;
  make: string | null;
  model: string | null;
  lens: string | null;
  width: number | null;
  height: number | null;
  size: number;
  iso: number | null;
  f: number | null;
  focal: number | null;
  latitude: number | null;
  longitude: number | null;
  added: number;
  missingSince: number | null;
  failure: string | null;
  favorite: number;
  picture: number | null;
  format: string | null;
};

export type Entry = {
  tag: number;
  type: string;
  keys: string[];
  /** The source's own word. */
  raw: string;
  source: string;
  kind: string;
  confidence: number;
  boxes: string | null;
};

export type OraclePhoto = Row & { entries: Entry[] };

export function isPresent(photo: OraclePhoto): boolean {
  return photo.picture !== null && photo.missingSince === null && !photo.removed;
}

export function matchesText(photo: OraclePhoto, key: string, wanted: string): boolean {
  switch (key) {
    case 'folder': {
      const root = fold(photo.rootPath);
      const whole = fold(photo.folderPath) === '' ? root : `${root}/${fold(photo.folderPath)}`;
      if (wanted.startsWith('/'))
        return `${whole}/`.startsWith(`${wanted}/`) && wanted.length >= root.length;
      // Below the root's parent: `/a/photos/b/c` as `/photos/b/c`.
      const tail = whole.slice(root.lastIndexOf('/'));
      return `${tail}/`.includes(`/${wanted}/`);
    }
    case 'camera':
      return fold([photo.make, photo.model].filter((part) => part !== null).join(' ')).includes(
        wanted,
      );
    case 'lens':
      return photo.lens !== null && fold(photo.lens).includes(wanted);
    case 'ext':
      return fold(photo.name).endsWith(wanted.startsWith('.') ? wanted : `.${wanted}`);
    case 'type':
      return photo.format === wanted;
    default:
      throw new Error(`Not a text key: ${key}`);
  }
}

export function isTag(
  entry: Entry,
  term: Extract<Term, { kind: 'tag' | 'word' | 'box' }>,
): boolean {
  const hidden = entry.type === 'sensitivity';
  if (term.kind === 'word') {
    return !hidden && entry.keys.some((key) => key.includes(fold(term.text)));
  }
  const name = fold(term.name);
  if (hidden && term.prefix) return false;
  return entry.keys.some((key) => (term.prefix ? key.startsWith(name) : key === name));
}

export function allows(
  entry: Entry,
  rule: { readonly conditions: readonly QueryNode[]; readonly bound: Range | null },
  lens: number,
): boolean {
  const bounded = rule.bound !== null || JSON.stringify(rule.conditions).includes('"confidence"');
  if (!bounded && entry.confidence < lens) return false;
  if (rule.bound && !within(rule.bound, entry.confidence)) return false;
  return rule.conditions.every((condition) => meets(entry, condition));
}

export function meets(entry: Entry, node: QueryNode): boolean {
  if (node.kind === 'confidence') return within(node.range, entry.confidence);
  if (node.kind === 'text') return entry.source === fold(node.text);
  if (node.kind === 'not') return !meets(entry, node.child);
  if (node.kind === 'and') return node.children.every((child) => meets(entry, child));
  if (node.kind === 'or') return node.children.some((child) => meets(entry, child));
  throw new Error(`Not about an entry: ${node.kind}`);
}

/** A condition that is there says which source it wants. */
export function wantsSource(conditions: readonly QueryNode[]): boolean {
  return conditions.some(
    (node) =>
      (node.kind === 'text' && node.key === 'source') ||
      ((node.kind === 'and' || node.kind === 'or') && wantsSource(node.children)),
  );
}

export function isCondition(node: QueryNode): boolean {
  if (node.kind === 'and' || node.kind === 'or') return node.children.every(isCondition);
  if (node.kind === 'not') return isCondition(node.child);
  return node.kind === 'confidence' || (node.kind === 'text' && node.key === 'source');
}

export function takes(node: QueryNode, positive: boolean): boolean {
  if (node.kind === 'and' || node.kind === 'or')
    return node.children.some((c) => takes(c, positive));
  if (node.kind === 'not') return takes(node.child, !positive);
  return positive && (node.kind === 'tag' || node.kind === 'word' || node.kind === 'box');
}

export type FirstTag = {
  readonly term: Extract<Term, { kind: 'tag' }>;
  readonly conditions: readonly QueryNode[];
  readonly bound: Range | null;
};

export function firstTag(node: QueryNode, conditions: readonly QueryNode[]): FirstTag | null {
  if (node.kind === 'tag') return { term: node, conditions, bound: node.bound };
  if (node.kind !== 'and' && node.kind !== 'or') return null;
  const own = node.kind === 'and' ? node.children.filter(isCondition) : [];
  for (const child of node.children) {
    const found = firstTag(child, [...conditions, ...own]);
    if (found) return found;
  }
  return null;
}

export function within(range: Range, value: number): boolean {
  if (range.minOpen ? value <= range.min : value < range.min) return false;
  return range.maxOpen ? value < range.max : value <= range.max;
}

export function periodText({ year, month, day }: Period): [string, string] {
  const two = (value: number): string => String(value).padStart(2, '0');
  const start = [String(year).padStart(4, '0'), two(month ?? 1), two(day ?? 1)].join('-');
  // Greater than any day that exists, and less than the next period.
  const end = [String(year).padStart(4, '0'), two(month ?? 12), two(day ?? 31)].join('-');
  return [`${start}T00:00:00`, `${end}T99`];
}

export function localText(instant: number): string {
  const date = new Date(instant);
  const shifted = new Date(instant - date.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 19);
}

/** By the cosine rule, where the index uses haversines. */
export function distance(photo: OraclePhoto, latitude: number, longitude: number): number {
  if (photo.latitude === null || photo.longitude === null) return Number.NaN;
  const radians = Math.PI / 180;
  const a = latitude * radians;
  const b = photo.latitude * radians;
  const cosine =
    Math.sin(a) * Math.sin(b) +
    Math.cos(a) * Math.cos(b) * Math.cos((photo.longitude - longitude) * radians);
  return 6371.0088 * Math.acos(Math.min(1, Math.max(-1, cosine)));
}

/** Number by number and text by text. */
export function compareNames(a: string, b: string): number {
  const parts = (name: string): string[] => name.match(/\d+|\D+/gu) ?? [];
  const others = parts(b);
  for (const [index, part] of parts(a).entries()) {
    const other = others[index];
    if (other === undefined) return 1;
    const numbers = Number(part) - Number(other);
    const order = Number.isNaN(numbers) ? compare(part, other) : numbers;
    if (order !== 0) return order;
  }
  return compare(parts(a).length, others.length);
}

export function compare(a: number | string, b: number | string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/\p{M}/gu, '')
    .normalize('NFC')
    .trim();
}
