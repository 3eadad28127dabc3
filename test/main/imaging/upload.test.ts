import sharp from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';
import { indexFile } from '../../../main/imaging/indexFile.ts';
import { createImagingPool, type DecodePool } from '../../../main/imaging/pool.ts';
import type { UploadRequest, UploadResult } from '../../../main/imaging/types.ts';
import { uploadFile } from '../../../main/imaging/upload.ts';
import { silentLogger } from '../../../main/log.ts';
import { put, scene, temporaryFolder } from './pictures.ts';

const folder = temporaryFolder();
const pools: DecodePool[] = [];
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

const LIMITS = {
  longSidePixels: 2048,
  maxSidePixels: 4096,
  minSidePixels: 15,
  maxJpegBytes: 4_000_000,
};

async function hashOfPicture(path: Buffer): Promise<Uint8Array> {
  const { facts } = await indexFile(path, { thumbnailFolder: folder, decode: false });
  return facts.imageHash ?? new Uint8Array(32);
}

async function upload(
  name: string,
  bytes: Buffer,
  limits: Partial<UploadRequest> = {},
): Promise<UploadResult> {
  const path = put(folder, name, bytes);
  return uploadFile(path, { ...LIMITS, imageHash: await hashOfPicture(path), ...limits });
}

function pictureOf(result: UploadResult) {
  if (!('picture' in result)) throw new Error(result.failure.message);
  return result.picture;
}

/** Noise hardly lets itself be made smaller. */
function noise(width: number, height: number): Promise<Buffer> {
  const noisy = { type: 'gaussian' as const, mean: 128, sigma: 60 };
  return sharp({
    create: { width, height, channels: 3, background: '#808080', noise: noisy },
  })
    .jpeg({ quality: 95 })
    .toBuffer();
}

describe('the picture for a service', () => {
  it('is an upright JPEG in sRGB without anything but pixels', async () => {
    const tagged = await scene(300, 200)
      .withMetadata({ orientation: 6, icc: 'p3' })
      .withExifMerge({
        IFD0: { Make: 'Secret maker' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '30/1 15/1 0/1' },
      })
      .jpeg()
      .toBuffer();
    const picture = pictureOf(await upload('tagged.jpg', tagged));
    const metadata = await sharp(picture.jpeg).metadata();
    expect(metadata).toMatchObject({ format: 'jpeg', width: 200, height: 300, space: 'srgb' });
    expect(metadata.orientation).toBeUndefined();
    expect([metadata.exif, metadata.xmp, metadata.iptc, metadata.icc]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(Buffer.from(picture.jpeg).includes('Secret')).toBe(false);
    expect(picture).toMatchObject({ widthPixels: 200, heightPixels: 300, encodes: 1 });
    expect(picture.content).toEqual({ left: 0, top: 0, width: 200, height: 300 });
  });

  it('lies on white, is the first frame, and has three channels', async () => {
    const clear = await sharp({
      create: { width: 40, height: 30, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();
    const onWhite = pictureOf(await upload('clear.png', clear));
    const { dominant } = await sharp(onWhite.jpeg).stats();
    expect(dominant.r + dominant.g + dominant.b).toBeGreaterThan(720);
    const frames = await sharp(
      [await scene(60, 40).png().toBuffer(), await scene(60, 40).negate().png().toBuffer()],
      { join: { animated: true } },
    )
      .gif()
      .toBuffer();
    const first = pictureOf(await upload('frames.gif', frames));
    expect([first.widthPixels, first.heightPixels]).toEqual([60, 40]);
    const grey = await scene(50, 50).greyscale().jpeg().toBuffer();
    const { channels } = await sharp(pictureOf(await upload('grey.jpg', grey)).jpeg).metadata();
    expect(channels).toBe(3);
  });

  it('is scaled down to the wanted side and never up', async () => {
    const large = await scene(3000, 1500).jpeg().toBuffer();
    const picture = pictureOf(await upload('large.jpg', large));
    expect([picture.widthPixels, picture.heightPixels]).toEqual([2048, 1024]);
    const all = pictureOf(await upload('large.jpg', large, { longSidePixels: 10_000 }));
    expect([all.widthPixels, all.heightPixels]).toEqual([3000, 1500]);
    const capped = pictureOf(
      await upload('large.jpg', large, { longSidePixels: 10_000, maxSidePixels: 1000 }),
    );
    expect([capped.widthPixels, capped.heightPixels]).toEqual([1000, 500]);
  });

  it('pads what is too thin, and says where the picture lies in it', async () => {
    const strip = pictureOf(await upload('strip.png', await scene(10, 300).png().toBuffer()));
    expect([strip.widthPixels, strip.heightPixels]).toEqual([15, 300]);
    expect(strip.content).toEqual({ left: 2, top: 0, width: 10, height: 300 });
    const panorama = await scene(20_000, 300).jpeg().toBuffer();
    const wide = pictureOf(await upload('wide.jpg', panorama, { longSidePixels: 4096 }));
    expect([wide.widthPixels, wide.heightPixels]).toEqual([4096, 61]);
    const thread = await scene(20_000, 20).jpeg().toBuffer();
    const thin = pictureOf(await upload('thread.jpg', thread));
    expect([thin.widthPixels, thin.heightPixels]).toEqual([2048, 15]);
    expect(thin.content).toEqual({ left: 0, top: 6, width: 2048, height: 2 });
  });

  it('fits the bytes with two encodes, and with fewer pixels where quality does not help', async () => {
    const noisy = await noise(1600, 1200);
    const first = pictureOf(await upload('noise.jpg', noisy));
    const limit = Math.round(first.jpeg.length * 0.6);
    const second = pictureOf(await upload('noise.jpg', noisy, { maxJpegBytes: limit }));
    expect(second.encodes).toBe(2);
    expect(second.jpeg.length).toBeLessThanOrEqual(limit);
    expect([second.widthPixels, second.heightPixels]).toEqual([1600, 1200]);
    const tiny = pictureOf(await upload('noise.jpg', noisy, { maxJpegBytes: 60_000 }));
    expect(tiny.jpeg.length).toBeLessThanOrEqual(60_000);
    expect(tiny.widthPixels).toBeLessThan(1600);
    const none = await upload('noise.jpg', noisy, { maxJpegBytes: 100 });
    expect(none).toMatchObject({ failure: { code: 'too_large' } });
  });

  it('is never another picture than the one that was asked for', async () => {
    const result = await upload('other.jpg', await scene(60, 40).jpeg().toBuffer(), {
      imageHash: new Uint8Array(32),
    });
    expect(result).toMatchObject({ failure: { code: 'vanished' } });
  });

  it('is refused with the reason where there is none', async () => {
    expect(await upload('empty.jpg', Buffer.alloc(0))).toMatchObject({
      failure: { code: 'empty_file' },
    });
    expect(await upload('text.jpg', Buffer.from('no picture at all'))).toMatchObject({
      failure: { code: 'not_an_image' },
    });
    const gone = Buffer.from(`${folder}/gone.jpg`);
    const request = { ...LIMITS, imageHash: new Uint8Array(32) };
    expect(await uploadFile(gone, request)).toMatchObject({ failure: { code: 'vanished' } });
  });

  it('comes from the workers, before photos that wait to be read', async () => {
    const pool = createImagingPool({ workers: 1, thumbnailFolder: folder, logger: silentLogger });
    pools.push(pool);
    const path = put(folder, 'pool.jpg', await scene(80, 60).jpeg().toBuffer());
    const order: string[] = [];
    const request = { ...LIMITS, imageHash: await hashOfPicture(path) };
    const job = { photoId: 1, path };
    const [, , result] = await Promise.all([
      pool.index(job).then(() => order.push('first')),
      pool.index(job).then(() => order.push('second')),
      pool.upload(job, request).then((uploaded) => {
        order.push('upload');
        return uploaded;
      }),
    ]);
    expect(order).toEqual(['first', 'upload', 'second']);
    const picture = pictureOf(result as UploadResult);
    expect(await sharp(picture.jpeg).metadata()).toMatchObject({ width: 80, height: 60 });
  });
});
