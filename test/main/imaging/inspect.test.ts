import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { displayedSize, toMetadata } from '../../../main/imaging/metadata.ts';
import {
  exifBytes,
  exifSegment,
  inspectBytes,
  pngChunk,
  scene,
  segment,
  webp,
  webpChunk,
  withSegments,
} from './pictures.ts';

const XMP = 'http://ns.adobe.com/xap/1.0/\0';
const NAME = Buffer.from('photo.jpg');

const EXIF = {
  IFD0: { Make: ' Canon ', Model: 'Canon EOS 70D', Software: 'v1' },
  IFD2: {
    DateTimeOriginal: '2019:07:14 18:30:00',
    OffsetTimeOriginal: '+02:00',
    ISOSpeedRatings: '400',
    FNumber: '28/10',
    ExposureTime: '1/250',
    FocalLength: '26/1',
    LensModel: 'EF 26',
    Flash: '25',
  },
  IFD3: {
    GPSLatitudeRef: 'S',
    GPSLatitude: '33/1 51/1 2448/100',
    GPSLongitudeRef: 'W',
    GPSLongitude: '70/1 38/1 5388/100',
    GPSAltitude: '12/1',
  },
};

describe('what a file says of itself', () => {
  it('is the same in every format that sharp writes EXIF into', async () => {
    const files = {
      'a.jpg': await scene().withExif(EXIF).jpeg().toBuffer(),
      'a.png': await scene().withExif(EXIF).png().toBuffer(),
      'a.webp': await scene().withExif(EXIF).webp().toBuffer(),
      'a.avif': await scene().withExif(EXIF).avif().toBuffer(),
      'a.tif': await scene().withExif(EXIF).tiff().toBuffer(),
    };
    for (const [name, bytes] of Object.entries(files)) {
      const inspection = inspectBytes(bytes, name);
      expect(displayedSize(inspection), name).toEqual({ width: 120, height: 80 });
      // libvips writes no EXIF directory into TIFF but its own first one.
      if (name === 'a.tif') continue;
      expect(toMetadata(inspection, NAME, null), name).toMatchObject({
        orientation: 1,
        takenAt: '2019-07-14T18:30:00',
        takenAtSource: 'exif',
        utcOffsetMinutes: 120,
        cameraMake: 'Canon',
        cameraModel: 'Canon EOS 70D',
        software: 'v1',
        lens: 'EF 26',
        exposureSeconds: 1 / 250,
        fNumber: 2.8,
        iso: 400,
        focalLengthMm: 26,
        flashFired: true,
        altitudeMetres: 12,
      });
      const { latitude, longitude } = toMetadata(inspection, NAME, null);
      expect(latitude, name).toBeCloseTo(-33.8568, 5);
      expect(longitude, name).toBeCloseTo(-70.6483, 5);
    }
  });

  it('turns the size as the orientation says', async () => {
    for (let orientation = 1; orientation <= 8; orientation += 1) {
      const bytes = await scene().withMetadata({ orientation }).jpeg().toBuffer();
      const inspection = inspectBytes(bytes);
      const isTurned = orientation >= 5;
      expect(inspection.orientation).toBe(orientation);
      expect(displayedSize(inspection)).toEqual({
        width: isTurned ? 80 : 120,
        height: isTurned ? 120 : 80,
      });
    }
  });

  it('knows sizes of WebP of all three kinds, GIF and TIFF', async () => {
    const size = { width: 33, height: 17 };
    const small = scene(33, 17);
    for (const [name, bytes] of [
      ['lossy.webp', await small.clone().webp().toBuffer()],
      ['lossless.webp', await small.clone().webp({ lossless: true }).toBuffer()],
      ['alpha.webp', await small.clone().ensureAlpha(0.5).webp().toBuffer()],
      ['a.gif', await small.clone().gif().toBuffer()],
      ['a.tif', await small.clone().tiff().toBuffer()],
      ['a.avif', await small.clone().avif().toBuffer()],
    ] as const) {
      expect(displayedSize(inspectBytes(bytes, name)), name).toEqual(size);
    }
  });

  it('takes XMP from JPEG, PNG and WebP, and its orientation where EXIF has none', async () => {
    const xmp = '<x:xmpmeta tiff:Orientation="6" photoshop:DateCreated="2003-08-31T10:00:00"/>';
    const jpeg = withSegments(await scene().jpeg().toBuffer(), segment(0xe1, XMP + xmp));
    const plainPng = await scene().png().toBuffer();
    const png = Buffer.concat([
      plainPng.subarray(0, 33),
      pngChunk('iTXt', `XML:com.adobe.xmp\0\0\0\0\0${xmp}`),
      plainPng.subarray(33),
    ]);
    const plainWebp = await scene().webp().toBuffer();
    const rated = webp(plainWebp.subarray(12), webpChunk('XMP ', Buffer.from(xmp)));
    for (const bytes of [jpeg, png, rated]) {
      const inspection = inspectBytes(bytes);
      expect(inspection).toMatchObject({ orientation: 6, isOrientedByXmp: true });
      expect(toMetadata(inspection, NAME, null)).toMatchObject({
        takenAt: '2003-08-31T10:00:00',
        takenAtSource: 'xmp',
      });
    }
    const both = withSegments(jpeg, exifSegment(exifBytes([[0x0112, 3]])));
    expect(inspectBytes(both)).toMatchObject({ orientation: 3, isOrientedByXmp: false });
  });

  it('takes impossible orientations for 1', () => {
    for (const orientation of [0, 9, 65535]) {
      const head = withSegments(
        Buffer.from('ffd8ffd9', 'hex'),
        exifSegment(exifBytes([[0x0112, orientation]])),
      );
      expect(inspectBytes(head).orientation).toBe(1);
    }
  });

  it('leaves out zero exposures and keeps a place of 0, 0', () => {
    const zero = { rationals: [[0, 1]] } as const;
    const nan = { rationals: [[0, 0]] } as const;
    const exif = exifBytes(
      [[0x010f, '   ']],
      [
        [0x829a, zero],
        [0x829d, nan],
        [0x8827, 0],
        [0x920a, zero],
      ],
      [
        [
          2,
          {
            rationals: [
              [0, 1],
              [0, 1],
              [0, 1],
            ],
          },
        ],
        [
          4,
          {
            rationals: [
              [0, 1],
              [0, 1],
              [0, 1],
            ],
          },
        ],
      ],
    );
    const head = withSegments(Buffer.from('ffd8ffd9', 'hex'), exifSegment(exif));
    expect(toMetadata(inspectBytes(head), NAME, null)).toMatchObject({
      cameraMake: null,
      exposureSeconds: null,
      fNumber: null,
      iso: null,
      focalLengthMm: null,
      latitude: 0,
      longitude: 0,
    });
  });

  it.each([
    [95.5, 20, null, null],
    [12.5, 200.1, null, null],
    [12.5, 77.25, 12.5, 77.25],
  ])('judges %d, %d without N and E', (latitude, longitude, wantedLatitude, wantedLongitude) => {
    const degrees = (value: number) =>
      ({
        rationals: [
          [Math.round(value * 100), 100],
          [0, 1],
          [0, 1],
        ],
      }) as const;
    const exif = exifBytes(
      [],
      [],
      [
        [2, degrees(latitude)],
        [4, degrees(longitude)],
      ],
    );
    const head = withSegments(Buffer.from('ffd8ffd9', 'hex'), exifSegment(exif));
    expect(toMetadata(inspectBytes(head), NAME, null)).toMatchObject({
      latitude: wantedLatitude,
      longitude: wantedLongitude,
    });
  });

  it('knows heights below the sea', () => {
    const place = {
      rationals: [
        [31, 1],
        [30, 1],
        [0, 1],
      ],
    } as const;
    const exif = exifBytes(
      [],
      [],
      [
        [2, place],
        [4, place],
        [5, 1],
        [6, { rationals: [[430, 1]] }],
      ],
    );
    const head = withSegments(Buffer.from('ffd8ffd9', 'hex'), exifSegment(exif));
    expect(toMetadata(inspectBytes(head), NAME, null)).toMatchObject({
      latitude: 31.5,
      altitudeMetres: -430,
    });
  });

  it('skips stray bytes between segments', async () => {
    const plain = await scene().jpeg().toBuffer();
    const stray = withSegments(plain, Buffer.from([0, 1, 2, 3]));
    expect(displayedSize(inspectBytes(stray))).toEqual({ width: 120, height: 80 });
  });

  it('reads RAW files by their own ways', () => {
    const jpeg = withSegments(
      Buffer.from('ffd8ffd9', 'hex'),
      exifSegment(exifBytes([[0x010f, 'FUJIFILM']])),
    );
    const raf = Buffer.alloc(200);
    raf.write('FUJIFILMCCD-RAW ');
    raf.writeUInt32BE(200, 84);
    const fuji = inspectBytes(Buffer.concat([raf, jpeg]), 'a.raf');
    expect(fuji).toMatchObject({ format: 'raw', exif: { make: 'FUJIFILM' } });

    const nef = exifBytes([
      [0x010f, 'NIKON'],
      [0x0100, 6000],
      [0x0101, 4000],
    ]);
    expect(inspectBytes(nef, 'a.nef')).toMatchObject({
      format: 'raw',
      width: 6000,
      height: 4000,
      exif: { make: 'NIKON' },
    });
  });

  it('knows sizes of formats that cannot be decoded yet', () => {
    const bmp = Buffer.alloc(64);
    bmp.write('BM');
    bmp.writeUInt32LE(40, 14);
    bmp.writeInt32LE(320, 18);
    bmp.writeInt32LE(-240, 22);
    const psd = Buffer.alloc(30);
    psd.write('8BPS');
    psd.writeUInt32BE(300, 14);
    psd.writeUInt32BE(400, 18);
    // A small size header: 8 pixels a unit, height 30 units, ratio 4:3.
    const jxl = Buffer.alloc(16);
    jxl.set([0xff, 0x0a, 0xf7, 0]);
    expect(displayedSize(inspectBytes(bmp))).toEqual({ width: 320, height: 240 });
    expect(displayedSize(inspectBytes(psd))).toEqual({ width: 400, height: 300 });
    expect(displayedSize(inspectBytes(jxl))).toEqual({ width: 298, height: 224 });
  });

  it('finds the embedded thumbnail', async () => {
    const small = await sharp(await scene().jpeg().toBuffer())
      .resize(40)
      .jpeg()
      .toBuffer();
    const exif = Buffer.concat([Buffer.from('49492a00080000000000', 'hex'), Buffer.alloc(4)]);
    exif.writeUInt32LE(14, 10);
    const second = Buffer.alloc(2 + 24 + 4);
    second.writeUInt16LE(2, 0);
    second.writeUInt16LE(0x0201, 2);
    second.writeUInt16LE(4, 4);
    second.writeUInt32LE(1, 6);
    second.writeUInt32LE(14 + second.length, 10);
    second.writeUInt16LE(0x0202, 14);
    second.writeUInt16LE(4, 16);
    second.writeUInt32LE(1, 18);
    second.writeUInt32LE(small.length, 22);
    const bytes = withSegments(
      await scene().jpeg().toBuffer(),
      exifSegment(Buffer.concat([exif, second, small])),
    );
    const { embedded } = inspectBytes(bytes);
    expect(embedded?.bytes).toBe(small.length);
    const start = embedded?.offset ?? 0;
    expect(bytes.subarray(start, start + small.length).equals(small)).toBe(true);
  });
});

describe('hostile files', () => {
  /** The same numbers every time. */
  function random(seed: number): () => number {
    let state = seed;
    return () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    };
  }

  it('never make it throw', async () => {
    const exif = scene().withExif(EXIF);
    const files: [string, Buffer][] = [
      ['a.jpg', await exif.clone().jpeg().toBuffer()],
      ['a.png', await exif.clone().png().toBuffer()],
      ['a.webp', await exif.clone().webp().toBuffer()],
      ['a.avif', await exif.clone().avif().toBuffer()],
      ['a.tif', await exif.clone().tiff().toBuffer()],
      ['a.nef', exifBytes([[0x010f, 'NIKON']], [[0x9003, '2019:07:14 18:30:00']])],
    ];
    const next = random(7);
    let seen = 0;
    for (const [name, bytes] of files) {
      for (let round = 0; round < 100; round += 1) {
        const broken = Buffer.from(bytes);
        for (let flip = 0; flip <= round % 12; flip += 1) {
          const range = round % 2 === 0 ? Math.min(400, broken.length) : broken.length;
          broken[Math.floor(next() * range)] = Math.floor(next() * 256);
        }
        const cut = round % 3 === 0 ? Math.floor(next() * broken.length) : broken.length;
        const inspection = inspectBytes(broken.subarray(0, cut), name);
        const metadata = toMetadata(inspection, Buffer.from(name), 1);
        expect(metadata.orientation).toBeGreaterThanOrEqual(1);
        expect(metadata.takenAt).not.toBeNull();
        seen += 1;
      }
    }
    expect(seen).toBe(600);
  });

  it('do not lead it in circles or to four gigabytes', () => {
    const tiff = Buffer.alloc(8 + 2 + 36 + 4);
    tiff.write('II*\0', 'latin1');
    tiff.writeUInt32LE(8, 4);
    tiff.writeUInt16LE(3, 8);
    [
      [0x8769, 4, 1, 8],
      [0x8825, 4, 1, 8],
      [0x010f, 2, 0xffffffff, 0xfffffff0],
    ].forEach(([tag = 0, type = 0, count = 0, value = 0], index) => {
      const at = 10 + index * 12;
      tiff.writeUInt16LE(tag, at);
      tiff.writeUInt16LE(type, at + 2);
      tiff.writeUInt32LE(count, at + 4);
      tiff.writeUInt32LE(value, at + 8);
    });
    tiff.writeUInt32LE(8, 46);
    const head = withSegments(Buffer.from('ffd8ffd9', 'hex'), exifSegment(tiff));
    expect(inspectBytes(head)).toMatchObject({ format: 'jpeg', exif: { make: null } });
  });
});
