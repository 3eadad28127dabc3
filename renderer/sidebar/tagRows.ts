import type { TagCount, TagType } from '../../shared/model.ts';
import { foldFilter, SHOWN_VALUES } from './facets/shown.ts';

/** One line of the tag list, top to bottom. */
export type TagRow =
  | { readonly kind: 'group'; readonly key: string; readonly type: TagType; readonly open: boolean }
  | {
      readonly kind: 'tag';
      readonly key: string;
      readonly tag: TagCount;
      /** Of the library, but on no photo of the result; its count is the library's. */
      readonly elsewhere: boolean;
    }
  /** Above the tags that the result does not have. */
  | { readonly kind: 'elsewhere'; readonly key: string }
  | {
      readonly kind: 'more';
      readonly key: string;
      readonly type: TagType;
      /** Tags that are not shown; 0 when all are and the row hides them again. */
      readonly hidden: number;
    };

export type TagRowOptions = {
  /** Shows only tags with this text in one of their names, and all of those. */
  readonly filter: string;
  readonly closed: ReadonlySet<TagType>;
  readonly expanded: ReadonlySet<TagType>;
  /** Tags that are searched for although no photo of the result has them: they come first. */
  readonly searched?: readonly TagCount[];
  /** All tags of the library: with a filter, those that the result does not have are listed last. */
  readonly library?: readonly TagCount[] | undefined;
};

/** Groups in this order; other types, which services bring, come between a person's own tags and the rest. */
const FIRST: readonly TagType[] = ['mine', 'file'];
const LAST: readonly TagType[] = ['colour', 'light', 'composition', 'capture'];

/** Lines of the tag list: groups by type, most photos first. */
export function tagRows(tags: readonly TagCount[], options: TagRowOptions): TagRow[] {
  const filter = foldFilter(options.filter);
  const groups = Map.groupBy(matching(tags, filter), (tag) => tag.type);
  const types = [...groups.keys()].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  const searched = matching(options.searched ?? [], filter);
  const rows = searched.map((tag) => tagRow(tag, `searched:${tag.names.en}`));
  for (const type of types) {
    const group = groups.get(type) ?? [];
    const open = filter !== '' || !options.closed.has(type);
    rows.push({ kind: 'group', key: `group:${type}`, type, open });
    if (!open) continue;
    // One tag more is no reason for a row that says so.
    const whole = filter !== '' || options.expanded.has(type) || group.length <= SHOWN_VALUES + 1;
    const shown = whole ? group : group.slice(0, SHOWN_VALUES);
    for (const tag of shown) rows.push(tagRow(tag, `tag:${tag.id}`));
    const foldable = filter === '' && group.length > SHOWN_VALUES + 1;
    if (foldable) {
      rows.push({ kind: 'more', key: `more:${type}`, type, hidden: group.length - shown.length });
    }
  }
  if (filter !== '' && options.library) {
    const here = new Set(tags.map(({ id }) => id));
    const written = new Set(searched.map(({ names }) => names.en));
    const others = matching(options.library, filter).filter(
      ({ id, names }) => !here.has(id) && !written.has(names.en) && !written.has(names.zh),
    );
    if (others.length > 0) rows.push({ kind: 'elsewhere', key: 'elsewhere' });
    for (const tag of others) rows.push(tagRow(tag, `tag:${tag.id}`, true));
  }
  return rows;
}

function tagRow(tag: TagCount, key: string, elsewhere = false): TagRow {
  return { kind: 'tag', key, tag, elsewhere };
}

function rank(type: TagType): number {
  const first = FIRST.indexOf(type);
  if (first >= 0) return first;
  const last = LAST.indexOf(type);
  return last >= 0 ? 100 + last : 50;
}

/** Names as filters compare them, once for each answer of the engine: there may be 20,000 of them. */
const foldedNames = new WeakMap<readonly TagCount[], readonly string[]>();

function matching(tags: readonly TagCount[], filter: string): readonly TagCount[] {
  if (filter === '') return tags;
  let names = foldedNames.get(tags);
  if (!names) {
    names = tags.map(({ names: { en = '', zh = '' } }) => foldFilter(`${en}\n${zh}`));
    foldedNames.set(tags, names);
  }
  const folded = names;
  return tags.filter((_, index) => folded[index]?.includes(filter) ?? false);
}
