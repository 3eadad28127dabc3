import type { Language, Suggestion } from '../../shared/model.ts';
import { quoteTerm, tokenize } from '../../shared/queryText.ts';
import type { Calendar } from './calendar.ts';
import type { Dictionary } from './dictionary.ts';
import { EXAMPLE_FORMS } from './exampleForms.ts';
import { foldName, foldText } from './fold.ts';
import { IS_VALUES, QUERY_KEYS, UNTAGGED_BY } from './keys.ts';
import type { Pinyin } from './pinyin.ts';
import type { Store } from './store.ts';
import { datesFor, daysFor, hoursFor, monthsFor, periodsFor } from './suggestDates.ts';
import { SENSITIVITY, type TagInfo } from './tagTable.ts';

export type SuggestContext = {
  readonly store: Store;
  /** Photos of each tag in the library, whatever the lens. */
  readonly tagCounts: ReadonlyMap<number, number>;
  /** Of all photos of the library's views. */
  readonly calendar: Calendar;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  readonly pinyin: Pinyin;
  readonly language: Language;
  readonly limit: number;
};

/** 0 begins with it, 1 a word of it begins with it, 2 has it somewhere; null not at all. */
type Rank = 0 | 1 | 2 | null;

const LETTERS = /^[a-z][a-z ]*$/u;
/** Nothing but a date, or the beginning of one. */
const ONLY_DATE = /^\d{4} ?[-/.年]|^\d{1,2}月/u;
/** Dates come behind what begins with the same letters, in their own order. */
const DATE_RANK = 0.5;
const RANK_STEP = 1e-4;

type Ranked = { readonly rank: number; readonly suggestion: Suggestion };

/**
 * What the half-typed term could become: tags by either name, folders, cameras, lenses, dates, keys and
 * their values. `insert` replaces the whole text, of which only a date may have more than one word.
 * Nothing that would tell of sensitive pictures.
 */
export function suggest(context: SuggestContext, typed: string): Suggestion[] {
  const text = typed.replace(/^[-(（－\s]+/u, '');
  const token = tokenize(text)[0];
  if (!token) return [];
  const key = token.kind === 'term' ? token.key?.toLowerCase() : undefined;
  const value =
    token.kind === 'term' ? token.segments.map((segment) => segment.text).join('') : text;
  const ranked =
    key === undefined
      ? [...anything(context, value), ...dates(context, text)]
      : valuesOf(context, key, value.replace(/\*$/u, ''));
  return ranked
    .sort((a, b) => a.rank - b.rank || (b.suggestion.count ?? 0) - (a.suggestion.count ?? 0))
    .slice(0, context.limit)
    .map((entry) => entry.suggestion);
}

function anything(context: SuggestContext, value: string): Ranked[] {
  const { store } = context;
  const key = foldText(value);
  if (key === '') return [];
  return [
    ...tags(context, key, 'tag'),
    ...keys(key),
    ...shifted(folders(context, key), 3),
    ...shifted(named(store.cameras, 'camera', key), 3),
    ...shifted(named(store.lenses, 'lens', key), 3),
  ];
}

/** Some of the dates that the text could mean; all where it can mean nothing else. */
function dates(context: SuggestContext, text: string): Ranked[] {
  const phrase = foldName(text.replaceAll(/["“”]/gu, ''));
  const found = datesFor(context, phrase);
  const most = ONLY_DATE.test(phrase) ? found.length : Math.ceil(context.limit / 2);
  return inOrder(found.slice(0, most), DATE_RANK);
}

function valuesOf(context: SuggestContext, key: string, value: string): Ranked[] {
  const { store } = context;
  const folded = foldText(value);
  switch (key) {
    case 'tag':
    case 'box':
      return tags(context, folded, key);
    case 'folder':
      return folders(context, folded);
    case 'camera':
      return named(store.cameras, 'camera', folded);
    case 'lens':
      return named(store.lenses, 'lens', folded);
    case 'type':
      return named(store.formats, 'type', folded);
    case 'ext':
      return named(store.extensions, 'ext', folded);
    case 'source':
      return listed('source', [...store.tags.sources.keys()], folded);
    case 'is': {
      const services = [...store.tags.sources].filter(([, kind]) => kind === 'cloud');
      const untaggedBy = services.map(([id]) => `${UNTAGGED_BY}:${id}`);
      return listed('is', [...IS_VALUES, ...(folded === '' ? [] : untaggedBy)], folded);
    }
    case 'date':
    case 'from':
    case 'to':
      return inOrder(periodsFor(context, key, foldName(value)));
    case 'month':
      return inOrder(monthsFor(context, folded));
    case 'on':
      return inOrder(daysFor(context, folded));
    case 'hour':
      return inOrder(hoursFor(context, folded));
    default:
      return inOrder(listed(key, EXAMPLE_FORMS[key] ?? [], folded).map((one) => one.suggestion));
  }
}

function tags(context: SuggestContext, wanted: string, key: 'tag' | 'box'): Ranked[] {
  const found: Ranked[] = [];
  const other: Language = context.language === 'en' ? 'zh' : 'en';
  for (const tag of context.store.tags.tags.values()) {
    if (tag.type === SENSITIVITY) continue;
    const rank = best(bestRank(tag.keys, wanted), pinyinRank(context, tag, wanted));
    const text = tag.names[context.language] ?? tag.names[other];
    if (rank === null || text === undefined) continue;
    const count = context.tagCounts.get(tag.id) ?? 0;
    found.push({
      // Tags that no photo carries are offered after the others.
      rank: rank + (count === 0 ? 3 : 0),
      suggestion: {
        kind: 'tag',
        text,
        detail: otherName(tag, text),
        insert: `${key}:${quoteTerm(text)}`,
        count,
      },
    });
  }
  return found;
}

/** Who reads Chinese types pinyin as others type letters; for others it comes after those. */
function pinyinRank(context: SuggestContext, tag: TagInfo, wanted: string): Rank {
  if (!LETTERS.test(wanted)) return null;
  const typed = wanted.replaceAll(' ', '');
  for (const name of tag.chinese) {
    const keys = context.pinyin.keysOf(name);
    if (keys.some((key) => key.startsWith(typed))) return context.language === 'zh' ? 0 : 1;
  }
  return null;
}

function best(a: Rank, b: Rank): Rank {
  return a === null || b === null ? (a ?? b) : a < b ? a : b;
}

function otherName(tag: TagInfo, shown: string): string | null {
  return [tag.names.en, tag.names.zh].find((name) => name !== undefined && name !== shown) ?? null;
}

function folders(context: SuggestContext, wanted: string): Ranked[] {
  const found: Ranked[] = [];
  for (const folder of context.store.folders.holding(wanted)) {
    if (folder.removed) continue;
    const rank = bestRank([folder.parts.at(-1) ?? '', folder.key], wanted);
    if (rank === null) continue;
    found.push({
      rank,
      suggestion: {
        kind: 'folder',
        text: folder.name,
        detail: folder.path,
        insert: `folder:${quoteTerm(folder.path)}`,
        count: null,
      },
    });
  }
  return found;
}

function named(
  dictionary: Dictionary,
  key: 'camera' | 'lens' | 'type' | 'ext',
  wanted: string,
): Ranked[] {
  const found: Ranked[] = [];
  for (let number = 1; number < dictionary.keys.length; number += 1) {
    const rank = rankOf(dictionary.keys[number] as string, wanted);
    const text = dictionary.texts[number] as string;
    if (rank === null) continue;
    const kind = key === 'camera' || key === 'lens' ? 'camera' : 'key';
    const shown = kind === 'key' ? `${key}:${text}` : text;
    const insert = `${key}:${quoteTerm(text)}`;
    found.push({ rank, suggestion: { kind, text: shown, detail: null, insert, count: null } });
  }
  return found;
}

function keys(wanted: string): Ranked[] {
  return QUERY_KEYS.filter((key) => key.startsWith(wanted)).map((key) => ({
    // Behind tags that begin with the same letters.
    rank: 1,
    suggestion: { kind: 'key', text: `${key}:`, detail: null, insert: `${key}:`, count: null },
  }));
}

function listed(key: string, values: readonly string[], wanted: string): Ranked[] {
  const found: Ranked[] = [];
  for (const value of values) {
    if (!value.startsWith(wanted)) continue;
    const text = `${key}:${value}`;
    found.push({
      rank: 0,
      suggestion: { kind: 'key', text, detail: null, insert: text, count: null },
    });
  }
  return found;
}

function bestRank(texts: readonly string[], wanted: string): Rank {
  let best: Rank = null;
  for (const text of texts) {
    const rank = rankOf(text, wanted);
    if (rank !== null && (best === null || rank < best)) best = rank;
  }
  return best;
}

function rankOf(text: string, wanted: string): Rank {
  const index = text.indexOf(wanted);
  if (index < 0) return null;
  if (index === 0) return 0;
  return text.includes(` ${wanted}`) ? 1 : 2;
}

function inOrder(suggestions: readonly Suggestion[], rank = 0): Ranked[] {
  return suggestions.map((suggestion, index) => ({ rank: rank + index * RANK_STEP, suggestion }));
}

function shifted(ranked: readonly Ranked[], by: number): Ranked[] {
  return ranked.map((entry) => ({ ...entry, rank: entry.rank + by }));
}
