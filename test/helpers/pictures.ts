/** Real small pictures with real metadata, made on the spot. */
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp from 'sharp';

export type PictureOptions = {
  /** Same number, same pixels. Default 1. */
  readonly seed?: number;
  readonly width?: number;
  readonly height?: number;
  /** CSS colour of nearly the whole picture; default one that follows from the seed. */
  readonly ground?: string;
  readonly format?: 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff' | 'avif';
  /** EXIF orientation 1..8. */
  readonly orientation?: number;
  /** Wall clock `YYYY:MM:DD HH:MM:SS`. */
  readonly takenAt?: string;
  readonly make?: string;
  readonly model?: string;
  readonly lens?: string;
  /** Modification time, seconds since 1970; default a fixed day in the past, so that the file counts as settled. */
  readonly modifiedAt?: number;
};

const LONG_AGO = Date.UTC(2020, 5, 1) / 1000;

/** The bytes of a picture whose look depends on the seed. */
export function picture(options: PictureOptions = {}): Promise<Buffer> {
  const { seed = 1, width = 320, height = 240 } = options;
  const hue = (seed * 47) % 360;
  const ground = options.ground ?? `hsl(${hue} 60% 45%)`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%" fill="${ground}"/>
    <circle cx="${20 + ((seed * 31) % (width - 40))}" cy="${height / 2}" r="${10 + (seed % 40)}"
      fill="hsl(${(hue + 150) % 360} 70% 70%)"/>
    <text x="10" y="${height - 12}" font-size="24" fill="white">${seed}</text></svg>`;
  const capture = {
    ...(options.takenAt ? { DateTimeOriginal: options.takenAt } : {}),
    ...(options.lens ? { LensModel: options.lens } : {}),
  };
  const exif = {
    IFD0: { Make: options.make ?? 'Testcam', Model: options.model ?? 'T-1' },
    ...(Object.keys(capture).length > 0 ? { IFD2: capture } : {}),
  };
  return sharp(Buffer.from(svg))
    .withExif(exif)
    .withMetadata({ orientation: options.orientation ?? 1 })
    .toFormat(options.format ?? 'jpeg')
    .toBuffer();
}

/** Writes a picture at a path, making its folders. */
export async function writePicture(
  folder: string,
  path: string,
  options: PictureOptions = {},
): Promise<string> {
  const target = join(folder, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, await picture(options));
  const at = options.modifiedAt ?? LONG_AGO + (options.seed ?? 0);
  utimesSync(target, at, at);
  return target;
}
