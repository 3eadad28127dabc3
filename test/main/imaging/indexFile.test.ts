import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { indexFile, previewFile } from '../../../main/imaging/indexFile.ts';
import { thumbnailPath } from '../../../main/imaging/thumbnail.ts';
import type { ImageResult } from '../../../main/imaging/types.ts';
import { pngChunk, put, scene, segment, temporaryFolder, withSegments } from './pictures.ts';

const folder = temporaryFolder();
const thumbnailFolder = join(folder, 'thumbnails');

const index = (path: Buffer, decode = true): Promise<ImageResult> =>
  indexFile(path, { thumbnailFolder, decode });

function thumbnailOf(result: ImageResult): string {
  return thumbnailPath(thumbnailFolder, Buffer.from(result.facts.imageHash ?? []).toString('hex'));
}

/** Mean colour of the four corners' middles: top left, top right, bottom left, bottom right. */
async function corners(picture: Sharp | string): Promise<number[][]> {
  const { data, info } = await sharp(
    typeof picture === 'string' ? picture : await picture.png().toBuffer(),
  )
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number): number[] => {
    const start = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * 3;
    return [...data.subarray(start, start + 3)];
  };
  return [at(0.25, 0.25), at(0.75, 0.25), at(0.25, 0.75), at(0.75, 0.75)];
}

async function expectSameCorners(
  path: string,
  wanted: number[][],
  tolerance: number,
): Promise<void> {
  const seen = (await corners(path)).flat();
  for (const [place, value] of wanted.flat().entries()) {
    expect(Math.abs((seen[place] ?? 999) - value), `value ${place} of ${seen}`).toBeLessThanOrEqual(
      tolerance,
    );
  }
}

describe('the second pass', () => {
  it('learns everything from one read', async () => {
    const bytes = await scene(1200, 800)
      .withExif({ IFD0: { Make: 'Canon' }, IFD2: { DateTimeOriginal: '2019:07:14 18:30:00' } })
      .jpeg()
      .toBuffer();
    const path = put(folder, 'whole.jpg', bytes);
    const result = await index(path);
    expect(result.failure).toBeNull();
    const { facts } = result;
    expect(facts).toMatchObject({
      format: 'jpeg',
      wrongExtension: false,
      width: 1200,
      height: 800,
      metadata: { cameraMake: 'Canon', takenAt: '2019-07-14T18:30:00' },
    });
    const stats = statSync(path);
    expect(facts.stamp).toEqual({
      sizeBytes: bytes.length,
      mtimeUs: Math.round(stats.mtimeMs * 1000),
      inode: stats.ino,
    });
    const wanted = createHash('sha256').update(bytes).digest();
    expect(Buffer.from(facts.fileHash ?? []).equals(wanted)).toBe(true);
    expect(facts.imageHash).not.toEqual(facts.fileHash);
    expect(facts.thumbHash?.length).toBeGreaterThan(10);
    expect(facts.tags.map((tag) => tag.label)).toContain('wide');
    const thumbnail = await sharp(thumbnailOf(result)).metadata();
    expect(thumbnail).toMatchObject({ format: 'jpeg', width: 512, height: 341 });
    expect(thumbnail.exif).toBeUndefined();
    expect(thumbnail.chromaSubsampling).toBe('4:2:0');
  });

  it('shows all eight orientations upright, by EXIF and by XMP', async () => {
    const upright = scene(120, 80);
    const wanted = await corners(upright.clone());
    const pixels = await upright.clone().png().toBuffer();
    // What a camera stores that is to be turned by each orientation.
    const stored: Record<number, Sharp> = {
      1: sharp(pixels),
      2: sharp(pixels).flop(),
      3: sharp(pixels).rotate(180),
      4: sharp(pixels).flip(),
      5: sharp(await sharp(pixels).rotate(90).toBuffer()).flop(),
      6: sharp(pixels).rotate(270),
      7: sharp(await sharp(pixels).rotate(90).toBuffer()).flip(),
      8: sharp(pixels).rotate(90),
    };
    for (let orientation = 1; orientation <= 8; orientation += 1) {
      const plain =
        (await stored[orientation]?.jpeg({ quality: 100 }).toBuffer()) ?? Buffer.alloc(0);
      const exif = await sharp(plain)
        .withMetadata({ orientation })
        .jpeg({ quality: 100 })
        .toBuffer();
      const xmp = withSegments(
        plain,
        segment(0xe1, `http://ns.adobe.com/xap/1.0/\0<x tiff:Orientation="${orientation}"/>`),
      );
      for (const [kind, bytes] of Object.entries({ exif, xmp })) {
        const result = await index(put(folder, `${kind}-${orientation}.jpg`, bytes));
        expect(result.failure).toBeNull();
        expect(result.facts).toMatchObject({ width: 120, height: 80, metadata: { orientation } });
        await expectSameCorners(thumbnailOf(result), wanted, 25);
      }
    }
  });

  it('shows every format it decodes', async () => {
    const wanted = await corners(scene());
    const files: Record<string, Buffer> = {
      'a.jpg': await scene().jpeg().toBuffer(),
      'a.png': await scene().png().toBuffer(),
      'a.webp': await scene().webp({ quality: 95 }).toBuffer(),
      'a.gif': await scene().gif().toBuffer(),
      'a.tif': await scene().tiff().toBuffer(),
      'a.avif': await scene().avif({ quality: 90 }).toBuffer(),
      '16bit.png': await scene().toColourspace('rgb16').png().toBuffer(),
      '16bit.tif': await scene().toColourspace('rgb16').tiff().toBuffer(),
      'p3.jpg': await scene().withIccProfile('p3').jpeg({ quality: 95 }).toBuffer(),
      'opaque.png': await scene().ensureAlpha(1).png().toBuffer(),
    };
    for (const [name, bytes] of Object.entries(files)) {
      const result = await index(put(folder, name, bytes));
      expect(result.failure, name).toBeNull();
      expect(result.facts, name).toMatchObject({ width: 120, height: 80 });
      await expectSameCorners(thumbnailOf(result), wanted, 40);
    }
  });

  it('puts transparent pictures on white, makes CMYK and grey sRGB, and takes the first frame', async () => {
    const clear = await scene().ensureAlpha(0).png().toBuffer();
    const onWhite = await index(put(folder, 'clear.png', clear));
    await expectSameCorners(thumbnailOf(onWhite), new Array(4).fill([255, 255, 255]), 2);

    const cmyk = await index(
      put(folder, 'cmyk.jpg', await scene().toColourspace('cmyk').jpeg().toBuffer()),
    );
    expect(cmyk.failure).toBeNull();
    expect(await sharp(thumbnailOf(cmyk)).metadata()).toMatchObject({ space: 'srgb', channels: 3 });

    const grey = await index(put(folder, 'grey.jpg', await scene().greyscale().jpeg().toBuffer()));
    expect(grey.failure).toBeNull();
    expect(grey.facts.tags.map((tag) => tag.label)).toContain('black-and-white');

    const frames = await Promise.all(
      ['#c00000', '#00c000'].map((background) =>
        sharp({ create: { width: 60, height: 40, channels: 3, background } })
          .raw()
          .toBuffer(),
      ),
    );
    const animated = await sharp(Buffer.concat(frames), {
      raw: { width: 60, height: 80, channels: 3, pageHeight: 40 },
    })
      .webp({ loop: 0, delay: [100, 100] })
      .toBuffer();
    const first = await index(put(folder, 'animated.webp', animated));
    expect(first.facts).toMatchObject({ width: 60, height: 40 });
    await expectSameCorners(thumbnailOf(first), new Array(4).fill([192, 0, 0]), 12);
  });

  it('does not enlarge small pictures', async () => {
    const result = await index(put(folder, 'tiny.png', await scene(1, 1).png().toBuffer()));
    expect(result.failure).toBeNull();
    expect(await sharp(thumbnailOf(result)).metadata()).toMatchObject({ width: 1, height: 1 });
  });

  it('leaves a thumbnail that is there alone, and still finds the tags', async () => {
    const path = put(folder, 'again.jpg', await scene(300, 200).jpeg().toBuffer());
    const first = await index(path);
    writeFileSync(thumbnailOf(first), 'kept');
    const second = await index(path);
    expect(readFileSync(thumbnailOf(second), 'utf8')).toBe('kept');
    expect(second).toEqual(first);
  });
});

describe('bad files', () => {
  it('are named with what is wrong', async () => {
    const cases: [string, Buffer, string][] = [
      ['zero.jpg', Buffer.alloc(0), 'empty_file'],
      ['text.jpg', Buffer.from('This is not a photo.'), 'not_an_image'],
      ['nulls.jpg', Buffer.alloc(65536), 'not_an_image'],
      ['nothing.jpg', Buffer.from([255, 216, 255, 217]), 'damaged'],
      ['phone.heic', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), 'damaged'],
      ['drawing.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'unsupported'],
    ];
    for (const [name, bytes, code] of cases) {
      const result = await index(put(folder, name, bytes));
      expect(result.failure?.code, name).toBe(code);
      expect(result.failure?.message, name).toContain(name);
      expect(result.facts.stamp?.sizeBytes, name).toBe(bytes.length);
    }
    const unsupported = await index(Buffer.from(join(folder, 'drawing.svg')));
    expect(unsupported.failure?.message).toContain('SVG');
    expect(unsupported.facts.fileHash).toHaveLength(32);
    expect(unsupported.facts.imageHash).toEqual(unsupported.facts.fileHash);
  });

  it('show what there is when they are cut', async () => {
    const noise = Buffer.alloc(600 * 400 * 3);
    for (let at = 0; at < noise.length; at += 1) noise[at] = (at * 7919) % 251;
    const picture = sharp(noise, { raw: { width: 600, height: 400, channels: 3 } });
    for (const [name, bytes] of [
      ['cut.jpg', await picture.clone().jpeg().toBuffer()],
      ['cut.png', await picture.clone().png().toBuffer()],
    ] as const) {
      const path = put(folder, name, bytes.subarray(0, Math.floor(bytes.length * 0.6)));
      const result = await index(path);
      expect(result.failure?.code, name).toBe('damaged');
      expect(result.facts, name).toMatchObject({ width: 600, height: 400 });
      expect(result.facts.thumbHash, name).not.toBeNull();
      expect(statSync(thumbnailOf(result)).size, name).toBeGreaterThan(0);
    }
  });

  it('are not called damaged for stray bytes that touch no picture', async () => {
    const path = put(
      folder,
      'stray.jpg',
      withSegments(await scene().jpeg().toBuffer(), Buffer.from([1, 2])),
    );
    const result = await index(path);
    expect(result.failure).toBeNull();
    expect(result.facts).toMatchObject({ width: 120, height: 80 });
  });

  it('are refused before decoding when they are too large', async () => {
    const header = Buffer.alloc(13);
    header.writeUInt32BE(30_000, 0);
    header.writeUInt32BE(30_000, 4);
    header.set([8, 2, 0, 0, 0], 8);
    const bytes = Buffer.concat([
      Buffer.from('89504e470d0a1a0a', 'hex'),
      pngChunk('IHDR', header),
      pngChunk('IDAT', Buffer.alloc(20)),
      pngChunk('IEND', Buffer.alloc(0)),
    ]);
    const result = await index(put(folder, 'huge.png', bytes));
    expect(result.failure?.code).toBe('too_large');
    expect(result.facts).toMatchObject({ width: 30_000, height: 30_000 });
  });

  it('are results when they are gone or no files at all', async () => {
    expect((await index(Buffer.from(join(folder, 'gone.jpg')))).failure?.code).toBe('vanished');
    mkdirSync(join(folder, 'folder.jpg'));
    expect((await index(Buffer.from(join(folder, 'folder.jpg')))).failure?.code).toBe('unreadable');
  });

  it.skipIf(process.platform === 'win32')('never wait for a pipe', async () => {
    const path = join(folder, 'pipe.jpg');
    execFileSync('mkfifo', [path]);
    expect((await index(Buffer.from(path))).failure?.code).toBe('unreadable');
  });

  it('give their facts without being decoded', async () => {
    const path = put(folder, 'facts.jpg', await scene(77, 55).jpeg().toBuffer());
    const result = await index(path, false);
    expect(result.facts).toMatchObject({ width: 77, height: 55, thumbHash: null, tags: [] });
    expect(result.facts.imageHash).toHaveLength(32);
  });

  it('are told apart from a library that cannot be written', async () => {
    const path = put(folder, 'fine.jpg', await scene(64, 64).jpeg().toBuffer());
    writeFileSync(join(folder, 'no-folder'), '');
    const options = { thumbnailFolder: join(folder, 'no-folder'), decode: true };
    await expect(indexFile(path, options)).rejects.toThrow('no-folder');
  });
});

describe('names that are no text', () => {
  it.skipIf(process.platform !== 'linux')('are opened by their bytes', async () => {
    const path = Buffer.concat([
      Buffer.from(`${folder}/`),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('\n".jpg'),
    ]);
    writeFileSync(path, await scene(50, 40).jpeg().toBuffer());
    const result = await index(path);
    expect(result.failure).toBeNull();
    expect(result.facts).toMatchObject({ width: 50, height: 40 });
  });
});

describe('previews', () => {
  it('are larger JPEGs, upright', async () => {
    const bytes = await scene(3000, 1500).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const target = join(folder, 'preview.jpg');
    expect(await previewFile(put(folder, 'large.jpg', bytes), target)).toBeNull();
    expect(await sharp(target).metadata()).toMatchObject({
      format: 'jpeg',
      width: 1024,
      height: 2048,
    });
  });

  it('say why there is none', async () => {
    const target = join(folder, 'none.jpg');
    const path = put(folder, 'words.jpg', Buffer.from('words'));
    expect((await previewFile(path, target))?.code).toBe('not_an_image');
    const gone = Buffer.from(join(folder, 'gone.jpg'));
    expect((await previewFile(gone, target))?.code).toBe('vanished');
  });
});
