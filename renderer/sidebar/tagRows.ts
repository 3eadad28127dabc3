import type { TagCount, TagType } from '../../shared/model.ts';

/** One line of the tag list, top to bottom. */
export type TagRow =
  | { readonly kind: 'group'; readonly key: string; readonly type: TagType; readonly open: boolean }
  | { readonly kind: 'tag'; readonly key: string; readonly tag: TagCount }
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
};

/** Tags of a group that are shown before "more". */
export const SHOWN_TAGS = 8;

/** Groups in this order; other types, which services bring, come between a person's own tags and the rest. */
const FIRST: readonly TagType[] = ['mine', 'file'];
const LAST: readonly TagType[] = ['colour', 'light', 'composition', 'capture'];

/** Lines of the tag list: groups by type, most photos first. */
export function tagRows(tags: readonly TagCount[], options: TagRowOptions): TagRow[] {
  const filter = fold(options.filter);
  const groups = new Map<TagType, TagCount[]>();
  for (const tag of tags) {
    if (filter && !matches(tag, filter)) continue;
    const group = groups.get(tag.type);
    if (group) group.push(tag);
    else groups.set(tag.type, [tag]);
  }
  const types = [...groups.keys()].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  const rows: TagRow[] = (options.searched ?? [])
    .filter((tag) => matches(tag, filter))
    .map((tag) => ({ kind: 'tag', key: `searched:${tag.names.en}`, tag }));
  for (const type of types) {
    const group = groups.get(type) ?? [];
    const open = filter !== '' || !options.closed.has(type);
    rows.push({ kind: 'group', key: `group:${type}`, type, open });
    if (!open) continue;
    // One tag more is no reason for a row that says so.
    const whole = filter !== '' || options.expanded.has(type) || group.length <= SHOWN_TAGS + 1;
    const shown = whole ? group : group.slice(0, SHOWN_TAGS);
    for (const tag of shown) rows.push({ kind: 'tag', key: `tag:${tag.id}`, tag });
    const foldable = filter === '' && group.length > SHOWN_TAGS + 1;
    if (foldable) {
      rows.push({ kind: 'more', key: `more:${type}`, type, hidden: group.length - shown.length });
    }
  }
  return rows;
}

function rank(type: TagType): number {
  const first = FIRST.indexOf(type);
  if (first >= 0) return first;
  const last = LAST.indexOf(type);
  return last >= 0 ? 100 + last : 50;
}

function matches(tag: TagCount, filter: string): boolean {
  return fold(tag.names.en ?? '').includes(filter) || fold(tag.names.zh ?? '').includes(filter);
}

function fold(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}
