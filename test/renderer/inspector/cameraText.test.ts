import { describe, expect, it } from 'vitest';
import { cameraText } from '../../../renderer/inspector/cameraText.ts';

describe('cameraText', () => {
  it.each([
    ['NIKON CORPORATION NIKON D90', 'Nikon D90'],
    ['Canon Canon EOS 5D Mark II', 'Canon EOS 5D Mark II'],
    ['OLYMPUS IMAGING CORP.   E-M5', 'Olympus E-M5'],
    ['SONY ILCE-7M3', 'Sony ILCE-7M3'],
    ['FUJIFILM FinePix S5Pro', 'Fujifilm FinePix S5Pro'],
    ['HUAWEI HUAWEI P30', 'Huawei P30'],
    ['Apple iPhone 15 Pro', 'Apple iPhone 15 Pro'],
    ['EASTMAN KODAK COMPANY KODAK DX6490', 'Kodak DX6490'],
    ['Canon', 'Canon'],
    ['Acme Acme 100', 'Acme 100'],
    ['DJI FC3170', 'DJI FC3170'],
    ['Samsung SamsungX', 'Samsung SamsungX'],
  ])('%s → %s', (given, expected) => {
    expect(cameraText(given)).toBe(expected);
  });

  it('has nothing to say of no camera', () => {
    expect(cameraText(null)).toBeNull();
    expect(cameraText('  ')).toBeNull();
  });
});
