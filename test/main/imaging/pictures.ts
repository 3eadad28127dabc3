import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { afterAll } from 'vitest';
import { memorySource } from '../../../main/imaging/byteSource.ts';
import { type Inspection, inspect } from '../../../main/imaging/inspect.ts';

/** A folder that is removed after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tagroll-imaging-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes a file and gives its path as the bytes that jobs take. */
export function put(folder: string, name: string, bytes: Uint8Array): Buffer {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return Buffer.from(path);
}

export function nameOf(path: Buffer): Buffer {
  return Buffer.from(basename(path.toString()));
}

/** Four corners of four colours, so that every turn and mirror image can be told from the others. */
export function scene(width = 120, height = 80): Sharp {
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 3;
      data[at] = x < width / 2 ? 220 : 30;
      data[at + 1] = y < height / 2 ? 220 : 30;
      data[at + 2] = x < width / 2 === y < height / 2 ? 30 : 200;
    }
  }
  return sharp(data, { raw: { width, height, channels: 3 } });
}

export function inspectBytes(bytes: Buffer, name = 'photo.jpg'): Inspection {
  return inspect(memorySource(bytes), Buffer.from(name));
}

/** A JPEG segment. */
export function segment(marker: number, body: Buffer | string): Buffer {
  const bytes = Buffer.from(body);
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(bytes.length + 2, 2);
  return Buffer.concat([head, bytes]);
}

/** The JPEG with more segments at its front. */
export function withSegments(jpeg: Buffer, ...segments: readonly Buffer[]): Buffer {
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);
}

/** A PNG chunk. */
export function pngChunk(type: string, body: Buffer | string): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), Buffer.from(body)]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(typed.length - 4);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, check]);
}

/** A WebP chunk with its padding. */
export function webpChunk(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length & 1)]);
}

/** A WebP of these chunks. */
export function webp(...chunks: readonly Buffer[]): Buffer {
  const body = Buffer.concat([Buffer.from('WEBP'), ...chunks]);
  const head = Buffer.alloc(8);
  head.write('RIFF', 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
}

/** An entry of a TIFF directory: tag and an ASCII text, rationals, a short, or a byte. */
export type TiffValue = readonly [
  tag: number,
  value: string | { readonly rationals: readonly (readonly [number, number])[] } | number,
];

/** A little TIFF structure with EXIF and GPS directories, as it stands in an APP1 behind `Exif\0\0`. */
export function exifBytes(
  file: readonly TiffValue[],
  own: readonly TiffValue[] = [],
  gps: readonly TiffValue[] = [],
): Buffer {
  const parts: Buffer[] = [Buffer.from('49492a0008000000', 'hex')];
  let length = 8;
  const write = (values: readonly TiffValue[], links: readonly [number, number][]): void => {
    const count = values.length + links.length;
    const directory = Buffer.alloc(2 + count * 12 + 4);
    directory.writeUInt16LE(count);
    const extra: Buffer[] = [];
    let extraAt = length + directory.length;
    const all: [number, number, number, Buffer][] = [
      ...values.map(([tag, value]): [number, number, number, Buffer] => {
        if (typeof value === 'string') {
          const bytes = Buffer.from(`${value}\0`);
          return [tag, 2, bytes.length, bytes];
        }
        if (typeof value === 'number') {
          const bytes = Buffer.alloc(4);
          bytes.writeUInt16LE(value);
          return [tag, 3, 1, bytes];
        }
        const bytes = Buffer.alloc(value.rationals.length * 8);
        value.rationals.forEach(([top, bottom], index) => {
          bytes.writeUInt32LE(top, index * 8);
          bytes.writeUInt32LE(bottom, index * 8 + 4);
        });
        return [tag, 5, value.rationals.length, bytes];
      }),
      ...links.map(([tag, offset]): [number, number, number, Buffer] => {
        const bytes = Buffer.alloc(4);
        bytes.writeUInt32LE(offset);
        return [tag, 4, 1, bytes];
      }),
    ];
    all.forEach(([tag, type, values, bytes], index) => {
      const at = 2 + index * 12;
      directory.writeUInt16LE(tag, at);
      directory.writeUInt16LE(type, at + 2);
      directory.writeUInt32LE(values, at + 4);
      if (bytes.length <= 4) bytes.copy(directory, at + 8);
      else {
        directory.writeUInt32LE(extraAt, at + 8);
        extra.push(bytes);
        extraAt += bytes.length;
      }
    });
    parts.push(directory, ...extra);
    length = extraAt;
  };
  const sizeOf = (values: readonly TiffValue[], links: number): number =>
    values.reduce(
      (sum, [, value]) => {
        const bytes =
          typeof value === 'string'
            ? Buffer.byteLength(value) + 1
            : typeof value === 'number'
              ? 2
              : value.rationals.length * 8;
        return sum + 12 + (bytes > 4 ? bytes : 0);
      },
      2 + links * 12 + 4,
    );
  const ownAt = 8 + sizeOf(file, 2);
  const gpsAt = ownAt + sizeOf(own, 0);
  write(file, [
    [0x8769, ownAt],
    [0x8825, gpsAt],
  ]);
  write(own, []);
  write(gps, []);
  return Buffer.concat(parts);
}

/** The EXIF as a JPEG segment. */
export function exifSegment(exif: Buffer): Buffer {
  return segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exif]));
}

/** EXIF with an orientation and a thumbnail. */
export function exifWithThumbnail(jpeg: Buffer, orientation = 1): Buffer {
  const exif = Buffer.alloc(8 + 18 + 30);
  exif.write('49492a0008000000', 'hex');
  exif.writeUInt16LE(1, 8);
  const put = (at: number, tag: number, type: number, value: number): void => {
    exif.writeUInt16LE(tag, at);
    exif.writeUInt16LE(type, at + 2);
    exif.writeUInt32LE(1, at + 4);
    exif.writeUInt32LE(value, at + 8);
  };
  put(10, 0x0112, 3, orientation);
  exif.writeUInt32LE(26, 22);
  exif.writeUInt16LE(2, 26);
  put(28, 0x0201, 4, exif.length);
  put(40, 0x0202, 4, jpeg.length);
  return Buffer.concat([exif, jpeg]);
}
