import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Metadata } from '../../../../main/imaging/types.ts';
import { tagPicture } from '../../../../main/tagging/onDevice/tagger.ts';
import type { TaggerInput } from '../../../../main/tagging/onDevice/types.ts';
import { VOCABULARY } from '../../../../main/tagging/onDevice/vocabulary.ts';
import { drawRaster, pictureWith, SILENT, writtenPage } from './pictures.ts';

function labels(input: TaggerInput): string[] {
  return tagPicture(input).map(({ label }) => label);
}

describe('tagPicture', () => {
  it('puts all rules together for a phone picture at sunset', () => {
    const input = pictureWith({
      raster: drawRaster(160, 120, (_, y) => (y < 80 ? [255, 150, 20] : [20, 14, 10])),
      width: 4032,
      height: 3024,
      name: 'IMG_1234.jpg',
      metadata: {
        ...SILENT,
        takenAt: '2019-07-14T21:10:00',
        takenAtSource: 'exif',
        utcOffsetMinutes: 120,
        latitude: 52.52,
        longitude: 13.4,
        cameraMake: 'Apple',
        cameraModel: 'iPhone 11 Pro',
        lens: 'iPhone 11 Pro back triple camera 4.25mm f/1.8',
        exposureSeconds: 1 / 400,
        fNumber: 1.8,
        iso: 32,
      },
    });
    expect(labels(input)).toEqual([
      'golden-hour',
      'orange',
      'black',
      'vivid',
      'wide',
      'summer',
      'phone',
      'maker:apple',
    ]);
  });

  it('tags a scanned page', () => {
    const page = writtenPage();
    const raster = drawRaster(160, 120, (x, y) => {
      const luma = page.data[y * 256 + x] ?? 0;
      return [luma, luma, luma];
    });
    const found = labels(
      pictureWith({ raster, crop: page, metadata: { ...SILENT, software: 'VueScan' } }),
    );
    expect(found).toEqual(expect.arrayContaining(['bright', 'white', 'document', 'scanner']));
    expect(found).not.toContain('blurry');
  });

  it('keeps to what the file says where there are no pixels', () => {
    const none = { data: new Uint8Array(0), width: 0, height: 0 };
    const metadata = { ...SILENT, flashFired: true, cameraMake: 'Canon', exposureSeconds: 2 };
    expect(tagPicture(pictureWith({ raster: none, crop: none, metadata }))).toEqual([
      { label: 'upright', confidence: 100 },
      { label: 'flash', confidence: 100 },
      { label: 'long-exposure', confidence: 100 },
      { label: 'camera', confidence: 90 },
      { label: 'maker:canon', confidence: 100 },
    ]);
  });

  it('does not call a scanner of a camera maker a camera', () => {
    const metadata = { ...SILENT, cameraMake: 'Canon', cameraModel: 'CanoScan 9000F' };
    const found = labels(pictureWith({ metadata }));
    expect(found).toContain('scanner');
    expect(found).not.toContain('camera');
  });
});

const places = new Map(VOCABULARY.map(({ label }, place) => [label, place]));

function pixels(channels: number) {
  return fc
    .tuple(fc.nat(70), fc.nat(70), fc.integer({ min: -1, max: 1 }))
    .chain(([width, height, surplus]) =>
      fc
        .uint8Array({
          minLength: Math.max(0, width * height * channels + surplus),
          maxLength: Math.max(0, width * height * channels + surplus),
        })
        .map((data) => ({ data, width, height })),
    );
}

const number = fc.option(fc.double());
const word = fc.option(
  fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('Apple', 'DJI', 'SONY', 'front', 'scan', 'FC220'),
  ),
);

const metadata: fc.Arbitrary<Metadata> = fc.record({
  orientation: fc.integer({ min: 1, max: 8 }),
  takenAt: fc.option(
    fc.oneof(
      fc.string(),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 19)),
    ),
  ),
  takenAtSource: fc.option(fc.constantFrom('exif', 'xmp', 'gps', 'filename', 'mtime')),
  utcOffsetMinutes: number,
  cameraMake: word,
  cameraModel: word,
  lens: word,
  exposureSeconds: number,
  fNumber: number,
  iso: number,
  focalLengthMm: number,
  latitude: number,
  longitude: number,
  altitudeMetres: number,
  software: word,
  flashFired: fc.option(fc.boolean()),
  subjectDistanceMetres: number,
  fileSource: number,
});

describe('tagPicture with anything', () => {
  it('never throws, repeats itself, and says known labels in order with honest numbers', () => {
    fc.assert(
      fc.property(
        fc.record({
          raster: pixels(3),
          crop: pixels(1),
          width: fc.double(),
          height: fc.double(),
          format: fc.constantFrom('jpeg', 'png', 'gif', ''),
          name: fc.string({ unit: 'binary' }),
          metadata,
        }),
        (input) => {
          const tags = tagPicture(input);
          expect(tagPicture(input)).toEqual(tags);
          const order = tags.map(({ label }) => places.get(label) ?? -1);
          expect(order).toEqual([...new Set(order)].toSorted((a, b) => a - b));
          expect(order).not.toContain(-1);
          for (const { confidence } of tags) {
            expect(confidence).toBeGreaterThanOrEqual(25);
            expect(confidence).toBeLessThanOrEqual(100);
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});
