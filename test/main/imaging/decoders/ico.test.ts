import { describe, expect, it } from 'vitest';
import { inspectBytes, scene } from '../pictures.ts';
import { decodeBytes, expectPicture, SCENE } from './looking.ts';
import { bitmapBody, HEIGHT, icon, rowsUp, WIDTH, writeBgr } from './writers.ts';

const MASK_ROW_BYTES = Math.ceil(WIDTH / 32) * 4;
const OPAQUE = Buffer.alloc(MASK_ROW_BYTES * HEIGHT);

/** An icon's picture counts its mask as a second half. */
function picture(bits: number, pixels: Buffer, mask: Buffer): Buffer {
  return bitmapBody({ bits, height: HEIGHT * 2, pixels: Buffer.concat([pixels, mask]) });
}

describe('ICO', () => {
  it('shows the largest picture', async () => {
    const small = await scene(16, 16).negate().png().toBuffer();
    const large = await scene(300, 300).png().toBuffer();
    const file = icon([
      { side: 16, bits: 32, data: small },
      { side: 256, bits: 32, data: large },
    ]);
    const { width, height } = inspectBytes(file, 'a.ico');
    expect([width, height]).toEqual([300, 300]);
    await expectPicture(file, 'a.ico', [300, 300]);
  });

  it('is decoded from a bitmap with a mask', async () => {
    const pixels = await rowsUp(3, writeBgr);
    const file = icon([{ side: 48, bits: 24, data: picture(24, pixels, OPAQUE) }]);
    await expectPicture(file, 'a.ico', [WIDTH, HEIGHT]);
    const clear = Buffer.alloc(OPAQUE.length, 0xff);
    const masked = icon([{ side: 48, bits: 24, data: picture(24, pixels, clear) }]);
    const white = SCENE.map(() => [255, 255, 255]);
    await expectPicture(masked, 'a.ico', [WIDTH, HEIGHT], white);
  });

  it('is opaque where an old one has no opacity', async () => {
    const pixels = await rowsUp(4, writeBgr);
    const file = icon([{ side: 48, bits: 32, data: picture(32, pixels, OPAQUE) }]);
    await expectPicture(file, 'a.ico', [WIDTH, HEIGHT]);
  });

  it('is damaged where its pictures are not there, too large where one is enormous', async () => {
    const cut = icon([{ side: 48, bits: 24, data: Buffer.alloc(0) }]);
    expect((await decodeBytes(cut, 'a.ico')).pixels).toBeNull();
    const data = bitmapBody({ width: 60_000, height: 60_000, bits: 32, pixels: Buffer.alloc(64) });
    const bomb = await decodeBytes(icon([{ side: 16, bits: 32, data }]), 'a.ico');
    expect([bomb.pixels, bomb.isTooLarge]).toEqual([null, true]);
  });
});
