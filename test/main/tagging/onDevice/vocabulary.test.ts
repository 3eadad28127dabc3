import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COLOUR_NAMES } from '../../../../main/tagging/onDevice/colourNames.ts';
import {
  RULES_VERSION,
  VOCABULARY,
  vocabularyEntry,
} from '../../../../main/tagging/onDevice/vocabulary.ts';

describe('vocabulary', () => {
  it('has no label and no name twice, in either language', () => {
    for (const key of ['label', 'en', 'zh'] as const) {
      const values = VOCABULARY.map((entry) => entry[key].toLowerCase());
      expect(values.filter((value, at) => values.indexOf(value) !== at)).toEqual([]);
    }
  });

  it('gives no name of one entry to another in the other language', () => {
    for (const entry of VOCABULARY) {
      const other = VOCABULARY.find(({ label, zh }) => label !== entry.label && zh === entry.en);
      expect(other, entry.label).toBeUndefined();
    }
  });

  it('names shapes by their form, never as a portrait', () => {
    expect(vocabularyEntry('upright')).toMatchObject({ en: 'upright', zh: '竖幅' });
    expect(vocabularyEntry('wide')).toMatchObject({ en: 'wide', zh: '横幅' });
    expect(vocabularyEntry('square')).toMatchObject({ en: 'square', zh: '方形' });
    expect(vocabularyEntry('panorama')).toMatchObject({ en: 'panorama', zh: '全景' });
    expect(VOCABULARY.filter(({ en, zh }) => /portrait/i.test(en) || /人像|肖像/.test(zh))).toEqual(
      [],
    );
  });

  it('calls no maker by a word that means something else in a picture', () => {
    const names = VOCABULARY.flatMap(({ en, zh }) => [en, zh]);
    for (const thing of ['Apple', '苹果', '小米', 'phone', '手机', 'camera', '相机', 'drone']) {
      expect(names).not.toContain(thing);
    }
  });

  it('holds all twelve colours and refuses unknown labels', () => {
    for (const name of COLOUR_NAMES) expect(vocabularyEntry(name).type).toBe('colour');
    expect(() => vocabularyEntry('dog')).toThrow('dog');
  });

  it('keeps apart what a service would mean otherwise, and shares the rest', () => {
    for (const label of [
      'orange',
      'square',
      'wide',
      'flash',
      'drone',
      'maker:apple',
      'maker:canon',
    ]) {
      expect(vocabularyEntry(label).apart, label).toBe(true);
    }
    for (const label of ['night', 'black-and-white', 'panorama', 'autumn', 'red', 'screenshot']) {
      expect(vocabularyEntry(label).apart, label).toBe(false);
    }
  });

  it('is described to the last word in the documentation, with both names', () => {
    const page = readFileSync(
      new URL('../../../../docs/on-device-tags.md', import.meta.url),
      'utf8',
    );
    const words = new Set(page.split(/[|,、\n]/).map((word) => word.trim()));
    for (const { en, zh } of VOCABULARY) {
      expect(words, en).toContain(en);
      expect(words, zh).toContain(zh);
    }
    expect(page).toContain(`now ${RULES_VERSION})`);
  });
});
