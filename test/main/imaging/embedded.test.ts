import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readEmbedded } from '../../../main/imaging/embedded.ts';
import { put, scene, temporaryFolder } from './pictures.ts';

const folder = temporaryFolder();

describe('embedded thumbnails', () => {
  it('are read from their place, and say how they are to be turned', async () => {
    const jpeg = await scene(40, 30).jpeg().toBuffer();
    const path = put(folder, 'a.jpg', Buffer.concat([Buffer.alloc(100, 1), jpeg, Buffer.alloc(9)]));
    expect((await readEmbedded(path, 100, jpeg.length))?.equals(jpeg)).toBe(true);
    expect((await readEmbedded(path, 100, jpeg.length, 1))?.equals(jpeg)).toBe(true);
    const turned = await readEmbedded(path, 100, jpeg.length, 6);
    const metadata = await sharp(turned ?? Buffer.alloc(0)).metadata();
    expect(metadata).toMatchObject({ orientation: 6, width: 40, height: 30 });
  });

  it('are nothing where no JPEG is', async () => {
    const path = put(folder, 'b.jpg', Buffer.alloc(500, 1));
    expect(await readEmbedded(path, 0, 100)).toBeNull();
    expect(await readEmbedded(path, 490, 100)).toBeNull();
    expect(await readEmbedded(path, -5, 100)).toBeNull();
    expect(await readEmbedded(path, 0, 50_000_000)).toBeNull();
    expect(await readEmbedded(Buffer.from(`${folder}/gone.jpg`), 0, 100)).toBeNull();
    expect(await readEmbedded(Buffer.from(folder), 0, 100)).toBeNull();
  });
});
