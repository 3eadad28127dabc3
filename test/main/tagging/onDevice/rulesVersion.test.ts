import { describe, expect, it } from 'vitest';
import { tagPicture } from '../../../../main/tagging/onDevice/tagger.ts';
import { RULES_VERSION } from '../../../../main/tagging/onDevice/vocabulary.ts';
import { blocks, boxBlur, drawRaster, pictureWith, SILENT, writtenPage } from './pictures.ts';

function said(input: Parameters<typeof tagPicture>[0]): Record<string, number> {
  return Object.fromEntries(tagPicture(input).map(({ label, confidence }) => [label, confidence]));
}

/** When one of these numbers changes, a rule changed: give the rules a new version together with it. */
describe('rules of version 1', () => {
  it('is the version that these tags belong to', () => {
    expect(RULES_VERSION).toBe('1');
  });

  it('tags a coloured ramp', () => {
    const raster = drawRaster(160, 120, (x, y) => [x + 90, y + 40, 200 - x]);
    expect(said(pictureWith({ raster, crop: boxBlur(blocks(9), 5, 5) }))).toEqual({
      orange: 32.2,
      purple: 60.7,
      red: 60.3,
      vivid: 100,
      upright: 100,
      blurry: 79.4,
    });
  });

  it('tags a page', () => {
    const page = writtenPage(220, 60);
    const raster = drawRaster(160, 120, (x, y) => {
      const luma = page.data[y * 256 + x] ?? 0;
      return [luma, luma - 4, luma - 12];
    });
    expect(said(pictureWith({ raster, crop: page }))).toEqual({
      bright: 88,
      white: 98.3,
      muted: 85.7,
      sepia: 33.3,
      upright: 100,
      document: 100,
    });
  });

  it('tags a picture by its metadata', () => {
    const metadata = {
      ...SILENT,
      takenAt: '2021-12-05T16:40:00',
      takenAtSource: 'exif',
      utcOffsetMinutes: 60,
      latitude: 30,
      longitude: 9,
      exposureSeconds: 0.3,
      fNumber: 2,
      iso: 800,
      subjectDistanceMetres: 0.4,
    } as const;
    expect(said(pictureWith({ metadata, width: 5000, height: 2000 }))).toEqual({
      grey: 100,
      wide: 100,
      panorama: 75,
      'close-up': 66.7,
      'long-exposure': 31.6,
      winter: 60,
    });
  });
});
