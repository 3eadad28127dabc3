/** Decodes bytes as the workers do, and looks at the result. */
import sharp from 'sharp';
import { expect } from 'vitest';
import { memorySource } from '../../../../main/imaging/byteSource.ts';
import { type Decoded, decode, decodeInput } from '../../../../main/imaging/decode.ts';
import { inspect } from '../../../../main/imaging/inspect.ts';
import type { Pixels } from '../../../../main/imaging/pixels.ts';

/** Yellow, turquoise, magenta, dark: the corners of `scene`, left to right and top to bottom. */
export const SCENE: readonly (readonly number[])[] = [
  [220, 220, 30],
  [30, 220, 200],
  [220, 30, 200],
  [30, 30, 30],
];

export function decodeBytes(bytes: Buffer, name: string, side = 512): Promise<Decoded> {
  const source = memorySource(bytes);
  const stamp = { sizeBytes: bytes.length, mtimeUs: 0, inode: 0 };
  const opened = { source, file: bytes, stamp, hashes: null };
  return decode(decodeInput(opened, inspect(source, Buffer.from(name))), side);
}

/** Colours of the middles of the four corners. */
export async function cornersOf(pixels: Pixels): Promise<number[][]> {
  const { width, height } = pixels;
  const channels = pixels.channels as 1 | 3 | 4;
  const { data } = await sharp(pixels.data, { raw: { width, height, channels } })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number): number[] => {
    const start = (Math.floor(y * height) * width + Math.floor(x * width)) * 3;
    return [...data.subarray(start, start + 3)];
  };
  return [at(0.25, 0.25), at(0.75, 0.25), at(0.25, 0.75), at(0.75, 0.75)];
}

/** Expects a whole picture of that size with these corners. */
export async function expectPicture(
  bytes: Buffer,
  name: string,
  size: readonly [width: number, height: number],
  corners: readonly (readonly number[])[] = SCENE,
  options: { readonly tolerance?: number; readonly side?: number } = {},
): Promise<void> {
  const { tolerance = 6, side = 512 } = options;
  const decoded = await decodeBytes(bytes, name, side);
  expect(decoded.damage).toBeNull();
  const { pixels } = decoded;
  if (!pixels) throw new Error('There is no picture.');
  expect([pixels.width, pixels.height]).toEqual(size);
  expectNear(await cornersOf(pixels), corners, tolerance);
}

/** Expects each value to be about as wanted. */
export function expectNear(
  seen: readonly (readonly number[])[],
  wanted: readonly (readonly number[])[],
  tolerance: number,
): void {
  const values = seen.flat();
  for (const [place, value] of wanted.flat().entries()) {
    const difference = Math.abs((values[place] ?? 999) - value);
    expect(difference, `value ${place} of ${values}`).toBeLessThanOrEqual(tolerance);
  }
}
