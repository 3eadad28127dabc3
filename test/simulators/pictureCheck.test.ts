import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { draw, plainPicture } from './clients.ts';
import { BadPicture, checkPicture, type PictureProblem } from './pictureCheck.ts';
import { seeSubjects } from './vocabulary.ts';

const RULES = { minSidePixels: 15, maxSidePixels: 4096 };

async function problemOf(file: Buffer): Promise<{ problem: PictureProblem; message: string }> {
  try {
    await checkPicture(file, RULES);
  } catch (error) {
    if (error instanceof BadPicture) return { problem: error.problem, message: error.message };
    throw error;
  }
  throw new Error('the picture was taken');
}

/** A segment right behind the start of a JPEG. */
function withSegment(jpeg: Buffer, marker: number, content: string): Buffer {
  const bytes = Buffer.from(content, 'latin1');
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(bytes.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, bytes, jpeg.subarray(2)]);
}

function bitmap(): Buffer {
  const file = Buffer.alloc(54 + 16 * 16 * 3, 200);
  file.fill(0, 0, 54);
  file.write('BM');
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(16, 18);
  file.writeInt32LE(16, 22);
  file.writeUInt16LE(24, 28);
  return file;
}

describe('a picture that may be sent', () => {
  it.each([
    ['a JPEG', plainPicture()],
    ['a progressive JPEG', draw().jpeg({ progressive: true }).toBuffer()],
    ['a grey JPEG', draw().greyscale().jpeg().toBuffer()],
    ['a PNG', draw().png().toBuffer()],
    ['a JPEG that names sRGB', draw().withIccProfile('srgb').jpeg().toBuffer()],
  ])('is %s', async (_, file) => {
    const checked = await checkPicture(await file, RULES);
    expect(checked).toMatchObject({ width: 120, height: 80 });
    expect(checked.pixelHash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is a plain BMP', async () => {
    const checked = await checkPicture(bitmap(), RULES);
    expect(checked).toMatchObject({ width: 16, height: 16, look: { red: 200, blue: 200 } });
  });

  it('is 15 pixels thin and 4096 long at the extremes', async () => {
    const file = await plainPicture({ width: 4096, height: 15 });
    expect(await checkPicture(file, RULES)).toMatchObject({ width: 4096, height: 15 });
  });
});

describe('a picture that may not be sent', () => {
  it.each([
    ['without bytes', Promise.resolve(Buffer.alloc(0)), 'empty', 'no bytes'],
    ['a GIF', draw().gif().toBuffer(), 'format', 'a GIF'],
    ['a WebP', draw().webp().toBuffer(), 'format', 'not JPEG'],
    ['a TIFF', draw().tiff().toBuffer(), 'format', 'not JPEG'],
    ['too thin', plainPicture({ width: 100, height: 14 }), 'size', '100 × 14'],
    ['too long', plainPicture({ width: 20, height: 4097 }), 'size', '20 × 4097'],
    [
      'with EXIF',
      draw()
        .withExif({ IFD0: { Make: 'X' } })
        .jpeg()
        .toBuffer(),
      'carries',
      'EXIF',
    ],
    [
      'with a place',
      draw()
        .withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' } })
        .jpeg()
        .toBuffer(),
      'carries',
      'EXIF',
    ],
    [
      'turned by EXIF',
      draw().withMetadata({ orientation: 6 }).jpeg().toBuffer(),
      'carries',
      'EXIF',
    ],
    [
      'a PNG with EXIF',
      draw()
        .withExif({ IFD0: { Make: 'X' } })
        .png()
        .toBuffer(),
      'carries',
      'EXIF',
    ],
    [
      'with XMP',
      draw().withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>').jpeg().toBuffer(),
      'carries',
      'XMP',
    ],
    ['in a wide gamut', draw().withIccProfile('p3').jpeg().toBuffer(), 'colour', 'sRGB'],
    ['in CMYK', draw().toColourspace('cmyk').jpeg().toBuffer(), 'colour', 'cmyk'],
  ] as const)('is one %s', async (_, file, problem, words) => {
    const found = await problemOf(await file);
    expect(found.problem).toBe(problem);
    expect(found.message).toContain(words);
  });

  it.each([
    ['a comment', 0xfe, 'hello', 'COM'],
    ['IPTC', 0xed, 'Photoshop 3.0\0', 'IPTC'],
    ['a second XMP', 0xe1, 'http://ns.adobe.com/xmp/extension/\0', 'XMP'],
    ['more pictures', 0xe2, 'MPF\0', 'APP2'],
    ['a thumbnail', 0xe0, `JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01abc`, 'thumbnail'],
    ['a maker’s segment', 0xe4, 'anything', 'APP4'],
  ])('carries %s', async (_, marker, content, words) => {
    const found = await problemOf(withSegment(await plainPicture(), marker, content));
    expect(found.problem).toBe('carries');
    expect(found.message).toContain(words);
  });

  it('carries something after its end', async () => {
    const file = Buffer.concat([await plainPicture(), Buffer.from('a film')]);
    expect((await problemOf(file)).message).toContain('6 bytes after its end');
  });

  it('is cut off', async () => {
    const jpeg = await sharp(Buffer.alloc(300 * 300 * 3, 1), {
      raw: { width: 300, height: 300, channels: 3 },
    })
      .jpeg()
      .toBuffer();
    expect((await problemOf(jpeg.subarray(0, -2))).problem).toBe('damaged');
    const hollow = Buffer.concat([jpeg.subarray(0, jpeg.length - 200), Buffer.from([0xff, 0xd9])]);
    expect((await problemOf(hollow)).problem).toBe('damaged');
    expect((await problemOf((await draw().png().toBuffer()).subarray(0, 60))).problem).toBe(
      'damaged',
    );
    expect((await problemOf(bitmap().subarray(0, 500))).problem).toBe('damaged');
  });
});

describe('the look of a picture', () => {
  it('does not depend on size and quality', async () => {
    const small = await checkPicture(await plainPicture({ width: 90, height: 60 }), RULES);
    const large = await checkPicture(
      await draw({ width: 900, height: 600 }).jpeg({ quality: 60 }).toBuffer(),
      RULES,
    );
    expect(large.look.key).toBe(small.look.key);
    expect(large.pixelHash).not.toBe(small.pixelHash);
  });

  it('knows where the picture differs from its border', async () => {
    const square = await draw({ width: 100, height: 100, ground: 'red' }).png().toBuffer();
    const file = await draw({ width: 400, height: 400, ground: 'white' })
      .composite([{ input: square, left: 200, top: 100 }])
      .jpeg()
      .toBuffer();
    const { look } = await checkPicture(file, RULES);
    expect(look.area).toEqual({ x: 0.5, y: 0.25, width: 0.25, height: 0.25 });
  });

  it('gives many different answers', () => {
    const first = Array.from({ length: 200 }, (_, key) => seeSubjects(key * 7919)[0]?.subject.en);
    expect(new Set(first).size).toBeGreaterThan(40);
    const [sighting] = seeSubjects(1);
    expect(seeSubjects(1)[0]).toEqual(sighting);
  });
});
