import { describe, expect, it } from 'vitest';
import {
  type ScreenshotFacts,
  screenshot,
} from '../../../../../main/tagging/onDevice/rules/screenshot.ts';
import { SILENT } from '../pictures.ts';

const PLAIN: ScreenshotFacts = {
  name: 'IMG_0001.PNG',
  format: 'png',
  width: 800,
  height: 555,
  metadata: SILENT,
};

describe('screenshot', () => {
  it.each([
    'Screenshot_20200506-070809.png',
    'Screen Shot 2019-07-14 at 18.30.00.png',
    '屏幕截图 2023-01-01 120000.png',
    '微信截图_20200506070809.png',
    'Bildschirmfoto vom 2020-05-06.png',
    'Capture d’écran 2020-05-06.png',
    'Capture d’écran 2020-05-06.png'.normalize('NFD'),
    'スクリーンショット 2020-05-06.jpg',
  ])('knows the name %s', (name) => {
    expect(screenshot({ ...PLAIN, name })).toBe(95);
  });

  it('knows the programs, and PNGs of a screen’s exact size either way up', () => {
    expect(screenshot({ ...PLAIN, metadata: { ...SILENT, software: 'gnome-screenshot' } })).toBe(
      90,
    );
    expect(screenshot({ ...PLAIN, width: 1170, height: 2532 })).toBe(65);
    expect(screenshot({ ...PLAIN, width: 1920, height: 1080 })).toBe(65);
  });

  it('does not take photos or other PNGs for one', () => {
    expect(screenshot(PLAIN)).toBe(0);
    expect(screenshot({ ...PLAIN, width: 1920, height: 1080, format: 'jpeg' })).toBe(0);
    expect(screenshot({ ...PLAIN, width: 1920, height: 1081 })).toBe(0);
    const camera = { ...SILENT, cameraModel: 'Pixel 6' };
    expect(screenshot({ ...PLAIN, width: 1920, height: 1080, metadata: camera })).toBe(0);
    const exposed = { ...SILENT, exposureSeconds: 0.01 };
    expect(screenshot({ ...PLAIN, name: 'screenshot.png', metadata: exposed })).toBe(0);
  });
});
