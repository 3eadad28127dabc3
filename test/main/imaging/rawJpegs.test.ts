import { describe, expect, it } from 'vitest';
import { memorySource } from '../../../main/imaging/byteSource.ts';
import { findRawJpegs, jpegSizeOf } from '../../../main/imaging/rawJpegs.ts';
import {
  cr3File,
  type Directory,
  jpegEntries,
  nefFile,
  rafFile,
  tiffFile,
} from '../../helpers/rawFile.ts';
import { scene, segment, withSegments } from './pictures.ts';

const jpegOf = (width: number, height: number): Promise<Buffer> =>
  scene(width, height).jpeg({ quality: 60 }).toBuffer();

const small = await jpegOf(160, 120);
const middle = await jpegOf(1200, 800);
const large = await jpegOf(1800, 1200);

function sizesIn(bytes: Buffer): string[] {
  return findRawJpegs(memorySource(bytes)).jpegs.map(({ width, height }) => `${width}×${height}`);
}

/** What was found is the very JPEG that was put in. */
function expectBytes(file: Buffer, jpeg: Buffer): void {
  const [first] = findRawJpegs(memorySource(file)).jpegs;
  expect(first).toBeDefined();
  if (first)
    expect(file.subarray(first.offset, first.offset + jpeg.length).equals(jpeg)).toBe(true);
}

const CAMERA: Directory = [[0x010f, 2, 'Maker']];

describe('JPEGs in RAW files', () => {
  it('finds them below the first directory, largest first (NEF, SRW)', () => {
    const file = nefFile({ width: 600, height: 400, jpegs: [small, large, middle] });
    expect(sizesIn(file)).toEqual(['1800×1200', '1200×800', '160×120']);
    expectBytes(file, large);
  });

  it('finds them in the chain of directories and as a strip, in either byte order (CR2, ARW, DNG)', () => {
    const strip: Directory = [
      [0x0103, 3, [6]],
      [0x0111, 4, { elsewhere: large }],
      [0x0117, 4, [large.length]],
    ];
    for (const bigEndian of [false, true]) {
      const chain = [[...CAMERA, ...strip], [...jpegEntries(small)]];
      const file = tiffFile(chain, { bigEndian, mark: 'CR\x02\0' });
      expect(sizesIn(file)).toEqual(['1800×1200', '160×120']);
      expectBytes(file, large);
    }
  });

  it('finds the one in a tag of Panasonic and Leica', () => {
    const file = tiffFile([[...CAMERA, [0x002e, 7, middle]]], { magic: 0x55 });
    expect(sizesIn(file)).toEqual(['1200×800']);
    expectBytes(file, middle);
  });

  it("finds the ones that only a maker's notes name (Nikon, Olympus, Pentax)", () => {
    const nikon = Buffer.concat([
      Buffer.from('Nikon\0\x02\x10\0\0', 'latin1'),
      tiffFile([[[0x0011, 4, { directories: [jpegEntries(middle)] }]]]),
    ]);
    expect(sizesIn(withNote(nikon))).toEqual(['1200×800']);

    // Offsets from the note's own start; the header of a TIFF makes room for the note's.
    const camera: Directory = [
      [0x0101, 4, { elsewhere: middle }],
      [0x0102, 4, [middle.length]],
    ];
    const olympus = tiffFile([[[0x2020, 13, { directories: [camera] }]]], { mark: '    ' });
    expect(sizesIn(withNote(noteOf('OLYMPUS\0II\x03\0', olympus)))).toEqual(['1200×800']);

    const pentax = tiffFile(
      [
        [
          [0x0003, 4, [middle.length]],
          [0x0004, 4, { elsewhere: middle }],
        ],
      ],
      { mark: '  ' },
    );
    expect(sizesIn(withNote(noteOf('PENTAX \0II', pentax)))).toEqual(['1200×800']);
  });

  it('finds the three ways of CR3', () => {
    const file = cr3File({ thumbnail: small, preview: middle, whole: large });
    expect(sizesIn(file)).toEqual(['1800×1200', '1200×800', '160×120']);
    expectBytes(file, large);
  });

  it("finds a RAF's picture and the thumbnail in it", () => {
    const exif = tiffFile([CAMERA, jpegEntries(small)]);
    const picture = withSegments(
      large,
      segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exif])),
    );
    expect(sizesIn(rafFile(picture))).toEqual(['1800×1200', '160×120']);
  });

  it('takes neither the lossless JPEGs of sensors nor text for a picture', async () => {
    const lossless = Buffer.from(large);
    const frame = lossless.indexOf(Buffer.from([0xff, 0xc0]));
    lossless[frame + 1] = 0xc3;
    const twelveBits = Buffer.from(large);
    twelveBits[frame + 4] = 12;
    const text = Buffer.from('<Dummy preview image data>'.repeat(20));
    const file = nefFile({ width: 60, height: 40, jpegs: [lossless, twelveBits, text] });
    expect(findRawJpegs(memorySource(file))).toEqual({ jpegs: [], isCutOff: false });
    expect(jpegSizeOf(lossless)).toBeNull();
    expect(jpegSizeOf(large)).toEqual({ width: 1800, height: 1200 });
  });

  it('tells a file that ends before its pictures do', () => {
    const cut = rafFile(large).subarray(0, 4000);
    expect(findRawJpegs(memorySource(cut))).toMatchObject({
      jpegs: [{ width: 1800, height: 1200, bytes: 4000 - 160, isCut: true }],
      isCutOff: true,
    });
    const claimed = tiffFile([[...CAMERA, [0x0201, 4, [4_000_000]], [0x0202, 4, [5000]]]]);
    expect(findRawJpegs(memorySource(claimed))).toEqual({ jpegs: [], isCutOff: true });
  });

  it('follows nothing in a circle and ends with every truncation', () => {
    const circle = tiffFile([[...CAMERA, [0x014a, 4, [8]], [0x8769, 4, [8]]]]);
    circle.writeUInt32LE(8, circle.length - 4);
    expect(findRawJpegs(memorySource(circle)).jpegs).toEqual([]);
    for (const whole of [
      nefFile({ width: 60, height: 40, jpegs: [small] }),
      cr3File({ thumbnail: small, preview: small, whole: small }),
      rafFile(small),
    ]) {
      for (let length = 0; length < whole.length; length += 97) {
        const { jpegs } = findRawJpegs(memorySource(whole.subarray(0, length)));
        for (const jpeg of jpegs) expect(jpeg.offset + jpeg.bytes).toBeLessThanOrEqual(length);
      }
    }
  });
});

/** A note whose directory starts behind `head`, where the made TIFF's first directory is moved to. */
function noteOf(head: string, tiff: Buffer): Buffer {
  const first = tiff.readUInt32LE(4);
  const count = tiff.readUInt16LE(first);
  const directory = tiff.subarray(first, first + 2 + count * 12 + 4);
  // Every offset counts from the note's start, and stays: the directory is copied to the front.
  const front = Buffer.concat([Buffer.from(head, 'latin1'), directory]);
  const shift = front.length + (front.length & 1);
  const moved = Buffer.from(directory);
  shiftOffsets(moved, shift, tiff);
  return Buffer.concat([
    Buffer.from(head, 'latin1'),
    moved,
    Buffer.alloc(shift - front.length),
    tiff,
  ]);
}

/** Offsets of pictures and directories in a directory count `shift` further, and so below it. */
function shiftOffsets(directory: Buffer, shift: number, tiff: Buffer): void {
  const count = directory.readUInt16LE(0);
  for (let index = 0; index < count; index += 1) {
    const at = 2 + index * 12;
    const tag = directory.readUInt16LE(at);
    if (tag !== 0x2020 && tag !== 0x0101 && tag !== 0x0004) continue;
    const offset = directory.readUInt32LE(at + 8);
    directory.writeUInt32LE(offset + shift, at + 8);
    if (tag === 0x2020) shiftOffsets(tiff.subarray(offset), shift, tiff);
  }
}

function withNote(note: Buffer): Buffer {
  return tiffFile([[...CAMERA, [0x8769, 4, { directories: [[[0x927c, 7, note]]] }]]]);
}
