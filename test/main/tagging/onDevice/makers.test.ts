import { describe, expect, it } from 'vitest';
import { findMaker, normaliseWords } from '../../../../main/tagging/onDevice/makers.ts';

const MAKES: readonly (readonly [string, string | null, string])[] = [
  ['Canon', 'Canon EOS 70D', 'maker:canon'],
  ['NIKON CORPORATION', 'NIKON D750', 'maker:nikon'],
  ['SONY', 'ILCE-7M3', 'maker:sony'],
  ['Sony Ericsson', 'K800i', 'maker:sony-ericsson'],
  ['SonyEricsson', 'W910i', 'maker:sony-ericsson'],
  ['EASTMAN KODAK COMPANY', null, 'maker:kodak'],
  ['JK Imaging, Ltd.', 'KODAK PIXPRO SP360', 'maker:kodak'],
  ['OLYMPUS OPTICAL CO.,LTD', null, 'maker:olympus'],
  ['OM Digital Solutions', 'OM-1', 'maker:om-system'],
  ['KONICA MINOLTA', null, 'maker:konica-minolta'],
  ['Konica Minolta Camera, Inc.', null, 'maker:konica-minolta'],
  ['Minolta Co., Ltd.', null, 'maker:minolta'],
  ['CASIO COMPUTER CO.,LTD', null, 'maker:casio'],
  ['SANYO Electric Co.,Ltd.', null, 'maker:sanyo'],
  ['PENTAX Corporation', null, 'maker:pentax'],
  ['RICOH IMAGING COMPANY, LTD.', 'PENTAX K-1', 'maker:pentax'],
  ['RICOH IMAGING COMPANY, LTD.', 'RICOH GR III', 'maker:ricoh'],
  ['HMD Global', 'Nokia 8.3 5G', 'maker:nokia'],
  ['LGE', 'Nexus 5', 'maker:lg'],
  ['LG Electronics', null, 'maker:lg'],
  ['samsung', 'SM-G991B', 'maker:samsung'],
  ['ＳＯＮＹ', null, 'maker:sony'],
  ['Xiaomi', 'Redmi Note 8', 'maker:xiaomi'],
  ['vivo', null, 'maker:vivo'],
  ['Hewlett-Packard', null, 'maker:hp'],
];

describe('findMaker', () => {
  it.each(MAKES)('knows %s %s', (make, model, label) => {
    expect(findMaker(make, model)?.label).toBe(label);
  });

  it('takes whole words only, and says nothing of makers it does not know', () => {
    for (const make of ['Pineapple', 'Sonya', 'Polyphony Digital Inc.', '456', '', '   ']) {
      expect(findMaker(make, null), make).toBeNull();
    }
    expect(findMaker(null, 'iPhone 6')).toBeNull();
  });

  it('normalises case, width and punctuation', () => {
    expect(normaliseWords(' ＣＡＳＩＯ Computer Co.,Ltd. ')).toBe(' casio computer co ltd ');
  });
});
