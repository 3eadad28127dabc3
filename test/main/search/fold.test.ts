import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldName, foldText } from '../../../main/search/fold.ts';

describe('foldText', () => {
  it.each([
    ['Straße', 'strasse'],
    ['STRASSE', 'strasse'],
    ['STRAẞE', 'strasse'],
    ['İstanbul', 'istanbul'],
    ['ısırgan', 'isirgan'],
    ['Café', 'cafe'],
    ['Cafe\u0301', 'cafe'],
    ['ＡＢＣ１２', 'abc12'],
    ['ﬁn', 'fin'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['οδός', 'οδοσ'],
    ['Łódź', 'lodz'],
    ['Ærø', 'aero'],
    ['金毛犬', '金毛犬'],
    ['ｶﾞ', 'ガ'],
    ['한국', '한국'],
    ['हिन्दी', 'हिन्दी'],
    ['👩‍🚀', '👩‍🚀'],
  ])('folds %s to %s', (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  it('keeps apart what other scripts tell apart', () => {
    expect(foldText('が')).not.toBe(foldText('か'));
  });

  it('changes nothing the second time', () => {
    const changed: string[] = [];
    for (let point = 0; point <= 0x10ffff; point += 1) {
      const folded = foldText(String.fromCodePoint(point));
      if (foldText(folded) !== folded) changed.push(point.toString(16));
    }
    expect(changed).toEqual([]);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
        expect(foldText(foldText(text))).toBe(foldText(text));
        expect(foldName(foldName(text))).toBe(foldName(text));
      }),
      { numRuns: 5000 },
    );
  });
});

describe('foldName', () => {
  it('trims and joins white space', () => {
    expect(foldName('  Golden\u00a0 \u3000Retriever\n')).toBe('golden retriever');
  });
});
