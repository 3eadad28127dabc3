import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import en from '../../../renderer/i18n/en.json' with { type: 'json' };
import zh from '../../../renderer/i18n/zh.json' with { type: 'json' };

const RENDERER = join(import.meta.dirname, '../../../renderer');

function flatten(texts: object, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === 'string') flat.set(prefix + key, value);
    else for (const entry of flatten(value, `${prefix}${key}.`)) flat.set(...entry);
  }
  return flat;
}

/** `photos_one` and `photos_other` are one text. */
const withoutPlural = (key: string): string => key.replace(/_(one|other)$/, '');

const english = flatten(en);
const chinese = flatten(zh);
const sources = readdirSync(RENDERER, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => readFileSync(join(RENDERER, name), 'utf8'));
const keys = new Set([...english.keys()].map(withoutPlural));

describe('the language files', () => {
  it('have the same texts', () => {
    expect([...new Set([...chinese.keys()].map(withoutPlural))].sort()).toEqual([...keys].sort());
  });

  it('have the plural forms that each language needs, and no others', () => {
    for (const key of english.keys()) {
      if (!key.endsWith('_one')) continue;
      expect(english.has(key.replace(/_one$/, '_other')), key).toBe(true);
    }
    expect([...chinese.keys()].filter((key) => key.endsWith('_one'))).toEqual([]);
    for (const key of chinese.keys()) {
      const plural = key.endsWith('_other');
      expect(english.has(plural ? key : withoutPlural(key)), key).toBe(true);
    }
  });

  it('fill in the same values', () => {
    const values = (text: string | undefined): string[] =>
      [...(text ?? '').matchAll(/\{\{(\w+)/g)].map((match) => match[1] ?? '').sort();
    for (const [key, text] of chinese) {
      expect([...new Set(values(text))], key).toEqual([...new Set(values(english.get(key)))]);
    }
  });

  it('have no empty text, no exclamation mark, and no English sentence in Chinese', () => {
    for (const [key, text] of [...english, ...chinese]) {
      expect(text.trim(), key).not.toBe('');
      expect(text, key).not.toMatch(/[!！]/);
    }
    const foreign = [...chinese].filter(([, text]) => /[a-z]{3,} [a-z]{3,}/i.test(text));
    expect(foreign.filter(([, text]) => !text.includes('tagroll check'))).toEqual([]);
  });
});

describe('the texts that the window asks for', () => {
  it('exist', () => {
    const asked = sources.flatMap((source) =>
      [...source.matchAll(/\b(?:t|translate)\(\s*'([\w.-]+)'/g)].map((match) => match[1] ?? ''),
    );
    expect(asked.length).toBeGreaterThan(100);
    expect([...new Set(asked)].filter((key) => !keys.has(key))).toEqual([]);
  });

  it('include every text of the files', () => {
    const all = sources.join('\n');
    // A key that is put together: everything under what stands before its first value.
    const composed = [...all.matchAll(/`([\w.]+\.[\w.]*)\$\{/g)].map((match) => match[1] ?? '');
    const unused = [...keys].filter(
      (key) => !all.includes(`'${key}'`) && !composed.some((prefix) => key.startsWith(prefix)),
    );
    expect(unused).toEqual([]);
  });
});
