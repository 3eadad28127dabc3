import { describe, expect, it } from 'vitest';
import { tagChoices } from '../../../renderer/inspector/tagChoices.ts';
import type { Suggestion } from '../../../shared/model.ts';

function suggestion(text: string, detail: string | null = null): Suggestion {
  return { kind: 'tag', text, detail, insert: `tag:${text}`, count: 1 };
}

const names = (choices: readonly { name: string; isNew?: boolean }[]): string[] =>
  choices.map(({ name, isNew }) => (isNew ? `new ${name}` : name));

describe('tagChoices', () => {
  it('puts the written name first, as a new tag where there is none', () => {
    const offers = [suggestion('carpet'), suggestion('cart')];
    expect(names(tagChoices(' car ', null, offers, true))).toEqual(['new car', 'carpet', 'cart']);
    expect(names(tagChoices('car', null, offers, false))).toEqual(['carpet', 'cart']);
  });

  it('knows a tag by either name, in any case and width', () => {
    const offers = [suggestion('beach house'), suggestion('beach', '海滩')];
    expect(names(tagChoices('BEACH', null, offers, true))).toEqual(['beach', 'beach house']);
    expect(names(tagChoices('海滩', null, offers, true))).toEqual(['beach', 'beach house']);
    expect(names(tagChoices('ｂｅａｃｈ', null, offers, true))).toEqual(['beach', 'beach house']);
  });

  it('offers nothing for nothing, and given tags at once', () => {
    expect(tagChoices('  ', null, [], true)).toEqual([]);
    const given = [
      { tag: 1, name: 'dog', names: { en: 'dog', zh: '狗' } },
      { tag: 2, name: 'cat', names: { en: 'cat' } },
    ];
    expect(names(tagChoices('', given, [], false))).toEqual(['dog', 'cat']);
    expect(names(tagChoices('狗', given, [], false))).toEqual(['dog']);
    expect(names(tagChoices('bird', given, [], true))).toEqual([]);
  });
});
