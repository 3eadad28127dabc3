import type { Language } from '../../shared/model.ts';
import { all, type ReadableDB } from '../library/database.ts';
import { emptyBits, hasBit } from './bits.ts';
import { foldName } from './fold.ts';
import { Names } from './names.ts';

export type TagInfo = {
  readonly id: number;
  readonly type: string;
  /** The names that are shown. */
  readonly names: { en?: string; zh?: string };
  /** All names and aliases, folded. */
  readonly keys: string[];
  /** Chinese names and aliases, as written. */
  readonly chinese: string[];
  readonly labels: LabelInfo[];
};

/** A source's word for a tag. */
export type LabelInfo = { readonly id: number; readonly source: string; readonly raw: string };

export const SENSITIVITY = 'sensitivity';

type NamedTag = { readonly key: string; readonly tag: TagInfo };
type TagRow = { id: number; type: string };
type NameRow = { tag_id: number; language: Language; name: string; key: string; alias: number };
type LabelRow = { id: number; tag_id: number; service_id: string; raw: string };

const TAGS = 'SELECT id, type FROM tag';
const NAMES = 'SELECT tag_id, language, name, name_key AS key, alias FROM tag_name';
const LABELS = 'SELECT id, tag_id, service_id, raw FROM label';
const LISTED = 'SELECT value FROM json_each(?)';

/** Tags, their names, and which labels of which sources stand for them. */
export class TagTable {
  tags = new Map<number, TagInfo>();
  /** The tag of a label. */
  tagOfLabel = new Map<number, number>();
  /** Who gives tags, with what kind of source it is. */
  sources = new Map<string, 'person' | 'file' | 'device' | 'cloud'>();

  /** Which labels are of sensitivity, as a text to compare. */
  sensitiveLabels = '';
  /** Another one whenever something changed. */
  state: object = {};

  /** By name, in the order of code units; of the state `#orderOf`. */
  #inOrder: readonly NamedTag[] = [];
  #orderOf: object | null = null;
  #names = new Names();
  /** The tag of each name in `#names`. */
  #tagOfName: TagInfo[] = [];

  /** Tags that a known label stood for before, or stands for now, where these are not the same. */
  load(db: ReadableDB): ReadonlySet<number> {
    const before = this.tagOfLabel;
    this.state = {};
    this.tags = new Map();
    this.tagOfLabel = new Map();
    this.#names = new Names();
    this.#tagOfName = [];
    this.sources = new Map(
      all<{ id: string; kind: 'person' | 'file' | 'device' | 'cloud' }>(
        db,
        'SELECT id, kind FROM service',
      ).map((row) => [row.id, row.kind]),
    );
    for (const row of all<TagRow>(db, TAGS)) this.#addTag(row);
    for (const row of all<NameRow>(db, NAMES)) this.#addName(row);
    const remapped = new Set<number>();
    const sensitive: number[] = [];
    for (const row of all<LabelRow>(db, LABELS)) {
      if (this.#addLabel(row)?.type === SENSITIVITY) sensitive.push(row.id);
      const known = before.get(row.id) ?? row.tag_id;
      if (known !== row.tag_id) remapped.add(known).add(row.tag_id);
    }
    this.sensitiveLabels = sensitive.sort((a, b) => a - b).join();
    return remapped;
  }

  /**
   * Labels that were made just now, with tags of theirs that are new; the rest is as it was. False when
   * everything has to be loaded anew instead.
   */
  add(db: ReadableDB, labelIds: readonly number[]): boolean {
    const labels = all<LabelRow>(db, `${LABELS} WHERE id IN (${LISTED})`, JSON.stringify(labelIds));
    const fresh = labels.filter((row) => !this.tagOfLabel.has(row.id));
    const tagIds = JSON.stringify(
      fresh.map((row) => row.tag_id).filter((id) => !this.tags.has(id)),
    );
    const tags = all<TagRow>(db, `${TAGS} WHERE id IN (${LISTED})`, tagIds);
    if (tags.some((row) => row.type === SENSITIVITY)) return false;
    if (fresh.some((row) => this.tags.get(row.tag_id)?.type === SENSITIVITY)) return false;
    this.state = {};
    for (const row of tags) this.#addTag(row);
    const names = all<NameRow>(db, `${NAMES} WHERE tag_id IN (${LISTED})`, tagIds);
    for (const row of names) this.#addName(row);
    for (const row of fresh) this.#addLabel(row);
    return true;
  }

  #addTag(row: TagRow): void {
    this.tags.set(row.id, { ...row, names: {}, keys: [], chinese: [], labels: [] });
  }

  #addName(row: NameRow): void {
    const tag = this.tags.get(row.tag_id);
    if (!tag) return;
    tag.keys.push(row.key);
    this.#names.push(row.key);
    this.#tagOfName.push(tag);
    if (row.language === 'zh') tag.chinese.push(row.name);
    if (row.alias === 0) tag.names[row.language] = row.name;
  }

  #addLabel(row: LabelRow): TagInfo | undefined {
    const tag = this.tags.get(row.tag_id);
    tag?.labels.push({ id: row.id, source: row.service_id, raw: row.raw });
    this.tagOfLabel.set(row.id, row.tag_id);
    return tag;
  }

  /**
   * Tags that have this name or alias, or one that begins with it. A sensitivity label only by its whole
   * name, and only where no other tag has it: `tag:fire` is about what is in a picture.
   */
  named(name: string, prefix: boolean): TagInfo[] {
    const key = foldName(name);
    const found = new Set<TagInfo>();
    for (let place = this.#placeOf(key); place < this.#inOrder.length; place += 1) {
      const { key: known, tag } = this.#inOrder[place] as NamedTag;
      if (prefix ? !known.startsWith(key) : known !== key) break;
      found.add(tag);
    }
    const ordinary = [...found].filter((tag) => tag.type !== SENSITIVITY);
    return prefix || ordinary.length > 0 ? ordinary : [...found];
  }

  /** Where names that begin with a text are in the order of names, or would be. */
  #placeOf(key: string): number {
    if (this.#orderOf !== this.state) {
      this.#inOrder = [...this.tags.values()]
        .flatMap((tag) => tag.keys.map((known) => ({ key: known, tag })))
        .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
      this.#orderOf = this.state;
    }
    let low = 0;
    let high = this.#inOrder.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#inOrder[middle] as NamedTag).key < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Tags that have the folded text in one of their names. Never a sensitivity label. */
  containing(key: string): TagInfo[] {
    const found = emptyBits(this.#names.count);
    this.#names.find(key, found);
    const tags = new Set(this.#tagOfName.filter((_, index) => hasBit(found, index)));
    return [...tags].filter((tag) => tag.type !== SENSITIVITY);
  }
}
