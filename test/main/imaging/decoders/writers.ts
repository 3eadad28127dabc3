/** Bitmaps, icons and Photoshop documents, written byte by byte: `scene` of pictures.ts in each. */

import { box } from '../../../helpers/heif.ts';
import { scene } from '../pictures.ts';

export const WIDTH = 48;
export const HEIGHT = 32;

/** Three bytes a pixel, row by row from the top. */
export function sceneBytes(width = WIDTH, height = HEIGHT): Promise<Buffer> {
  return scene(width, height).raw().toBuffer();
}

export type BitmapOptions = {
  readonly width?: number;
  readonly height?: number;
  readonly bits: number;
  readonly compression?: number;
  /** Red, green, blue, alpha. */
  readonly masks?: readonly number[];
  /** Blue, green, red, 0 each. */
  readonly palette?: Buffer;
  /** As they lie in the file. */
  readonly pixels: Buffer;
  readonly isTopDown?: boolean;
};

/** A bitmap with a `BITMAPINFOHEADER`, or the longer one where there are masks. */
export function bitmap(options: BitmapOptions): Buffer {
  const dib = bitmapBody(options);
  const head = Buffer.alloc(14);
  head.write('BM', 'latin1');
  head.writeUInt32LE(14 + dib.length, 2);
  head.writeUInt32LE(14 + dib.length - options.pixels.length, 10);
  return Buffer.concat([head, dib]);
}

/** The same without the file's header, as it lies in icons. */
export function bitmapBody(options: BitmapOptions): Buffer {
  const { width = WIDTH, height = HEIGHT, bits, compression = 0, masks, pixels } = options;
  const header = Buffer.alloc(masks ? 108 : 40);
  header.writeUInt32LE(header.length, 0);
  header.writeInt32LE(width, 4);
  header.writeInt32LE(options.isTopDown ? -height : height, 8);
  header.writeUInt16LE(1, 12);
  header.writeUInt16LE(bits, 14);
  header.writeUInt32LE(compression, 16);
  for (const [index, mask] of masks?.entries() ?? []) header.writeUInt32LE(mask, 40 + index * 4);
  return Buffer.concat([header, options.palette ?? Buffer.alloc(0), pixels]);
}

/** Rows of the scene from the bottom, each pixel as `write` has it. */
export async function rowsUp(
  pixelBytes: number,
  write: (to: Buffer, at: number, colour: readonly [number, number, number]) => void,
): Promise<Buffer> {
  const rgb = await sceneBytes();
  const rowBytes = Math.ceil((WIDTH * pixelBytes) / 4) * 4;
  const out = Buffer.alloc(rowBytes * HEIGHT);
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const from = (y * WIDTH + x) * 3;
      const colour = [rgb[from] ?? 0, rgb[from + 1] ?? 0, rgb[from + 2] ?? 0] as const;
      write(out, (HEIGHT - 1 - y) * rowBytes + x * pixelBytes, colour);
    }
  }
  return out;
}

/** Blue, green, red. */
export function writeBgr(to: Buffer, at: number, [red, green, blue]: readonly number[]): void {
  to.set([blue ?? 0, green ?? 0, red ?? 0], at);
}

/** The scene's four colours: blue, green, red, 0. */
export const PALETTE = Buffer.from([
  30, 220, 220, 0, 200, 220, 30, 0, 200, 30, 220, 0, 30, 30, 30, 0,
]);

/** Which colour of `PALETTE` a pixel of the scene has. */
export function colourAt(x: number, y: number): number {
  return (y < HEIGHT / 2 ? 0 : 2) + (x < WIDTH / 2 ? 0 : 1);
}

/** An icon of these pictures; a side of 256 or more is written as 0. */
export function icon(pictures: readonly { side: number; bits: number; data: Buffer }[]): Buffer {
  const head = Buffer.from([0, 0, 1, 0, pictures.length, 0]);
  let at = head.length + pictures.length * 16;
  const entries = pictures.map(({ side, bits, data }) => {
    const entry = Buffer.alloc(16);
    entry[0] = side & 255;
    entry[1] = side & 255;
    entry.writeUInt16LE(1, 4);
    entry.writeUInt16LE(bits, 6);
    entry.writeUInt32LE(data.length, 8);
    entry.writeUInt32LE(at, 12);
    at += data.length;
    return entry;
  });
  return Buffer.concat([head, ...entries, ...pictures.map(({ data }) => data)]);
}

export type PsdOptions = {
  readonly width?: number;
  readonly height?: number;
  readonly mode: number;
  readonly depth: number;
  /** Each channel's rows. */
  readonly channels: readonly Buffer[];
  readonly isPacked?: boolean;
  readonly isLarge?: boolean;
  readonly palette?: Buffer;
  readonly resources?: readonly { id: number; data: Buffer }[];
};

/** A Photoshop document without layers. */
export function psd(options: PsdOptions): Buffer {
  const { width = WIDTH, height = HEIGHT, channels, isLarge = false } = options;
  const head = Buffer.alloc(26);
  head.write('8BPS', 'latin1');
  head.writeUInt16BE(isLarge ? 2 : 1, 4);
  head.writeUInt16BE(channels.length, 12);
  head.writeUInt32BE(height, 14);
  head.writeUInt32BE(width, 18);
  head.writeUInt16BE(options.depth, 22);
  head.writeUInt16BE(options.mode, 24);
  const resources = (options.resources ?? []).map(({ id, data }) => {
    const start = Buffer.alloc(12);
    start.write('8BIM', 'latin1');
    start.writeUInt16BE(id, 4);
    start.writeUInt32BE(data.length, 8);
    return Buffer.concat([start, data, Buffer.alloc(data.length & 1)]);
  });
  return Buffer.concat([
    head,
    sized(options.palette ?? Buffer.alloc(0)),
    sized(Buffer.concat(resources)),
    Buffer.alloc(isLarge ? 8 : 4),
    options.isPacked
      ? packed(channels, height, isLarge)
      : Buffer.concat([Buffer.alloc(2), ...channels]),
  ]);
}

/** Each row as a run of literals and runs of one byte, after a table of their lengths. */
function packed(channels: readonly Buffer[], height: number, isLarge: boolean): Buffer {
  const rows = channels.flatMap((channel) => {
    const rowBytes = channel.length / height;
    return Array.from({ length: height }, (_, y) =>
      packRow(channel.subarray(y * rowBytes, (y + 1) * rowBytes)),
    );
  });
  const table = Buffer.alloc(rows.length * (isLarge ? 4 : 2));
  rows.forEach((row, index) => {
    if (isLarge) table.writeUInt32BE(row.length, index * 4);
    else table.writeUInt16BE(row.length, index * 2);
  });
  return Buffer.concat([Buffer.from([0, 1]), table, ...rows]);
}

function packRow(row: Buffer): Buffer {
  const out: number[] = [];
  for (let at = 0; at < row.length; ) {
    let run = 1;
    while (run < 128 && at + run < row.length && row[at + run] === row[at]) run += 1;
    out.push(run === 1 ? 0 : 257 - run, row[at] ?? 0);
    at += run;
  }
  return Buffer.from(out);
}

/** One buffer for each channel of pixels that lie together. */
export function planes(pixels: Buffer, channels: number): Buffer[] {
  return Array.from({ length: channels }, (_, channel) =>
    Buffer.from(pixels.filter((_value, at) => at % channels === channel)),
  );
}

function sized(data: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(data.length);
  return Buffer.concat([head, data]);
}

/** The file with a box behind its first one. */
export function withBox(file: Buffer, type: string, ...parts: readonly Buffer[]): Buffer {
  return Buffer.concat([file, box(type, ...parts)]);
}
