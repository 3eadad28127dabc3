/** The kinds of JPEG, PNG and TIFF that cameras, scanners and programs write, each shown by its first picture. */
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { indexFile } from '../../../main/imaging/indexFile.ts';
import { thumbnailPath } from '../../../main/imaging/thumbnail.ts';
import { cornersOf, expectNear, SCENE } from './decoders/looking.ts';
import { pngChunk, put, scene, segment, temporaryFolder, withSegments } from './pictures.ts';

const folder = temporaryFolder();
const thumbnailFolder = join(folder, 'thumbnails');

/** One after the other, as pages or frames. */
async function stacked(): Promise<Sharp> {
  const pages = await Promise.all([scene(), scene().negate()].map((page) => page.raw().toBuffer()));
  const raw = { width: 120, height: 160, channels: 3, pageHeight: 80 } as const;
  return sharp(Buffer.concat(pages), { raw });
}

/** A second JPEG behind the first, and the segment that tells of it. */
async function multiPicture(): Promise<Buffer> {
  const first = await scene().jpeg({ quality: 95 }).toBuffer();
  const second = await scene().negate().jpeg().toBuffer();
  return Buffer.concat([withSegments(first, segment(0xe2, 'MPF\0MM\0*\0\0\0\x08\0\0')), second]);
}

/** A PNG with a second frame that browsers would go on to. */
async function animated(): Promise<Buffer> {
  const png = await scene().png().toBuffer();
  const other = await scene().negate().png().toBuffer();
  const data = png.indexOf('IDAT') - 4;
  const end = png.indexOf('IEND') - 4;
  const frames = Buffer.from([0, 0, 0, 2, 0, 0, 0, 0]);
  const frame = (number: number): Buffer => {
    const body = Buffer.alloc(26);
    body.writeUInt32BE(number, 0);
    body.writeUInt32BE(120, 4);
    body.writeUInt32BE(80, 8);
    body.writeUInt16BE(1, 20);
    body.writeUInt16BE(10, 22);
    return body;
  };
  const start = other.indexOf('IDAT');
  const pixels = other.subarray(start + 4, start + 4 + other.readUInt32BE(start - 4));
  return Buffer.concat([
    png.subarray(0, data),
    pngChunk('acTL', frames),
    pngChunk('fcTL', frame(0)),
    png.subarray(data, end),
    pngChunk('fcTL', frame(1)),
    pngChunk('fdAT', Buffer.concat([Buffer.from([0, 0, 0, 2]), pixels])),
    png.subarray(end),
  ]);
}

describe('a thumbnail is made of', () => {
  it.each<[string, () => Promise<Buffer>, number]>([
    ['progressive.jpg', () => scene().jpeg({ progressive: true, quality: 95 }).toBuffer(), 12],
    ['two.mpo', multiPicture, 12],
    ['palette.png', () => scene().png({ palette: true }).toBuffer(), 4],
    ['animated.png', animated, 4],
    ['pages.tif', async () => (await stacked()).tiff().toBuffer(), 4],
    ['frames.gif', async () => (await stacked()).gif().toBuffer(), 12],
    ['deep.tif', () => scene().toColourspace('rgb16').tiff().toBuffer(), 4],
    ['tiled.tif', () => scene().tiff({ tile: true, compression: 'deflate' }).toBuffer(), 4],
  ])('%s', async (name, make, tolerance) => {
    const { facts, failure } = await indexFile(put(folder, name, await make()), {
      thumbnailFolder,
      decode: true,
    });
    expect(failure).toBeNull();
    expect([facts.width, facts.height, facts.wrongExtension]).toEqual([120, 80, false]);
    const hash = Buffer.from(facts.imageHash ?? []).toString('hex');
    const { data, info } = await sharp(thumbnailPath(thumbnailFolder, hash))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([120, 80]);
    expectNear(await cornersOf({ data, ...info }), SCENE, tolerance + 12);
  });

  it('CMYK as libvips sees it, whichever file it is in', async () => {
    const colours = async (name: string, bytes: Buffer): Promise<number[][]> => {
      const path = put(folder, name, bytes);
      const { facts, failure } = await indexFile(path, { thumbnailFolder, decode: true });
      expect(failure).toBeNull();
      const hash = Buffer.from(facts.imageHash ?? []).toString('hex');
      const { data, info } = await sharp(thumbnailPath(thumbnailFolder, hash))
        .raw()
        .toBuffer({ resolveWithObject: true });
      return cornersOf({ data, ...info });
    };
    const cmyk = scene().toColourspace('cmyk');
    const ofTiff = await colours('ink.tif', await cmyk.clone().tiff().toBuffer());
    const ofJpeg = await colours('ink.jpg', await cmyk.clone().jpeg({ quality: 95 }).toBuffer());
    expectNear(ofTiff, ofJpeg, 16);
  });
});
