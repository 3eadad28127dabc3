import { describe, expect, it } from 'vitest';
import { foldName } from '../../../../main/search/fold.ts';
import {
  DICTIONARY,
  findWord,
  isSameWord,
  splitJoinedLabel,
} from '../../../../main/tagging/names/dictionary.ts';
import { VOCABULARY } from '../../../../main/tagging/onDevice/vocabulary.ts';

describe('dictionary', () => {
  it('holds the common words of photo tags, each with both names', () => {
    expect(DICTIONARY.length).toBeGreaterThanOrEqual(1000);
    for (const entry of DICTIONARY) {
      expect(entry.en.length, entry.zh.join()).toBeGreaterThan(0);
      expect(entry.zh.length, entry.en.join()).toBeGreaterThan(0);
      for (const name of entry.en) expect(name, name).toMatch(/^[a-z0-9]+(?:[ -][a-z0-9]+)*$/);
      for (const name of entry.zh) expect(name, name).toMatch(/^[A-Z]?\p{Script=Han}+$/u);
    }
  });

  it('says no name twice, so that each word is one thing', () => {
    for (const language of ['en', 'zh'] as const) {
      const names = DICTIONARY.flatMap((entry) => entry[language].map(foldName));
      expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
    }
  });

  it.each([
    ['Dog', 'en', '狗'],
    ['dogs', 'en', '狗'],
    ['strawberries', 'en', '草莓'],
    ['Ladies', 'en', '女人'],
    ['犬', 'zh', '狗'],
    ['ｂｅａｃｈ', 'en', '海滩'],
  ] as const)('finds %s in any form', (name, language, usual) => {
    expect(findWord(name, language)?.zh[0]).toBe(usual);
  });

  it('takes no word of its own for a plural, and knows no language by the other', () => {
    expect(findWord('glasses', 'en')?.zh).toEqual(['眼镜']);
    expect(findWord('glass', 'en')?.zh).toEqual(['玻璃']);
    expect(findWord('狗', 'en')).toBeNull();
    expect(findWord('kumquat', 'en')).toBeNull();
  });

  it('knows which names are the same word', () => {
    expect(isSameWord('狗', '犬', 'zh')).toBe(true);
    expect(isSameWord('Zebra', 'zebras', 'en')).toBe(true);
    expect(isSameWord('kumquat', 'Kumquat', 'en')).toBe(true);
    expect(isSameWord('kumquat', 'calamondin', 'en')).toBe(false);
    expect(isSameWord('狗', '猫', 'zh')).toBe(false);
  });

  it('agrees with the on-device words that are one tag with a service’s word', () => {
    for (const word of VOCABULARY.filter(({ apart }) => !apart)) {
      const entry = findWord(word.en, 'en') ?? findWord(word.zh, 'zh');
      if (!entry) continue;
      expect(entry.en, word.label).toContain(word.en);
      expect(entry.zh, word.label).toContain(word.zh);
    }
    expect(findWord('night', 'en')?.zh).toContain('夜间');
  });
});

describe('splitJoinedLabel', () => {
  it.each([
    ['Sportsequipment', 'Sports equipment'],
    ['SportsEquipment', 'Sports equipment'],
    ['sportsequipment', 'Sports equipment'],
    ['Humanface', 'Human face'],
    ['Mobilephone', 'Mobile phone'],
    ['TrafficLight', 'Traffic light'],
    ['Tshirt', 'T-shirt'],
    ['StreetMarketStall', 'Street market stall'],
    ['street_sign', 'Street sign'],
    ['Footwear', 'Footwear'],
    ['Person', 'Person'],
    ['person', 'Person'],
    ['Carpet', 'Carpet'],
    ['Unknownjoinedword', 'Unknownjoinedword'],
    ['iPhone', 'iPhone'],
    ['TV', 'TV'],
    [' Clothing ', 'Clothing'],
    ['狗', '狗'],
    ['', ''],
  ])('reads %s as “%s”', (label, read) => {
    expect(splitJoinedLabel(label)).toBe(read);
    expect(splitJoinedLabel(read)).toBe(read);
  });
});
