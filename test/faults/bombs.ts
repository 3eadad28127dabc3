/** Small files that ask for much: sizes, frames, metadata and texts that grow when they are read. */
import { deflateSync } from 'node:zlib';
import { pngChunk, segment, webp, webpChunk, withSegments } from '../main/imaging/pictures.ts';

const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const XMP_HEADER = 'http://ns.adobe.com/xap/1.0/\0';

function pngHeader(width: number, height: number, depth = 8, interlace = 0): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, 2, 0, 0, interlace], 8);
  return pngChunk('IHDR', header);
}

/** A PNG of these sides whose picture is a few zeros. */
export function vastPng(side: number, ...chunks: readonly Buffer[]): Buffer {
  return Buffer.concat([
    PNG_SIGNATURE,
    pngHeader(side, side),
    ...chunks,
    pngChunk('IDAT', deflateSync(Buffer.alloc(1000))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A GIF of these sides with one frame as large. */
export function vastGif(side: number): Buffer {
  return Buffer.concat([gifScreen(side), gifFrame(side), Buffer.from([0x3b])]);
}

/** A GIF of one pixel with so many frames. */
export function manyFramesGif(frames: number): Buffer {
  const all = Array.from({ length: frames }, () => gifFrame(1));
  return Buffer.concat([gifScreen(1), ...all, Buffer.from([0x3b])]);
}

/** Size, and a palette of black and white. */
function gifScreen(side: number): Buffer {
  const screen = Buffer.from('47494638396100000000800000000000ffffff', 'hex');
  screen.writeUInt16LE(side, 6);
  screen.writeUInt16LE(side, 8);
  return screen;
}

/** A frame with a single pixel's worth of picture. */
function gifFrame(side: number): Buffer {
  const frame = Buffer.from('2c0000000000000000000202440100', 'hex');
  frame.writeUInt16LE(side, 5);
  frame.writeUInt16LE(side, 7);
  return frame;
}

/** A PNG that announces this many frames of an animation. */
export function announcedFramesPng(frames: number, side = 4): Buffer {
  const control = Buffer.alloc(8);
  control.writeUInt32BE(frames, 0);
  return vastPng(side, pngChunk('acTL', control));
}

type TiffEntry = readonly [tag: number, type: number, count: number, value: number];

/** A TIFF directory; `next` is where the following one lies. */
function tiffDirectory(entries: readonly TiffEntry[], next: number): Buffer {
  const bytes = Buffer.alloc(2 + entries.length * 12 + 4);
  bytes.writeUInt16LE(entries.length);
  entries.forEach(([tag, type, count, value], index) => {
    const at = 2 + index * 12;
    bytes.writeUInt16LE(tag, at);
    bytes.writeUInt16LE(type, at + 2);
    bytes.writeUInt32LE(count, at + 4);
    bytes.writeUInt32LE(value, at + 8);
  });
  bytes.writeUInt32LE(next, bytes.length - 4);
  return bytes;
}

const TIFF_HEADER = Buffer.from('49492a0008000000', 'hex');

function greyTiff(side: number, dataAt: number, dataBytes: number): TiffEntry[] {
  return [
    [0x0100, 4, 1, side],
    [0x0101, 4, 1, side],
    [0x0102, 3, 1, 8],
    [0x0103, 3, 1, 1],
    [0x0106, 3, 1, 1],
    [0x0111, 4, 1, dataAt],
    [0x0115, 3, 1, 1],
    [0x0116, 4, 1, side],
    [0x0117, 4, 1, dataBytes],
  ];
}

/** A TIFF of these sides whose picture is a few bytes. */
export function vastTiff(side: number): Buffer {
  const directory = tiffDirectory(greyTiff(side, 8, 100), 0);
  return Buffer.concat([TIFF_HEADER, directory, Buffer.alloc(100)]);
}

/** A TIFF of 4 × 4 pixels whose only directory is followed by itself, for ever. */
export function endlessTiff(): Buffer {
  const dataAt = 8 + 2 + 9 * 12 + 4;
  return Buffer.concat([
    TIFF_HEADER,
    tiffDirectory(greyTiff(4, dataAt, 16), 8),
    Buffer.alloc(16, 120),
  ]);
}

/** A TIFF of 4 × 4 pixels with so many pages, all of the same 16 bytes. */
export function manyPagesTiff(pages: number): Buffer {
  const directoryBytes = 2 + 9 * 12 + 4;
  const dataAt = 8 + pages * directoryBytes;
  const parts: Buffer[] = [TIFF_HEADER];
  for (let page = 1; page <= pages; page += 1) {
    const next = page === pages ? 0 : 8 + page * directoryBytes;
    parts.push(tiffDirectory(greyTiff(4, dataAt, 16), next));
  }
  return Buffer.concat([...parts, Buffer.alloc(16, 120)]);
}

/** A JPEG that says it has these sides. A progressive one needs memory for all of them. */
export function stretchedJpeg(jpeg: Buffer, side: number): Buffer {
  const bytes = Buffer.from(jpeg);
  let at = 2;
  while (at + 9 < bytes.length) {
    const marker = bytes[at + 1] ?? 0;
    if (marker >= 0xc0 && marker <= 0xc2) {
      bytes.writeUInt16BE(side, at + 5);
      bytes.writeUInt16BE(side, at + 7);
      return bytes;
    }
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  throw new Error('The JPEG has no frame.');
}

/** A JPEG with so many bytes of metadata in front of its picture. */
export function stuffedJpeg(jpeg: Buffer, bytes: number): Buffer {
  const one = segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), Buffer.alloc(65_000, 0x49)]));
  const count = Math.ceil(bytes / one.length);
  return withSegments(jpeg, ...Array.from({ length: count }, () => one));
}

/** A PNG with so many bytes of text, in one chunk. */
export function stuffedPng(png: Buffer, bytes: number): Buffer {
  const text = Buffer.concat([
    Buffer.from('XML:com.adobe.xmp\0\0\0\0\0'),
    Buffer.alloc(bytes, 0x20),
  ]);
  return intoPng(png, pngChunk('iTXt', text));
}

/** A PNG whose compressed texts and colour profile unpack to so many bytes each. */
export function packedPng(png: Buffer, bytes: number): Buffer {
  const packed = deflateSync(Buffer.alloc(bytes, 0x20), { level: 9 });
  const named = (type: string, head: string): Buffer =>
    pngChunk(type, Buffer.concat([Buffer.from(head), packed]));
  return intoPng(
    png,
    named('iCCP', 'bomb\0\0'),
    named('zTXt', 'Comment\0\0'),
    named('iTXt', 'XML:com.adobe.xmp\0\x01\0\0\0'),
  );
}

/** A WebP with so many bytes of XMP behind its picture. */
export function stuffedWebp(simple: Buffer, side: number, bytes: number): Buffer {
  const header = Buffer.alloc(10);
  header[0] = 0x04;
  header.writeUIntLE(side - 1, 4, 3);
  header.writeUIntLE(side - 1, 7, 3);
  const xmp = webpChunk('XMP ', Buffer.alloc(bytes, 0x20));
  return webp(webpChunk('VP8X', header), simple.subarray(12), xmp);
}

function intoPng(png: Buffer, ...chunks: readonly Buffer[]): Buffer {
  const behindHeader = 8 + 25;
  return Buffer.concat([png.subarray(0, behindHeader), ...chunks, png.subarray(behindHeader)]);
}

/** XMP whose entities grow tenfold in each of nine steps, used where a date stands. */
function entityBomb(): string {
  const entities = ['<!ENTITY e0 "2001-01-01">'];
  for (let step = 1; step <= 9; step += 1) {
    entities.push(`<!ENTITY e${step} "${`&e${step - 1};`.repeat(10)}">`);
  }
  return `<?xml version="1.0"?><!DOCTYPE x [${entities.join('')}
<!ENTITY file SYSTEM "file:///etc/passwd"><!ENTITY % far SYSTEM "http://127.0.0.1:1/x"> %far;]>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/">
<xmp:CreateDate>&e9;</xmp:CreateDate><tiff:Orientation>&file;</tiff:Orientation>
</rdf:Description></rdf:RDF></x:xmpmeta>`;
}

/** A JPEG with an XMP of nested entities. */
export function entityJpeg(jpeg: Buffer): Buffer {
  return withSegments(jpeg, segment(0xe1, `${XMP_HEADER}${entityBomb()}`));
}

/** A PNG with an XMP of nested entities. */
export function entityPng(png: Buffer): Buffer {
  return intoPng(png, pngChunk('iTXt', `XML:com.adobe.xmp\0\0\0\0\0${entityBomb()}`));
}

/** An SVG of nested entities and of a file of this computer. */
export function entitySvg(): Buffer {
  return Buffer.from(
    `${entityBomb().split('<x:xmpmeta')[0]}<svg xmlns="http://www.w3.org/2000/svg">&e9;&file;</svg>`,
  );
}
