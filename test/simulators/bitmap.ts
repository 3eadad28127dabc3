/** Reads plain BMP files (24 or 32 bits, not compressed), which the decoder of the others does not know. */
import { BrokenFile } from './carried.ts';

export type Raster = { readonly rgb: Buffer; readonly width: number; readonly height: number };

/** Throws `BrokenFile`. */
export function readBitmap(file: Buffer): Raster {
  if (file.length < 54) throw new BrokenFile('cut off in its head');
  const pixelsAt = file.readUInt32LE(10);
  const width = file.readInt32LE(18);
  const signedHeight = file.readInt32LE(22);
  const bits = file.readUInt16LE(28);
  if (file.readUInt32LE(30) !== 0 || (bits !== 24 && bits !== 32))
    throw new BrokenFile('a kind of BMP that is not plain');
  const height = Math.abs(signedHeight);
  const step = bits / 8;
  const rowBytes = Math.ceil((width * step) / 4) * 4;
  if (width <= 0 || height === 0 || pixelsAt + rowBytes * height > file.length)
    throw new BrokenFile('cut off in its pixels');
  const rgb = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    const row = pixelsAt + rowBytes * (signedHeight > 0 ? height - 1 - y : y);
    for (let x = 0; x < width; x += 1) {
      const from = row + x * step;
      const to = (y * width + x) * 3;
      rgb[to] = file[from + 2] ?? 0;
      rgb[to + 1] = file[from + 1] ?? 0;
      rgb[to + 2] = file[from] ?? 0;
    }
  }
  return { rgb, width, height };
}
