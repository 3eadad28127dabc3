import { describe, expect, it } from 'vitest';
import { QUERY_KEYS } from '../../../main/search/keys.ts';
import { parseQuery } from '../../../main/search/query.ts';
import en from '../../../renderer/i18n/en.json' with { type: 'json' };
import zh from '../../../renderer/i18n/zh.json' with { type: 'json' };
import {
  asSearchKey,
  COMBINATIONS,
  combinedExamples,
  HELP_GROUPS,
  keyExamples,
  SEARCH_KEYS,
} from '../../../renderer/search/keyHelp.ts';

const LANGUAGES = ['en', 'zh'] as const;

describe('the help of the query language', () => {
  it('knows every key of the engine, and no other', () => {
    expect([...SEARCH_KEYS].sort()).toEqual([...QUERY_KEYS].sort());
    expect(new Set(SEARCH_KEYS).size).toBe(SEARCH_KEYS.length);
  });

  it('says in both languages what each key, group and combination means', () => {
    expect(Object.keys(en.search.help.keys).sort()).toEqual([...QUERY_KEYS].sort());
    for (const { help } of [en.search, zh.search]) {
      for (const key of SEARCH_KEYS) expect(help.keys[key].trim()).not.toBe('');
      for (const [group] of HELP_GROUPS) expect(help.groups[group].trim()).not.toBe('');
      for (const combination of COMBINATIONS) expect(help.combine[combination].trim()).not.toBe('');
    }
    for (const key of SEARCH_KEYS) expect(zh.search.help.keys[key]).toMatch(/\p{Script=Han}/u);
  });

  it('has a word for the chip of each key', () => {
    const spoken = new Set(['tag', 'folder', 'is', 'has']);
    for (const key of QUERY_KEYS) {
      if (spoken.has(key)) continue;
      expect(Object.keys(en.search.keys), key).toContain(key);
    }
  });

  it('gives examples that work', () => {
    for (const language of LANGUAGES) {
      for (const key of SEARCH_KEYS) {
        const examples = keyExamples(key, language);
        expect(new Set(examples).size).toBe(examples.length);
        for (const example of examples) {
          expect(example.startsWith(`${key}:`), example).toBe(true);
          expect(() => parseQuery(example), example).not.toThrow();
        }
      }
      for (const combination of COMBINATIONS) {
        for (const example of combinedExamples(combination, language)) {
          expect(() => parseQuery(example), example).not.toThrow();
        }
      }
    }
  });
});

describe('asSearchKey', () => {
  it('knows keys however they are written', () => {
    expect(asSearchKey('ISO')).toBe('iso');
    expect(asSearchKey('colour')).toBeNull();
  });
});
