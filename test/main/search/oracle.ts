/**
 * The same questions answered the slow way: every photo's rows from SQL, one photo at a time, without
 * anything of the index. Shares only the parser and the types with it.
 */
import { all, type ReadableDB } from '../../../main/library/database.ts';
import { parseQuery } from '../../../main/search/query.ts';
import type { QueryNode, Range, Term } from '../../../main/search/tree.ts';
import type { Sort } from '../../../shared/model.ts';
import {
  allows,
  compare,
  compareNames,
  distance,
  type Entry,
  firstTag,
  fold,
  isCondition,
  isPresent,
  isTag,
  localText,
  matchesText,
  type OraclePhoto,
  periodText,
  type Row,
  takes,
  wantsSource,
  within,
} from './oracleRules.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export class Oracle {
  readonly photos: OraclePhoto[];
  readonly #now: number;
  /** Each folder with all that hold it. */
  readonly #above = new Map<number, number[]>();

  constructor(db: ReadableDB, now: number) {
    this.#now = now;
    for (const { id, above } of all<{ id: number; above: number }>(
      db,
      `WITH RECURSIVE inside (id, above) AS (
         SELECT id, id FROM folder
         UNION ALL
         SELECT inside.id, folder.parent_id FROM inside JOIN folder ON folder.id = inside.above
          WHERE folder.parent_id IS NOT NULL)
       SELECT id, above FROM inside`,
    )) {
      this.#above.set(id, [...(this.#above.get(id) ?? []), above]);
    }
    const names = new Map<number, string[]>();
    for (const row of all<{ tag_id: number; name: string }>(
      db,
      'SELECT tag_id, name FROM tag_name',
    )) {
      names.set(row.tag_id, [...(names.get(row.tag_id) ?? []), fold(row.name)]);
    }
    const entries = new Map<number, Entry[]>();
    type EntryRow = Omit<Entry, 'keys'> & { photo: number };
    for (const row of all<EntryRow>(
      db,
      `SELECT entry.photo_id AS photo, entry.tag_id AS tag, tag.type, entry.service_id AS source, service.kind,
              confidence, boxes,
              label.raw
         FROM tag_entry AS entry JOIN label ON label.id = entry.label_id JOIN tag ON tag.id = entry.tag_id JOIN service ON service.id = entry.service_id
         LEFT JOIN rejection ON rejection.photo_id = entry.photo_id AND rejection.tag_id = entry.tag_id
        WHERE rejection.photo_id IS NULL`,
    )) {
      const entry = { ...row, keys: names.get(row.tag) ?? [] };
      entries.set(row.photo, [...(entries.get(row.photo) ?? []), entry]);
    }
    this.photos = all<Row>(
      db,
      `SELECT photo.id, name_text AS name, folder_id AS folderId, folder.path_text AS folderPath,
              root.path_text AS rootPath, folder.offline AS folderOffline, root.offline AS rootOffline,
              removed, taken_at AS taken, camera_make AS make, camera_model AS model, lens, width, height,
              size_bytes AS size, iso, f_number AS f, focal_length_mm AS focal, latitude, longitude,
              photo.added_at AS added, missing_since AS missingSince, failure_code AS failure, favorite,
              picture_id AS picture, format
         FROM photo JOIN folder ON folder.id = folder_id JOIN root ON root.id = root_id`,
    ).map((row) => ({ ...row, entries: entries.get(row.id) ?? [] }));
  }

  /** Photo ids in order. */
  search(query: string, threshold: number, sort: Sort = 'taken', ascending = false): number[] {
    const tree = parseQuery(query);
    const asksForMissing = query.includes('is:missing');
    const visible = this.photos.filter(
      (photo) => !photo.removed && (asksForMissing || !this.#isHidden(photo)),
    );
    const found = visible.filter((photo) => this.#matches(photo, tree, [], true, threshold));
    const first = firstTag(tree, []);
    const key = (photo: OraclePhoto): number | string => {
      if (sort === 'added') return photo.added;
      if (sort === 'taken') return photo.taken ?? '';
      if (sort === 'name') return 0;
      if (!first) return 0;
      const fitting = photo.entries.filter(
        (entry) => isTag(entry, first.term) && allows(entry, first, threshold),
      );
      return Math.max(-1, ...fitting.map((entry) => entry.confidence));
    };
    const direction = ascending ? 1 : -1;
    return found
      .sort((a, b) => {
        if (sort === 'taken' && (a.taken === null) !== (b.taken === null)) {
          return a.taken === null ? 1 : -1;
        }
        const order =
          sort === 'name' ? compareNames(fold(a.name), fold(b.name)) : compare(key(a), key(b));
        return order * direction || compare(b.taken ?? '', a.taken ?? '') || a.id - b.id;
      })
      .map((photo) => photo.id);
  }

  /** Photos of each tag that a result holds. */
  tagCounts(ids: readonly number[], threshold: number): Map<number, number> {
    const wanted = new Set(ids);
    const counts = new Map<number, number>();
    for (const photo of this.photos) {
      if (!wanted.has(photo.id)) continue;
      const tags = photo.entries.filter(
        (entry) => entry.type !== 'sensitivity' && entry.confidence >= threshold,
      );
      for (const tag of new Set(tags.map((entry) => entry.tag))) {
        counts.set(tag, (counts.get(tag) ?? 0) + 1);
      }
    }
    return counts;
  }

  /** Photos of a result in each of these folders and below it. */
  folderCounts(ids: readonly number[], folderIds: readonly number[]): number[] {
    const wanted = new Set(ids);
    const counts = new Map<number, number>();
    for (const photo of this.photos) {
      if (!wanted.has(photo.id)) continue;
      for (const above of this.#above.get(photo.folderId) ?? []) {
        counts.set(above, (counts.get(above) ?? 0) + 1);
      }
    }
    return folderIds.map((id) => counts.get(id) ?? 0);
  }

  /** Photos of a result with a tag of each source; moderation services say of none. */
  sourceCounts(ids: readonly number[], threshold: number): Map<string, number> {
    const wanted = new Set(ids);
    const counts = new Map<string, number>();
    for (const photo of this.photos) {
      if (!wanted.has(photo.id)) continue;
      const entries = photo.entries.filter(
        (entry) => entry.type !== 'sensitivity' && entry.confidence >= threshold,
      );
      for (const source of new Set(entries.map((entry) => entry.source))) {
        counts.set(source, (counts.get(source) ?? 0) + 1);
      }
    }
    return counts;
  }

  #isHidden(photo: OraclePhoto): boolean {
    return photo.missingSince !== null && photo.missingSince < this.#now - 60 * DAY_MS;
  }

  /**
   * `conditions` are sources and confidences of the groups around; `asks`: this node has to find an
   * entry for them, because nothing beside it does.
   */
  #matches(
    photo: OraclePhoto,
    node: QueryNode,
    conditions: readonly QueryNode[],
    asks: boolean,
    lens: number,
  ): boolean {
    const some = (all_: readonly QueryNode[]) =>
      photo.entries.some(
        (entry) =>
          (entry.type !== 'sensitivity' || wantsSource(all_)) &&
          allows(entry, { conditions: all_, bound: null }, lens),
      );
    const children = node.kind === 'and' ? node.children : [node];
    if (node.kind === 'or') {
      return node.children.some((child) => this.#matches(photo, child, conditions, asks, lens));
    }
    if (node.kind === 'tag' || node.kind === 'word' || node.kind === 'box') {
      return this.#matchesTag(photo, node, conditions, lens);
    }
    const own = children.filter(isCondition);
    const rest = children.filter((child) => !isCondition(child));
    const takers = rest.filter((child) => takes(child, true));
    const together = [...conditions, ...own];
    if (takers.length === 0) {
      const said = own.filter((condition) => condition.kind !== 'not');
      const needed = said.length > 0 || (asks && conditions.length > 0);
      if (needed && !some([...conditions, ...said])) return false;
      for (const condition of own) {
        if (condition.kind === 'not' && some([condition.child])) return false;
      }
    }
    return rest.every((child) => {
      if (child.kind === 'not') return !this.#matches(photo, child.child, together, false, lens);
      if (child.kind === 'and' || child.kind === 'or' || takes(child, true)) {
        const asked = takers.includes(child) && (asks || own.length > 0);
        return this.#matches(photo, child, together, asked, lens);
      }
      return child.kind === 'all' || this.#matchesPlain(photo, child as Term);
    });
  }

  #matchesTag(
    photo: OraclePhoto,
    term: Extract<Term, { kind: 'tag' | 'word' | 'box' }>,
    conditions: readonly QueryNode[],
    lens: number,
  ): boolean {
    const bound = term.kind === 'tag' ? term.bound : null;
    const tagged = photo.entries.some((entry) => {
      if (!isTag(entry, term) || !allows(entry, { conditions, bound }, lens)) return false;
      if (term.kind !== 'box') return true;
      const boxes = JSON.parse(entry.boxes ?? '[]') as { width: number; height: number }[];
      const share = Math.max(Number.NaN, ...boxes.map((box) => box.width * box.height));
      return (
        boxes.length > 0 &&
        within(term.range, Math.max(...boxes.map((b) => b.width * b.height))) &&
        !(share < 0)
      );
    });
    if (tagged || term.kind !== 'word' || conditions.length > 0) return tagged;
    const root = photo.rootPath.split('/').at(-1) ?? '';
    const camera = [photo.make, photo.model].filter((part) => part !== null).join(' ');
    return [
      photo.name,
      photo.folderPath === '' ? root : `${root}/${photo.folderPath}`,
      camera,
      photo.lens ?? '',
    ].some((text) => text !== '' && fold(text).includes(fold(term.text)));
  }

  #matchesPlain(photo: OraclePhoto, term: Term): boolean {
    switch (term.kind) {
      case 'text':
        return matchesText(photo, term.key, fold(term.text));
      case 'name': {
        const source = term.pieces
          .map((piece) => fold(piece).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
          .join('.*');
        const whole = term.pieces.length > 1 ? `^${source}$` : source;
        return new RegExp(whole, 'su').test(fold(photo.name));
      }
      case 'number':
        return this.#matchesNumber(photo, term.key, term.range);
      case 'date':
        return this.#matchesDate(photo, term);
      case 'age':
        return within(term.range, (this.#now - photo.added) / HOUR_MS);
      case 'on': {
        const wanted = `-${String(term.month).padStart(2, '0')}-${String(term.day).padStart(2, '0')}T`;
        return photo.taken?.includes(wanted) ?? false;
      }
      case 'is':
        return this.#matchesIs(photo, term.what);
      case 'untagged-by':
        return !photo.entries.some((entry) => entry.source === term.source);
      case 'has':
        return photo.latitude !== null && photo.longitude !== null;
      case 'near':
        return distance(photo, term.latitude, term.longitude) <= term.kilometres;
      default:
        throw new Error(`Not a plain term: ${term.kind}`);
    }
  }

  #matchesNumber(photo: OraclePhoto, key: string, range: Range): boolean {
    const cyclic = (value: number): boolean =>
      range.min > range.max ? value >= range.min || value <= range.max : within(range, value);
    switch (key) {
      case 'month':
        return photo.taken !== null && cyclic(Number(photo.taken.slice(5, 7)));
      case 'hour':
        return photo.taken !== null && cyclic(Number(photo.taken.slice(11, 13)));
      default: {
        const value = photo[key as 'iso' | 'f' | 'focal' | 'width' | 'height' | 'size'];
        return value !== null && within(range, value);
      }
    }
  }

  #matchesDate(photo: OraclePhoto, term: Extract<Term, { kind: 'date' }>): boolean {
    // As text: the first and the last moment of a period compare as a calendar does.
    const moment = term.key === 'added' ? localText(photo.added) : photo.taken;
    if (moment === null) return false;
    const [start, end] = periodText(term.first);
    switch (term.comparison) {
      case '>':
        return moment > end;
      case '>=':
        return moment >= start;
      case '<':
        return moment < start;
      case '<=':
        return moment <= end;
      default:
        return moment >= start && moment <= (term.last ? periodText(term.last)[1] : end);
    }
  }

  #matchesIs(photo: OraclePhoto, what: string): boolean {
    const { width, height } = photo;
    const sized = width !== null && height !== null;
    switch (what) {
      case 'portrait':
        return sized && height > width;
      case 'landscape':
        return sized && width > height;
      case 'square':
        return sized && width === height;
      case 'panorama':
        return sized && (width >= 2 * height || height >= 2 * width);
      case 'untagged':
        return !photo.entries.some(
          (entry) => entry.kind !== 'device' && entry.type !== 'sensitivity',
        );
      case 'duplicate':
        return (
          isPresent(photo) &&
          this.photos.some(
            (other) => other.id !== photo.id && other.picture === photo.picture && isPresent(other),
          )
        );
      case 'missing':
        return photo.missingSince !== null;
      case 'offline':
        return photo.rootOffline === 1 || photo.folderOffline === 1;
      case 'failed':
        return photo.failure !== null && photo.failure !== 'unsupported';
      case 'unsupported':
        return photo.failure === 'unsupported';
      case 'favorite':
        return photo.favorite === 1;
      default:
        return photo.entries.some(
          (entry) =>
            entry.type === 'sensitivity' &&
            entry.confidence >= 80 &&
            ['porn', 'vulgar', 'terrorists', 'guns', 'blood'].includes(entry.raw),
        );
    }
  }
}
