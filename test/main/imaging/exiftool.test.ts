import { createHash } from 'node:crypto';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';
import { createExiftool, type RawHelper } from '../../../main/imaging/exiftool.ts';
import { exifOfTags } from '../../../main/imaging/exiftoolTags.ts';
import { createImagingPool, type DecodePool } from '../../../main/imaging/pool.ts';
import type { RawHelp } from '../../../main/imaging/rawPicture.ts';
import { thumbnailPath } from '../../../main/imaging/thumbnail.ts';
import { type Logger, silentLogger } from '../../../main/log.ts';
import { jpegEntries, nefFile, tiffFile } from '../../helpers/rawFile.ts';
import { put, scene, temporaryFolder } from './pictures.ts';

const folder = temporaryFolder();
const thumbnailFolder = join(folder, 'thumbnails');
const closing: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(closing.splice(0).map((one) => one.close()));
});

function pool(rawHelper?: RawHelper): DecodePool {
  const made = createImagingPool({
    workers: 1,
    thumbnailFolder,
    logger: silentLogger,
    ...(rawHelper ? { rawHelper } : {}),
  });
  closing.push(made);
  return made;
}

const jpeg = await scene(600, 400).jpeg().toBuffer();

/** A Minolta file, whose blocks our own reading does not follow. */
function mrwFile(): Buffer {
  const tiff = tiffFile(
    [
      [
        [0x010f, 2, 'Minolta Co., Ltd.'],
        [0x0110, 2, 'DiMAGE 7Hi'],
        [0x0112, 3, [1]],
        [0x8769, 4, { directories: [[[0x9003, 2, '2003:04:05 06:07:08']]] }],
      ],
      jpegEntries(jpeg),
    ],
    { bigEndian: true },
  );
  const block = (type: string, body: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32BE(body.length, 4);
    return Buffer.concat([head, body]);
  };
  return Buffer.concat([block('\0MRM', block('\0TTW', tiff)), Buffer.alloc(4000, 7)]);
}

describe('exiftool', () => {
  it('finds the picture and the facts of a file that our own reading does not know', async () => {
    const bytes = mrwFile();
    const path = put(folder, 'minolta.mrw', bytes);
    const decoders = pool();
    const { facts, failure } = await decoders.index({ photoId: 1, path });
    expect(failure).toBeNull();
    expect(facts).toMatchObject({
      format: 'raw',
      width: 600,
      height: 400,
      shown: { width: 600, height: 400 },
      metadata: { cameraModel: 'DiMAGE 7Hi', takenAt: '2003-04-05T06:07:08' },
    });
    const imageHash = createHash('sha256').update(bytes).digest();
    const thumbnail = await sharp(
      thumbnailPath(thumbnailFolder, imageHash.toString('hex')),
    ).metadata();
    expect(thumbnail).toMatchObject({ width: 512, height: 341 });
    const target = join(folder, 'minolta-preview.jpg');
    expect(await decoders.preview({ photoId: 1, path }, target)).toBeNull();
    const upload = await decoders.upload(
      { photoId: 1, path },
      {
        imageHash,
        longSidePixels: 2048,
        maxSidePixels: null,
        minSidePixels: 15,
        maxJpegBytes: 1_000_000,
      },
    );
    expect(upload).toMatchObject({ picture: { widthPixels: 600, heightPixels: 400 } });
  }, 30_000);

  it('reads names that are no text, and lines in them', async () => {
    const tool = createExiftool({ logger: silentLogger });
    closing.push(tool);
    const lines = put(folder, 'two\nlines.mrw', mrwFile());
    expect((await tool.help(lines)).exif).toMatchObject({ model: 'DiMAGE 7Hi' });
    const gone = await tool.help(Buffer.from(join(folder, 'gone.mrw')));
    expect(gone.jpeg).toBeNull();
  }, 30_000);

  it('names Perl where it is missing, and warns once', async () => {
    const warnings: unknown[] = [];
    const logger: Logger = { ...silentLogger, warn: (_, data) => warnings.push(data) };
    const tool = createExiftool({ logger, searchPath: join(folder, 'nowhere') });
    closing.push(tool);
    const path = Buffer.from(join(folder, 'any.mrw'));
    const first = await tool.help(path);
    expect(first).toMatchObject({ jpeg: null, exif: {} });
    expect(first.problem).toContain('Perl');
    expect((await tool.help(path)).problem).toContain('Perl');
    expect(warnings).toHaveLength(1);
    const bare = put(folder, 'bare.nef', nefFile({ width: 20, height: 20, jpegs: [] }));
    const { failure } = await pool(tool).index({ photoId: 1, path: bare });
    expect(failure).toMatchObject({ code: 'unsupported' });
    expect(failure?.message).toContain('Perl');
  });

  it('is asked neither for ordinary pictures nor for RAW files that tell enough', async () => {
    const asked: string[] = [];
    const rawHelper: RawHelper = {
      help: async (path): Promise<RawHelp> => {
        asked.push(Buffer.from(path).toString());
        return { jpeg: null, exif: {}, problem: null };
      },
      close: async () => undefined,
    };
    const decoders = pool(rawHelper);
    const large = await scene(1200, 800).jpeg().toBuffer();
    const files = {
      'plain.jpg': jpeg,
      'wrong.cr2': jpeg,
      'enough.nef': nefFile({ width: 20, height: 20, jpegs: [large] }),
      'small.nef': nefFile({ width: 20, height: 20, jpegs: [jpeg] }),
    };
    for (const [name, bytes] of Object.entries(files)) {
      const { failure } = await decoders.index({ photoId: 1, path: put(folder, name, bytes) });
      expect(failure, name).toBeNull();
    }
    expect(asked).toEqual([join(folder, 'small.nef')]);
  });

  it('leaves out what is impossible or empty in its answer', () => {
    expect(
      exifOfTags({
        Make: ' Sigma ',
        Model: '',
        LensID: 'Unknown (7)',
        Orientation: 6,
        ExposureTime: 0,
        GPSLatitude: 91,
        GPSLongitude: 8,
        DateTimeOriginal: '2010:01:02 03:04:05',
      }),
    ).toEqual({ make: 'Sigma', orientation: 6, dateTimeOriginal: '2010:01:02 03:04:05' });
  });

  it('keeps what it knows of a lens without a name', () => {
    expect(exifOfTags({ LensID: 'Unknown 18-55mm' })).toEqual({ lens: '18-55mm' });
    expect(exifOfTags({ LensID: 'Unknown 18-55mm', LensModel: 'EF-S' })).toEqual({ lens: 'EF-S' });
  });
});
