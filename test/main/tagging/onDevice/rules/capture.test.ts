import { describe, expect, it } from 'vitest';
import {
  flash,
  longExposure,
  scanner,
  selfieCamera,
} from '../../../../../main/tagging/onDevice/rules/capture.ts';
import { SILENT } from '../pictures.ts';

describe('flash', () => {
  it('is what EXIF says', () => {
    expect([true, false, null].map(flash)).toEqual([100, 0, 0]);
  });
});

describe('longExposure', () => {
  it('grows from half a second on', () => {
    expect(longExposure(0.5)).toBe(50);
    expect(longExposure(1)).toBe(75);
    expect(longExposure(30)).toBe(100);
    expect(longExposure(1 / 60)).toBe(0);
    expect(longExposure(0)).toBe(0);
    expect(longExposure(null)).toBe(0);
  });
});

describe('selfieCamera', () => {
  it('goes by the lens’s own word', () => {
    expect(selfieCamera('iPhone 12 front camera 2.71mm f/2.2')).toBe(98);
    expect(selfieCamera('前置摄像头')).toBe(98);
    expect(selfieCamera('iPhone 12 back camera 4.2mm f/1.6')).toBe(0);
    expect(selfieCamera('EF50mm f/1.8 STM')).toBe(0);
    expect(selfieCamera(null)).toBe(0);
  });
});

describe('scanner', () => {
  it('believes FileSource, then the device, then the program', () => {
    expect(scanner({ ...SILENT, fileSource: 1 })).toBe(100);
    expect(scanner({ ...SILENT, fileSource: 2 })).toBe(100);
    expect(scanner({ ...SILENT, cameraMake: 'Canon', cameraModel: 'CanoScan LiDE 220' })).toBe(95);
    expect(scanner({ ...SILENT, cameraMake: 'EPSON', cameraModel: 'Perfection V600' })).toBe(95);
    expect(scanner({ ...SILENT, cameraMake: 'Nikon', cameraModel: 'LS-5000' })).toBe(95);
    expect(scanner({ ...SILENT, software: 'VueScan 9 x64 (9.7.50)' })).toBe(90);
    expect(scanner({ ...SILENT, software: 'EPSON Scan' })).toBe(90);
  });

  it('leaves cameras alone', () => {
    expect(scanner(SILENT)).toBe(0);
    expect(scanner({ ...SILENT, fileSource: 3, software: 'VueScan' })).toBe(0);
    expect(scanner({ ...SILENT, exposureSeconds: 0.01, software: 'Adobe Scan' })).toBe(0);
    expect(scanner({ ...SILENT, cameraMake: 'Canon', cameraModel: 'Canon EOS 70D' })).toBe(0);
    expect(scanner({ ...SILENT, software: 'Scandinavian Photo' })).toBe(0);
  });
});
