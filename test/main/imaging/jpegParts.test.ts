import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../../main/imaging/byteSource.ts';
import { hideExif, walkJpeg } from '../../../main/imaging/jpegParts.ts';

const XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/"/>';

async function photo(): Promise<Buffer> {
  const plain = { width: 40, height: 30, channels: 3, background: '#c04020' } as const;
  return sharp({ create: plain })
    .withIccProfile('p3')
    .withExif({ IFD0: { Make: 'Canon' } })
    .withXmp(XMP)
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
}

describe('hiding EXIF', () => {
  it('keeps it from decoders, and all else as it is', async () => {
    const bytes = await photo();
    const before = await sharp(bytes).metadata();
    expect(before).toMatchObject({ orientation: 6, exif: expect.anything() });
    const segments = walkJpeg(memorySource(Buffer.from(bytes)));
    const pixels = await sharp(bytes).raw().toBuffer();

    hideExif(bytes);

    const after = await sharp(bytes).metadata();
    expect(after.exif).toBeUndefined();
    expect(after.orientation).toBeUndefined();
    expect(after.icc).toEqual(before.icc);
    expect(after.xmp).toEqual(before.xmp);
    expect(before.xmp).toBeDefined();
    expect(walkJpeg(memorySource(bytes))).toEqual(segments);
    expect(await sharp(bytes).raw().toBuffer()).toEqual(pixels);
  });

  it('leaves bytes alone that are no EXIF', async () => {
    const bytes = await sharp(await photo())
      .keepXmp()
      .jpeg()
      .toBuffer();
    const cut = Buffer.from('ffd8ffe1000a45786966', 'hex');
    for (const kept of [bytes, cut, Buffer.from('Exif\0\0'), Buffer.alloc(0)]) {
      const copy = Buffer.from(kept);
      hideExif(copy);
      expect(copy.equals(kept)).toBe(true);
    }
  });
});
