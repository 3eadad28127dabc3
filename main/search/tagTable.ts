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

/** Tags, their names, and which labels of which sources stand for them. */
export class TagTable {
  tags = new Map<number, TagInfo>();
  /** The tag of a label. */
  tagOfLabel = new Map<number, number>();
  /** Who gives tags, with what kind of source it is. */
  sources = new Map<string, 'person' | 'file' | 'device' | 'cloud'>();

  /** Which labels are of sensitivity, as a text to compare. */
  sensitiveLabels = '';

  #names = new Names();
  /** The tag of each name in `#names`. */
  #tagOfName: TagInfo[] = [];

  /** Tags that a known label stood for before, or stands for now, where these are not the same. */
  load(db: ReadableDB): ReadonlySet<number> {
    const before = this.tagOfLabel;
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
    for (const row of all<{ id: number; type: string }>(db, 'SELECT id, type FROM tag')) {
      this.tags.set(row.id, { ...row, names: {}, keys: [], chinese: [], labels: [] });
    }
    type NameRow = { tag_id: number; language: Language; name: string; key: string; alias: number };
    for (const row of all<NameRow>(
      db,
      'SELECT tag_id, language, name, name_key AS key, alias FROM tag_name',
    )) {
      const tag = this.tags.get(row.tag_id);
      if (!tag) continue;
      tag.keys.push(row.key);
      this.#names.push(row.key);
      this.#tagOfName.push(tag);
      if (row.language === 'zh') tag.chinese.push(row.name);
      if (row.alias === 0) tag.names[row.language] = row.name;
    }
    type LabelRow = { id: number; tag_id: number; service_id: string; raw: string };
    const remapped = new Set<number>();
    const sensitive: number[] = [];
    for (const row of all<LabelRow>(db, 'SELECT id, tag_id, service_id, raw FROM label')) {
      const label = { id: row.id, source: row.service_id, raw: row.raw };
      const tag = this.tags.get(row.tag_id);
      tag?.labels.push(label);
      if (tag?.type === SENSITIVITY) sensitive.push(row.id);
      this.tagOfLabel.set(row.id, row.tag_id);
      const known = before.get(row.id) ?? row.tag_id;
      if (known !== row.tag_id) remapped.add(known).add(row.tag_id);
    }
    this.sensitiveLabels = sensitive.sort((a, b) => a - b).join();
    return remapped;
  }

  /**
   * Tags that have this name or alias, or one that begins with it. A sensitivity label only by its whole
   * name, and only where no other tag has it: `tag:fire` is about what is in a picture.
   */
  named(name: string, prefix: boolean): TagInfo[] {
    const key = foldName(name);
    const found = this.where(prefix ? (known) => known.startsWith(key) : (known) => known === key);
    const ordinary = found.filter((tag) => tag.type !== SENSITIVITY);
    return prefix || ordinary.length > 0 ? ordinary : found;
  }

  /** Tags that have the folded text in one of their names. Never a sensitivity label. */
  containing(key: string): TagInfo[] {
    const found = emptyBits(this.#names.count);
    this.#names.find(key, found);
    const tags = new Set(this.#tagOfName.filter((_, index) => hasBit(found, index)));
    return [...tags].filter((tag) => tag.type !== SENSITIVITY);
  }

  /** Tags one of whose folded names passes. */
  where(test: (key: string) => boolean): TagInfo[] {
    const found: TagInfo[] = [];
    for (const tag of this.tags.values()) if (tag.keys.some(test)) found.push(tag);
    return found;
  }
}
