/** Two names of one tag: what a person links, takes apart or dismisses, and what is offered to them. */
import { TagrollError } from '../../../shared/errors.ts';
import type { Language } from '../../../shared/model.ts';
import type { LinkSuggestion } from '../../../shared/services.ts';
import { findWord } from '../../tagging/names/dictionary.ts';
import type { ChangeLog } from '../changes.ts';
import { all, get, type ReadableDB, run, type WritableDB } from '../database.ts';
import { createTag, currentTagId, findTagByName, namesOfTags } from '../tags.ts';
import { keepDecision, keysOf, type PairKeys, personsDecision } from './linkDecisions.ts';
import { mergeTags, photosOfTag } from './mergeTags.ts';

export type LinkInput = {
  readonly zhTagId: number;
  readonly enTagId: number;
  readonly now: number;
};

/**
 * Two tags become one with both names, for good. Names that one of them has in the other's language
 * become aliases. Throws `not_found`, or `tags_not_linkable` for labels that stay by themselves.
 */
export function linkTags(db: WritableDB, input: LinkInput, changes: ChangeLog): { tagId: number } {
  const zhTag = existing(db, input.zhTagId);
  const enTag = existing(db, input.enTagId);
  if (zhTag === enTag) return { tagId: zhTag };
  keepDecision(db, pairKeys(db, zhTag, enTag), 'together', input.now);
  const kept = Math.min(zhTag, enTag);
  mergeTags(db, kept, Math.max(zhTag, enTag));
  changes.photos(photosOfTag(db, kept));
  changes.tags();
  return { tagId: kept };
}

/**
 * A tag with two names becomes two, for good: the tag keeps its English names and the words of sources
 * that are not Chinese, a new tag has the others; a person's own entries go by the script of their word.
 * What was rejected is rejected on both. Throws `not_found` or `tags_not_linkable`.
 */
export function unlinkTags(
  db: WritableDB,
  input: { readonly tagId: number; readonly now: number },
  changes: ChangeLog,
): { zhTagId: number; enTagId: number } {
  const enTagId = existing(db, input.tagId);
  keepDecision(db, pairKeys(db, enTagId, enTagId), 'apart', input.now);
  const photoIds = photosOfTag(db, enTagId);
  const type = get<{ type: string }>(db, 'SELECT type FROM tag WHERE id = ?', enTagId)?.type;
  const zhTagId = createTag(db, { type: type ?? 'thing', names: {}, now: input.now });
  run(db, `UPDATE tag_name SET tag_id = ? WHERE tag_id = ? AND language = 'zh'`, zhTagId, enTagId);
  type Label = { id: number; raw: string };
  for (const label of all<Label>(db, 'SELECT id, raw FROM label WHERE tag_id = ?', enTagId)) {
    if (!HAN.test(label.raw)) continue;
    run(db, 'UPDATE label SET tag_id = ? WHERE id = ?', zhTagId, label.id);
  }
  run(
    db,
    `INSERT INTO rejection (photo_id, tag_id, rejected_at)
       SELECT photo_id, ?, rejected_at FROM rejection WHERE tag_id = ?`,
    zhTagId,
    enTagId,
  );
  changes.photos(photoIds);
  changes.tags();
  return { zhTagId, enTagId };
}

/** The person says that two tags are not one: they are never linked by themselves, nor offered again. */
export function dismissLink(db: WritableDB, input: LinkInput, changes: ChangeLog): void {
  const zhTag = existing(db, input.zhTagId);
  const enTag = existing(db, input.enTagId);
  if (zhTag === enTag) throw notLinkable(db, zhTag);
  keepDecision(db, pairKeys(db, zhTag, enTag), 'apart', input.now);
  changes.tags();
}

/**
 * Pairs of tags that may be one: those of services that could not be linked, and those that the
 * dictionary knows. Most photos first. `photoCounts` by tag; a tag without one counts as on none.
 */
export function linkSuggestions(
  db: ReadableDB,
  photoCounts: ReadonlyMap<number, number>,
): LinkSuggestion[] {
  const pairs = new Map<string, readonly [zh: number, en: number]>();
  for (const [zh, en] of [...servicePairs(db), ...dictionaryPairs(db)]) {
    if (zh === en || pairs.has(`${zh} ${en}`)) continue;
    const keys = { zh: keysOf(db, zh, 'zh'), en: keysOf(db, en, 'en') };
    if (personsDecision(db, keys) === null) pairs.set(`${zh} ${en}`, [zh, en]);
  }
  const names = namesOfTags(db, [...pairs.values()].flat());
  const side = (tagId: number, language: Language): LinkSuggestion['zh'] => ({
    tagId,
    name: names.get(tagId)?.[language] ?? '',
    photos: photoCounts.get(tagId) ?? 0,
  });
  return [...pairs.values()]
    .map(([zh, en]) => ({ zh: side(zh, 'zh'), en: side(en, 'en') }))
    .sort((a, b) => b.zh.photos + b.en.photos - (a.zh.photos + a.en.photos));
}

const HAN = /\p{Script=Han}/u;

function servicePairs(db: ReadableDB): (readonly [zh: number, en: number])[] {
  return all<{ zh: number; en: number }>(
    db,
    // CROSS JOIN: pairs are few, and names in pairs with each other are far too many to look through.
    `SELECT zh.tag_id AS zh, en.tag_id AS en FROM tag_link
       CROSS JOIN tag_name AS zh ON zh.space = 'common' AND zh.language = 'zh' AND zh.name_key = tag_link.zh_key
       CROSS JOIN tag_name AS en ON en.space = 'common' AND en.language = 'en' AND en.name_key = tag_link.en_key
      WHERE tag_link.linked = 0 AND tag_link.decided_by = 'service'
      ORDER BY tag_link.decided_at, tag_link.zh_key`,
  ).map(({ zh, en }) => [zh, en] as const);
}

function dictionaryPairs(db: ReadableDB): (readonly [zh: number, en: number])[] {
  type Row = { tagId: number; name: string };
  const rows = all<Row>(
    db,
    `SELECT tag_id AS tagId, name FROM tag_name WHERE space = 'common' AND language = 'zh'
      ORDER BY tag_id, alias`,
  );
  return rows.flatMap(({ tagId, name }) => {
    const english = findWord(name, 'zh')?.en ?? [];
    return english.flatMap((word) => {
      const enTag = findTagByName(db, word, 'en', ['common']);
      return enTag === null ? [] : [[tagId, enTag] as const];
    });
  });
}

function existing(db: ReadableDB, tagId: number): number {
  const current = currentTagId(db, tagId);
  if (current !== null) return current;
  throw new TagrollError('not_found', `Tag ${tagId} is no longer in the library.`, { id: tagId });
}

/** The names that are linked or taken apart. Throws where one side has none that may be. */
function pairKeys(db: ReadableDB, zhTag: number, enTag: number): PairKeys {
  const keys = { zh: keysOf(db, zhTag, 'zh'), en: keysOf(db, enTag, 'en') };
  if (keys.zh.length === 0) throw notLinkable(db, zhTag);
  if (keys.en.length === 0) throw notLinkable(db, enTag);
  return keys;
}

function notLinkable(db: ReadableDB, tagId: number): TagrollError {
  const names = namesOfTags(db, [tagId]).get(tagId);
  const name = names?.en ?? names?.zh ?? `Tag ${tagId}`;
  return new TagrollError(
    'tags_not_linkable',
    `"${name}" cannot be linked or taken apart: it takes a tag with a Chinese name and one with an English name, and labels of the device or about sensitive content stay by themselves. Choose other tags.`,
    { tag: name },
  );
}
