/** What people can search by: each key of the query language with examples. Its meaning is a text under `search.help.keys`. */
import type { Language } from '../../shared/model.ts';

export type SearchKey =
  | 'tag'
  | 'box'
  | 'source'
  | 'conf'
  | 'from'
  | 'to'
  | 'date'
  | 'on'
  | 'month'
  | 'hour'
  | 'added'
  | 'folder'
  | 'name'
  | 'type'
  | 'ext'
  | 'size'
  | 'camera'
  | 'lens'
  | 'iso'
  | 'f'
  | 'focal'
  | 'is'
  | 'width'
  | 'height'
  | 'has'
  | 'near';

export type HelpGroup = 'tags' | 'dates' | 'files' | 'cameras' | 'pictures' | 'places';

/** Where each key stands on the page of help. */
export const HELP_GROUPS: readonly (readonly [HelpGroup, readonly SearchKey[]])[] = [
  ['tags', ['tag', 'box', 'source', 'conf']],
  ['dates', ['from', 'to', 'date', 'on', 'month', 'hour', 'added']],
  ['files', ['folder', 'name', 'type', 'ext', 'size']],
  ['cameras', ['camera', 'lens', 'iso', 'f', 'focal']],
  ['pictures', ['is', 'width', 'height']],
  ['places', ['has', 'near']],
];

/** How terms are put together. */
export type Combination = 'word' | 'and' | 'or' | 'not' | 'group' | 'quotes';

export const COMBINATIONS: readonly Combination[] = ['word', 'and', 'or', 'not', 'group', 'quotes'];

type Examples = readonly [string, ...string[]];

/** The first is the one that is shown where there is room for one. */
const EXAMPLES: Readonly<Record<SearchKey, Examples>> = {
  tag: ['tag:dog', 'tag:dog>80', 'tag:"golden retriever"', 'tag:gold*'],
  box: ['box:dog>0.25'],
  source: ['source:me', 'source:on-device'],
  conf: ['conf:>60'],
  from: ['from:2019-06', 'from:2019'],
  to: ['to:2019-08', 'to:2019'],
  date: ['date:2019-07', 'date:2019', 'date:2018-2020'],
  on: ['on:07-14'],
  month: ['month:7', 'month:6-8'],
  hour: ['hour:18-21'],
  added: ['added:<7d', 'added:<2w'],
  folder: ['folder:2019', 'folder:"2019/China"'],
  name: ['name:IMG_*', 'name:holiday'],
  type: ['type:jpeg', 'type:raw'],
  ext: ['ext:heic'],
  size: ['size:>10mb', 'size:1-5mb'],
  camera: ['camera:canon'],
  lens: ['lens:"70-200mm"'],
  iso: ['iso:>=1600', 'iso:100-400'],
  f: ['f:<2'],
  focal: ['focal:24-70'],
  is: ['is:portrait', 'is:untagged', 'is:favorite'],
  width: ['width:>4000'],
  height: ['height:>4000'],
  has: ['has:gps'],
  near: ['near:30.25,120.16,25km'],
};

const CHINESE: Partial<Readonly<Record<SearchKey, Examples>>> = {
  tag: ['tag:狗', 'tag:狗>80', 'tag:金毛*'],
  box: ['box:狗>0.25'],
  folder: ['folder:2019', 'folder:"2019/中国"'],
  name: ['name:IMG_*', 'name:假期'],
};

const COMBINED: Readonly<Record<Language, Readonly<Record<Combination, Examples>>>> = {
  en: {
    word: ['beach'],
    and: ['beach dog'],
    or: ['tag:beach OR tag:lake'],
    not: ['-tag:family'],
    group: ['(beach OR lake) dog'],
    quotes: ['"red car"'],
  },
  zh: {
    word: ['海滩'],
    and: ['海滩 狗'],
    or: ['tag:海滩 OR tag:湖'],
    not: ['-tag:家人'],
    group: ['(海滩 OR 湖) 狗'],
    quotes: ['"红色的 车"'],
  },
};

export const SEARCH_KEYS: readonly SearchKey[] = HELP_GROUPS.flatMap(([, keys]) => keys);

export function asSearchKey(text: string): SearchKey | null {
  const lower = text.toLowerCase();
  return SEARCH_KEYS.find((key) => key === lower) ?? null;
}

/** Queries that can be read, the most telling one first. */
export function keyExamples(key: SearchKey, language: Language): Examples {
  return (language === 'zh' && CHINESE[key]) || EXAMPLES[key];
}

export function combinedExamples(combination: Combination, language: Language): Examples {
  return COMBINED[language][combination];
}
