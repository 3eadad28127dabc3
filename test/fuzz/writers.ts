/** Small pictures of the formats that sharp does not write. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import jxlEncoder from '@jsquash/jxl/codec/enc/jxl_enc.js';
import { writePsdUint8Array } from 'ag-psd';
import sharp, { type Sharp } from 'sharp';
import { asThumbnail, exifItem, grid, heifFile, profile, rotation, tile } from '../helpers/heif.ts';

const WIDTH = 120;
const HEIGHT = 80;
/** `Exif` and two zeros, which sharp leaves in front. */
const EXIF_HEADER_BYTES = 6;

/** Stripes and a gradient in colours that follow from the seed; nothing in it compresses to nothing. */
export function scene(width = WIDTH, height = HEIGHT, seed = 1): Sharp {
  return sharp(pixels(width, height, seed), { raw: { width, height, channels: 3 } });
}

function pixels(width: number, height: number, seed: number): Buffer {
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 3;
      data[at] = (x * 2 + seed * 40) % 256;
      data[at + 1] = (y * 3 + ((x >> 3) & 1) * 90) % 256;
      data[at + 2] = ((x * y) >> 3) % 256;
    }
  }
  return data;
}

function rgba(): Uint8ClampedArray<ArrayBuffer> {
  const rgb = pixels(WIDTH, HEIGHT, 1);
  const data = new Uint8ClampedArray(WIDTH * HEIGHT * 4).fill(255);
  for (let pixel = 0; pixel < WIDTH * HEIGHT; pixel += 1) {
    data.set(rgb.subarray(pixel * 3, pixel * 3 + 3), pixel * 4);
  }
  return data;
}

/** Several pictures as one that moves. */
export async function animated(frames: number): Promise<Sharp> {
  const pages = Array.from({ length: frames }, (_, seed) => scene(60, 40, seed).png().toBuffer());
  return sharp(await Promise.all(pages), { join: { animated: true } });
}

/** A TIFF whose first directory leads to the next, and so on: all with the same picture. */
export async function multiPageTiff(pages: number): Promise<Buffer> {
  const one = await scene().tiff({ compression: 'none' }).toBuffer();
  const parts = [one];
  const firstAt = one.readUInt32LE(4);
  const entries = one.readUInt16LE(firstAt);
  const directory = one.subarray(firstAt, firstAt + 2 + entries * 12 + 4);
  let lengthBytes = one.length;
  let linkAt = firstAt + 2 + entries * 12;
  let linked = one;
  for (let page = 1; page < pages; page += 1) {
    linked.writeUInt32LE(lengthBytes, linkAt);
    const copy = Buffer.from(directory);
    copy.writeUInt32LE(0, copy.length - 4);
    parts.push(copy);
    linked = copy;
    linkAt = copy.length - 4;
    lengthBytes += copy.length;
  }
  return Buffer.concat(parts);
}

/** An uncompressed bitmap of 24 bits with Windows' usual header. */
export function bitmap(): Buffer {
  const rowBytes = (WIDTH * 3 + 3) & ~3;
  const head = Buffer.alloc(54);
  head.write('BM', 'latin1');
  head.writeUInt32LE(54 + rowBytes * HEIGHT, 2);
  head.writeUInt32LE(54, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(WIDTH, 18);
  head.writeInt32LE(HEIGHT, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(24, 28);
  head.writeUInt32LE(rowBytes * HEIGHT, 34);
  const rows = Buffer.alloc(rowBytes * HEIGHT);
  const data = pixels(WIDTH, HEIGHT, 2);
  for (let y = 0; y < HEIGHT; y += 1) data.copy(rows, y * rowBytes, y * WIDTH * 3);
  return Buffer.concat([head, rows]);
}

/** A Windows icon of two PNGs. */
export async function icon(): Promise<Buffer> {
  const pictures = await Promise.all([16, 48].map((side) => scene(side, side).png().toBuffer()));
  const head = Buffer.alloc(6 + pictures.length * 16);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  pictures.forEach((picture, index) => {
    const at = 6 + index * 16;
    head[at] = [16, 48][index] ?? 0;
    head[at + 1] = [16, 48][index] ?? 0;
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(picture.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += picture.length;
  });
  return Buffer.concat([head, ...pictures]);
}

/** A JPEG XL codestream. */
export async function jpegXl(): Promise<Buffer> {
  const wasm = import.meta.resolve('@jsquash/jxl/codec/enc/jxl_enc.wasm');
  const options = { noInitialRun: true, wasmBinary: await readFile(fileURLToPath(wasm)) };
  const encoder = await jxlEncoder(options as Parameters<typeof jxlEncoder>[0]);
  const encoded = encoder.encode(rgba(), WIDTH, HEIGHT, {
    effort: 3,
    quality: 80,
    progressive: false,
    epf: -1,
    lossyPalette: false,
    decodingSpeedTier: 0,
    photonNoiseIso: 0,
    lossyModular: false,
    lossless: false,
  } as Parameters<typeof encoder.encode>[3]);
  if (!encoded) throw new Error('JPEG XL could not be written.');
  return Buffer.from(encoded);
}

type Jpeg2000Encoder = {
  getDecodedBuffer(frame: object): Uint8Array;
  encode(): void;
  getEncodedBuffer(): Uint8Array;
};

/** A JPEG 2000 codestream. */
export async function jpeg2000(): Promise<Buffer> {
  // It has no types of its own.
  const start: () => Promise<{ J2KEncoder: new () => Jpeg2000Encoder }> = createRequire(
    import.meta.url,
  )('@cornerstonejs/codec-openjpeg');
  const { J2KEncoder } = await start();
  const encoder = new J2KEncoder();
  const frame = { width: WIDTH, height: HEIGHT, bitsPerSample: 8, componentCount: 3 };
  encoder.getDecodedBuffer({ ...frame, isSigned: false }).set(pixels(WIDTH, HEIGHT, 3));
  encoder.encode();
  return Buffer.from(encoder.getEncodedBuffer());
}

/** A Photoshop file with its flattened picture and a layer. */
export function photoshop(): Buffer {
  const imageData = { width: WIDTH, height: HEIGHT, data: rgba(), colorSpace: 'srgb' as const };
  const layer = { name: 'Layer', imageData };
  const psd = { width: WIDTH, height: HEIGHT, imageData, children: [layer] };
  return Buffer.from(writePsdUint8Array(psd));
}

/** A HEIC of four HEVC tiles, turned, with EXIF, a profile and, if wanted, a thumbnail of its own. */
export async function heic(hasThumbnail: boolean): Promise<Buffer> {
  const camera = await scene(8, 8)
    .withExif({ IFD0: { Make: 'Testcam', Orientation: '6' } })
    .withIccProfile('p3')
    .png()
    .toBuffer();
  const { exif, icc } = await sharp(camera).metadata();
  if (!exif || !icc) throw new Error('sharp wrote no EXIF or no profile.');
  const turns = [profile(icc), rotation(3)];
  const items = grid(2, 2, turns);
  const primary = items.length;
  const more = [exifItem(exif.subarray(EXIF_HEADER_BYTES), primary)];
  if (hasThumbnail) more.push(asThumbnail(tile(turns), primary));
  return heifFile([...items, ...more], primary);
}

/** A DNG as far as its directories go: a camera, a version, and a JPEG preview in a directory below. */
export async function raw(): Promise<Buffer> {
  const preview = await scene(640, 480).jpeg().toBuffer();
  const make = Buffer.from('Testcam\0');
  const mainAt = 8;
  const mainBytes = 2 + 6 * 12 + 4;
  const makeAt = mainAt + mainBytes;
  const subAt = makeAt + make.length;
  const subBytes = 2 + 5 * 12 + 4;
  const previewAt = subAt + subBytes;
  const file = Buffer.alloc(previewAt);
  file.write('49492a0008000000', 'hex');
  make.copy(file, makeAt);
  directory(file, mainAt, [
    [0x00fe, 4, 1, 0],
    [0x0100, 4, 1, 6000],
    [0x0101, 4, 1, 4000],
    [0x010f, 2, make.length, makeAt],
    [0x014a, 4, 1, subAt],
    [0xc612, 1, 4, 0x00000401],
  ]);
  directory(file, subAt, [
    [0x0100, 4, 1, 640],
    [0x0101, 4, 1, 480],
    [0x0103, 3, 1, 7],
    [0x0111, 4, 1, previewAt],
    [0x0117, 4, 1, preview.length],
  ]);
  return Buffer.concat([file, preview]);
}

type Entry = readonly [tag: number, type: number, count: number, value: number];

function directory(file: Buffer, at: number, entries: readonly Entry[]): void {
  file.writeUInt16LE(entries.length, at);
  entries.forEach(([tag, type, count, value], index) => {
    const entryAt = at + 2 + index * 12;
    file.writeUInt16LE(tag, entryAt);
    file.writeUInt16LE(type, entryAt + 2);
    file.writeUInt32LE(count, entryAt + 4);
    file.writeUInt32LE(value, entryAt + 8);
  });
}
