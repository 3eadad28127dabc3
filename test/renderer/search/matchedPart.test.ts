import { describe, expect, it } from 'vitest';
import { markedParts, matchedRange } from '../../../renderer/search/matchedPart.ts';

const marked = (text: string, typed: string): string =>
  markedParts(text, typed)
    .map((part) => (part.matched ? `[${part.text}]` : part.text))
    .join('');

describe('markedParts', () => {
  it('marks the beginning, else the beginning of a word, else any place', () => {
    expect(marked('golden retriever', 'gold')).toBe('[gold]en retriever');
    expect(marked('Portobello port', 'Port')).toBe('[Port]obello port');
    expect(marked('airport port', 'port')).toBe('airport [port]');
    expect(marked('marigold', 'gold')).toBe('mari[gold]');
  });

  it('makes no difference of case, width and accents', () => {
    expect(marked('Café Müller', 'cafe m')).toBe('[Café M]üller');
    expect(marked('ＩＳＯ 100', 'iso')).toBe('[ＩＳＯ] 100');
    expect(marked('Straße', 'straße')).toBe('[Straße]');
    expect(marked('金毛犬', '毛')).toBe('金[毛]犬');
    expect(marked('👩‍🚀 astronaut', 'astro')).toBe('👩‍🚀 [astro]naut');
  });

  it('looks for the value of a key, and for the whole', () => {
    expect(marked('golden retriever', 'tag:"golden r')).toBe('[golden r]etriever');
    expect(marked('type:jpeg', 'type:jp')).toBe('[type:jp]eg');
    expect(marked('camera:', 'cam')).toBe('[cam]era:');
  });

  it('marks nothing where nothing is alike, as with pinyin', () => {
    expect(markedParts('狗', 'gou')).toEqual([{ text: '狗', matched: false }]);
    expect(markedParts('dog', '')).toEqual([{ text: 'dog', matched: false }]);
    expect(markedParts('', 'a')).toEqual([{ text: '', matched: false }]);
    expect(matchedRange('dog', '́')).toBeNull();
  });
});
