import { describe, expect, it } from 'vitest';
import { scene } from '../pictures.ts';
import { decodeBytes, expectPicture } from './looking.ts';
import { bitmap, colourAt, HEIGHT, PALETTE, rowsUp, WIDTH, writeBgr } from './writers.ts';

const SIZE = [WIDTH, HEIGHT] as const;

/** Indices of a palette, `bits` each. */
function indexed(bits: number): Buffer {
  const rowBytes = Math.ceil((WIDTH * bits) / 32) * 4;
  const out = Buffer.alloc(rowBytes * HEIGHT);
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const at = (HEIGHT - 1 - y) * rowBytes + Math.floor((x * bits) / 8);
      out[at] = (out[at] ?? 0) | (colourAt(x, y) << (8 - bits - ((x * bits) % 8)));
    }
  }
  return out;
}

/** Each half row is a run, then the line ends. */
function runLengths(isHalfBytes: boolean): Buffer {
  const value = (index: number): number => (isHalfBytes ? index * 17 : index);
  const rows = Array.from({ length: HEIGHT }, (_, up) => {
    const y = HEIGHT - 1 - up;
    const half = WIDTH / 2;
    return Buffer.from([half, value(colourAt(0, y)), half, value(colourAt(half, y)), 0, 0]);
  });
  return Buffer.concat([...rows, Buffer.from([0, 1])]);
}

describe('BMP', () => {
  it('is decoded with 24 bits a pixel', async () => {
    const file = bitmap({ bits: 24, pixels: await rowsUp(3, writeBgr) });
    await expectPicture(file, 'a.bmp', SIZE);
  });

  it('is decoded from the top where it says so', async () => {
    const up = await rowsUp(3, writeBgr);
    const rows = Array.from({ length: HEIGHT }, (_, y) =>
      up.subarray((HEIGHT - 1 - y) * WIDTH * 3, (HEIGHT - y) * WIDTH * 3),
    );
    const file = bitmap({ bits: 24, pixels: Buffer.concat(rows), isTopDown: true });
    await expectPicture(file, 'a.bmp', SIZE);
  });

  it.each([4, 8])('is decoded with a palette, %d bits a pixel', async (bits) => {
    const palette = Buffer.concat([PALETTE, Buffer.alloc(4 * 2 ** bits - PALETTE.length)]);
    await expectPicture(bitmap({ bits, palette, pixels: indexed(bits) }), 'a.bmp', SIZE);
  });

  it.each([
    { bits: 8, compression: 1 },
    { bits: 4, compression: 2 },
  ])('is decoded from run lengths, $bits bits a pixel', async ({ bits, compression }) => {
    const palette = Buffer.concat([PALETTE, Buffer.alloc(4 * 2 ** bits - PALETTE.length)]);
    const file = bitmap({ bits, compression, palette, pixels: runLengths(bits === 4) });
    await expectPicture(file, 'a.bmp', SIZE);
  });

  it('is decoded with 16 bits a pixel and masks', async () => {
    const pixels = await rowsUp(2, (to, at, [red, green, blue]) => {
      to.writeUInt16LE(((red >> 3) << 11) | ((green >> 2) << 5) | (blue >> 3), at);
    });
    const file = bitmap({ bits: 16, compression: 3, masks: [0xf800, 0x07e0, 0x001f, 0], pixels });
    await expectPicture(file, 'a.bmp', SIZE, undefined, { tolerance: 8 });
  });

  it('is put on white where it is transparent', async () => {
    const pixels = await rowsUp(4, (to, at, [red, green, blue]) => {
      to.set([blue, green, red, red === 220 ? 255 : 0], at);
    });
    const masks = [0xff0000, 0x00ff00, 0x0000ff, 0xff000000];
    const white = [255, 255, 255];
    const corners = [[220, 220, 30], white, [220, 30, 200], white];
    await expectPicture(
      bitmap({ bits: 32, compression: 3, masks, pixels }),
      'a.bmp',
      SIZE,
      corners,
    );
  });

  it('is opaque where the fourth byte means nothing', async () => {
    const pixels = await rowsUp(4, writeBgr);
    await expectPicture(bitmap({ bits: 32, pixels }), 'a.bmp', SIZE);
  });

  it('may hold a JPEG or a PNG', async () => {
    const jpeg = await scene(WIDTH, HEIGHT).jpeg({ quality: 95 }).toBuffer();
    const png = await scene(WIDTH, HEIGHT).png().toBuffer();
    await expectPicture(bitmap({ bits: 0, compression: 4, pixels: jpeg }), 'a.bmp', SIZE);
    await expectPicture(bitmap({ bits: 0, compression: 5, pixels: png }), 'a.bmp', SIZE);
  });

  it('is scaled down on the way', async () => {
    const file = bitmap({ bits: 24, pixels: await rowsUp(3, writeBgr) });
    await expectPicture(file, 'a.bmp', [12, 8], undefined, { side: 12 });
  });

  it('shows what is there of a file that was cut off', async () => {
    const file = bitmap({ bits: 24, pixels: await rowsUp(3, writeBgr) });
    const { pixels, damage } = await decodeBytes(file.subarray(0, file.length / 2), 'a.bmp');
    expect([pixels?.width, pixels?.height]).toEqual(SIZE);
    expect(damage).toMatch(/of 32 rows are missing/);
  });

  it('is damaged without any pixels, and too large at 60,000 squared', async () => {
    const none = await decodeBytes(bitmap({ bits: 24, pixels: Buffer.alloc(0) }), 'a.bmp');
    expect([none.pixels, none.isTooLarge]).toEqual([null, false]);
    const size = { width: 60_000, height: 60_000 };
    const bomb = await decodeBytes(
      bitmap({ ...size, bits: 32, pixels: Buffer.alloc(64) }),
      'a.bmp',
    );
    expect([bomb.pixels, bomb.isTooLarge]).toEqual([null, true]);
  });

  it('names what it does not know', async () => {
    const file = bitmap({ bits: 24, compression: 11, pixels: Buffer.alloc(100) });
    expect((await decodeBytes(file, 'a.bmp')).unsupported).toBe('a bitmap with compression 11');
  });
});
