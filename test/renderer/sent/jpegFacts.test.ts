import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { jpegFacts } from '../../../renderer/sent/jpegFacts.ts';

const NOISE = { create: { width: 90, height: 60, channels: 3, background: '#a03050' } } as const;

async function facts(change: (picture: Sharp) => Sharp) {
  return jpegFacts(new Uint8Array(await change(sharp(NOISE)).toBuffer()));
}

describe('jpegFacts', () => {
  it.each([40, 60, 75, 80, 85, 92])('tells quality %i and the size in pixels', async (quality) => {
    expect(await facts((picture) => picture.jpeg({ quality }))).toMatchObject({
      width: 90,
      height: 60,
      quality,
      metadata: [],
    });
  });

  it('names what is in it besides pixels', async () => {
    const exif = { IFD0: { Make: 'Testcam' } };
    const { metadata } = await facts((picture) =>
      picture
        .withExif(exif)
        .withIccProfile('p3')
        .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>')
        .jpeg(),
    );
    expect([...metadata].sort()).toEqual(['EXIF', 'ICC', 'XMP']);
    const plain = await sharp(NOISE).jpeg().toBuffer();
    const comment = Buffer.from([0xff, 0xfe, 0, 5, 0x61, 0x62, 0x63]);
    const commented = Buffer.concat([plain.subarray(0, 2), comment, plain.subarray(2)]);
    expect(jpegFacts(new Uint8Array(commented)).metadata).toEqual(['comment']);
  });

  it('says nothing of what is no JPEG, or is cut off', async () => {
    const nothing = { width: null, height: null, quality: null, metadata: [] };
    expect(jpegFacts(new Uint8Array(0))).toEqual({ sizeBytes: 0, ...nothing });
    expect(jpegFacts(Uint8Array.of(0x89, 0x50, 0x4e, 0x47))).toEqual({ sizeBytes: 4, ...nothing });
    const whole = await sharp(NOISE).jpeg().toBuffer();
    for (let size = 0; size < 200; size += 7) {
      expect(() => jpegFacts(new Uint8Array(whole.subarray(0, size)))).not.toThrow();
    }
  });
});
