import { describe, expect, it } from 'vitest';
import { findMaker } from '../../../../../main/tagging/onDevice/makers.ts';
import { camera, drone, phone } from '../../../../../main/tagging/onDevice/rules/device.ts';

const DEVICES: readonly (readonly [string, string, 'phone' | 'camera' | 'drone' | 'none'])[] = [
  ['Apple', 'iPhone 11 Pro Max', 'phone'],
  ['Apple', 'iPad Pro', 'none'],
  ['Apple', 'QuickTake 150', 'camera'],
  ['samsung', 'SM-G935L', 'phone'],
  ['SAMSUNG', 'GT-I9000', 'phone'],
  ['samsung', 'SM-T510', 'none'],
  ['Samsung Techwin', '<Digimax i50 MP3>', 'camera'],
  ['SAMSUNG', 'NX300', 'camera'],
  ['SONY', 'DSC-HX5V', 'camera'],
  ['SONY', 'ILCE-7M3', 'camera'],
  ['SONY', 'CYBERSHOT', 'camera'],
  ['Sony', 'D5803', 'phone'],
  ['Sony', 'XQ-BC52', 'phone'],
  ['Google', 'Pixel 6', 'phone'],
  ['HUAWEI', 'VOG-L29', 'phone'],
  ['HUAWEI', 'MatePad 11', 'none'],
  ['Canon', 'Canon EOS 20D', 'camera'],
  ['NIKON CORPORATION', 'NIKON D750', 'camera'],
  ['Leica', 'LEITZ PHONE 1', 'none'],
  ['DJI', 'FC6360', 'drone'],
  ['DJI', 'FC220', 'drone'],
  ['DJI', 'Mavic 2 Pro', 'drone'],
  ['DJI', 'DJI Mini 3 Pro', 'drone'],
  ['Hasselblad', 'L1D-20c', 'drone'],
  ['Hasselblad', 'X1D II 50C', 'camera'],
  ['Parrot', 'ANAFI', 'drone'],
  ['DJI', 'Osmo Pocket', 'none'],
  ['DJI', 'DJI Pocket 2', 'none'],
  ['DJI', 'OsmoAction', 'none'],
];

describe('phone, camera and drone', () => {
  it.each(DEVICES)('take %s %s for: %s', (make, model, kind) => {
    const maker = findMaker(make, model);
    const given = Object.entries({ phone, camera, drone }).filter(
      ([, rule]) => rule(maker, model) > 0,
    );
    expect(given.map(([name]) => name)).toEqual(kind === 'none' ? [] : [kind]);
  });

  it('are less sure by the maker alone', () => {
    expect(phone(findMaker('vivo', null), null)).toBe(90);
    expect(phone(findMaker('Apple', null), 'iPhone 6')).toBe(98);
    expect(drone(findMaker('DJI', null), 'XYZ')).toBe(60);
    expect(drone(findMaker('DJI', null), 'FC7303')).toBe(98);
  });

  it('say nothing without a maker', () => {
    for (const rule of [phone, camera, drone]) expect(rule(null, 'iPhone 6')).toBe(0);
  });
});
