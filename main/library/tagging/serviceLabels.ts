/** From a service's word to a tag: two names of one thing become one tag (docs/rules.md 3). */
import type { Language, TagNames } from '../../../shared/model.ts';
import { foldName } from '../../search/fold.ts';
import { findWord, isSameWord, splitJoinedLabel } from '../../tagging/names/dictionary.ts';
import { get, run, type WritableDB } from '../database.ts';
import {
  createTag,
  ensureLabel,
  findLabel,
  findTagByName,
  insertLabel,
  type LabelRow,
  type NewLabel,
} from '../tags.ts';
import { keysOf, offerPair, personsDecision } from './linkDecisions.ts';
import { mergeTags } from './mergeTags.ts';

export type ServiceLabelRow = LabelRow & {
  /** Tags or their names changed: to be told with `changes.tags()`. */
  readonly changed: boolean;
  /** Photos that look different, because two tags became one: to be told with `changes.photos()`. */
  readonly photoIds: readonly number[];
};

/** Both names of one thing. */
type Pair = { readonly zh: string; readonly en: string };

const HAN = /\p{Script=Han}/u;

/**
 * The label of a service's word, made together with its tag when the word is new. The word joins the tag
 * that has its name. A pair of names, the service's own or the dictionary's, makes one tag of both where
 * neither is linked elsewhere; else the service's own pair is kept as a suggestion. A person's word wins.
 * Labels of moderation services, and on-device words that mean something else, stay by themselves.
 */
export function ensureServiceLabel(db: WritableDB, label: NewLabel, now: number): ServiceLabelRow {
  const known = findLabel(db, label.serviceId, label.raw);
  if (known) return { ...known, changed: false, photoIds: [] };
  if (label.type === 'sensitivity' || label.apart) {
    return { ...ensureLabel(db, label, now), changed: true, photoIds: [] };
  }
  const { tagId, photoIds } = placeWord(db, label, now);
  run(db, `UPDATE tag SET type = ? WHERE id = ? AND type = 'thing'`, label.type, tagId);
  const made = insertLabel(db, label.serviceId, label.raw, tagId);
  return { ...made, changed: true, photoIds };
}

function placeWord(
  db: WritableDB,
  label: NewLabel,
  now: number,
): { tagId: number; photoIds: readonly number[] } {
  const names = tidyNames(label);
  const own = ownLanguage(label.raw, names);
  const pair = pairOf(names);
  if (!pair) return { tagId: joinOrCreate(db, label, names, now), photoIds: [] };
  const zhTag = tagOfWord(db, pair.zh, 'zh');
  const enTag = tagOfWord(db, pair.en, 'en');
  if (zhTag !== null && zhTag === enTag) {
    addNames(db, zhTag, pair);
    return { tagId: zhTag, photoIds: [] };
  }
  if (fits(db, pair, zhTag, enTag)) {
    const kept = Math.min(zhTag ?? Infinity, enTag ?? Infinity);
    if (zhTag !== null && enTag !== null) {
      const photoIds = mergeTags(db, kept, Math.max(zhTag, enTag));
      addNames(db, kept, pair);
      return { tagId: kept, photoIds };
    }
    return { tagId: joinOrCreate(db, label, pair, now), photoIds: [] };
  }
  // The dictionary's pairs are offered from the dictionary itself.
  if (names.zh !== undefined && names.en !== undefined) offerPair(db, pair.zh, pair.en, now);
  return { tagId: joinOrCreate(db, label, { [own]: pair[own] }, now), photoIds: [] };
}

/** Whether the pair may be one tag: the person said so, or neither name stands for another word. */
function fits(db: WritableDB, pair: Pair, zhTag: number | null, enTag: number | null): boolean {
  const decision = personsDecision(db, {
    zh: [foldName(pair.zh), ...(zhTag === null ? [] : keysOf(db, zhTag, 'zh'))],
    en: [foldName(pair.en), ...(enTag === null ? [] : keysOf(db, enTag, 'en'))],
  });
  if (decision !== null) return decision === 'together';
  return isFreeFor(db, zhTag, pair.en, 'en') && isFreeFor(db, enTag, pair.zh, 'zh');
}

/** A tag has no name in this language yet, or one that the dictionary knows as the same word. */
function isFreeFor(
  db: WritableDB,
  tagId: number | null,
  word: string,
  language: Language,
): boolean {
  const keys = tagId === null ? [] : keysOf(db, tagId, language);
  return keys.length === 0 || keys.some((key) => isSameWord(key, word, language));
}

/** The tag with this name, else one that has another form of the same word. */
function tagOfWord(db: WritableDB, word: string, language: Language): number | null {
  const forms = [word, ...(findWord(word, language)?.[language] ?? [])];
  for (const form of forms) {
    const tagId = findTagByName(db, form, language, ['common']);
    if (tagId !== null) return tagId;
  }
  return null;
}

function joinOrCreate(db: WritableDB, label: NewLabel, names: TagNames, now: number): number {
  const { zh, en } = names;
  const found =
    (en === undefined ? null : tagOfWord(db, en, 'en')) ??
    (zh === undefined ? null : tagOfWord(db, zh, 'zh'));
  if (found === null) return createTag(db, { type: label.type, names, now });
  addNames(db, found, names);
  return found;
}

/** Names that the tag has not yet; aliases where it shows another one. */
function addNames(db: WritableDB, tagId: number, names: TagNames): void {
  for (const language of ['en', 'zh'] as const) {
    const name = names[language];
    if (name === undefined) continue;
    const shown = get(
      db,
      'SELECT 1 FROM tag_name WHERE tag_id = ? AND language = ? AND alias = 0',
      tagId,
      language,
    );
    run(
      db,
      `INSERT INTO tag_name (tag_id, language, name, name_key, alias) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO NOTHING`,
      tagId,
      language,
      name,
      foldName(name),
      shown ? 1 : 0,
    );
  }
}

/** The service's names without blank ones; its raw word stands in where it gave none. */
function tidyNames(label: NewLabel): { zh?: string; en?: string } {
  const names: { zh?: string; en?: string } = {};
  for (const language of ['en', 'zh'] as const) {
    const name = label.names[language]?.normalize('NFC').trim();
    if (name) names[language] = name;
  }
  if (names.en === undefined && names.zh === undefined) {
    const raw = label.raw.normalize('NFC').trim() || label.serviceId;
    names[HAN.test(raw) ? 'zh' : 'en'] = raw;
  }
  // Its labels are words joined to one.
  if (label.serviceId === 'tencent-classify' && names.en !== undefined) {
    names.en = splitJoinedLabel(names.en);
  }
  return names;
}

/** The language of the word itself, where the service gave a translation with it. */
function ownLanguage(raw: string, names: TagNames): Language {
  if (names.en === undefined) return 'zh';
  if (names.zh === undefined) return 'en';
  if (foldName(raw) === foldName(names.en)) return 'en';
  return foldName(raw) === foldName(names.zh) || HAN.test(raw) ? 'zh' : 'en';
}

/** Both names: the service's own pair, or completed by the dictionary. */
function pairOf(names: TagNames): Pair | null {
  const { zh, en } = names;
  if (zh !== undefined && en !== undefined) return { zh, en };
  if (en !== undefined) {
    const translated = findWord(en, 'en')?.zh[0];
    return translated === undefined ? null : { zh: translated, en };
  }
  if (zh === undefined) return null;
  const translated = findWord(zh, 'zh')?.en[0];
  return translated === undefined ? null : { zh, en: translated };
}
