import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ExifFacts, withExif } from '../../../bench/lib/exif.ts';
import { readEmbedded } from '../../../main/imaging/embedded.ts';
import { readHead } from '../../../main/imaging/head.ts';

const FACTS: ExifFacts = {
  make: 'Canon',
  model: 'Canon EOS 70D',
  lens: 'EF-S18-135mm f/3.5-5.6 IS STM',
  date: '2019:07:14 18:30:05',
  offset: '-05:00',
  orientation: 6,
  iso: 400,
  exposure: [1, 125],
  fNumber: [28, 10],
  focalLength: [850, 10],
  place: { latitude: -33.8731, longitude: 151.2064 },
  thumbnail: null,
};

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-exif-'));
});
afterEach(() => rm(folder, { recursive: true }));

function picture(width: number, height: number): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: '#4a7' } })
    .jpeg()
    .toBuffer();
}

async function headOf(bytes: Buffer) {
  const path = join(folder, 'photo.jpg');
  await writeFile(path, bytes);
  const { size, mtimeMs } = await stat(path);
  const stamp = { sizeBytes: size, mtimeUs: Math.round(mtimeMs * 1000) };
  return { path, head: readHead(Buffer.from(path), Buffer.from('photo.jpg'), stamp) };
}

describe('withExif', () => {
  it('writes what the engine reads', async () => {
    const { head } = await headOf(withExif(await picture(400, 300), FACTS));
    expect(head).toMatchObject({ format: 'jpeg', width: 300, height: 400, embedded: null });
    expect(head.metadata).toMatchObject({
      orientation: 6,
      takenAt: '2019-07-14T18:30:05',
      takenAtSource: 'exif',
      utcOffsetMinutes: -300,
      cameraMake: 'Canon',
      cameraModel: 'Canon EOS 70D',
      lens: 'EF-S18-135mm f/3.5-5.6 IS STM',
      exposureSeconds: 1 / 125,
      fNumber: 2.8,
      iso: 400,
      focalLengthMm: 85,
    });
    expect(head.metadata.latitude).toBeCloseTo(-33.8731, 4);
    expect(head.metadata.longitude).toBeCloseTo(151.2064, 4);
  });

  it('embeds a thumbnail where the engine finds it', async () => {
    const thumbnail = await picture(160, 120);
    const photo = withExif(await picture(400, 300), {
      ...FACTS,
      orientation: 1,
      place: null,
      thumbnail,
    });
    const { path, head } = await headOf(photo);
    expect(head.embedded?.bytes).toBe(thumbnail.length);
    const { offset, bytes } = head.embedded ?? { offset: 0, bytes: 0 };
    const read = await readEmbedded(Buffer.from(path), offset, bytes, 1);
    expect(await sharp(read ?? Buffer.alloc(0)).metadata()).toMatchObject({
      width: 160,
      height: 120,
    });
  });
});
