import { describe, expect, it } from 'vitest';
import { type CropStatistics, measureCrop } from '../../../../../main/tagging/onDevice/crop.ts';
import {
  measureRaster,
  type RasterStatistics,
} from '../../../../../main/tagging/onDevice/raster.ts';
import {
  blurry,
  closeUp,
  document,
} from '../../../../../main/tagging/onDevice/rules/composition.ts';
import {
  asRaster,
  blocks,
  boxBlur,
  drawCrop,
  drawRaster,
  type Pixels,
  randomNumbers,
  writtenPage,
} from '../pictures.ts';

function crop(pixels: Pixels): CropStatistics {
  const measured = measureCrop(pixels);
  if (!measured) throw new Error('no statistics');
  return measured;
}

function raster(pixels: Pixels): RasterStatistics {
  const measured = measureRaster(pixels);
  if (!measured) throw new Error('no statistics');
  return measured;
}

describe('closeUp', () => {
  it('grows as the subject comes nearer than half a metre', () => {
    expect(closeUp(0.5)).toBeCloseTo(50, 6);
    expect(closeUp(0.1)).toBe(100);
    expect(closeUp(2)).toBe(0);
  });

  it('takes zero and infinity for unknown and far', () => {
    expect(closeUp(0)).toBe(0);
    expect(closeUp(null)).toBe(0);
    expect(closeUp(Number.POSITIVE_INFINITY)).toBe(0);
  });
});

describe('blurry', () => {
  it.each([1, 2, 3, 4])('tells sharp, softened and moved pictures apart (%i)', (seed) => {
    const sharp = blocks(seed);
    expect(blurry(crop(sharp))).toBe(0);
    expect(blurry(crop(boxBlur(sharp, 7, 7)))).toBeGreaterThan(70);
    expect(blurry(crop(boxBlur(sharp, 11, 1)))).toBeGreaterThan(50);
    expect(blurry(crop(boxBlur(sharp, 1, 11)))).toBeGreaterThan(50);
  });

  it('does not depend on contrast', () => {
    const soft = boxBlur(blocks(5), 7, 7);
    const pale = { ...soft, data: soft.data.map((luma) => 100 + luma / 4) };
    expect(blurry(crop(pale))).toBeGreaterThan(50);
    const sharp = blocks(5);
    expect(blurry(crop({ ...sharp, data: sharp.data.map((luma) => 100 + luma / 4) }))).toBe(0);
  });

  it('says nothing where there is nothing to be sharp', () => {
    expect(blurry(crop(drawCrop(256, 256, () => 180)))).toBe(0);
    expect(blurry(crop(drawCrop(256, 256, (x) => x)))).toBe(0);
    expect(blurry(crop(drawCrop(256, 256, (x) => (x < 128 ? 20 : 230))))).toBe(0);
  });
});

describe('document', () => {
  const page = writtenPage();

  it('sees lines of thin dark strokes on a bright page, also lying on its side', () => {
    expect(document(raster(asRaster(page)), crop(page))).toBeGreaterThan(50);
    const side = drawCrop(256, 256, (x, y) => page.data[x * 256 + y] ?? 0);
    expect(document(raster(asRaster(side)), crop(side))).toBeGreaterThan(50);
    const dim = writtenPage(200, 60);
    expect(document(raster(asRaster(dim)), crop(dim))).toBeGreaterThan(50);
  });

  it('does not see it in bright strokes on black, an empty page, texture, edges or colours', () => {
    const inverted = { ...page, data: page.data.map((luma) => 255 - luma) };
    const white = drawCrop(256, 256, () => 250);
    const random = randomNumbers(11);
    const texture = drawCrop(256, 256, () => Math.floor(random() * 256));
    for (const other of [inverted, white, texture, blocks(2)]) {
      expect(document(raster(asRaster(other)), crop(other))).toBe(0);
    }
    expect(document(raster(drawRaster(160, 120, () => [90, 200, 250])), crop(page))).toBe(0);
  });
});

describe('measureCrop', () => {
  it('measures the middle of a larger crop and refuses what is too small or cut short', () => {
    const wide = drawCrop(512, 300, (x, y) =>
      x >= 128 && x < 384 && y >= 22 && y < 278 ? (page(x - 128, y - 22) ?? 0) : 0,
    );
    expect(measureCrop(wide)?.text).toEqual(measureCrop(writtenPage())?.text);
    expect(measureCrop(drawCrop(40, 400, () => 9))).toBeNull();
    expect(measureCrop({ data: new Uint8Array(100), width: 100, height: 100 })).toBeNull();
    expect(measureCrop({ data: new Uint8Array(0), width: 0, height: 0 })).toBeNull();
  });

  function page(x: number, y: number): number | undefined {
    return writtenPageData[y * 256 + x];
  }
  const writtenPageData = writtenPage().data;
});
