/**
 * Common words of photo tags in English and Chinese. It tells which two names are one thing, and how a
 * label of joined words (`Sportsequipment`) is read.
 */
import type { Language } from '../../../shared/model.ts';
import { foldName } from '../../search/fold.ts';
import { ANIMALS } from './animals.ts';
import { FOOD } from './food.ts';
import { NATURE } from './nature.ts';
import { PEOPLE } from './people.ts';
import { PLACES } from './places.ts';
import { THINGS } from './things.ts';

/** One thing with its names in both languages, the usual one first; the others mean the same. */
export type DictionaryEntry = {
  readonly en: readonly string[];
  readonly zh: readonly string[];
};

/** Written as `english, other english | 中文, 另一个`. A regular plural need not be written down. */
const LINES = [...ANIMALS, ...NATURE, ...FOOD, ...PEOPLE, ...PLACES, ...THINGS];

export const DICTIONARY: readonly DictionaryEntry[] = LINES.map((line) => {
  const [en = '', zh = ''] = line.split(' | ');
  return { en: en.split(', '), zh: zh.split(', ') };
});

const BY_NAME: Readonly<Record<Language, ReadonlyMap<string, DictionaryEntry>>> = {
  en: englishNames(),
  zh: new Map(
    DICTIONARY.flatMap((entry) => entry.zh.map((name) => [foldName(name), entry] as const)),
  ),
};

/** English names by their letters alone, for labels of joined words. */
const BY_LETTERS: ReadonlyMap<string, string> = new Map(
  DICTIONARY.flatMap((entry) => entry.en.map((name) => [lettersOf(name), name] as const)),
);

/** The entry that has this name in this language, also in the plural; null for words it does not know. */
export function findWord(name: string, language: Language): DictionaryEntry | null {
  return BY_NAME[language].get(foldName(name)) ?? null;
}

/** Whether two names of one language are the same word to the dictionary, or are written alike. */
export function isSameWord(a: string, b: string, language: Language): boolean {
  if (foldName(a) === foldName(b)) return true;
  const entry = findWord(a, language);
  return entry !== null && entry === findWord(b, language);
}

/**
 * A label as a person reads it: `Sportsequipment` and `SportsEquipment` are “Sports equipment”. Words
 * joined in small letters are taken apart where the dictionary knows them, others stay as they are.
 */
export function splitJoinedLabel(label: string): string {
  const words = label.trim().replace(/[\s_]+/gu, ' ');
  const known = /^[\p{L}\p{N}]+$/u.test(words) ? BY_LETTERS.get(lettersOf(words)) : undefined;
  if (known !== undefined && /[ -]/u.test(known)) return capitalised(known);
  if (words === words.toLowerCase()) return capitalised(words);
  // Two words or more, each with one capital: not OSX, not iPhone.
  if (!/^\p{Lu}\p{Ll}+(?:\p{Lu}\p{Ll}+)+$/u.test(words)) return words;
  const [first = '', ...others] = words.match(/\p{Lu}\p{Ll}+/gu) ?? [];
  return [first, ...others.map((word) => word.toLowerCase())].join(' ');
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function lettersOf(name: string): string {
  return foldName(name).replace(/[^\p{L}\p{N}]/gu, '');
}

/** Written names first; a plural stands for a word only where it is not a word of its own (glasses). */
function englishNames(): Map<string, DictionaryEntry> {
  const names = new Map<string, DictionaryEntry>();
  for (const entry of DICTIONARY) for (const name of entry.en) names.set(foldName(name), entry);
  for (const entry of DICTIONARY) {
    for (const name of entry.en) {
      const plural = pluralOf(foldName(name));
      if (!names.has(plural)) names.set(plural, entry);
    }
  }
  return names;
}

function pluralOf(name: string): string {
  if (/(?:s|x|z|ch|sh)$/u.test(name)) return `${name}es`;
  if (/[^aeiou]y$/u.test(name)) return `${name.slice(0, -1)}ies`;
  return `${name}s`;
}
