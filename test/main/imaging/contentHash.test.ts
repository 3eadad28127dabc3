import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../../main/imaging/byteSource.ts';
import { fileHash, pictureHash, startHashes } from '../../../main/imaging/contentHash.ts';
import type { Format } from '../../../main/imaging/types.ts';
import {
  exifBytes,
  exifSegment,
  pngChunk,
  scene,
  segment,
  webp,
  webpChunk,
  withSegments,
} from './pictures.ts';

const hash = (bytes: Buffer, format: Format, orientation = 1) =>
  pictureHash(memorySource(bytes), format, orientation)?.toString('hex');

const RATING = 'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmp:Rating="5"/>';

describe('file hash', () => {
  it('is the SHA-256 of the bytes', () => {
    const bytes = Buffer.from('any bytes');
    const wanted = createHash('sha256').update(bytes).digest('hex');
    expect(fileHash(memorySource(bytes)).toString('hex')).toBe(wanted);
  });
});

describe('picture hash of a JPEG', () => {
  it('does not change with a rating, a comment, EXIF or a profile', async () => {
    const plain = await scene().jpeg().toBuffer();
    const wanted = hash(plain, 'jpeg');
    const rated = withSegments(plain, segment(0xe1, RATING));
    expect(hash(rated, 'jpeg')).toBe(wanted);
    expect(hash(withSegments(plain, segment(0xfe, 'a comment')), 'jpeg')).toBe(wanted);
    expect(hash(withSegments(plain, exifSegment(exifBytes([[0x010f, 'X']]))), 'jpeg')).toBe(wanted);
    expect(hash(withSegments(plain, segment(0xe2, 'ICC_PROFILE\0')), 'jpeg')).toBe(wanted);
    expect(hash(withSegments(plain, Buffer.from([0xff, 0xff])), 'jpeg')).toBe(wanted);
    expect(fileHash(memorySource(rated))).not.toEqual(fileHash(memorySource(plain)));
  });

  it('changes with the picture, the orientation and what follows the picture', async () => {
    const plain = await scene().jpeg().toBuffer();
    const other = await scene().negate().jpeg().toBuffer();
    const hashes = [
      hash(plain, 'jpeg'),
      hash(plain, 'jpeg', 6),
      hash(other, 'jpeg'),
      hash(Buffer.concat([plain, plain]), 'jpeg'),
    ];
    expect(new Set(hashes).size).toBe(4);
  });
});

describe('hashes taken while reading', () => {
  it('are the same, or left to be taken afterwards', async () => {
    const plain = await scene(400, 300).jpeg().toBuffer();
    const rated = withSegments(plain, segment(0xe1, RATING), segment(0xfe, 'a comment'));
    for (const bytes of [plain, rated]) {
      for (const blockBytes of [1500, 4000, 1_000_000]) {
        const hashes = startHashes(bytes.length);
        for (let at = 0; at < bytes.length; at += blockBytes) {
          hashes.add(bytes.subarray(at, at + blockBytes));
        }
        expect(hashes.file().equals(fileHash(memorySource(bytes)))).toBe(true);
        expect(hashes.picture(6)?.toString('hex')).toBe(hash(bytes, 'jpeg', 6));
      }
    }
  });

  it('know nothing of a picture whose segments do not end in the first block, or that was cut', async () => {
    const plain = await scene().jpeg().toBuffer();
    const far = startHashes(plain.length);
    far.add(plain.subarray(0, 100));
    far.add(plain.subarray(100));
    expect(far.picture(1)).toBeNull();
    const cut = startHashes(plain.length);
    cut.add(plain.subarray(0, plain.length - 1));
    expect(cut.picture(1)).toBeNull();
    const other = startHashes(4);
    other.add(Buffer.from('GIF8'));
    expect(other.picture(1)).toBeNull();
  });
});

describe('picture hash of a PNG', () => {
  it('does not change with texts, time and EXIF, but with a colour space', async () => {
    const plain = await scene().png().toBuffer();
    const wanted = hash(plain, 'png');
    const insert = (chunk: Buffer): Buffer =>
      Buffer.concat([plain.subarray(0, 33), chunk, plain.subarray(33)]);
    expect(hash(insert(pngChunk('tEXt', 'Rating\x005')), 'png')).toBe(wanted);
    expect(hash(insert(pngChunk('eXIf', exifBytes([]))), 'png')).toBe(wanted);
    expect(hash(insert(pngChunk('tIME', Buffer.alloc(7))), 'png')).toBe(wanted);
    expect(hash(insert(pngChunk('gAMA', Buffer.alloc(4, 1))), 'png')).not.toBe(wanted);
  });
});

describe('picture hash of a WebP', () => {
  it('does not change when metadata turns a simple file into an extended one', async () => {
    const plain = await scene().webp().toBuffer();
    const picture = plain.subarray(12);
    const header = Buffer.alloc(10);
    header[0] = 0x0c;
    header.writeUIntLE(119, 4, 3);
    header.writeUIntLE(79, 7, 3);
    const rated = webp(
      webpChunk('VP8X', header),
      picture,
      webpChunk('EXIF', exifBytes([[0x010f, 'X']])),
      webpChunk('XMP ', Buffer.from('<rated/>')),
    );
    expect(hash(rated, 'webp')).toBe(hash(plain, 'webp'));
    expect(hash(rated, 'webp', 3)).not.toBe(hash(plain, 'webp'));
  });
});

describe('picture hash of anything else', () => {
  it('leaves formats without a rule to their file hash', () => {
    expect(pictureHash(memorySource(Buffer.from('GIF89a')), 'gif', 1)).toBeNull();
    expect(pictureHash(memorySource(Buffer.from('II*')), 'tiff', 1)).toBeNull();
  });

  it('hashes broken structures as they are and never throws', async () => {
    const pictures: [Format, Buffer][] = [
      ['jpeg', await scene().jpeg().toBuffer()],
      ['png', await scene().png().toBuffer()],
      ['webp', await scene().webp().toBuffer()],
    ];
    for (const [format, bytes] of pictures) {
      const seen = new Set<string | undefined>();
      for (let length = 1; length < bytes.length; length += 37) {
        seen.add(hash(bytes.subarray(0, length), format));
      }
      expect(seen.size).toBe(Math.ceil((bytes.length - 1) / 37));
    }
  });
});
