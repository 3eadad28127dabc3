import { createHash } from 'node:crypto';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { indexFile, previewFile } from '../../../main/imaging/indexFile.ts';
import { type RawHelp, RawHelpWanted } from '../../../main/imaging/rawPicture.ts';
import { thumbnailPath } from '../../../main/imaging/thumbnail.ts';
import type { ImageResult } from '../../../main/imaging/types.ts';
import { uploadFile } from '../../../main/imaging/upload.ts';
import { type CameraRaw, cr3File, nefFile, rafFile, tiffFile } from '../../helpers/rawFile.ts';
import { put, scene, temporaryFolder } from './pictures.ts';

const folder = temporaryFolder();
const thumbnailFolder = join(folder, 'thumbnails');

const index = (path: Buffer, help: RawHelp | null = null, decode = true): Promise<ImageResult> =>
  indexFile(path, { thumbnailFolder, decode, help });

const jpegOf = (width: number, height: number): Promise<Buffer> =>
  scene(width, height).jpeg().toBuffer();
const flat = (width: number, height: number, background: string): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background } })
    .jpeg()
    .toBuffer();

const thumbnail = await jpegOf(160, 120);
const large = await jpegOf(1800, 1200);
const NOTHING: RawHelp = { jpeg: null, exif: {}, problem: null };

function nef(raw: Partial<CameraRaw>): Buffer {
  return nefFile({
    width: 1820,
    height: 1210,
    jpegs: [thumbnail, large],
    sensorBytes: 150_000,
    ...raw,
  });
}

function thumbnailOf(result: ImageResult): string {
  return thumbnailPath(thumbnailFolder, Buffer.from(result.facts.imageHash ?? []).toString('hex'));
}

/** Size and the colours of the four corners' middles. */
async function look(file: string | Uint8Array): Promise<{ size: string; corners: string }> {
  const image = sharp(file).removeAlpha().raw();
  const { data, info } = await image.toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number): string => {
    const start = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * 3;
    return [...data.subarray(start, start + 3)].map((value) => Math.round(value / 60)).join('');
  };
  return {
    size: `${info.width}×${info.height}`,
    corners: [at(0.25, 0.25), at(0.75, 0.25), at(0.25, 0.75), at(0.75, 0.75)].join(' '),
  };
}

describe('the picture of a RAW file', () => {
  it('is its large preview, with facts, hashes and tags of the file', async () => {
    const bytes = nef({ takenAt: '2012:05:06 07:08:09' });
    const result = await index(put(folder, 'whole.nef', bytes));
    expect(result.failure).toBeNull();
    expect(result.facts).toMatchObject({
      format: 'raw',
      wrongExtension: false,
      width: 1820,
      height: 1210,
      shown: { width: 1800, height: 1200 },
      metadata: {
        takenAt: '2012-05-06T07:08:09',
        takenAtSource: 'exif',
        cameraMake: 'NIKON CORPORATION',
        cameraModel: 'NIKON D800',
      },
    });
    const wanted = createHash('sha256').update(bytes).digest('hex');
    expect(Buffer.from(result.facts.fileHash ?? []).toString('hex')).toBe(wanted);
    expect(Buffer.from(result.facts.imageHash ?? []).toString('hex')).toBe(wanted);
    expect(result.facts.thumbHash?.length).toBeGreaterThan(10);
    expect(result.facts.tags.map((tag) => tag.label)).toContain('wide');
    expect((await look(thumbnailOf(result))).size).toBe('512×341');
  });

  it('is turned as the RAW says in all eight ways, whatever its JPEG says of itself', async () => {
    const upright = await index(put(folder, 'upright.nef', nef({})));
    const wanted = await look(thumbnailOf(upright));
    const turns: Record<number, (image: Sharp) => Sharp> = {
      2: (image) => image.flop(),
      3: (image) => image.rotate(180),
      4: (image) => image.flip(),
      5: (image) => image.rotate(90).flip(),
      6: (image) => image.rotate(270),
      7: (image) => image.rotate(90).flop(),
      8: (image) => image.rotate(90),
    };
    for (const [orientation, turn] of Object.entries(turns)) {
      // As the sensor saw it, and with an orientation of its own that is another one.
      const pixels = await turn(sharp(large)).png().toBuffer();
      const jpeg = await sharp(pixels).withMetadata({ orientation: 4 }).jpeg().toBuffer();
      const stored = await sharp(jpeg).metadata();
      const raw = nef({
        jpegs: [jpeg],
        orientation: Number(orientation),
        width: stored.width,
        height: stored.height,
      });
      const result = await index(put(folder, `turned-${orientation}.nef`, raw));
      expect(result.failure).toBeNull();
      expect(await look(thumbnailOf(result)), `orientation ${orientation}`).toEqual(wanted);
      expect(result.facts).toMatchObject({ width: 1800, height: 1200 });
      expect(result.facts.shown).toEqual({ width: 1800, height: 1200 });
    }
  });

  it('is not turned twice where a program stored it upright already', async () => {
    const raw = nef({
      jpegs: [await jpegOf(1200, 1800)],
      orientation: 6,
      width: 1800,
      height: 1200,
    });
    const result = await index(put(folder, 'already.nef', raw));
    expect(await look(thumbnailOf(result))).toEqual(await look(await jpegOf(341, 512)));
  });

  it('comes from CR3 and RAF too', async () => {
    const cr3 = cr3File({ thumbnail, preview: thumbnail, whole: large, orientation: 8 });
    const canon = await index(put(folder, 'canon.cr3', cr3));
    expect(canon.failure).toBeNull();
    expect(canon.facts).toMatchObject({
      width: 4000,
      height: 6000,
      metadata: { cameraModel: 'Canon EOS R6', takenAt: '2021-02-03T04:05:06' },
    });
    expect((await look(thumbnailOf(canon))).size).toBe('341×512');
    const withExif = await scene(1800, 1200)
      .withExif({ IFD0: { Make: 'FUJIFILM' } })
      .jpeg()
      .toBuffer();
    const fuji = await index(put(folder, 'fuji.raf', rafFile(withExif)));
    expect(fuji.failure).toBeNull();
    expect(fuji.facts).toMatchObject({ format: 'raw', width: 1800, height: 1200 });
    expect((await look(thumbnailOf(fuji))).size).toBe('512×341');
  });

  it('is the smallest one that is large enough, and of the right shape', async () => {
    const jpegs = [
      await flat(160, 120, '#ff0000'),
      await flat(1100, 1100, '#ffff00'),
      await flat(1200, 800, '#00ff00'),
      await flat(3000, 2000, '#0000ff'),
    ];
    const path = put(folder, 'many.nef', nef({ jpegs }));
    const result = await index(path);
    expect((await look(thumbnailOf(result))).corners.split(' ')[0]).toBe('040');
    expect(result.facts.shown).toEqual({ width: 3000, height: 2000 });
    const target = join(folder, 'many-preview.jpg');
    expect(await previewFile(path, target)).toBeNull();
    expect(await look(target)).toMatchObject({ size: '2048×1365', corners: '004 004 004 004' });
  });

  it('is what leaves the computer, as large as it is', async () => {
    const bytes = nef({ orientation: 6, width: 1800, height: 1200 });
    const path = put(folder, 'sent.nef', bytes);
    const answer = await uploadFile(path, {
      imageHash: createHash('sha256').update(bytes).digest(),
      longSidePixels: 4096,
      maxSidePixels: 4096,
      minSidePixels: 50,
      maxJpegBytes: 1_000_000,
    });
    expect(answer).toMatchObject({ picture: { widthPixels: 1200, heightPixels: 1800 } });
    if ('picture' in answer) {
      expect((await sharp(answer.picture.jpeg).metadata()).exif).toBeUndefined();
    }
  });
});

describe('a RAW file with too little in it', () => {
  it('wants help, and takes the larger of the two', async () => {
    const path = put(folder, 'small.nef', nef({ jpegs: [thumbnail] }));
    await expect(index(path)).rejects.toBeInstanceOf(RawHelpWanted);
    const own = await index(path, NOTHING);
    expect(own.failure).toBeNull();
    expect(own.facts.shown).toEqual({ width: 160, height: 120 });
    const other = put(
      folder,
      'small-2.nef',
      nef({ jpegs: [thumbnail], takenAt: '2001:01:01 00:00:01' }),
    );
    const exif = { lens: 'A lens', make: 'Another' };
    const helped = await index(other, { jpeg: large, exif, problem: null });
    expect(helped.facts).toMatchObject({
      shown: { width: 1800, height: 1200 },
      metadata: { lens: 'A lens', cameraMake: 'NIKON CORPORATION' },
    });
    expect((await look(thumbnailOf(helped))).size).toBe('512×341');
  });

  it('is listed with the reason when there is nothing to show', async () => {
    const path = put(folder, 'nothing.nef', nef({ jpegs: [] }));
    const facts = await index(path, null, false);
    expect(facts).toMatchObject({ failure: null, facts: { width: 1820 } });
    const none = await index(path, NOTHING);
    expect(none).toMatchObject({ failure: { code: 'unsupported' }, facts: { width: 1820 } });
    expect(none.facts.imageHash).not.toBeNull();
    expect(none.failure?.message).toContain('no picture into it');
    const alone = await index(path, { ...NOTHING, problem: 'Perl is not installed' });
    expect(alone.failure?.message).toContain('Perl is not installed');
    expect(await previewFile(path, join(folder, 'never.jpg'), NOTHING)).toMatchObject({
      code: 'unsupported',
    });
  });

  it('shows a thumbnail without compression where there is no other', async () => {
    const pixels = await scene(40, 30).raw().toBuffer();
    const raw = tiffFile([
      [
        [0x00fe, 4, [1]],
        [0x0100, 4, [40]],
        [0x0101, 4, [30]],
        [0x0102, 3, [8, 8, 8]],
        [0x0103, 3, [1]],
        [0x0106, 3, [2]],
        [0x010f, 2, 'Maker'],
        [0x0111, 4, { elsewhere: pixels }],
        [0x0112, 3, [6]],
        [0x0115, 3, [3]],
        [0x0116, 4, [30]],
        [0x0117, 4, [pixels.length]],
        [0xc612, 1, [1, 4, 0, 0]],
      ],
    ]);
    const result = await index(put(folder, 'plain.dng', raw), NOTHING);
    expect(result.failure).toBeNull();
    expect(result.facts.shown).toEqual({ width: 30, height: 40 });
    expect((await look(thumbnailOf(result))).size).toBe('30×40');
  });

  it('is damaged where the file ends before its picture', async () => {
    const cut = rafFile(large).subarray(0, 160 + 8000);
    const part = await index(put(folder, 'part.raf', cut), NOTHING);
    expect(part.failure?.code).toBe('damaged');
    expect(part.facts.thumbHash).not.toBeNull();
    const gone = nef({ jpegs: [] });
    const claimed = tiffFile([
      [
        [0x010f, 2, 'Maker'],
        [0x0201, 4, [9_000_000]],
        [0x0202, 4, [5000]],
      ],
    ]);
    expect(gone.length).toBeGreaterThan(claimed.length);
    const none = await index(put(folder, 'claimed.nef', claimed), NOTHING);
    expect(none.failure).toMatchObject({ code: 'damaged' });
    expect(none.facts.thumbHash).toBeNull();
  });
});
